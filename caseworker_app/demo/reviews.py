"""The annual reviews of an invented plan, mostly in time, with phase transfers brought forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from caseworker_app.domain.facts import Fact

_A_YEAR = timedelta(days=364)
"""The twelve months, a day short in leap years, so that who means to be in time is in time."""

_LATE_MEETING = 0.11
_LATE_REPORT = 0.06
_LATE_DECISION = 0.12
_LATE_PLAN = 0.16
_LATE_TRANSFER = 0.08

_OUTCOMES = ["maintain", "amend", "cease"]
_OUTCOME_WEIGHTS = [640, 352, 8]


@dataclass(frozen=True, slots=True)
class _Transfer:
    """A phase transfer: the last safe day for the amended plan."""

    due: date

    @property
    def opens(self) -> date:
        """The day from which a plan counts for it."""
        return date(self.due.year - 1, 9, 1)


def reviews_since(
    draw: Random, made: date, last_review: date | None, born: date, until: date, today: date
) -> list[Fact]:
    """The facts of every review from the day the plan was made, or moved in, up to `until`.

    Args:
        draw: where chance comes from.
        made: when the plan was made here, or moved in.
        last_review: for a plan that moved in, when its last review was completed.
        born: the child's date of birth, for phase transfers.
        until: no fact is later.
        today: a meeting fixed for the weeks after it is recorded.
    """
    facts: list[Fact] = []
    last = last_review or made
    transfers = [transfer for transfer in _transfers(born) if transfer.due > made]
    due = max(last + _A_YEAR, made + timedelta(days=85)) if last_review else last + _A_YEAR
    while True:
        meeting = due - timedelta(days=draw.randint(32, 75))
        transfer = _governing(transfers, last, due)
        if transfer is not None:
            transfers.remove(transfer)
            autumn = transfer.opens + timedelta(days=draw.randint(10, 85))
            meeting = max(min(meeting, autumn), last + timedelta(days=30))
        if draw.random() < _LATE_MEETING:
            meeting = due + timedelta(days=draw.randint(-20, 130))
        meeting = _weekday(_term_time(meeting))
        if meeting > until:
            if until == today and meeting <= today + timedelta(days=50) and draw.random() < 0.8:
                facts += _preparations(draw, meeting, today)
            break
        review, decision = _one_review(draw, meeting, transfer)
        facts += review
        if decision > until or review[-1].kind == "plan_ceased":
            break
        last = decision
        due = last + _A_YEAR
    return [fact for fact in facts if fact.on <= until]


def _one_review(draw: Random, meeting: date, transfer: _Transfer | None) -> tuple[list[Fact], date]:
    """Meeting, report, decision and, where it amends, notice and final plan; and when decided."""
    outcome = "amend" if transfer else draw.choices(_OUTCOMES, _OUTCOME_WEIGHTS)[0]
    report = _weekday(meeting + timedelta(days=_lag(draw, _LATE_REPORT, (3, 14), (15, 30))))
    answered = _weekday(meeting + timedelta(days=_lag(draw, _LATE_DECISION, (12, 28), (29, 90))))
    decision = max(report, answered)
    facts = [
        Fact("review_meeting_held", meeting),
        Fact("review_report_received", report),
        Fact("review_decision_sent", decision, {"outcome": outcome}),
    ]
    if outcome == "amend":
        facts.append(Fact("amendment_notice_sent", decision))
        final = decision + timedelta(days=_lag(draw, _LATE_PLAN, (25, 56), (57, 130)))
        if transfer and draw.random() > _LATE_TRANSFER:
            final = max(min(final, transfer.due), decision)
        facts.append(Fact("amended_plan_sent", max(_weekday(final), decision)))
    if outcome == "cease":
        # The two months in which the family may appeal have to pass first.
        ended = _weekday(decision + timedelta(days=draw.randint(70, 100)))
        facts.append(Fact("plan_ceased", ended, {"reason": draw.choice("246")}))
    return facts, decision


def _preparations(draw: Random, meeting: date, today: date) -> list[Fact]:
    """A coming meeting that has been fixed, and what has been sent out for it by now."""
    known = meeting - timedelta(days=draw.randint(38, 56))
    facts = [Fact("review_meeting_fixed", min(known, today), {"meeting": meeting})]
    sent = _weekday(meeting - timedelta(days=_lag(draw, 0.06, (15, 28), (5, 13))))
    facts.append(Fact("review_invitations_sent", sent))
    facts.append(Fact("review_advice_circulated", sent))
    return [fact for fact in facts if fact.on <= today]


def _lag(draw: Random, chance: float, usual: tuple[int, int], late: tuple[int, int]) -> int:
    return draw.randint(*(late if draw.random() < chance else usual))


def _weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _term_time(day: date) -> date:
    """The day, or one early in July instead of August, when nobody could come."""
    return date(day.year, 7, 1 + day.day % 14) if day.month == 8 else day


def _transfers(born: date) -> list[_Transfer]:
    """Nursery to school, primary to secondary, school to post-16."""
    starts_school = (born.year if born.month >= 9 else born.year - 1) + 5
    return [
        _Transfer(date(starts_school, 2, 14)),
        _Transfer(date(starts_school + 7, 2, 14)),
        _Transfer(date(starts_school + 12, 3, 30)),
    ]


def _governing(transfers: list[_Transfer], last: date, due: date) -> _Transfer | None:
    """The transfer that the next review has to serve: its autumn comes before the review is due.

    A plan sent since that September has served it already.
    """
    for transfer in transfers:
        autumn = transfer.opens + timedelta(days=10)
        if autumn <= due and last < transfer.opens and transfer.due > last:
            return transfer
    return None
