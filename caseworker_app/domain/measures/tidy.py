"""A return as tidy rows, one a figure, in the shape of the Department's open data standard.

A hidden number is left empty, and `hidden` is 1; nothing else of the row says more of it than the
return itself does. Periods that are no whole year, term or month have the standard's "Reporting
year"; `period_from` and `period_to` are the days.
"""

from __future__ import annotations

from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.domain.measures.board import BoardReturn, Period
from caseworker_app.domain.measures.every_figure import OneFigure, every_figure

COLUMNS = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    *("region_code", "region_name", "old_la_code", "new_la_code", "la_name", "period_from"),
    *("period_to", "as_at", "measure", "measure_name", "breakdown_topic", "breakdown"),
    *("breakdown_name", "numerator", "denominator", "value", "unit", "hidden", "definition"),
)
"""The columns, in their order."""

_ALL = "Total"
_TERMS = {
    (9, 12): "Autumn term",
    (1, 3): "Spring term",
    (4, 8): "Summer term",
    (9, 3): "Autumn and spring term",
}
_AUTUMN, _TAX_YEAR = 9, 4


@dataclass(frozen=True, slots=True)
class Place:
    """The council that a return is of.

    Attributes:
        number: its three digits, "" where nobody gave them.
        name: as the council calls itself.
    """

    number: str = ""
    name: str = ""

    def cells(self) -> dict[str, str]:
        """The columns that say where it is; what the store does not know of it is empty."""
        return {
            "geographic_level": "Local authority",
            "country_code": "E92000001",
            "country_name": "England",
            "region_code": "",
            "region_name": "",
            "old_la_code": self.number,
            "new_la_code": "",
            "la_name": self.name,
        }


def rows_of(board: BoardReturn, place: Place) -> list[dict[str, Any]]:
    """A row for each figure, by column; days are days, numbers numbers, None is empty."""
    time_period, time_identifier = time_of(board.period)
    same = {
        "time_period": time_period,
        "time_identifier": time_identifier,
        **place.cells(),
        "period_from": board.period.start,
        "period_to": board.period.end,
        "as_at": board.as_at,
    }
    return [{**same, **_cells(one)} for one in every_figure(board)]


def _cells(one: OneFigure) -> dict[str, Any]:
    return {
        "measure": one.ref,
        "measure_name": one.statement,
        "breakdown_topic": one.topic or _ALL,
        "breakdown": one.line or "total",
        "breakdown_name": one.label or _ALL,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "value": one.value,
        "unit": one.unit,
        "hidden": int(one.hidden),
        "definition": " ".join(filter(None, (one.definition, one.note))),
    }


def time_of(period: Period) -> tuple[str, str]:
    """A period as `time_period` and `time_identifier` have it."""
    start, end = period.start, period.end
    first, last = start.day == 1, end.day == monthrange(end.year, end.month)[1]
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if not (first and last):
        return str(end.year), "Reporting year"
    if months == 1:
        return str(start.year), month_name[start.month]
    if months == 12 and start.month == 1:
        return str(start.year), "Calendar year"
    if months == 12 and start.month in (_AUTUMN, _TAX_YEAR):
        named = {_AUTUMN: "Academic year", _TAX_YEAR: "Financial year"}[start.month]
        return _two_years(start), named
    term = _TERMS.get((start.month, end.month))
    if term is not None and months < 12:
        begun = start if start.month >= _AUTUMN else date(start.year - 1, _AUTUMN, 1)
        return _two_years(begun), term
    return str(end.year), "Reporting year"


def _two_years(start: date) -> str:
    """`202627` for what begins in 2026 and ends in 2027."""
    return f"{start.year}{(start.year + 1) % 100:02}"
