"""`move`: a store from a file to a database, or back."""

from __future__ import annotations

import click

from caseworker_app.cli.command_line import CommandLine, is_url, with_passphrase
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import GIVEN, store_option, today_option
from caseworker_app.cli.output import progress_bar, say
from caseworker_app.cli.people import new_passphrase


@caseworker.command()
@click.argument("to", type=GIVEN, metavar="TO")
@store_option
@today_option
@click.pass_obj
def move(line: CommandLine, to: str, store: str | None) -> None:
    """Move the store to TO: from a file to an empty PostgreSQL database, or from one to a file.

    Nobody else may have it open. Every row is compared with the one it was. The old store opens no
    more, and says where it went. A new file opens with CASEWORKER_NEW_PASSPHRASE, else with what is
    typed on a terminal. Of a database that a team shares, TO signs in as the owner of it: run `team
    setup` afterwards.
    """
    new = None if is_url(to) else new_passphrase("Passphrase of the new store")
    where = line.where(store)
    with progress_bar(wanted=True) as progress:
        said = with_passphrase(
            lambda given: line.application.move(
                where, to, passphrase=given, person=line.person, new=new, progress=progress
            ),
            new=False,
        )
    say(said)
