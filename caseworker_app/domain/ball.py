"""Who has the ball in an open review where it is neither the school nor the council."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.rows import ReviewRow

KINDS_ASKED = frozenset({"advice_requested", "advice_received"})
"""The kinds of fact that tell who was asked for advice, and who gave it."""

_PSYCHOLOGIST = "ep"


def may_be_elsewhere(row: ReviewRow) -> bool:
    """Whether somebody else than the row says could have the ball: the review is under way."""
    under_way = row.meeting is not None or row.report is not None or row.notice is not None
    return under_way and bool(row.holder)


def elsewhere(
    row: ReviewRow,
    facts: Iterable[Fact],
    deadlines: Iterable[Deadline],
    at_panel: bool,
    today: date,
) -> ReviewRow:
    """The row with whoever is waited for, and for how many days.

    Args:
        row: as the review's own steps tell it.
        facts: those of `KINDS_ASKED`.
        deadlines: the child's, those of the family among them.
        at_panel: whether the case stands before a panel that has not decided.
        today: the day it is seen on.

    After the notice it is the family, as long as the rules give them to comment. Before the
    decision it is a panel that has not decided, or an educational psychologist who was asked since
    the meeting and has not answered. A panel is not said to have it for so many days, since no
    record says since when.
    """
    if row.decision is None and row.notice is None:
        if at_panel:
            return replace(row, holder="panel", held_days=None)
        asked = _asked_since(row.meeting, facts)
        if asked is not None and asked <= today:
            return replace(row, holder=_PSYCHOLOGIST, held_days=(today - asked).days)
        return row
    if row.notice is not None and row.final is None and _may_comment(deadlines, today):
        return replace(row, holder="family", held_days=(today - row.notice).days)
    return row


def _asked_since(meeting: date | None, facts: Iterable[Fact]) -> date | None:
    """Since when an educational psychologist owes advice asked for since a day, or None."""
    open_since: date | None = None
    for fact in sorted(facts, key=lambda one: (one.on, one.kind == "advice_requested")):
        if fact.text("source") != _PSYCHOLOGIST or (meeting is not None and fact.on < meeting):
            continue
        open_since = fact.on if fact.kind == "advice_requested" else None
    return open_since


def _may_comment(deadlines: Iterable[Deadline], today: date) -> bool:
    """Whether the family's time to comment runs."""
    return any(
        one.who == "family" and one.version.lapses and one.state(today) == State.DUE
        for one in deadlines
        if "amendment_notice_sent" in one.version.trigger.split()
    )
