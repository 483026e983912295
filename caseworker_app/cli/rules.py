"""The command that shows the rules a store counts by, and puts others in force."""

from __future__ import annotations

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import json_option, store_option, today_option
from caseworker_app.cli.outcomes import carried_out
from caseworker_app.cli.output import print_json, progress_bar, say
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.records import DeadlineChange
from caseworker_app.services.commands import AcceptRules
from caseworker_app.services.session import Session

_FEW = 20


@caseworker.command()
@store_option
@click.option("--accept", is_flag=True, help="Count by the rules of this Caseworker from now on.")
@click.option(
    "--bring-in", is_flag=True, help="Put this computer's folder of rules into the store."
)
@json_option
@today_option
@click.pass_obj
def rules(
    line: CommandLine, store: str | None, accept: bool, bring_in: bool, as_json: bool
) -> None:
    """Say which rules the dates are counted by, and what others would move."""
    with (
        progress_bar(wanted=not as_json) as told,
        line.session(store, say_rules=False) as session,
    ):
        if accept:
            said = carried_out(session.submit(AcceptRules(), told)).message
        elif bring_in:
            said = _bring_in(line, session)
        else:
            said = ""
        waits = session.rules_changed()
        moved = session.changes_by_new_rules(told) if waits else ()
        version = session.rulebook().version
    if as_json:
        print_json({"rules": version, "waiting": waits, "moves": [_as_json(one) for one in moved]})
        return
    for sentence in (said, f"The dates are counted by the rules {version}."):
        if sentence:
            say(sentence)
    if waits:
        say(f"This Caseworker has others, which would move {len(moved)} dates; --accept does it.")
        for one in moved[:_FEW]:
            say(f"  {one.reference}  {one.rule}  {one.old or 'none'} to {one.new or 'none'}")


def _bring_in(line: CommandLine, session: Session) -> str:
    from caseworker_app.services.rules.bringing_in import bring_in

    found = line.application.folder_rules()
    if not found:
        raise Refused("This computer has no folder of the council's own rules.")
    if session.has_own_rules():
        raise Refused("This store has rules of the council's own already.")
    return carried_out(session.submit(bring_in(found))).message


def _as_json(one: DeadlineChange) -> dict[str, str | None]:
    days = {"old": one.old, "new": one.new}
    return {
        "reference": one.reference,
        "rule": one.rule,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }
