"""Today's table: its columns, its groups, and how a day's distance reads."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.alerts import OVERDUE as OVERDUE_WORDS
from caseworker_app.domain.alerts import Level
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.rows import AlertRow
from caseworker_app.ui.models.column import (
    LATE,
    OK,
    QUIET,
    SOON,
    Column,
    long_date,
)

OVERDUE, THIS_WEEK, FOUR_WEEKS, LATER, CLAIMED = range(5)
GROUPS = ("Overdue", "Next 7 days", "Next four weeks", "Later", "Exception claimed")
_WEEK, _MONTH = 7, 28


def group_of(row: AlertRow) -> int:
    """The group a deadline stands in, by the days left."""
    if row.state == State.EXCEPTION_CLAIMED:
        return CLAIMED
    if row.days < 0:
        return OVERDUE
    if row.days < _WEEK:
        return THIS_WEEK
    return FOUR_WEEKS if row.days <= _MONTH else LATER


def waits_on_others(row: AlertRow) -> bool:
    """Whether somebody other than the council has to act."""
    return row.who != "authority"


def when(row: AlertRow) -> str:
    """`9 days late`, `today`, `5 days`."""
    if row.days == 0:
        return "today"
    days = f"{abs(row.days):,} day{'' if abs(row.days) == 1 else 's'}"
    return f"{days} late" if row.days < 0 else days


def tone(row: AlertRow) -> str:
    """The tone of the chip: by the days left, or louder where a threshold says so."""
    group = group_of(row)
    if row.level and group in (THIS_WEEK, FOUR_WEEKS, LATER):
        return SOON if row.level == Level.AMBER else LATE
    return (LATE, SOON, OK, OK, QUIET)[group]


def alert_words(row: AlertRow) -> str:
    """How loud it is and what is missing, `red: 6 weeks left, no meeting fixed`, or ""."""
    if not row.level or row.alert == OVERDUE_WORDS:
        return ""
    return f"{Level(row.level).words}: {row.alert}"


def is_escalated(row: AlertRow) -> bool:
    """Whether it is to go up to a manager."""
    return row.level == Level.ESCALATE


def rises_this_week(row: AlertRow) -> bool:
    """Whether it grows louder within seven days if nothing is recorded."""
    return row.rises_on is not None and (row.rises_on - row.due).days + row.days <= _WEEK


def louder(rows: Iterable[AlertRow]) -> list[str]:
    """How many alerts turn amber, red or go up within a week, in words; empty for none."""
    rising = sum(map(rises_this_week, rows))
    words = "1 alert becomes" if rising == 1 else f"{rising:,} alerts become"
    return [f"{words} more urgent within 7 days"] if rising else []


def identity(row: AlertRow) -> str:
    """A deadline's id among the alerts."""
    return f"{row.child_id}/{row.rule}/{row.episode}"


def search_text(row: AlertRow) -> str:
    """What the search field looks in."""
    names = f"{row.surname}\n{row.forename}\n{row.reference}\n{row.caseworker}"
    return f"{names}\n{row.setting} {row.what}"


def with_whom(row: AlertRow) -> str:
    """Who has to act, in words."""
    return WHO.get(row.who, row.who)


def why(row: AlertRow) -> str:
    """What a threshold misses, or where the date comes from; before it how many wait with it."""
    words = alert_words(row) or row.why
    if not row.also:
        return words
    first = min(day for _, day in row.also)
    return f"{len(row.also)} also due, from {long_date(first)} · {words}"


def why_in_full(row: AlertRow) -> str:
    """Where the date comes from, the other reading, and the dates that wait with it."""
    words = [part for part in (alert_words(row), row.why) if part]
    if row.rises_on is not None:
        words.append(f"from {long_date(row.rises_on)} {row.rises}")
    if row.common_due is not None and row.common_due != row.due:
        words.append(f"by the common reading {long_date(row.common_due)}")
    words += [f"also {what}, {long_date(day)}" for what, day in row.also]
    return "; ".join(words)


ALERT_COLUMNS: tuple[Column[AlertRow], ...] = (
    Column("when", "When", when, lambda row: row.due, tone=tone, width=148),
    Column("child", "Child", lambda row: row.name, width=150, style="strong"),
    Column("what", "What", lambda row: row.what, width=212),
    Column(
        "due",
        "Legal date",
        lambda row: long_date(row.due),
        lambda row: row.due,
        width=100,
    ),
    Column(
        "target",
        "Work to",
        lambda row: long_date(row.target),
        lambda row: row.target,
        width=100,
        style="dim",
    ),
    Column("who", "With", with_whom, width=68),
    Column("caseworker", "Caseworker", lambda row: row.caseworker, width=124, style="dim"),
    Column("why", "Why", why, spoken=why_in_full, width=200, style="dim", stretch=True),
)

CARDS = (
    ("overdue", "overdue", "late"),
    ("week", "next 7 days", "soon"),
    ("month", "next four weeks", ""),
    ("others", "waiting on others", ""),
    ("escalate", "to escalate", "late"),
)
"""The figures on top of Today: key, words and tone."""

CARD_GROUPS = {"overdue": OVERDUE, "week": THIS_WEEK, "month": FOUR_WEEKS}
CARD_TESTS = {"others": waits_on_others, "escalate": is_escalated}
"""Which rows a figure counts: those of a group, or those that pass a test."""
