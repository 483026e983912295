"""`import --as`: records of any declared kind, and registers of schools, brought in from files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.output import print_json, print_table, progress_bar, say
from caseworker_app.domain.errors import Refused
from caseworker_app.services.wording import counted

if TYPE_CHECKING:
    from caseworker_app.domain.incoming_records import BroughtIn


def bring_in(
    line: CommandLine,
    files: Sequence[Path],
    kind: str,
    store: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    by_name: bool = False,
) -> None:
    """Bring records of a kind in from files, and say what came of it."""
    from caseworker_app.domain.declarations import kind_of_list
    from caseworker_app.services.imports import published_file, schools_file

    of = kind_of_list(kind)
    if of.name == "setting" and all(map(schools_file.is_one, files)):
        _bring_in_schools(line, files, store, dry_run=dry_run, as_json=as_json, by_name=by_name)
        return
    if of.name == "published_figure" and any(map(published_file.is_one, files)):
        _bring_in_published(line, files, store, dry_run=dry_run, as_json=as_json)
        return
    if by_name:
        raise Refused("--by-name goes with a register of schools alone.", "by_name")
    with progress_bar(wanted=not as_json) as progress:
        incoming = line.application.read_records(
            files, of.name, today=line.today, progress=progress
        )
        with line.session(store) as session:
            came = session.bring_in(incoming, dry_run=dry_run, progress=progress)
    if as_json:
        print_json(_document(came, incoming.files))
        return
    say(came.sentence(of, dry_run=dry_run))
    for note in came.notes:
        say(note)
    if came.parked:
        print_table(
            f"{counted(len(came.parked), 'row')} parked",
            ("File", "Sheet", "Row", "Child", "Why"),
            (
                (row.place.file, row.place.sheet, row.place.row, row.case, row.why)
                for row in came.parked
            ),
        )


def _bring_in_schools(
    line: CommandLine,
    files: Sequence[Path],
    store: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    by_name: bool,
) -> None:
    """Bring the DfE's register of schools into the settings, and say what came of it."""
    from caseworker_app.domain.schools import planned
    from caseworker_app.services.imports import schools_file

    read = [schools_file.read_file(path) for path in files]
    schools = [one for register in read for one in register.schools]
    rows_read = len(schools) + sum(len(register.parked) for register in read)
    parked = [
        (path.name, row, why)
        for path, register in zip(files, read, strict=True)
        for row, why in register.parked
    ]
    with line.session(store) as session:
        plan = planned(schools, session.settings(), session.council(), by_name=by_name)
        there = Counter(row.setting for row in session.cases())
        if not dry_run and (plan.new or plan.changed):
            session.carry_out(schools_file.commands(plan))
    parked += [
        (school.file, school.row, f"{one.name} has no URN: --by-name takes it to be this school")
        for one, school in plan.by_name
    ]
    notes = schools_file.said(plan, there)
    if as_json:
        print_json(
            {
                "files": [path.name for path in files],
                "kind": "setting",
                "rows_read": rows_read,
                "made": len(plan.new),
                "changed": len(plan.changed),
                "unchanged": plan.unchanged,
                "further_rows": plan.further_rows,
                "closed": [one.name for one, _ in plan.closed],
                "left_out": plan.left_out + plan.closed_out,
                "parked": [{"file": name, "row": row, "why": why} for name, row, why in parked],
                "notes": notes[1:],
            }
        )
        return
    for note in notes:
        say(note)
    if parked:
        print_table(f"{counted(len(parked), 'row')} parked", ("File", "Row", "Why"), parked)


def _bring_in_published(
    line: CommandLine, files: Sequence[Path], store: str | None, *, dry_run: bool, as_json: bool
) -> None:
    """Bring the Department's published files in as they come, and say what came of it."""
    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        incoming = line.application.read_published(session, files, progress=progress)
        came = session.bring_in(incoming, dry_run=dry_run, progress=progress)
    if as_json:
        print_json(_document(came, incoming.files))
        return
    for note in came.notes:
        say(note)
    would = "would be " if dry_run else ""
    say(
        f"{counted(came.made, 'figure')} {would}made, {came.changed:,} {would}changed, "
        f"{came.unchanged:,} unchanged, {len(came.parked):,} parked."
    )
    if came.parked:
        print_table(
            f"{counted(len(came.parked), 'row')} parked",
            ("File", "Row", "Why"),
            ((row.place.file, row.place.row, row.why) for row in came.parked),
        )


def _document(came: BroughtIn, files: Sequence[str]) -> dict[str, Any]:
    return {
        "files": list(files),
        "kind": came.kind,
        "rows_read": came.rows_read,
        "made": came.made,
        "changed": came.changed,
        "unchanged": came.unchanged,
        "further_rows": came.further,
        "parked": [
            {
                "file": row.place.file,
                "sheet": row.place.sheet,
                "row": row.place.row,
                "why": row.why,
                "case": row.case,
            }
            for row in came.parked
        ],
        "notes": list(came.notes),
    }
