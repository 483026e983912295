"""The columns of the assessments list and its figures. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.consulting import counted
from caseworker_app.domain.twenty_weeks import TrackRow
from caseworker_app.ui.models.column import LATE, QUIET, SOON, Column, long_date

CARDS = (
    ("all", "under way", ""),
    ("late", "late", "late"),
    ("soon", "due in two weeks", "soon"),
    ("advice", "waiting for advice", ""),
    ("excused", "exception claimed", ""),
)
"""The figures on top: key, words and tone."""

CARD_TESTS: Mapping[str, Callable[[TrackRow], bool]] = MappingProxyType(
    {
        "all": lambda _: True,
        "late": lambda row: row.tone == LATE,
        "soon": lambda row: row.tone == SOON,
        "advice": lambda row: any(one.received is None for one in row.advice),
        "excused": lambda row: bool(row.excused) or row.tone == QUIET,
    }
)
"""Which rows a figure counts."""


def search_text(row: TrackRow) -> str:
    """What the filter looks in."""
    names = f"{row.surname}\n{row.forename}\n{row.reference}\n{row.caseworker}"
    asked = " ".join(one.setting for one in row.asked)
    return f"{names}\n{row.setting} {row.step} {asked}"


def in_full(row: TrackRow) -> str:
    """The whole track of one row, for the line under the list."""
    return f"{row.name}: {row.spoken[:1].lower()}{row.spoken[1:]}."


COLUMNS: tuple[Column[TrackRow], ...] = (
    Column("child", "Child", lambda row: row.name, width=164, style="strong"),
    Column(
        "week",
        "Week",
        lambda row: str(row.week),
        lambda row: -row.week,
        spoken=lambda row: f"week {row.week} of 20",
        width=52,
    ),
    Column(
        "track",
        "Twenty weeks",
        lambda row: row.brief,
        lambda row: -row.week,
        spoken=lambda row: row.spoken,
        width=300,
        stretch=True,
    ),
    Column(
        "advice",
        "Advice",
        lambda row: row.advice_words,
        spoken=lambda row: "; ".join(one.said for one in row.advice) or "not asked for yet",
        width=76,
    ),
    Column(
        "asked",
        "Consulted",
        lambda row: counted(row.asked),
        spoken=lambda row: "; ".join(one.words for one in row.asked) or "nobody yet",
        width=136,
    ),
    Column(
        "state",
        "State",
        lambda row: row.state,
        lambda row: row.due or date.max,
        tone=lambda row: row.tone,
        width=158,
    ),
    Column("due", "Legal date", lambda r: long_date(r.due), lambda r: r.due or date.max, width=100),
    Column("step", "To do", lambda row: row.step, width=172),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=106, style="dim"),
)
