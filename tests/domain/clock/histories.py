"""Random histories: mostly the usual course of things, then bent out of shape."""

from __future__ import annotations

import random
from datetime import date, timedelta

from caseworker_app.domain.facts import Fact

FIRST = date(2015, 1, 1)


def history(rnd: random.Random) -> list[Fact]:
    """One child's facts, in no order: gaps, doubled and misplaced ones among them."""
    facts: list[Fact] = []
    on = FIRST + timedelta(days=rnd.randrange(2800))
    if rnd.random() < 0.8:
        on = _assessment(rnd, facts, on)
    else:
        facts.append(Fact("plan_sent", on))
    for _ in range(rnd.randrange(5)):
        on += timedelta(days=rnd.randrange(60, 420))
        _review(rnd, facts, on)
    if rnd.random() < 0.2:
        _assessment(rnd, facts, on + timedelta(days=rnd.randrange(-200, 200)))
    if rnd.random() < 0.25:
        facts.append(Fact("plan_ceased", on + timedelta(days=rnd.randrange(-100, 300))))
    facts = [fact for fact in facts if rnd.random() > 0.08]
    for place, fact in enumerate(facts):
        if rnd.random() < 0.08:
            moved = fact.on + timedelta(days=rnd.randrange(-150, 150))
            facts[place] = Fact(fact.kind, moved, fact.detail)
    if facts and rnd.random() < 0.2:
        facts.append(rnd.choice(facts))
    rnd.shuffle(facts)
    return facts


def _assessment(rnd: random.Random, facts: list[Fact], on: date) -> date:
    def later(low: int, high: int) -> date:
        return on + timedelta(days=rnd.randrange(low, high))

    facts.append(Fact("request_received", on))
    refuse = rnd.random() < 0.2
    decided = {"outcome": "refuse" if refuse else "assess"}
    facts.append(Fact("assessment_decision_sent", later(10, 70), decided))
    if refuse:
        return on
    for source in rnd.sample(["school", "health", "ep", "other"], rnd.randrange(4)):
        asked = later(20, 60)
        facts.append(Fact("advice_requested", asked, {"source": source}))
        if rnd.random() < 0.8:
            received = asked + timedelta(days=rnd.randrange(10, 80))
            facts.append(Fact("advice_received", received, {"source": source}))
    ending = rnd.random()
    if ending < 0.12:
        facts.append(Fact("request_withdrawn", later(5, 160)))
    elif ending < 0.25:
        facts.append(Fact("refusal_to_issue_sent", later(70, 150)))
    else:
        facts.append(Fact("draft_served", later(80, 140)))
        sent = later(120, 260)
        facts.append(Fact("plan_sent", sent))
        return sent
    return on


def _review(rnd: random.Random, facts: list[Fact], on: date) -> None:
    def later(low: int, high: int) -> date:
        return on + timedelta(days=rnd.randrange(low, high))

    facts.append(Fact("review_meeting_held", on))
    if rnd.random() < 0.8:
        facts.append(Fact("review_report_received", later(1, 40)))
    outcome = rnd.choice(["maintain", "amend", "amend", "cease", None])
    decided = later(5, 90)
    detail = {} if outcome is None else {"outcome": outcome}
    facts.append(Fact("review_decision_sent", decided, detail))
    if outcome in {"amend", None}:
        noticed = decided + timedelta(days=rnd.choice([0, 0, 0, rnd.randrange(90)]))
        facts.append(Fact("amendment_notice_sent", noticed))
        kind = "amended_plan_sent" if rnd.random() < 0.85 else "no_amendment_sent"
        facts.append(Fact(kind, noticed + timedelta(days=rnd.randrange(10, 500))))
