"""`merge` and `split`: two cases that are one child, and a case that holds two."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import DAY, GIVEN, store_option, today_option
from caseworker_app.cli.output import print_text, say
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import reference_key

if TYPE_CHECKING:
    from caseworker_app.domain.rows import CaseRow
    from caseworker_app.services.commands import MergeChildren, SplitChild
    from caseworker_app.services.session import Session

_DRY = click.option("--dry-run", is_flag=True, help="Say what would be, and change nothing.")


@caseworker.command()
@click.argument("keep", type=GIVEN)
@click.argument("other", type=GIVEN)
@store_option
@_DRY
@today_option
@click.pass_obj
def merge(line: CommandLine, keep: str, other: str, store: str | None, dry_run: bool) -> None:
    """Merge case OTHER into case KEEP.

    Both are references, however they are spelt. KEEP's reference and values stand; what only OTHER
    knows is filled in, and what does not stand is kept in the comment. Undo brings both back.
    """
    from caseworker_app.services.commands import MergeChildren

    with line.session(store) as session:
        rows = session.cases()
        kept, gone = _found(keep, rows), _found(other, rows)
        command = MergeChildren(kept.id, kept.version, gone.id, gone.version)
        _carry_out(session, command, dry_run=dry_run)


@caseworker.command()
@click.argument("reference", type=GIVEN, metavar="REF")
@click.option(
    "--facts",
    type=GIVEN,
    required=True,
    metavar="ID,...",
    help="The events that go to the new case, by the id that `cases --json` gives them.",
)
@click.option("--surname", required=True, metavar="S", help="Surname of the new case.")
@click.option("--forename", required=True, metavar="F", help="Forename of the new case.")
@click.option("--born", type=DAY, required=True, metavar="D", help="Birthday of the new case.")
@click.option(
    "--reference",
    "new_reference",
    default="",
    metavar="R",
    help="Reference of the new case. Default: the next free one.",
)
@click.option(
    "--records",
    default="",
    metavar="KIND/ID,...",
    help="Further records of the case that go too; the ids are those of `records KIND --json`.",
)
@store_option
@_DRY
@today_option
@click.pass_obj
def split(
    line: CommandLine,
    reference: str,
    facts: str,
    surname: str,
    forename: str,
    born: date,
    new_reference: str,
    records: str,
    store: str | None,
    dry_run: bool,
) -> None:
    """Split some events of case REF off into a new case.

    For a case that holds two children. What is not named stays. Undo brings it together again.
    """
    from caseworker_app.services.commands import SplitChild

    ids = tuple(part.strip() for part in facts.split(",") if part.strip())
    with line.session(store) as session:
        old = _found(reference, session.cases())
        further = tuple(part.strip() for part in records.split(",") if part.strip())
        command = SplitChild(
            old.id, old.version, ids, surname, forename, born, new_reference, further
        )
        _carry_out(session, command, dry_run=dry_run)


def _carry_out(session: Session, command: MergeChildren | SplitChild, *, dry_run: bool) -> None:
    """Say what would be, or do it and say what was done."""
    from caseworker_app.cli.outcomes import carried_out
    from caseworker_app.cli.output import one_line

    preview = session.preview(command)
    if not dry_run:
        say(carried_out(session.submit(command)).message)
        return
    lines = [" " * (len(one) - len(one.lstrip())) + one_line(one) for one in preview.lines()]
    print_text("\n".join(lines) + "\n")
    say("Nothing was changed.")


def _found(reference: str, rows: tuple[CaseRow, ...]) -> CaseRow:
    """The case of a reference in any spelling; one spelt just so comes first."""
    key = reference_key(reference)
    found = [row for row in rows if reference_key(row.reference) == key]
    exact = [row for row in found if row.reference == reference]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        said = ", ".join(row.reference for row in found)
        raise Refused(f"Several cases have the reference {reference}: {said}.")
    raise Refused(f"No case has the reference {reference}.")
