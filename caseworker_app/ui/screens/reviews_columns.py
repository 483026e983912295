"""The columns of the annual reviews table, and the filters over it. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.codes import REVIEW_OUTCOMES
from caseworker_app.domain.lateness import distance
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.ui.models.column import (
    DONE,
    LATE,
    OK,
    QUIET,
    SOON,
    Column,
    long_date,
    no_date_last,
)
from caseworker_app.ui.screens.reviews_paste import HEADINGS

_DAY = 84
_RANKS = (LATE, SOON, OK, QUIET, DONE)


def year_short(year: int | None) -> str:
    """A National Curriculum year in two signs, `Y8`, `R`, `N`."""
    if year is None:
        return ""
    return f"Y{year}" if year > 0 else ("R" if year == 0 else "N")


def meeting_words(row: ReviewRow) -> str:
    """The meeting held, or the day one is fixed for."""
    if row.meeting is None and row.meeting_fixed is not None:
        return f"for {long_date(row.meeting_fixed)}"
    return long_date(row.meeting)


def with_words(row: ReviewRow) -> str:
    """Who has the ball and for how long, `Council · 23 d`."""
    if not row.holder:
        return ""
    who = WHO.get(row.holder, row.holder)
    return who if row.held_days is None else f"{who} · {distance(row.held_days)}"


def urgency(row: ReviewRow) -> tuple[int, date]:
    """The order the table opens in: what is late first, then by the day it is due."""
    rank = _RANKS.index(row.tone) if row.tone in _RANKS else len(_RANKS)
    return rank, no_date_last(row.due)


def search_text(row: ReviewRow) -> str:
    """What the filter looks in."""
    names = f"{row.surname}\n{row.forename}\n{row.reference}\n{row.caseworker}"
    return f"{names}\n{row.setting}"


def _day_column(key: str) -> Column[ReviewRow]:
    def day(row: ReviewRow) -> date | None:
        value: date | None = getattr(row, key)
        return value

    return Column(
        key,
        HEADINGS[key].split()[0],
        lambda row: long_date(day(row)),
        lambda row: no_date_last(day(row)),
        spoken=lambda row: long_date(day(row)),
        width=_DAY,
        edit=lambda row: long_date(day(row)),
        doubt=lambda row: row.doubt(key),
    )


COLUMNS: tuple[Column[ReviewRow], ...] = (
    Column("child", "Child", lambda row: row.name, width=130, style="strong"),
    Column(
        "year",
        "Year",
        lambda row: year_short(row.nc_year),
        lambda row: -9 if row.nc_year is None else row.nc_year,
        width=44,
    ),
    Column("setting", "Setting", lambda row: row.setting, style="dim", stretch=True),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=92, style="dim"),
    Column(
        "due",
        "Due",
        lambda row: long_date(row.due),
        lambda row: no_date_last(row.due),
        spoken=lambda row: long_date(row.due),
        width=_DAY,
    ),
    Column(
        "meeting",
        "Meeting",
        meeting_words,
        lambda row: no_date_last(row.meeting or row.meeting_fixed),
        spoken=lambda row: (
            long_date(row.meeting)
            or (f"fixed for {long_date(row.meeting_fixed)}" if row.meeting_fixed else "")
        ),
        width=_DAY,
        edit=lambda row: long_date(row.meeting or row.meeting_fixed),
        doubt=lambda row: row.doubt("meeting" if row.meeting else "meeting_fixed"),
    ),
    _day_column("report"),
    _day_column("decision"),
    Column(
        "outcome",
        "Outcome",
        lambda row: REVIEW_OUTCOMES.get(row.outcome, ""),
        width=74,
        edit=lambda row: REVIEW_OUTCOMES.get(row.outcome, ""),
    ),
    _day_column("notice"),
    _day_column("final"),
    Column("state", "State", lambda row: row.state, tone=lambda row: row.tone, width=172),
    Column(
        "with",
        "With",
        with_words,
        lambda row: (row.holder, -(row.held_days or 0)),
        width=112,
        style="dim",
    ),
)
KEYS = tuple(column.key for column in COLUMNS)


def _held_undecided(row: ReviewRow) -> bool:
    return row.meeting is not None and row.decision is None


def _no_meeting(row: ReviewRow) -> bool:
    return row.meeting is None and row.meeting_fixed is None and row.tone in (LATE, SOON)


def _final_awaited(row: ReviewRow) -> bool:
    return row.outcome == "amend" and row.final is None and row.tone != DONE


FILTERS: Mapping[str, tuple[str, Callable[[ReviewRow], bool]]] = MappingProxyType(
    {
        "": ("All plans", lambda _: True),
        "late": ("Something late", lambda row: row.tone == LATE),
        "undecided": ("Held, no decision", _held_undecided),
        "unfixed": ("No meeting fixed", _no_meeting),
        "final": ("Final plan awaited", _final_awaited),
    }
)
"""State filter: key to its words and what it keeps."""
