"""Events of one child that stand in an order they can hardly have happened in.

Nothing here refuses anything: each finding is a doubt, in words, that is shown beside the event and
left to a person. Which event belongs to which review or assessment is what the clock's timeline
makes of them (`clock.episodes`); where the wrong order itself keeps an event out of its review or
assessment, it is held against the nearest one that waits for it, never against last year's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from caseworker_app.domain.clock.episodes import (
    Assessment,
    Review,
    assessments_of,
    reviews_of,
)
from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.order.checks import (
    as_requests,
    of_assessments,
    of_details,
    of_others,
    of_plans,
    of_reviews,
)
from caseworker_app.domain.order.days import of_days
from caseworker_app.domain.order.doubt import ACT, AGE, BIRTH, FAR, OutOfOrder

__all__ = [
    "ACT",
    "AGE",
    "BIRTH",
    "FAR",
    "OutOfOrder",
    "asked_of",
    "by_fact",
    "doubts_about",
    "out_of_order",
]

_TYPED = "typed"


def out_of_order(
    facts: Sequence[Fact],
    born: date | None = None,
    reviews: Sequence[Review] | None = None,
    assessments: Sequence[Assessment] | None = None,
) -> tuple[OutOfOrder, ...]:
    """Every doubt about the order of a child's facts, by day; each pair of facts once.

    Args:
        facts: the child's, in the order of `facts.in_order`, each with its id.
        born: the date of birth, or None where it is not recorded.
        reviews: of these facts, where they are known already.
        assessments: likewise.
    """
    detained = any(fact.kind == "detained_request_received" for fact in facts)
    if reviews is None:
        reviews = reviews_of(tuple(facts))
    if assessments is None or detained:
        assessments = assessments_of(as_requests(facts) if detained else tuple(facts))
    found = [
        *of_reviews(facts, reviews),
        *of_assessments(facts, assessments),
        *of_others(facts),
        *of_plans(facts, assessments),
        *of_details(facts),
        *of_days(facts, born),
    ]
    once: dict[frozenset[tuple[str, date, str]], OutOfOrder] = {}
    for one in found:
        ends = ((one.kind, one.on, one.fact_id), (one.other_kind, one.other_on, one.other_id))
        once.setdefault(frozenset(ends), one)
    return tuple(sorted(once.values(), key=lambda one: (one.on, KINDS[one.kind].order)))


def doubts_about(
    candidate: Fact, facts: Sequence[Fact], born: date | None = None, replaces: str = ""
) -> tuple[OutOfOrder, ...]:
    """What there would be to ask about a fact if it were recorded.

    Args:
        candidate: the fact as typed.
        facts: what is recorded, in any order.
        born: the child's date of birth.
        replaces: the id of the recorded fact that it would stand in place of, or "".

    Returns:
        The doubts seen from the candidate, the sharpest first.
    """
    kept = [fact for fact in facts if fact.id != replaces or not replaces]
    ordered = in_order((*kept, replace(candidate, id=_TYPED)))
    mine = []
    for one in out_of_order(ordered, born):
        if one.fact_id == _TYPED:
            mine.append(one)
        elif one.other_id == _TYPED:
            mine.append(one.turned)
    return tuple(mine)


def asked_of(found: Sequence[OutOfOrder], most: int = 2) -> str:
    """The questions of some doubts as one text: the first few, each once; "" for none."""
    sentences = list(dict.fromkeys(one.sentence for one in found))
    more = len(sentences) - most
    if more > 0:
        sentences = [*sentences[:most], f"And {more} more."]
    return " ".join(sentences)


def by_fact(found: Sequence[OutOfOrder]) -> dict[str, str]:
    """For each fact in doubt, at either end, its id and what to ask about it."""
    about: dict[str, list[OutOfOrder]] = {}
    for one in found:
        about.setdefault(one.fact_id, []).append(one)
        if one.other_id and one.other_id != one.fact_id:
            about.setdefault(one.other_id, []).append(one.turned)
    return {key: asked_of(doubts) for key, doubts in about.items()}
