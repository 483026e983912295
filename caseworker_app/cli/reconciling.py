"""`reconcile`: an extract of another system held against the store."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import (
    GIVEN,
    json_option,
    protect_option,
    store_option,
    today_option,
)
from caseworker_app.cli.output import print_json, print_table, progress_bar, say
from caseworker_app.domain.errors import Refused
from caseworker_app.services.wording import counted

if TYPE_CHECKING:
    from caseworker_app.domain.incoming import IncomingCase, Place
    from caseworker_app.domain.reconciling import Accepted, Difference, Reconciled
    from caseworker_app.services.session import Session

_PATH = click.Path(path_type=Path)


@caseworker.command()
@click.argument("file", type=_PATH)
@store_option
@click.option(
    "--mapping",
    type=GIVEN,
    metavar="M.toml|NAME",
    help="Which heading is which field, as for import: a file, or a name it was remembered by.",
)
@click.option("--remember", type=GIVEN, metavar="NAME", help="Remember that mapping by a name.")
@click.option(
    "--accept",
    type=GIVEN,
    multiple=True,
    metavar="CASE.FIELD,…",
    help="Take what the file says of these, all with one undo.",
)
@click.option("--accept-all", is_flag=True, help="Take what the file says of every difference.")
@click.option(
    "--out", type=_PATH, metavar="REST.xlsx", help="Write what was not accepted to a workbook."
)
@protect_option
@json_option
@today_option
@click.pass_obj
def reconcile(
    line: CommandLine,
    file: Path,
    store: str | None,
    mapping: str | None,
    remember: str | None,
    accept: tuple[str, ...],
    accept_all: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Hold an extract of another system against the store: they say, we say.

    Nothing is changed but what is accepted. A field that FILE does not have or leaves blank is no
    difference. Who may be two children is a doubt, and is not compared.
    """
    if accept and accept_all:
        raise Refused("Give one of --accept and --accept-all, not both.", "accept")
    if remember is not None and mapping is None:
        raise Refused("--remember goes with --mapping.", "remember")
    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        with _mapping_file(session, mapping) as (path, text):
            incoming = line.application.read_files(
                [file], mapping=path, today=line.today, progress=progress
            )
        if remember is not None:
            session.keep_mapping(remember, text)
        found = session.reconcile(incoming, progress)
        wanted = _wanted(found, accept, every=accept_all)
        came = session.accept_differences(incoming, wanted, progress) if wanted else None
        taken = {one.key for one in came.taken} if came is not None else set()
        left = [one for one in found.differences if one.key not in taken]
        if out is not None:
            _write(line, session, found, left, out)
    if as_json:
        print_json(as_document(found, came))
        return
    tell(found, left)
    if came is not None:
        say(came.message)
    if out is not None:
        say(f"Wrote {out}.")


def _wanted(found: Reconciled, accept: Sequence[str], *, every: bool) -> tuple[Difference, ...]:
    """The differences to accept. Raises `Refused` where a name is that of none."""
    from caseworker_app.domain.reconciling import chosen

    if every:
        return found.differences
    names = [one.strip() for given in accept for one in given.split(",") if one.strip()]
    wanted, unknown = chosen(found.differences, names)
    if unknown:
        said = ", ".join(unknown)
        raise Refused(f"No difference is named {said}: write case and field, X1.need.", "accept")
    return wanted


@contextmanager
def _mapping_file(session: Session, given: str | None) -> Iterator[tuple[Path | None, str]]:
    """The mapping as a file, and its text. Raises `Refused` where there is none of that name."""
    from caseworker_app import scratch
    from caseworker_app.domain.names import folded
    from caseworker_app.services import plain_file
    from caseworker_app.services.imports.mappings import LONGEST

    if given is None:
        yield None, ""
        return
    path = Path(given)
    if path.exists():
        data = plain_file.contents(path, LONGEST, "a mapping")
        yield path, data.decode("utf-8", "replace")
        return
    kept = session.mappings()
    name = next((one for one in kept if folded(one) == folded(given)), "")
    if not name:
        names = ", ".join(kept) or "none"
        raise Refused(
            f"There is no file {given}, and no mapping is remembered by that name; there are: "
            f"{names}.",
            "mapping",
        )
    with scratch.folder() as folder:
        path = folder / "mapping.toml"
        path.write_text(kept[name], encoding="utf-8")
        yield path, kept[name]


def _write(
    line: CommandLine,
    session: Session,
    found: Reconciled,
    left: Sequence[Difference],
    out: Path,
) -> None:
    """Hand back what was not accepted."""
    from caseworker_app.domain.day_words import day_words
    from caseworker_app.domain.reconciled_paper import paper_of

    foot = f"{session.who}, {day_words(session.today())}"
    whose = {one.child_id for one in left} | {one.child_id for one in found.only_ours}
    paper = paper_of(found, left, foot)
    line.application.write_paper(session, paper, out, child_ids=tuple(whose) or ("",))


def as_document(found: Reconciled, came: Accepted | None) -> dict[str, Any]:
    """What was found and accepted, as `reconcile --json` prints it."""
    taken = None if came is None else {one.key for one in came.taken}
    document: dict[str, Any] = {
        "files": list(found.files),
        "rows_read": found.rows_read,
        "matched": found.matched,
        "differences": [_difference(one, taken) for one in found.differences],
        "only_theirs": [_named(one) for one in found.only_theirs],
        "only_ours": sorted(one.reference for one in found.only_ours),
        "doubts": [
            {
                **_place(one.place),
                "column": one.column,
                "value": one.value,
                "why": one.why,
                "case": one.case,
            }
            for one in found.doubts
        ],
        "parked": [{**_place(one.place), "why": one.why, "case": one.case} for one in found.parked],
        "problems": [
            {**_place(one.place), "column": one.column, "value": one.value, "why": one.why}
            for one in found.problems
        ],
        "conflicts": [
            {
                **_place(one.place),
                "reference": one.reference,
                "field": one.field,
                "kept": one.kept,
                "other": one.other,
            }
            for one in found.conflicts
        ],
        "notes": list(found.notes),
    }
    if came is not None:
        document["accepted"] = len(came.taken)
        document["left_out"] = [
            {"case": one.case, "field": one.field, "why": why} for one, why in came.left_out
        ]
    return document


def _difference(one: Difference, taken: Collection[object] | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "case": one.case,
        "field": one.field,
        "theirs": _iso(one.theirs),
        "ours": _iso(one.ours),
        **_place(one.place),
    }
    if one.kind:
        told |= {"source": one.source, "on": _iso(one.on)}
    return told if taken is None else {**told, "accepted": one.key in taken}


def _iso(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _named(case: IncomingCase) -> str:
    """A child of the file by reference, or by name where it has none."""
    return case.reference or case.case


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "sheet": place.sheet, "row": place.row}


def tell(found: Reconciled, left: Sequence[Difference]) -> None:
    """Say it to a person: what is in both, what differs, and what could not be compared."""
    from caseworker_app.domain.reconciled_paper import clash_words

    say(
        f"{counted(found.rows_read, 'row')} read: {counted(found.matched, 'child', 'children')} "
        f"in both, {len(found.only_theirs):,} only there, {len(found.only_ours):,} only here, "
        f"{counted(len(found.differences), 'difference')}."
    )
    for sentence in found.notes:
        say(sentence)
    if left:
        print_table(
            f"{counted(len(left), 'difference')}",
            ("Case", "Child", "Field", "They say", "We say", "Row"),
            ((o.case, o.name, o.field, o.theirs_words, o.ours_words, o.place.row) for o in left),
        )
    if found.only_theirs:
        print_table(
            "Only there",
            ("Reference", "Child", "Sheet", "Row"),
            (
                (one.reference, f"{one.surname}, {one.forename}", one.place.sheet, one.place.row)
                for one in found.only_theirs
            ),
        )
    if found.only_ours:
        print_table(
            "Only here",
            ("Reference", "Child", "Status"),
            ((one.reference, one.name, one.status) for one in found.only_ours),
        )
    for title, rows in (
        ("Doubts", [(o.place, o.case, o.column, o.value, o.why) for o in found.doubts]),
        ("Left out", [(o.place, o.case, "", "", o.why) for o in found.parked]),
        ("Not read", [(o.place, "", o.column, o.value, o.why) for o in found.problems]),
        (
            "Rows that disagree",
            [(o.place, o.reference, o.field, o.other, clash_words(o)) for o in found.conflicts],
        ),
    ):
        if rows:
            print_table(
                title,
                ("Sheet", "Row", "Child", "Column", "Value", "Why"),
                ((place.sheet, place.row, *rest) for place, *rest in rows),
            )
