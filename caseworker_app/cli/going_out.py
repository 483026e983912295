"""`pack` and `calendar`: what goes out to schools, and into a caseworker's calendar."""

from __future__ import annotations

from pathlib import Path

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import GIVEN, store_option, today_option
from caseworker_app.cli.output import progress_bar, say
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import fits
from caseworker_app.services.wording import counted

_PATH = click.Path(path_type=Path)


@caseworker.command()
@click.option("--out", type=_PATH, required=True, metavar="FOLDER", help="Where to write them.")
@click.option("--setting", type=GIVEN, metavar="NAME", help="One setting. Default: all.")
@click.option("--term", type=GIVEN, metavar="T", help="Such as spring-2027. Default: this term.")
@store_option
@today_option
@click.pass_obj
def pack(
    line: CommandLine, out: Path, setting: str | None, term: str | None, store: str | None
) -> None:
    """Write school packs: every date a setting owes and is owed, a workbook each."""
    with progress_bar(wanted=True) as progress, line.session(store) as session:
        came = line.application.write_packs(
            session, out, term or "", setting or "", progress=progress
        )
    say(came.words)


@caseworker.command()
@click.option("--worker", type=GIVEN, required=True, metavar="W", help="Part of the name.")
@click.option("--out", type=_PATH, required=True, metavar="F.ics", help="The file to write.")
@click.option("--names", is_flag=True, help="Full names in place of initials and reference.")
@store_option
@today_option
@click.pass_obj
def calendar(line: CommandLine, worker: str, out: Path, names: bool, store: str | None) -> None:
    """Write the dates of a caseworker's cases as a calendar file."""
    from caseworker_app.domain.calendar_dates import LEAKS

    with progress_bar(wanted=True) as progress, line.session(store) as session:
        found = [one for one in session.caseworkers() if fits(worker, one.name)]
        if len(found) != 1:
            said = ", ".join(one.name for one in found) or "nobody"
            raise Refused(f"{worker} is the name of {said}: name one caseworker.", "worker")
        count = line.application.write_calendar(
            session,
            f"Caseworker, {found[0].name}",
            [found[0].id],
            out,
            names=names,
            progress=progress,
        )
    say(f"Wrote {counted(count, 'date')} to {out.name}.")
    if names:
        say(LEAKS)
