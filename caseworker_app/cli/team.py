"""`team setup`: a PostgreSQL database made ready for several people."""

from __future__ import annotations

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import GIVEN, json_option, today_option
from caseworker_app.cli.output import print_json, say


@caseworker.group()
def team() -> None:
    """Share a PostgreSQL database among a team."""


@team.command()
@click.argument("url", type=GIVEN, metavar="URL")
@json_option
@today_option
@click.pass_obj
def setup(line: CommandLine, url: str, as_json: bool) -> int:
    """Make the database at URL ready for a team, and check that it is.

    URL signs in as an administrator of the server. Roles, tables and rights are made where they are
    not there; run again, it only checks. Exit code 1 says that something is not as it should be.
    """
    done = line.application.set_up_team(url)
    if as_json:
        print_json({"done": done.lines, "faults": done.faults, "left": list(done.left)})
    else:
        for sentence in done.lines:
            say(sentence)
        for sentence in done.faults:
            say(f"Not as it should be: {sentence}")
        if not done.faults:
            say("Checked: all is as it should be.")
        say("Left to the server's administrator:")
        for sentence in done.left:
            say(f"  {sentence}")
    return 1 if done.faults else 0
