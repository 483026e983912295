"""`return sen2`, `return codes`, `return inspection`: for the Department and for Ofsted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import return_
from caseworker_app.cli.options import (
    DAY,
    GIVEN,
    json_option,
    protect_option,
    store_option,
    today_option,
)
from caseworker_app.cli.output import print_json, print_table, progress_bar, say
from caseworker_app.services.wording import counted

if TYPE_CHECKING:
    from caseworker_app.domain.sen2.checking import Hit
    from caseworker_app.domain.sen2.comparing import Difference
    from caseworker_app.services.returns.sen2_return import Made

F = TypeVar("F", bound=Callable[..., object])
_FILE = click.Path(path_type=Path)


def _year_option(function: F) -> F:
    """Accept `--year`, that of the survey day; the newest there is a layout for by default."""
    return click.option(
        "--year",
        type=click.IntRange(1),
        metavar="Y",
        help="Of the survey day. Default: the newest.",
    )(function)


@return_.command()
@_year_option
@click.option(
    "--out",
    type=_FILE,
    metavar="F",
    help="The file to write: .xlsx as the submission template, .xml as a draft.",
)
@click.option(
    "--last",
    type=_FILE,
    metavar="F",
    help="Last year's submitted return, a workbook or a folder of CSV files, to compare with.",
)
@store_option
@json_option
@today_option
@click.pass_obj
def sen2(
    line: CommandLine,
    year: int | None,
    out: Path | None,
    last: Path | None,
    store: str | None,
    as_json: bool,
) -> None:
    """Check the SEN2 return, and write it.

    No file is written before an administrator has confirmed the codes that no public source shows;
    see “return codes”.
    """
    from caseworker_app.services.returns.check_list import holders, shown, shown_differences
    from caseworker_app.services.returns.sen2_layouts import years
    from caseworker_app.services.returns.sen2_return import as_errors

    year = year or years()[-1]
    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        made = line.application.sen2(session, year, last=last, progress=progress)
        held = holders(session)
        hits = shown(made.hits, held)
        if as_json:
            print_json(as_errors(hits))
        else:
            _tell(made, hits, shown_differences(made.differs, held))
        for note in made.notes:
            click.echo(note, err=as_json)
        if out is not None:
            line.application.write_sen2(session, made, out, progress=progress)
    if out is not None and not as_json:
        draft = ", a draft that no schema was to hand for" if out.suffix.lower() == ".xml" else ""
        say(f"Wrote {out}{draft}.")


@return_.command()
@click.option(
    "--confirm",
    "said",
    multiple=True,
    type=GIVEN,
    metavar="SET[: LETTERS]",
    help="Confirm a set as it stands, or with other letters: “DP: education E, health H”. “all” is"
    " every set as it stands; “CutOff: survey day” moves the cut-off.",
)
@click.option("--seen-in", default="", metavar="WORDS", help="Where they were looked up.")
@_year_option
@store_option
@json_option
@today_option
@click.pass_obj
def codes(
    line: CommandLine,
    said: tuple[str, ...],
    seen_in: str,
    year: int | None,
    store: str | None,
    as_json: bool,
) -> None:
    """Show the codes of SEN2 that no public source settles, and confirm them.

    An administrator does it once, from the Department's own papers.
    """
    from caseworker_app.services.returns import sen2_return
    from caseworker_app.services.returns.sen2_layouts import layout, years

    year = year or years()[-1]
    with line.session(store) as session:
        if said:
            known = layout(year).unverified
            wanted = dict.fromkeys(known, "") if "all" in said else {}
            wanted |= dict(_said(one) for one in said if one != "all")
            sen2_return.confirm(session, year, wanted, seen_in)
        readings = sen2_return.open_points(session, year)
    rows = [
        (
            name,
            ", ".join(f"{meaning} {letter}" for meaning, letter in letters.items()),
            "waits" if name in {one.name for one in readings.waiting} else "confirmed",
        )
        for name, letters in readings.letters.items()
    ]
    if as_json:
        fields = ("set", "letters", "state")
        print_json(
            {
                "codes": [dict(zip(fields, row, strict=True)) for row in rows],
                "cut_off": readings.cut_off,
            }
        )
        return
    print_table("", ("Set", "Letters", ""), rows)
    say(f"Decisions count up to the {readings.cut_off}.")


@return_.command()
@click.option("--as-at", type=DAY, metavar="D", help="The day of the list. Default: today.")
@click.option("--out", type=_FILE, metavar="F.xlsx", help="The workbook to write.")
@protect_option
@store_option
@json_option
@today_option
@click.pass_obj
def inspection(
    line: CommandLine, as_at: date | None, out: Path | None, store: str | None, as_json: bool
) -> None:
    """Check the inspection list of children with plans, and write it."""
    from caseworker_app.services.returns.check_list import holders, shown
    from caseworker_app.services.returns.sen2_return import as_errors

    with progress_bar(wanted=not as_json) as progress, line.session(store) as session:
        made = line.application.inspection_list(session, as_at, progress=progress)
        hits = shown(made.hits, holders(session))
        if as_json:
            told = {"as_at": made.as_at.isoformat(), "children": len(made.rows)}
            print_json(told | as_errors(hits))
        else:
            _tell_hits(hits)
            say(f"{counted(len(made.rows), 'child', 'children')} with a plan.")
        if out is not None:
            line.application.write_inspection(session, made, out, progress=progress)
    if out is not None and not as_json:
        say(f"Wrote {out}.")


def _said(text: str) -> tuple[str, str]:
    name, _, words = text.partition(":")
    return name.strip(), words.strip()


def _tell(made: Made, hits: Sequence[Hit], differs: Sequence[Difference]) -> None:
    _tell_hits(hits)
    errors = sum(hit.level == "E" for hit in made.hits)
    queries = len(made.hits) - errors
    people = counted(len(made.return_.persons), "child", "children")
    say(f"{people}, {counted(errors, 'error')}, {counted(queries, 'query', 'queries')}.")
    if differs:
        print_table(
            "Different from last year's return",
            ("Case", "Item", "Last year", "Now"),
            [
                (one.case.reference or one.case.name, one.field or one.module, one.before, one.now)
                for one in differs
            ],
        )


def _tell_hits(hits: Sequence[Hit]) -> None:
    rows = [(hit.rule, hit.level, hit.case.reference, hit.field, hit.words) for hit in hits]
    print_table("", ("Rule", "", "Case", "Item", "What is wrong"), rows)
