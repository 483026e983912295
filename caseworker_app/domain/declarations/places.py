"""Places: who lives in the area, what is commissioned, and forecasts that were kept."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.kinds import Kept, choice, link, number, record, text
from caseworker_app.domain.people import OLDEST_YEAR, YOUNGEST_YEAR

PLACES = {
    "special": "Special school",
    "unit": "SEN unit",
    "resourced": "Resourced provision",
    "fe": "Further education",
}
_YEAR = {"least": 1990, "most": 2100}


@record(
    "population",
    "population",
    "population",
    area="improvement",
    natural=("year", "year_group", "ages"),
    title=lambda one: f"population {one.year}",
    about="How many children and young people live here, by calendar year and year group.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Population(Kept):
    """Children or pupils of a year; by year group, or by ages in words such as "5 to 15"."""

    year: int = number("Year", needed=True, **_YEAR)
    year_group: int | None = number(
        *("Year group",), least=YOUNGEST_YEAR, most=OLDEST_YEAR + 6, synonyms=("Academic year",)
    )
    ages: str = text("Ages", hint="Where it is not of one year group, such as 5 to 15.")
    people: int = number("Number", needed=True, least=0, most=99_999_999, synonyms=("Population",))
    source: str = text("Source", needed=True, search=True)


@record(
    "commissioned",
    "places commissioned",
    "places commissioned",
    area="improvement",
    natural=("setting_id", "year", "kind"),
    title=lambda one: f"places {one.year}",
    about="How many places are commissioned at each setting, by the year in which they begin.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Commissioned(Kept):
    """Places that the council pays for at a setting in a school year, by the year it begins."""

    setting_id: str = link("Setting", "setting", needed=True, synonyms=("School",))
    year: int = number("Year", needed=True, **_YEAR)
    kind: str = choice("Kind", PLACES, needed=True)
    places: int = number("Places", needed=True, least=0, most=9999)


@record(
    "places_scenario",
    "scenario",
    "scenarios",
    area="improvement",
    natural=("name",),
    about="A forecast of places that was kept, with what it assumed.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesScenario(Kept):
    """A forecast with its assumptions and its result, as text that the forecast reads again."""

    name: str = text("Name", needed=True, unique=True, search=True)
    seed: int = number("Seed", needed=True, least=0, most=999_999_999)
    assumptions: str = text("Assumptions", needed=True, long=True, by_hand=False, listed=False)
    result: str = text("Result", long=True, by_hand=False, listed=False)
