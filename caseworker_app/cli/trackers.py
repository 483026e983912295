"""Importing from the command line: read, apply, and say what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from caseworker_app import scratch
from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.output import print_table, say
from caseworker_app.domain.incoming import Doubt, ImportResult, Incoming, ParkedRow, Place
from caseworker_app.services.progress import Progress
from caseworker_app.services.wording import counted


def bring_in(
    line: CommandLine,
    files: Sequence[Path],
    store: str | None,
    mapping: Path | None,
    progress: Progress | None,
    *,
    dry_run: bool,
) -> tuple[Incoming, ImportResult]:
    """Read the files and bring them into the store; the store is not opened until all are read."""
    incoming = line.application.read_files(
        files, mapping=mapping, today=line.today, progress=progress
    )
    if dry_run and line.is_new_file(line.where(store)):
        return incoming, _into_nothing(line, incoming, progress)
    with line.session(store, create=not dry_run, progress=progress) as session:
        return incoming, session.apply_import(incoming, dry_run=dry_run, progress=progress)


def _into_nothing(line: CommandLine, incoming: Incoming, progress: Progress | None) -> ImportResult:
    """What an import would do to a store that is not there yet, tried on one thrown away."""
    with scratch.folder() as folder:
        session = line.application.open_session(
            str(folder / "dry-run"),
            passphrase=secrets.token_hex(16),
            today=line.today,
            create=True,
        )
        try:
            return session.apply_import(incoming, dry_run=True, progress=progress)
        finally:
            session.close()


def as_document(incoming: Incoming, result: ImportResult) -> dict[str, Any]:
    """What was read and done, as `import --json` prints it."""
    return {
        "files": list(incoming.files),
        "rows_read": incoming.rows_read,
        "cases_created": result.cases_created,
        "cases_updated": result.cases_updated,
        "rows_unchanged": result.cases_unchanged,
        "further_rows": incoming.further_rows + result.further_rows,
        "facts_added": result.facts_added,
        "parked": [
            {**_place(row.place), "why": row.why, "case": row.case}
            for row in _parked(incoming, result)
        ],
        "problems": [
            {**_place(cell.place), "column": cell.column, "value": cell.value, "why": cell.why}
            for cell in incoming.problems
        ],
        "conflicts": [
            {
                **_place(clash.place),
                "reference": clash.reference,
                "field": clash.field,
                "kept": clash.kept,
                "other": clash.other,
            }
            for clash in (*incoming.conflicts, *result.conflicts)
        ],
        "doubts": [
            {
                **_place(doubt.place),
                "column": doubt.column,
                "value": doubt.value,
                "why": doubt.why,
                "case": doubt.case,
            }
            for doubt in _doubts(incoming, result)
        ],
        "answered": [
            {
                **_place(one.place),
                "column": one.column,
                "value": one.value,
                "why": one.why,
                "answer": one.said,
            }
            for one in incoming.answered
        ],
        "mapping": {sheet: dict(fields) for sheet, fields in incoming.mapping.items()},
    }


def _parked(incoming: Incoming, result: ImportResult) -> tuple[ParkedRow, ...]:
    """All rows that did not come in, whether the file or the store stood against them."""
    return (*incoming.parked, *result.parked)


def _doubts(incoming: Incoming, result: ImportResult) -> tuple[Doubt, ...]:
    """All that a person has to decide, whether the file or the store raised it."""
    return (*incoming.doubts, *result.doubts)


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "sheet": place.sheet, "row": place.row}


def tell(incoming: Incoming, result: ImportResult, *, dry_run: bool) -> None:
    """Say it to a person: every row accounted for, then what needs an eye."""
    would = "would be " if dry_run else ""
    parked, doubts = _parked(incoming, result), _doubts(incoming, result)
    further = incoming.further_rows + result.further_rows
    say(
        f"{counted(incoming.rows_read, 'row')} read: "
        f"{counted(result.cases_created, 'case')} {would}created, "
        f"{result.cases_updated:,} {would}updated, {result.cases_unchanged:,} unchanged, "
        f"{counted(further, 'further row')} of a case met already, {len(parked):,} parked; "
        f"{counted(result.facts_added, 'fact')} {would}added."
    )
    for sentence in incoming.notes if dry_run else ():
        say(sentence)
    if parked:
        print_table(
            f"{counted(len(parked), 'row')} parked",
            ("File", "Sheet", "Row", "Child", "Why"),
            ((*_where(row.place), row.case, row.why) for row in parked),
        )
    if doubts:
        print_table(
            f"{counted(len(doubts), 'doubt')} for a person to decide",
            ("File", "Sheet", "Row", "Child", "Column", "Value", "Why"),
            (
                (*_where(doubt.place), doubt.case, doubt.column, doubt.value, doubt.why)
                for doubt in doubts
            ),
        )
    if incoming.answered:
        print_table(
            f"{counted(len(incoming.answered), 'column')} read as the mapping says",
            ("File", "Sheet", "Column", "Cells", "Read", "Why it was asked"),
            (
                (*_where(one.place)[:2], one.column, one.value, one.said, one.why)
                for one in incoming.answered
            ),
        )
    if incoming.problems:
        print_table(
            f"{counted(len(incoming.problems), 'cell')} that could not be read",
            ("File", "Sheet", "Row", "Column", "Value", "Why"),
            (
                (*_where(cell.place), cell.column, cell.value, cell.why)
                for cell in incoming.problems
            ),
        )
    conflicts = (*incoming.conflicts, *result.conflicts)
    if conflicts:
        print_table(
            f"{counted(len(conflicts), 'conflict')}; what stands under Kept was kept",
            ("File", "Sheet", "Row", "Reference", "Field", "Kept", "Other"),
            (
                (*_where(clash.place), clash.reference, clash.field, clash.kept, clash.other)
                for clash in conflicts
            ),
        )


def _where(place: Place) -> tuple[str, str, int]:
    return place.file, place.sheet, place.row
