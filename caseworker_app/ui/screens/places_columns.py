"""The lists of Places: pupils beside places, a forecast, its past, and scenarios side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from caseworker_app.domain.place_planning.assumptions import Assumptions
from caseworker_app.domain.place_planning.back_test import Compared
from caseworker_app.domain.place_planning.filled import Filled as Filled
from caseworker_app.domain.place_planning.projection import Band, January, Projection
from caseworker_app.domain.yeargroup import school_year_words
from caseworker_app.ui.models.column import LATE, OK, QUIET, SOON, Column

_PARTS = {"settings": "Setting", "needs": "Need", "years_taught": "Year group", "total": "In all"}
_MILLION = 1_000_000

HERE = "here"
"""Stands for the id of a forecast that is not kept."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a forecast: a setting, a need, a year group, all plans, or what they cost.

    Attributes:
        bands: by the year of the January.
        money: whether the figures are millions of pounds.
    """

    id: str
    name: str
    bands: dict[int, Band]
    money: bool = False

    def words(self, year: int) -> str:
        """The middle and the band in a January, or ""."""
        band = self.bands.get(year)
        if band is None or not self.money:
            return "" if band is None else band.words
        if band.p10 == band.p90:
            return f"{band.p50:,.1f}"
        return f"{band.p50:,.1f} ({band.p10:,.1f} to {band.p90:,.1f})"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A forecast that was kept, or the one on the page, to be compared.

    Attributes:
        id: of the record; `HERE` for the one on the page.
    """

    id: str
    name: str
    assumed: Assumptions
    projection: Projection

    def band(self, part: str, code: str) -> Band | None:
        """A figure of the last January."""
        last = self.projection.years[-1]
        return last.total if part == "total" else getattr(last, part).get(code)

    def words(self, part: str, code: str = "") -> str:
        """The same in words."""
        band = self.band(part, code)
        return "" if band is None else band.words


def lines_of(projection: Projection, part: str, name: Callable[[str], str]) -> list[Line]:
    """The lines of a forecast by one of its parts, with all plans and the cost below."""
    years = projection.years
    codes = [one for one in getattr(years[0], part) if _any(years, part, one)]
    if part == "years_taught":
        codes.sort(key=int)
    found = [
        Line(code, name(code), {one.year: getattr(one, part)[code] for one in years})
        for code in codes
    ]
    found.append(Line(" all", "All plans", {one.year: one.total for one in years}))
    costs = {one.year: one.cost for one in years if one.cost is not None}
    if costs:
        millions = {year: _millions(band) for year, band in costs.items()}
        found.append(Line(" cost", "Cost, £ million", millions, money=True))
    return found


def _any(years: Sequence[January], part: str, code: str) -> bool:
    return any(getattr(one, part)[code].p97_5 for one in years)


def _millions(band: Band) -> Band:
    parts = (band.mean, band.p2_5, band.p10, band.p50, band.p90, band.p97_5)
    return Band(*(one / _MILLION for one in parts))


def forecast_columns(first: int, ahead: int) -> tuple[Column[Line], ...]:
    """The columns of a forecast from the January of a year on."""
    return (
        Column("name", "In January", lambda row: row.name, width=176, style="strong"),
        *(_year(year) for year in range(first, first + ahead + 1)),
    )


def _year(year: int) -> Column[Line]:
    return Column(
        str(year),
        str(year),
        lambda row: row.words(year),
        lambda row: row.bands[year].p50 if year in row.bands else -1,
        spoken=lambda row: _spoken(row, year),
        align="right",
        width=138,
        weight=5,
    )


def _spoken(row: Line, year: int) -> str:
    band = row.bands.get(year)
    if band is None or band.p10 == band.p90:
        return row.words(year)
    return row.words(year).replace(" (", ", in eight of ten cases ").rstrip(")")


def filled_columns(first: int, many: int) -> tuple[Column[Filled], ...]:
    """The columns of pupils beside places, from a school year on."""
    return (
        Column("setting", "Setting", lambda row: row.setting, width=230, style="strong"),
        Column("kind", "Kind", lambda row: row.kind_words, width=150),
        *(_school_year(year) for year in range(first, first + many)),
        Column("stands", "Now", lambda row: row.stands, tone=_tone, width=150),
    )


def _school_year(year: int) -> Column[Filled]:
    def words(row: Filled) -> str:
        return next((one.words for one in row.years if one.year == year), "")

    return Column(str(year), school_year_words(year), words, align="right", width=100, weight=5)


def _tone(row: Filled) -> str:
    now = row.now
    if now is None or now.places is None:
        return QUIET if row.stands else ""
    return LATE if now.over > 0 else OK if now.over else SOON


def past_columns(name: Callable[[Compared], str]) -> tuple[Column[Compared], ...]:
    """The columns of a forecast beside what came."""
    return (
        Column("year", "January", lambda row: str(row.year), width=90),
        Column("part", "By", lambda row: _PARTS[row.part], width=110, style="dim"),
        Column("name", "Of", name, width=260, style="strong"),
        Column("forecast", "Forecast", lambda row: row.band.words, align="right", width=170),
        Column(
            *("truth", "There were", lambda row: f"{row.truth:,}", lambda row: row.truth),
            align="right",
            width=110,
            style="strong",
        ),
        Column(
            *("error", "Out by", lambda row: f"{row.error:+,.0f}", lambda row: abs(row.error)),
            align="right",
            width=90,
        ),
        Column(
            "held",
            "Band of 80 %",
            lambda row: "held" if row.held else "did not hold",
            tone=lambda row: OK if row.held else SOON,
            width=140,
        ),
    )


SCENARIOS: tuple[Column[Scenario], ...] = (
    Column("name", "Scenario", lambda row: row.name, width=200, style="strong"),
    Column(
        "last",
        "January",
        lambda row: str(row.projection.years[-1].year),
        width=84,
    ),
    Column("total", "All plans", lambda row: row.words("total"), align="right", width=170),
    Column(
        *("special", "Special school", lambda row: row.words("settings", "special")),
        align="right",
        width=150,
    ),
    Column(
        *("college", "College", lambda row: row.words("settings", "college")),
        align="right",
        width=150,
    ),
    Column("assumed", "Assumes", lambda row: row.assumed.words, stretch=True, style="dim"),
)
