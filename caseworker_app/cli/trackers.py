"""Importing from the command line: read, apply, and say what came of it."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from caseworker_app.cli.output import print_table, say
from caseworker_app.cli.session import Session, is_new_file
from caseworker_app.domain.incoming import ImportResult, Incoming, Place
from caseworker_app.services.ports import Progress


def bring_in(
    session: Session,
    files: Sequence[Path],
    store: str | None,
    mapping: Path | None,
    progress: Progress | None,
    *,
    dry_run: bool,
) -> tuple[Incoming, ImportResult]:
    """Read the files and bring them into the store; the store is not opened until all are read."""
    incoming = session.application.read_files(
        files, mapping=mapping, today=session.today, progress=progress
    )
    if dry_run and is_new_file(session.where(store)):
        return incoming, _into_nothing(session, incoming, progress)
    with session.desk(store, create=not dry_run, progress=progress) as desk:
        return incoming, desk.apply_import(incoming, dry_run=dry_run, progress=progress)


def _into_nothing(session: Session, incoming: Incoming, progress: Progress | None) -> ImportResult:
    """What an import would do to a store that is not there yet, tried on one thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        desk = session.application.open_desk(
            str(Path(folder) / "dry-run"),
            passphrase=secrets.token_hex(16),
            today=session.today,
            create=True,
        )
        try:
            return desk.apply_import(incoming, dry_run=True, progress=progress)
        finally:
            desk.close()


def as_document(incoming: Incoming, result: ImportResult) -> dict[str, Any]:
    """What was read and done, as `import --json` prints it."""
    return {
        "files": list(incoming.files),
        "rows_read": incoming.rows_read,
        "cases_created": result.cases_created,
        "cases_updated": result.cases_updated,
        "facts_added": result.facts_added,
        "parked": [{**_place(row.place), "why": row.why} for row in incoming.parked],
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
        "mapping": {sheet: dict(fields) for sheet, fields in incoming.mapping.items()},
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "sheet": place.sheet, "row": place.row}


def tell(incoming: Incoming, result: ImportResult, *, dry_run: bool) -> None:
    """Say it to a person: a sentence, then what needs her eye."""
    would = "would be " if dry_run else ""
    say(
        f"{incoming.rows_read:,} rows read: {result.cases_created:,} cases {would}created, "
        f"{result.cases_updated:,} {would}updated, {result.facts_added:,} facts {would}added."
    )
    for sentence in incoming.notes if dry_run else ():
        say(sentence)
    if incoming.parked:
        print_table(
            f"{len(incoming.parked):,} rows parked",
            ("File", "Sheet", "Row", "Why"),
            ((*_where(row.place), row.why) for row in incoming.parked),
        )
    if incoming.problems:
        print_table(
            f"{len(incoming.problems):,} cells that could not be read",
            ("File", "Sheet", "Row", "Column", "Value", "Why"),
            (
                (*_where(cell.place), cell.column, cell.value, cell.why)
                for cell in incoming.problems
            ),
        )
    conflicts = (*incoming.conflicts, *result.conflicts)
    if conflicts:
        print_table(
            f"{len(conflicts):,} conflicts; the first was kept",
            ("File", "Sheet", "Row", "Reference", "Field", "Kept", "Other"),
            (
                (*_where(clash.place), clash.reference, clash.field, clash.kept, clash.other)
                for clash in conflicts
            ),
        )


def _where(place: Place) -> tuple[str, str, int]:
    return place.file, place.sheet, place.row
