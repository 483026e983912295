"""How an invented case began: an assessment under way, a plan made here, or one moved in."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from caseworker_app.demo.words import Words
from caseworker_app.domain.facts import Detail, Fact

_BODIES = ("ep", "health", "social_care", "school")
_ASKED_BY = ["parent", "parent", "parent", "school", "school", "young person", "health"]


def _days(count: int) -> timedelta:
    return timedelta(days=count)


def assessment_in_progress(draw: Random, today: date, words: Words) -> list[Fact]:
    """An assessment that is still running, here and there past its twenty weeks."""
    age = draw.randint(2, 138) if draw.random() < 0.9 else draw.randint(141, 190)
    received = today - _days(age)
    facts = [_request(draw, received)]
    decided = received + _days(
        draw.randint(20, 42) if draw.random() < 0.93 else draw.randint(43, 60)
    )
    facts.append(Fact("assessment_decision_sent", decided, {"outcome": "assess"}))
    facts += _advice(draw, decided, today)
    if draw.random() < (0.5 if age > 140 else 0.06):
        facts.append(_exception(draw, received + _days(draw.randint(30, 90)), words))
    if age > 108 and draw.random() < 0.7:
        facts.append(Fact("draft_served", received + _days(draw.randint(106, 125))))
    return [fact for fact in facts if fact.on <= today]


def assessment_that_failed(draw: Random, today: date) -> list[Fact]:
    """A request that came to no plan: refused, not issued after all, or withdrawn."""
    received = today - _days(draw.randint(60, 700))
    facts = [_request(draw, received)]
    way = draw.random()
    if way < 0.15:
        facts.append(Fact("request_withdrawn", received + _days(draw.randint(10, 40))))
    elif way < 0.75:
        on = received + _days(draw.randint(25, 42))
        facts.append(Fact("assessment_decision_sent", on, {"outcome": "refuse"}))
    else:
        on = received + _days(draw.randint(25, 42))
        facts.append(Fact("assessment_decision_sent", on, {"outcome": "assess"}))
        facts += _advice(draw, on, today)
        facts.append(Fact("refusal_to_issue_sent", received + _days(draw.randint(90, 112))))
    return [fact for fact in facts if fact.on <= today]


def first_plan(draw: Random, made: date, today: date, words: Words) -> list[Fact]:
    """The assessment behind a plan made on `made`; before four years ago only its end."""
    facts = [Fact("plan_sent", made)]
    late = draw.random() < 0.35
    received = made - _days(draw.randint(141, 230) if late else draw.randint(110, 140))
    if (today - made).days < 4 * 365:
        decided = received + _days(draw.randint(25, 42))
        facts.append(_request(draw, received))
        facts.append(Fact("assessment_decision_sent", decided, {"outcome": "assess"}))
        if (today - made).days < 500:
            facts += _advice(draw, decided, made - _days(16), all_answer=True)
        facts.append(Fact("draft_served", made - _days(draw.randint(16, 34))))
        if late and draw.random() < 0.3:
            facts.append(_exception(draw, received + _days(draw.randint(40, 100)), words))
    if draw.random() < 0.03:
        paid = made + _days(30)
        facts.append(Fact("direct_payment_started", paid))
        facts.append(Fact("direct_payment_reviewed", paid + _days(draw.randint(60, 88))))
    return [fact for fact in facts if fact.on <= today]


def transferred_in(draw: Random, arrived: date, today: date) -> tuple[list[Fact], date]:
    """A plan another authority made; with the day its last review was completed."""
    last_review = arrived - _days(draw.randint(20, 330))
    made = last_review - _days(draw.randint(200, 900))
    told = arrived + _days(draw.randint(10, 42))
    facts = [
        Fact("plan_transferred_in", arrived, {"plan_made": made, "last_review": last_review}),
        Fact("transfer_notice_sent", told),
    ]
    return [fact for fact in facts if fact.on <= today], last_review


def _request(draw: Random, on: date) -> Fact:
    return Fact("request_received", on, {"source": draw.choice(_ASKED_BY)})


def _advice(draw: Random, asked: date, until: date, *, all_answer: bool = False) -> list[Fact]:
    facts = []
    for source in _BODIES[: draw.randint(2, 4)]:
        detail: dict[str, Detail] = {"source": source}
        facts.append(Fact("advice_requested", asked + _days(1), detail))
        reply = asked + _days(1 + (draw.randint(20, 42) if draw.random() < 0.8 else 55))
        if all_answer:
            reply = min(reply, until)
        facts.append(Fact("advice_received", reply, detail))
    return [fact for fact in facts if fact.on <= until]


def _exception(draw: Random, on: date, words: Words) -> Fact:
    ground = draw.choice(["EXC-C", "EXC-C", "EXC-D"])
    return Fact("exception", on, {"ground": ground, "note": draw.choice(words.exception_notes)})
