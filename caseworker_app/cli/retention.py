"""`retention` and `subject-access`: what is due to go, its disposal, and everything on a child."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import Commands, caseworker
from caseworker_app.cli.options import GIVEN, json_option, store_option, today_option
from caseworker_app.cli.output import print_json, print_table, progress_bar, say
from caseworker_app.domain.declarations.retention import BASES
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import reference_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from caseworker_app.domain.declarations.retention import Disposal
    from caseworker_app.services.retention import ForReview, ToGo
    from caseworker_app.services.session import Session

_PATH = click.Path(path_type=Path)
_ALSO = click.option(
    "--also",
    type=_PATH,
    multiple=True,
    metavar="F",
    help="A further backup, or a folder of them, to rewrite; may be given again.",
)
_SECOND = click.option(
    "--second",
    type=_PATH,
    metavar="FOLDER",
    help="The second place of backups, as the window has it.",
)


@caseworker.group(cls=Commands, invoke_without_command=True)
@store_option
@json_option
@today_option
@click.pass_context
def retention(ctx: click.Context, store: str | None, as_json: bool) -> None:
    """List the cases whose time to be kept is over, or soon will be, and those that are held."""
    if ctx.invoked_subcommand is not None:
        return
    from caseworker_app.services.retention import for_review

    line: CommandLine = ctx.obj
    with line.session(store) as session:
        found = for_review(session)
    if as_json:
        print_json(_document(found))
        return
    _show(found)


@retention.command()
@click.argument("cases", nargs=-1, required=True, type=GIVEN, metavar="CASE...")
@click.option(
    "--basis",
    type=click.Choice(list(BASES)),
    required=True,
    help="Why: the time is over; erasure was asked for; a court ordered it; it was a mistake.",
)
@click.option("--why", default="", metavar="W", help="Further words; they name nobody.")
@click.option("--yes", is_flag=True, help="Do it. Without, say what would go.")
@_SECOND
@_ALSO
@store_option
@json_option
@today_option
@click.pass_obj
def dispose(
    line: CommandLine,
    cases: tuple[str, ...],
    basis: str,
    why: str,
    yes: bool,
    second: Path | None,
    also: tuple[Path, ...],
    store: str | None,
    as_json: bool,
) -> None:
    """Dispose of cases for good. Without --yes, say what would go and change nothing.

    CASE is a reference, however it is spelt. A case that is held is refused. Backups in reach are
    rewritten without them; the others are on the certificate.
    """
    from caseworker_app.services import retention as use

    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        ids = [_case(session, one) for one in cases]
        shown = use.preview(session, ids)
        made = None
        if yes:
            made = use.dispose(
                session, ids, basis, why, second=second, also=also, progress=progress
            )
    if as_json:
        told = {"cases": [_going(one) for one in shown]}
        print_json({**told, "disposal": None if made is None else _disposal(made)})
        return
    if made is None:
        _show_going(shown)
        say("Nothing was changed: --yes disposes of them for good.")
        return
    _say_done(made)


@retention.command()
@_SECOND
@_ALSO
@store_option
@today_option
@click.pass_obj
def rewrite(
    line: CommandLine, second: Path | None, also: tuple[Path, ...], store: str | None
) -> None:
    """Rewrite backups that were out of reach without whoever has been disposed of.

    Whom the lists of disposals in the folders name, and the store has again, is forgotten first: on
    a server whose administrator put back what it was before.
    """
    from caseworker_app.services.forgetting import forget_listed
    from caseworker_app.services.retention import rewrite_again

    with progress_bar(wanted=True) as progress, line.session(store) as session:
        if told := forget_listed(session, also):
            say(told)
        found = rewrite_again(session, second, also, progress)
    if not found:
        say("No case has been disposed of yet.")
    for one in found:
        _say_done(one)


@retention.command()
@click.argument("disposal", type=GIVEN, required=False, metavar="REF")
@click.option("--out", type=_PATH, metavar="F", help="The certificate to write: .docx or .xlsx.")
@store_option
@json_option
@today_option
@click.pass_obj
def certificate(
    line: CommandLine, disposal: str | None, out: Path | None, store: str | None, as_json: bool
) -> None:
    """Write the certificate of a disposal; without REF, list the disposals."""
    from caseworker_app.services.retention import certificate_of, disposals

    with line.session(store) as session:
        if disposal is not None:
            if out is None:
                raise Refused("Name the file with --out.", "out")
            paper = certificate_of(session, disposal)
            line.application.write_paper(session, paper, out, area="setup")
            say(f"Wrote {out}.")
            return
        found = disposals(session)
    if as_json:
        print_json({"disposals": [_disposal(one) for one in found]})
        return
    print_table(
        f"{len(found)} disposals",
        ("Reference", "On", "By", "Why", "Cases", "Copies out of reach"),
        ((one.ref, f"{one.on:%d/%m/%Y}", *_in_short(one)) for one in found),
    )


@caseworker.command("subject-access")
@click.argument("case", type=GIVEN)
@click.option(
    "--out", type=_PATH, metavar="FOLDER", help="A new folder. Without, only say who is struck out."
)
@click.option("--keep", multiple=True, metavar="NAME", help="Somebody who stays named.")
@click.option("--strike", multiple=True, metavar="NAME", help="Somebody more to strike out.")
@click.option(
    "--although", default="", metavar="WHY", help="Write it though it names another child; why."
)
@store_option
@json_option
@today_option
@click.pass_obj
def subject_access(
    line: CommandLine,
    case: str,
    out: Path | None,
    keep: tuple[str, ...],
    strike: tuple[str, ...],
    although: str,
    store: str | None,
    as_json: bool,
) -> None:
    """Write everything held on a child, for whoever asks for their own data.

    A folder with a Word page a section, a workbook and JSON. Other people are struck out, but for
    staff who acted in their job.
    """
    from caseworker_app.domain.subject_access import READ_IT
    from caseworker_app.services.cases import subject_access as use
    from caseworker_app.services.commands import LetLeave

    names: tuple[str, ...] = ()
    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        bundle = use.gather(session, _case(session, case))
        gone = use.keys_struck(bundle, keep, strike)
        _, left = use.checked(session, bundle, gone)
        sure = [one for one in left if not one.doubt]
        if out is not None:
            if sure and not although.strip():
                raise Refused(
                    f"It names another child: {sure[0].words} Strike them out, or say why with "
                    "--although.",
                    "although",
                )
            if sure:
                said = tuple(one.said for one in sure)
                whose = tuple(key for one in sure for key in one.child_ids)
                session.carry_out(
                    LetLeave(bundle.child_id, "Everything written out", said, whose, although)
                )
            names = line.application.write_subject_access(
                session, bundle, gone, out, progress=progress
            )
    others = bundle.others
    if as_json:
        told = [
            {"name": one.name, "what": one.what, "struck_out": one.key in gone, "doubt": one.doubt}
            for one in others
        ]
        found = {"others": told, "still_named": [one.words for one in left]}
        print_json({**found, "left_out": list(bundle.left_out), "files": list(names)})
        return
    print_table(
        f"{len(others)} other people",
        ("Name", "Who", "Struck out", "Doubt"),
        ((one.name, one.what, "yes" if one.key in gone else "", one.doubt) for one in others),
    )
    for finding in left:
        say(finding.words)
    if bundle.left_out:
        say(f"Left out, for you may not see it: {', '.join(bundle.left_out)}.")
    say(READ_IT)
    say(f"Wrote {len(names)} files to {out}." if names else "Nothing was written: name --out.")


def _case(session: Session, reference: str) -> str:
    """The id of a case by its reference, or by its number where it is in no list."""
    from caseworker_app.services.retention import for_review

    key = reference_key(reference)
    found = [row.id for row in session.cases() if reference_key(row.reference) == key]
    if not found:
        rows = for_review(session).rows
        found = [row.id for row in rows if reference_key(row.reference) == key]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f"Several cases have the reference {reference}.")
    raise Refused(f"No case has the reference {reference}.")


def _document(found: ForReview) -> dict[str, Any]:
    return {
        "years": found.years,
        "not_shown": found.not_shown,
        "cases": [
            {
                "reference": row.reference,
                "surname": row.surname,
                "forename": row.forename,
                "born": row.born.isoformat() if row.born else None,
                "due": row.due.isoformat() if row.due else None,
                "state": row.state,
                "status": row.status,
                "hold": row.hold,
            }
            for row in found.rows
        ],
    }


def _show(found: ForReview) -> None:
    from caseworker_app.domain.retention import STATES
    from caseworker_app.services.wording import counted

    print_table(
        f"{counted(len(found.rows), 'case')} for review, kept for {found.years} years from birth",
        ("Ref", "Name", "Born", "Due", "State", "Stands", "Held"),
        (
            (
                row.reference,
                row.name,
                f"{row.born:%d/%m/%Y}" if row.born else "",
                f"{row.due:%d/%m/%Y}" if row.due else "",
                STATES[row.state],
                row.status,
                row.hold,
            )
            for row in found.rows
        ),
    )
    if found.not_shown:
        many = counted(found.not_shown, "restricted case is", "restricted cases are")
        say(f"{many} due besides and not open to you.")


def _going(one: ToGo) -> dict[str, Any]:
    return {
        "reference": one.row.reference,
        "state": one.row.state,
        "hold": one.row.hold,
        "held": dict(one.held),
        "merged": list(one.merged),
        "files_that_stay": list(one.places),
        "answers_that_stay": one.answers,
    }


def _show_going(shown: Iterable[ToGo]) -> None:
    for one in shown:
        held = ", ".join(f"{many:,} {what}" for what, many in one.held.items()) or "nothing more"
        say(f"{one.row.name} ({one.row.reference}): {held}.")
        if one.row.hold:
            say(f"  It is held and stays: {one.row.hold}.")
        if one.merged:
            say(f"  With it go the cases merged into it: {', '.join(one.merged)}.")
        for place in one.places:
            say(f"  A file that stays where it is: {place}")


def _disposal(one: Disposal) -> dict[str, Any]:
    return {
        "reference": one.ref,
        "on": one.on.isoformat(),
        "by": one.done_by,
        "basis": one.basis,
        "why": one.why,
        "cases": [{"number": case["number"], "held": case["held"]} for case in one.listed],
        "copies": [dict(copy) for copy in one.copies_listed],
    }


def _in_short(one: Disposal) -> tuple[object, ...]:
    from caseworker_app.domain.disposed import OUT_OF_REACH

    left = sum(copy["state"] == OUT_OF_REACH for copy in one.copies_listed)
    return one.done_by, BASES[one.basis], len(one.listed), left


def _say_done(one: Disposal) -> None:
    from caseworker_app.domain.disposed import COPY_STATES, OUT_OF_REACH
    from caseworker_app.domain.kinds import kind_of

    title = kind_of(one).title(one)
    say(f"{title[:1].upper()}{title[1:]}, {one.ref}.")
    states = [copy["state"] for copy in one.copies_listed]
    for state, words in COPY_STATES.items():
        if state in states:
            say(f"  {words}: {states.count(state):,}.")
    for copy in one.copies_listed:
        if copy["state"] == OUT_OF_REACH:
            say(f"  {copy['where']}: {copy['why']}.")
