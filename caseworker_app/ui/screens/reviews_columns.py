"""The columns of the annual reviews table, and the filters over it. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.codes import REVIEW_OUTCOMES
from caseworker_app.domain.lateness import distance
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.ui.models.case_columns import year_shown
from caseworker_app.ui.models.column import (
    DONE,
    LATE,
    OK,
    QUIET,
    SHOUT,
    SOON,
    Column,
    by_name,
    long_date,
    no_date_last,
)
from caseworker_app.ui.models.widths import EVERYTHING
from caseworker_app.ui.screens.reviews_paste import HEADINGS

_DAY = 84
_MONTHS_SHOWN = 24
_PHASE_ENDS = {-1: "to Reception", 6: "to secondary", 11: "to post-16"}
_RANKS = (LATE, SOON, OK, QUIET, DONE)


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
    """The order the table opens in: meetings with no decision, what else is late, then by due day.

    A meeting held without a decision whose time has not come yet stands before what is only due.
    """
    return _rank(row), no_date_last(row.due)


def _rank(row: ReviewRow) -> int:
    if row.shouts:
        return 0
    if row.tone == LATE:
        return 1 if row.undecided else 2
    if row.undecided:
        return 3
    return 4 + (_RANKS.index(row.tone) if row.tone in _RANKS else len(_RANKS))


def state_tone(row: ReviewRow) -> str:
    """The tone of the state; a meeting held with no decision is louder than anything late."""
    return SHOUT if row.shouts else row.tone


def state_words(row: ReviewRow) -> str:
    """Where the review stands; after a meeting, what is late is said to be the decision."""
    what, _, late = row.state.partition(" ")
    return f"no decision, {late}" if row.shouts and what in ("review", "decision") else row.state


def _state_spoken(row: ReviewRow) -> str:
    return f"urgent: meeting held and no decision. {row.state}" if row.shouts else row.state


def _plan_age(row: ReviewRow) -> str:
    """`8 m`, `3 y`, or "" where nobody knows when the plan was sent."""
    if row.plan_days is None:
        return ""
    months = row.plan_days * 12 // 365
    return f"{months} m" if months < _MONTHS_SHOWN else f"{row.plan_days // 365} y"


def _phase(row: ReviewRow) -> str:
    """What comes after this year where the phase ends with it.

    Where an infant school's ends depends on the setting, and stands under Phase transfer.
    """
    return _PHASE_ENDS.get(row.nc_year, "") if row.nc_year is not None else ""


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
    Column("child", "Child", lambda row: row.name, by_name, width=130, style="strong"),
    Column(
        "year",
        "Year",
        lambda row: year_shown(row.nc_year),
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
        weight=EVERYTHING,
    ),
    Column(
        "with",
        "With",
        with_words,
        lambda row: (row.holder, -(row.held_days or 0)),
        width=104,
        style="dim",
        weight=EVERYTHING,
    ),
    Column(
        "state",
        "State",
        state_words,
        lambda row: (_rank(row), row.state),
        tone=state_tone,
        spoken=_state_spoken,
        width=196,
        weight=EVERYTHING,
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
        width=_DAY + 20,
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
    Column("reference", "Reference", lambda row: row.reference, width=90, by_choice=True),
    Column(
        "born",
        "Born",
        lambda row: long_date(row.born),
        lambda row: no_date_last(row.born),
        spoken=lambda row: long_date(row.born),
        width=_DAY,
        by_choice=True,
    ),
    Column("template", "Template", lambda row: row.template, width=80, by_choice=True),
    Column(
        "plan_age",
        "Plan age",
        _plan_age,
        lambda row: -1 if row.plan_days is None else row.plan_days,
        width=72,
        by_choice=True,
    ),
    Column(
        "last_decision",
        "Last decision",
        lambda row: long_date(row.last_decision),
        lambda row: no_date_last(row.last_decision),
        spoken=lambda row: long_date(row.last_decision),
        width=96,
        by_choice=True,
    ),
    Column("phase", "Phase ends", _phase, width=130, by_choice=True),
)
KEYS = tuple(column.key for column in COLUMNS)
BY_CHOICE = tuple(column.key for column in COLUMNS if column.by_choice)
AT_FIRST = tuple(key for key in KEYS if key not in BY_CHOICE)
FROZEN = "child"
"""The column that stays in view while the others scroll, and always is shown."""


def _no_meeting(row: ReviewRow) -> bool:
    return row.meeting is None and row.meeting_fixed is None and row.tone in (LATE, SOON)


def _final_awaited(row: ReviewRow) -> bool:
    return row.outcome == "amend" and row.final is None and row.tone != DONE


def _with(*holders: str) -> Callable[[ReviewRow], bool]:
    return lambda row: row.holder in holders


FILTERS: Mapping[str, tuple[str, Callable[[ReviewRow], bool]]] = MappingProxyType(
    {
        "": ("All plans", lambda _: True),
        "late": ("Something late", lambda row: row.tone == LATE),
        "undecided": ("Held, no decision", lambda row: row.undecided),
        "unfixed": ("No meeting fixed", _no_meeting),
        "final": ("Final plan awaited", _final_awaited),
        "council": ("With the council", _with("authority")),
        "school": ("With the school", _with("school")),
        "ep": ("With an educational psychologist", _with("ep")),
        "family": ("With the family", _with("family")),
        "panel": ("With a panel", _with("panel")),
        "others": ("With others", _with("health", "social_care", "adviser", "other")),
    }
)
"""State filter: key to its words and what it keeps."""


def same_value(key: str, row: ReviewRow) -> str:
    """What a filter by the value of a cell compares: what it shows; for `with`, who has it."""
    if key == "with":
        return WHO.get(row.holder, row.holder)
    return _BY_KEY[key].text(row)


_BY_KEY = {column.key: column for column in COLUMNS}
