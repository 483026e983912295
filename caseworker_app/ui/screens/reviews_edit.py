"""What a cell of the annual reviews table means as a command. Plain Python, no Qt."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain import typed_dates
from caseworker_app.domain.codes import REVIEW_OUTCOMES
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.event_order import asked_of, doubts_about
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.order.doubt import review_key
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


def next_step(row: ReviewRow) -> str:
    """The column of the step that is recorded next: the decision once the meeting was held."""
    if row.tone == DONE or (row.meeting is None and row.report is None and row.decision is None):
        return "meeting"
    if row.decision is None:
        return "decision"
    return "notice" if row.notice is None else "final"


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

WITH_OUTCOME = frozenset({"decision", "outcome"})
"""The columns that take a day and an outcome in one text."""

EDITABLE = frozenset(KIND_OF) | {"outcome"}


OUTCOME_NEEDED = (
    "Type the outcome after the date: m for maintain, a for amend, c for cease. "
    "Nothing is recorded yet."
)


def record_day(
    row: ReviewRow, column: str, day: date, today: date, outcome: str = ""
) -> FactCommand | None:
    """The command that puts a day into a cell, or None where it stands there already.

    A meeting ahead of today is one fixed; a meeting after the end of the review shown opens the
    next review. A decision takes its outcome along; where the row has one it may be left out.
    Raises `Refused` for another step ahead of today, and for a decision without an outcome.
    """
    if column == "meeting" and _starts_anew(row, day):
        return _new_meeting(row, day, today)
    if column == "meeting" and day > today:
        return _fix_meeting(row, day, today)
    if day > today:
        raise Refused(
            f"{long_date(day)} is after today. Only a meeting can be put in ahead.", field=column
        )
    if column == "decision" and not (outcome or row.outcome):
        if row.decision == day:
            return None
        raise Refused(OUTCOME_NEEDED, field="outcome")
    if getattr(row, column) == day and outcome in ("", row.outcome):
        return None
    detail = {"outcome": outcome} if outcome else None
    fact_id = dict(row.fact_ids).get(column)
    if fact_id:
        return ChangeFact(row.child_id, row.version, fact_id, day, detail)
    tie = _tie(row, column, day)
    return RecordFact(row.child_id, row.version, KIND_OF[column], day, detail or {}, tie)


def doubt_typed(row: ReviewRow, column: str, day: date) -> str:
    """What to ask about a day typed into a cell before it is recorded, or "".

    It is held against what the row shows; what else is recorded of the child comes with the answer.
    """
    if column == "meeting" and _starts_anew(row, day):
        shown: list[Fact] = []
    else:
        shown = [
            Fact(kind, on, {}, _tie(row, key, on), key)
            for key, kind in KIND_OF.items()
            if (on := getattr(row, key)) is not None and key != column
        ]
    if row.plan is not None:
        shown.append(Fact("plan_sent", row.plan, id="plan"))
    typed = Fact(KIND_OF[column], day, {}, _tie(row, column, day))
    return asked_of(doubts_about(typed, shown))


def _tie(row: ReviewRow, column: str, day: date) -> str | None:
    """What keeps a step typed into a row in that row's review, if its day is before the meeting."""
    early = column != "meeting" and row.meeting is not None and day < row.meeting
    return row.episode or (review_key(row.meeting) if row.meeting and early else None)


def record_decision(row: ReviewRow, column: str, text: str, today: date) -> FactCommand | None:
    """The command for what was typed into the decision's cell or its outcome's, day and outcome.

    Raises `Refused` where one of them is missing or cannot be read.
    """
    day, outcome = read_decision(text, today, column)
    if day is None:
        if column == "decision" and row.decision is None:
            raise Refused("Type the day the decision was sent, then the outcome.", field="decision")
        return record_outcome(row, outcome)
    return record_day(row, "decision", day, today, outcome)


def decision_in_full(row: ReviewRow) -> str:
    """A row's decision as it is read, "15 Oct 2026 amend"; "" where half of it is lacking."""
    if row.decision is None or not row.outcome:
        return ""
    return f"{long_date(row.decision)} {row.outcome}"


def record_outcome(row: ReviewRow, outcome: str) -> ChangeFact | None:
    """The command that gives the decision an outcome, or None where it has it already.

    Raises `Refused` when no decision is recorded.
    """
    fact_id = dict(row.fact_ids).get("decision")
    if row.decision is None or not fact_id:
        raise Refused(
            "Type the day the decision was sent before the outcome, such as 15/10 m.",
            field="outcome",
        )
    if row.outcome == outcome:
        return None
    return ChangeFact(row.child_id, row.version, fact_id, row.decision, {"outcome": outcome})


def removal(row: ReviewRow, column: str, why: str) -> FactCommand:
    """The command that empties a cell. Raises `Refused` when there is nothing in it."""
    if column == "outcome" and row.decision is not None and row.outcome:
        raise Refused(
            "A decision needs its outcome: type another one, or empty the decision.", "outcome"
        )
    shown = column
    if column == "meeting" and row.meeting is None:
        shown = "meeting_fixed"
    fact_id = dict(row.fact_ids).get(shown, "")
    if not fact_id:
        raise Refused("There is nothing here to remove.", field=column)
    return RemoveFact(row.child_id, row.version, fact_id, why)


def read_outcome(text: str) -> str:
    """An outcome from its word or the start of it, "am" for amend. Raises `Refused`."""
    found = _outcomes(text)
    if len(found) != 1:
        raise Refused(f'"{text.strip()}" is no outcome: type maintain, amend or cease.', "outcome")
    return found[0]


def read_decision(text: str, today: date, column: str = "decision") -> tuple[date | None, str]:
    """The day and the outcome in a text, "15/10 amend", "15 Oct m" or "a 15/10", either alone.

    The day is None, or the outcome "", where the text tells the other alone. Raises `Refused`.
    """
    plain = " ".join(text.split())
    read = typed_dates.read(plain, today)
    if read.day is not None:
        return read.day, ""
    for words, rest in _ends(plain):
        found = _outcomes(words)
        day = typed_dates.read(rest, today).day
        if len(found) == 1 and (day is not None or not rest):
            return day, found[0]
    if " " in plain:
        raise Refused(f'"{plain}" is no date with an outcome, such as 15/10 amend.')
    if column == "decision" or any(sign.isdigit() for sign in plain):
        raise Refused(read.problem)
    return None, read_outcome(text)


def _ends(plain: str) -> list[tuple[str, str]]:
    """A text with its first or last word, or the letters it ends with, parted from the rest."""
    first, _, after = plain.partition(" ")
    before, _, last = plain.rpartition(" ")
    letters = plain[len(plain.rstrip(_LETTERS)) :]
    return [
        (last, before),
        (first, after),
        (letters, plain[: len(plain) - len(letters)].rstrip(" ,;-")),
    ]


def _outcomes(typed: str) -> list[str]:
    low = typed.strip(" ,.;").casefold()
    return [code for code in REVIEW_OUTCOMES if low and code.startswith(low)]


def read_day(text: str, today: date, column: str = "") -> date:
    """A day from what was typed. Raises `Refused` with why it is none.

    Without a year it is the latest such day, but for a meeting, which may be ahead, the nearest.
    """
    read = typed_dates.read(text, today, "near" if column == "meeting" else "past")
    if read.day is None:
        raise Refused(read.problem or "Enter a date.")
    return read.day


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
