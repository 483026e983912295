"""Caseloads drawn at random, each child with a plain account of what happened to it.

The clock and the measures see the facts alone; a test counts from the account.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact
from tests.domain.measures.making import case, fact

LAST = date(2026, 11, 22)
FIRST, DAYS = date(2023, 1, 1), 3 * 365
"""The day from which, and the days within which, children come."""


@dataclass
class Drawn:
    """A review as it went; None for what was never recorded."""

    meeting: date | None = None
    report: date | None = None
    decision: date | None = None
    outcome: str = ""
    final: date | None = None

    def known(self, as_at: date) -> Drawn:
        """The same as it was known on a day."""

        def cut(day: date | None) -> date | None:
            return day if day is not None and day <= as_at else None

        decision = cut(self.decision)
        outcome = self.outcome if decision else ""
        return Drawn(cut(self.meeting), cut(self.report), decision, outcome, cut(self.final))

    @property
    def any(self) -> bool:
        """Whether there was a review at all: a meeting or a decision."""
        return self.meeting is not None or self.decision is not None


@dataclass
class Told:
    """One child in plain words.

    Attributes:
        made: of a plan from elsewhere, the day it was made or last reviewed there.
        overturned: the plan came after a refusal.
        excused: an exception excuses the twenty weeks.
        lone_report: a report came before any meeting or decision.
    """

    reference: str
    born: date
    request: date | None = None
    refused: date | None = None
    withdrawn: date | None = None
    plan: date | None = None
    transferred: date | None = None
    made: date | None = None
    excused: bool = False
    ceased: date | None = None
    lone_report: date | None = None
    reviews: list[Drawn] = field(default_factory=list)

    @property
    def since(self) -> date | None:
        """From when the plan is live."""
        return self.plan or self.transferred


def draw(
    seed: int, many: int, first: date = FIRST, days: int = DAYS
) -> list[tuple[Told, CaseFile]]:
    """Children with their files, who come within so many days from a first one."""
    random = Random(seed)
    return [_child(random, f"{seed}-{number}", first, days) for number in range(many)]


def _child(random: Random, reference: str, first: date, days: int) -> tuple[Told, CaseFile]:
    def after(day: date, least: int, most: int) -> date:
        return day + timedelta(random.randint(least, most))

    told = Told(reference, after(date(2003, 9, 1), 0, 20 * 365))
    facts: list[Fact] = []
    start = after(first, 0, days)
    how = random.choice(["asked"] * 6 + ["given", "moved", "refused", "overturned", "withdrawn"])
    if how == "moved":
        told.transferred, told.made = start, after(start, -500, -20)
        detail = {random.choice(["plan_made", "last_review"]): told.made}
        facts.append(Fact("plan_transferred_in", start, detail))
    elif how == "given":
        told.plan = start
        facts.append(fact("plan_sent", str(start)))
    else:
        told.request = start
        facts.append(fact("request_received", str(start)))
        facts += _assessed(random, told, how)
    if told.since is not None:
        facts += _reviews(random, told)
        last = max([told.since, *(day for one in facts if (day := one.on))])
        if random.random() < 0.2:
            told.ceased = after(last, 1, 60)
            facts.append(fact("plan_ceased", str(told.ceased), reason="1"))
    return told, case(reference, *facts, born=told.born)


def _assessed(random: Random, told: Told, how: str) -> list[Fact]:
    assert told.request is not None
    start = told.request
    facts = []
    if random.random() < 0.3:
        ground = random.choice(["EXC-C", "EXC-E"])
        told.excused = ground == "EXC-C"
        facts.append(fact("exception", str(start + timedelta(30)), ground=ground, note="told"))
    if how == "withdrawn":
        told.withdrawn = start + timedelta(random.randint(10, 300))
        return [*facts, fact("request_withdrawn", str(told.withdrawn))]
    if how in ("refused", "overturned"):
        told.refused = start + timedelta(random.randint(20, 100))
        kinds = ["assessment_decision_sent", "refusal_to_issue_sent"]
        kind = random.choice(kinds)
        detail = {"outcome": "refuse"} if kind == kinds[0] else {}
        facts.append(fact(kind, str(told.refused), **detail))
        if how == "refused":
            return facts
        way = random.choice(
            [
                fact("tribunal_order", str(told.refused + timedelta(40)), order="make_plan"),
                fact("mediation_agreement", str(told.refused + timedelta(40)), matters="assess"),
                fact("appeal_conceded", str(told.refused + timedelta(40)), order="assess"),
            ]
        )
        facts.append(way)
    if how == "asked" and random.random() < 0.25:
        return facts
    told.plan = start + timedelta(random.choice([139, 140, 141, random.randint(80, 400)]))
    if told.refused is not None:
        told.plan = max(told.plan, told.refused + timedelta(60))
    return [*facts, fact("plan_sent", str(told.plan))]


def _reviews(random: Random, told: Told) -> list[Fact]:
    """Reviews one after the other; whatever belongs to one comes before the next meeting."""
    assert told.since is not None
    facts: list[Fact] = []
    at = told.since + timedelta(random.randint(30, 420))
    if random.random() < 0.1:
        told.lone_report = at
        facts.append(fact("review_report_received", str(at)))
        at += timedelta(10)
    while at <= LAST and len(told.reviews) < 4:
        one = Drawn(meeting=at)
        upcoming = at + timedelta(random.randint(200, 420))
        if random.random() < 0.8:
            one.decision = at + timedelta(random.choice([27, 28, 29, random.randint(1, 150)]))
            one.outcome = random.choice(["maintain", "amend"])
            # With no meeting, a decision is of the review that waits for one, if any does.
            settled = all(other.decision is not None for other in told.reviews)
            if settled and random.random() < 0.1:
                one.meeting = None
        if one.outcome == "amend" or (one.decision is None and random.random() < 0.3):
            one.final = (one.decision or at) + timedelta(random.randint(10, 45))
        if one.meeting is not None and random.random() < 0.8:
            one.report = at + timedelta(random.choice([5, 14, 80, 84, 85, 100, 150]))
        told.reviews.append(one)
        facts += _of_review(one)
        at = upcoming
    return facts


def _of_review(one: Drawn) -> list[Fact]:
    facts = []
    if one.meeting is not None:
        facts.append(fact("review_meeting_held", str(one.meeting)))
    if one.report is not None:
        facts.append(fact("review_report_received", str(one.report)))
    if one.decision is not None:
        facts.append(fact("review_decision_sent", str(one.decision), outcome=one.outcome))
        if one.outcome == "amend":
            facts.append(fact("amendment_notice_sent", str(one.decision)))
    if one.final is not None:
        facts.append(fact("amended_plan_sent", str(one.final)))
    return facts
