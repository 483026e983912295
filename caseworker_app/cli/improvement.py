"""`load-plan`: an improvement plan that comes with Caseworker, loaded into a store, once."""

from __future__ import annotations

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import GIVEN, store_option, today_option
from caseworker_app.cli.output import say
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Failed


@caseworker.command("load-plan")
@click.argument("name", type=GIVEN)
@store_option
@today_option
@click.pass_obj
def load_plan(line: CommandLine, name: str, store: str | None) -> None:
    """Load a ready improvement plan: NAME is statement_of_action or strategy.

    A plan that is in the store already is not loaded a second time.
    """
    from caseworker_app.services.commands import LoadPlan

    with line.session(store) as session:
        outcome = session.submit(LoadPlan(name))
    if isinstance(outcome, Failed):
        raise Refused(outcome.sentence, outcome.field)
    say(outcome.message)
