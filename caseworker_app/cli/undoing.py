"""`undo` and `redo`: the person's own latest change, taken back and brought again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import store_option, today_option
from caseworker_app.cli.output import progress_bar, say
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Failed

if TYPE_CHECKING:
    from caseworker_app.services.commands import Redo, Undo

_YES = click.option("--yes", is_flag=True, help="Do it also where more than ten cases are touched.")


@caseworker.command()
@store_option
@_YES
@today_option
@click.pass_obj
def undo(line: CommandLine, store: str | None, yes: bool) -> None:
    """Take your own latest change back.

    Somebody else's, and an older one, can be taken back from the history in the window.
    """
    from caseworker_app.services.commands import Undo

    _carry_out(line, store, Undo(), yes=yes)


@caseworker.command()
@store_option
@_YES
@today_option
@click.pass_obj
def redo(line: CommandLine, store: str | None, yes: bool) -> None:
    """Bring back what you undid last.

    A change made since ends what can be brought back.
    """
    from caseworker_app.services.commands import Redo

    _carry_out(line, store, Redo(), yes=yes)


def _carry_out(line: CommandLine, store: str | None, command: Undo | Redo, *, yes: bool) -> None:
    from caseworker_app.cli.outcomes import carried_out
    from caseworker_app.services.actions import MANY

    with progress_bar(wanted=True) as progress, line.session(store) as session:
        outcome = session.submit(command, progress)
        if isinstance(outcome, Failed) and outcome.why == "unsure":
            # The command was typed out, which is more than one key: only the number asks here.
            if outcome.touched > MANY and not yes:
                what, _, _ = outcome.sentence.rpartition(". ")
                raise Refused(f"{what}; nothing was changed, --yes does it.")
            outcome = session.submit(type(command)(outcome.group, sure=True), progress)
    say(carried_out(outcome).message)
