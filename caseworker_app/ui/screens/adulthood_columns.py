"""The columns of the adulthood list, its figures and its filters. Plain Python, no Qt."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from caseworker_app.domain.adulthood import NOT_KNOWN, YEAR_9, AdultRow, in_full
from caseworker_app.domain.declarations.growing_up import PATHWAYS
from caseworker_app.domain.yeargroup import year_words
from caseworker_app.ui.models.column import LATE, SOON, Column, long_date
from caseworker_app.ui.models.figured import Figure, Figured

_SIXTEEN = 16
_LAST_YEAR = 14
_YEAR = timedelta(days=365)
_NONE = "none"
YEARS = [
    ("", "Every year"),
    *((str(year), year_words(year)) for year in range(YEAR_9, _LAST_YEAR + 1)),
    (str(_LAST_YEAR + 1), "After Year 14"),
]
"""The year groups to choose from."""
_ORDER = {one: at for at, one in enumerate(("shout", "late", "soon", "done_late", "quiet"))}


def search_text(row: AdultRow) -> str:
    """What the filter looks in."""
    names = f"{row.surname}\n{row.forename}\n{row.reference}\n{row.caseworker}"
    return f"{names}\n{row.person.setting} {row.doing} {row.areas.words} {row.capacity.words}"


def pathways(numbers: Counter[str]) -> list[tuple[str, str]]:
    """The pathways there are, each with how many, and those of whom none is recorded."""
    known = [
        (code, f"{words} ({numbers[code]:,})") for code, words in PATHWAYS.items() if numbers[code]
    ]
    return [*known, *([(_NONE, f"None recorded ({numbers[_NONE]:,})")] if numbers[_NONE] else [])]


def pathway_of(row: AdultRow) -> tuple[str, ...]:
    """The pathway a row is filtered by."""
    return (row.pathway or _NONE,)


def no_pathway(row: AdultRow) -> bool:
    """Whether somebody of 16 or more does nothing that anybody knows of."""
    return row.age >= _SIXTEEN and row.pathway in ("", NOT_KNOWN)


def birthday_ahead(row: AdultRow, today: date) -> bool:
    """Whether somebody turns 18 within a year with a plan needed, or nobody has asked."""
    return today < row.turns_18 <= today + _YEAR and row.transition.tone == SOON


def _year_words(year: int) -> str:
    return year_words(year) if year <= _LAST_YEAR else "After Year 14"


def _spoken_areas(row: AdultRow) -> str:
    if row.shouts:
        return f"Year 9 review without the four areas: {row.areas.words.removeprefix('Year 9: ')}"
    return row.areas.words


def columns() -> tuple[Column[AdultRow], ...]:
    """The columns in the order shown."""
    return (
        Column("child", "Child", lambda row: row.name, width=150, style="strong"),
        Column(
            "year",
            "Year",
            lambda row: f"Y{row.year}" if row.year <= _LAST_YEAR else "19+",
            lambda row: row.year,
            spoken=lambda row: _year_words(row.year),
            width=48,
        ),
        Column(
            "turns_18",
            "Turns 18",
            lambda row: long_date(row.turns_18),
            lambda row: row.turns_18,
            width=98,
        ),
        Column(
            "areas",
            "Four areas at review",
            lambda row: row.areas.words,
            lambda row: (_ORDER.get(row.areas.tone, 9), row.areas.words),
            tone=lambda row: row.areas.tone,
            spoken=_spoken_areas,
            width=164,
        ),
        Column(
            "pathway", "Pathway", lambda row: row.doing or "", width=190, stretch=True, style="dim"
        ),
        Column(
            "transition",
            "Adult services",
            lambda row: row.transition.words,
            lambda row: (_ORDER.get(row.transition.tone, 9), row.turns_18),
            tone=lambda row: row.transition.tone,
            width=172,
        ),
        Column(
            "capacity",
            "Capacity",
            lambda row: row.capacity.words,
            lambda row: (_ORDER.get(row.capacity.tone, 9), row.capacity.words),
            tone=lambda row: row.capacity.tone,
            width=150,
        ),
        Column("at_16", "At 16", lambda row: row.at_16, width=128, style="dim"),
        Column("at_19", "At 19", lambda row: row.at_19, width=128, style="dim"),
        Column("caseworker", "Caseworker", lambda row: row.caseworker, width=106, style="dim"),
        Column("setting", "Setting", lambda row: row.person.setting, width=150, by_choice=True),
    )


def listed(today: date) -> Figured[AdultRow]:
    """The list with its figures, on a day."""
    return Figured(
        columns(),
        (
            Figure("all", "from Year 9", lambda _: True),
            Figure("year9", "Year 9, areas missing", lambda row: row.shouts, LATE),
            Figure("pathway", "no pathway known", no_pathway, SOON),
            Figure("ahead", "18 within a year", lambda row: birthday_ahead(row, today), SOON),
            Figure("late", "18+, not settled", lambda row: row.transition.tone == LATE, LATE),
            Figure(
                "capacity",
                "capacity open",
                lambda row: row.capacity.tone in (SOON, LATE),
            ),
        ),
        search_text,
        lambda row: in_full(row, today),
        "young person",
        "young people",
        "Nobody from Year 9 on has a live plan.",
    )
