"""What a command on the store came to, for the command line: a sentence or an exit code."""

from __future__ import annotations

import click

from caseworker_app.cli.output import one_line
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Done, Outcome


def carried_out(outcome: Outcome) -> Done:
    """What was done.

    Raises:
        Refused: it was not; with the sentence that says why.
        Exit: code 1, something failed inside, with the reference to quote on standard error.
    """
    if isinstance(outcome, Done):
        return outcome
    if outcome.why != "bug":
        raise Refused(outcome.sentence, outcome.field)
    click.echo(one_line(outcome.sentence), err=True)
    raise click.exceptions.Exit(1)
