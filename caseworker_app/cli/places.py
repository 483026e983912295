"""`forecast-places`: plans of the years to come, from the store or from four files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from caseworker_app.cli.command_line import CommandLine
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import json_option, store_option, today_option
from caseworker_app.cli.output import print_json, print_table, progress_bar, say
from caseworker_app.domain.errors import Refused

if TYPE_CHECKING:
    from caseworker_app.domain.place_planning.history import PlacesHistory
    from caseworker_app.services.places.planning import Forecast

_FILE = click.Path(path_type=Path)


@caseworker.command("forecast-places")
@click.option("--until", type=int, metavar="Y", help="The last January. Default: five years on.")
@click.option(
    "--simulations", type=int, default=1000, show_default=True, metavar="N", help="How many."
)
@click.option(
    "--seed", type=int, default=7, show_default=True, metavar="N", help="What they are drawn from."
)
@click.option("--transitions", type=_FILE, metavar="F", help="Moves from January to January, CSV.")
@click.option("--population", type=_FILE, metavar="F", help="Everybody by year and year group.")
@click.option("--valid", type=_FILE, metavar="F", help="What each setting teaches.")
@click.option("--costs", type=_FILE, metavar="F", help="What a plan costs by need and setting.")
@store_option
@json_option
@today_option
@click.pass_obj
def forecast_places(
    line: CommandLine,
    until: int | None,
    simulations: int,
    seed: int,
    transitions: Path | None,
    population: Path | None,
    valid: Path | None,
    costs: Path | None,
    store: str | None,
    as_json: bool,
) -> None:
    """Forecast plans by setting, need and year group, with bands by simulation.

    From the store's own history, or from the files of a model of transitions.
    """
    from caseworker_app.domain.place_planning.assumptions import Assumptions
    from caseworker_app.services.places.planning import forecast_of, with_years_to

    assumed = Assumptions(simulations=simulations, seed=seed)
    with progress_bar(wanted=not as_json) as progress:
        if transitions or population or valid or costs:
            history = _from_files(transitions, population, valid, costs)
        else:
            history = _from_store(line, store)
        if until is not None:
            assumed = with_years_to(assumed, history, until)
        found = forecast_of(history, assumed, progress)
    if as_json:
        print_json(_document(found))
    else:
        _tell(found, history)


def _from_files(
    transitions: Path | None, population: Path | None, valid: Path | None, costs: Path | None
) -> PlacesHistory:
    from caseworker_app.services.places.four_files import read_files

    if transitions is None or population is None or valid is None:
        raise Refused("A forecast from files takes --transitions, --population and --valid.")
    return read_files(transitions, population, valid, costs)


def _from_store(line: CommandLine, store: str | None) -> PlacesHistory:
    from caseworker_app.services.places.planning import places

    with line.session(store) as session:
        return places(session).history


def _document(found: Forecast) -> dict[str, object]:
    past = "" if found.past is None else found.past.words
    return {**found.projection.document, "assumed": found.assumed.words, "past": past}


def _tell(found: Forecast, history: PlacesHistory) -> None:
    years = found.projection.years
    headings = ["Plans in January", *(str(one.year) for one in years)]
    rows = [["In all", *(one.total.words for one in years)]]
    for part in ("settings", "needs"):
        for code in getattr(years[0], part):
            each = [getattr(one, part)[code] for one in years]
            if any(one.p97_5 for one in each):
                rows.append([history.words(code), *(one.words for one in each)])
    print_table("The middle of the simulations, and the band of 80 %", headings, rows)
    for sentence in (found.assumed.words, *found.projection.notes):
        say(sentence)
    if found.past is not None:
        say(found.past.words)
