"""What a cell of the annual reviews table means as a command. Plain Python, no Qt."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain import british_dates
from caseworker_app.domain.codes import REVIEW_OUTCOMES
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import ChangeFact, RecordFact, RemoveFact
from caseworker_app.ui.models.column import DONE, long_date

FactCommand = RecordFact | ChangeFact | RemoveFact

KIND_OF = {
    "meeting": "review_meeting_held",
    "report": "review_report_received",
    "decision": "review_decision_sent",
    "notice": "amendment_notice_sent",
    "final": "amended_plan_sent",
}
"""Column to the kind of fact whose day stands in it."""

EDITABLE = frozenset(KIND_OF) | {"outcome"}


def record_day(row: ReviewRow, column: str, day: date, today: date) -> FactCommand | None:
    """The command that puts a day into a cell, or None where it stands there already.

    A meeting ahead of today is one fixed; a meeting after the end of the review shown opens the
    next review. Raises `Refused` for another step ahead of today.
    """
    if column == "meeting" and _starts_anew(row, day):
        return _new_meeting(row, day, today)
    if column == "meeting" and day > today:
        return _fix_meeting(row, day, today)
    if day > today:
        raise Refused(
            f"{long_date(day)} is after today. Only a meeting can be put in ahead.", field=column
        )
    if getattr(row, column) == day:
        return None
    fact_id = dict(row.fact_ids).get(column)
    if fact_id:
        return ChangeFact(row.child_id, row.version, fact_id, day)
    return RecordFact(row.child_id, row.version, KIND_OF[column], day, {}, row.episode)


def record_outcome(row: ReviewRow, outcome: str) -> ChangeFact | None:
    """The command that gives the decision an outcome, or None where it has it already.

    Raises `Refused` when no decision is recorded.
    """
    fact_id = dict(row.fact_ids).get("decision")
    if row.decision is None or not fact_id:
        raise Refused("Enter the day the decision was sent first.", field="outcome")
    if row.outcome == outcome:
        return None
    return ChangeFact(row.child_id, row.version, fact_id, row.decision, {"outcome": outcome})


def removal(row: ReviewRow, column: str, why: str) -> FactCommand:
    """The command that empties a cell. Raises `Refused` when there is nothing in it."""
    if column == "outcome" and row.decision is not None and row.outcome:
        fact_id = dict(row.fact_ids)["decision"]
        return ChangeFact(row.child_id, row.version, fact_id, row.decision, {})
    shown = column
    if column == "meeting" and row.meeting is None:
        shown = "meeting_fixed"
    fact_id = dict(row.fact_ids).get(shown, "")
    if not fact_id:
        raise Refused("There is nothing here to remove.", field=column)
    return RemoveFact(row.child_id, row.version, fact_id, why)


def read_outcome(text: str) -> str:
    """An outcome from its word or the start of it, "am" for amend. Raises `Refused`."""
    typed = text.strip().casefold()
    found = [code for code in REVIEW_OUTCOMES if typed and code.startswith(typed)]
    if len(found) != 1:
        raise Refused(f'"{text.strip()}" is no outcome: type maintain, amend or cease.', "outcome")
    return found[0]


def read_day(text: str, today: date, column: str = "") -> date:
    """A day from what was typed. Raises `Refused` with the text in it.

    Without a year it is the latest such day, but for a meeting, which may be ahead, the nearest.
    """
    day = british_dates.typed(text, today)
    if day is None:
        raise Refused(f'"{text.strip()}" is not a date.')
    if column == "meeting" and british_dates.parse(text) is None and text.strip()[:1].isdigit():
        ahead = british_dates.parse(f"{day.day}/{day.month}/{day.year + 1}")
        if ahead is not None and ahead - today < today - day:
            return ahead
    return day


def _starts_anew(row: ReviewRow, day: date) -> bool:
    """A day later than the end of a review that is over cannot be that review's meeting."""
    over = row.tone == DONE or (row.decision is not None and row.outcome == "cease")
    last = max((d for d in (row.decision, row.final) if d is not None), default=None)
    return over and last is not None and day > last


def _new_meeting(row: ReviewRow, day: date, today: date) -> FactCommand:
    if day > today:
        return RecordFact(
            row.child_id, row.version, "review_meeting_fixed", today, {"meeting": day}
        )
    return RecordFact(row.child_id, row.version, "review_meeting_held", day)


def _fix_meeting(row: ReviewRow, day: date, today: date) -> FactCommand | None:
    if row.meeting is not None:
        raise Refused(
            f"The meeting was held on {long_date(row.meeting)}; {long_date(day)} is after today.",
            field="meeting",
        )
    if row.meeting_fixed == day:
        return None
    fact_id = dict(row.fact_ids).get("meeting_fixed")
    if fact_id:
        return ChangeFact(row.child_id, row.version, fact_id, today, {"meeting": day})
    detail = {"meeting": day}
    return RecordFact(row.child_id, row.version, "review_meeting_fixed", today, detail, row.episode)
