"""The columns of the assessments list and its figures. Plain Python, no Qt."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.consulting import counted
from caseworker_app.domain.twenty_weeks import CLAIMED, TrackRow
from caseworker_app.ui.models.column import LATE, SOON, Column, long_date
from caseworker_app.ui.models.figured import Figure, Figured


def search_text(row: TrackRow) -> str:
    """What the filter looks in."""
    names = f"{row.surname}\n{row.forename}\n{row.reference}\n{row.caseworker}"
    asked = " ".join(one.setting for one in row.asked)
    return f"{names}\n{row.setting} {row.step} {asked}"


def in_full(row: TrackRow) -> str:
    """The whole track of one row, for the line under the list."""
    return f"{row.name}: {row.spoken[:1].lower()}{row.spoken[1:]}."


def is_excused(row: TrackRow) -> bool:
    """Whether an exception is claimed, from a day on record or by the clock."""
    return bool(row.excused) or any(one.state == CLAIMED for one in row.stages)


COLUMNS: tuple[Column[TrackRow], ...] = (
    Column("child", "Child", lambda row: row.name, width=164, style="strong"),
    Column("what", "What", lambda row: row.what, width=104, style="dim"),
    Column(
        "week",
        "Week",
        lambda row: str(row.week),
        lambda row: -row.week,
        spoken=lambda row: f"week {row.week} of {row.weeks}",
        width=52,
    ),
    Column(
        "track",
        "Track",
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

LIST = Figured(
    COLUMNS,
    (
        Figure("all", "under way", lambda _: True),
        Figure("late", "late", lambda row: row.tone == LATE, LATE),
        Figure("soon", "due in two weeks", lambda row: row.tone == SOON, SOON),
        Figure(
            "advice", "waiting for advice", lambda row: any(not one.received for one in row.advice)
        ),
        Figure("again", "reassessments", lambda row: row.again),
        Figure("excused", "exception claimed", is_excused),
    ),
    search_text,
    in_full,
    "assessment",
    "assessments",
    "No assessment is under way. One begins with a request: open a case and record “request "
    "received”, or import a tracker.",
)
