"""What a row of the annual review tracker shows of the order of events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.domain.event_order import by_fact, out_of_order
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.measures.episodes import Review

PLAN_BEGINS = frozenset({"plan_sent", "plan_transferred_in"})
"""The kinds of fact from which on a plan is live."""


def doubts_shown(
    facts: tuple[Fact, ...],
    born: date | None,
    reviews: Sequence[Review],
    fact_ids: tuple[tuple[str, str], ...],
) -> tuple[tuple[str, str], ...]:
    """The questions about the facts a row shows, by the column they stand in.

    Args:
        facts: the child's, in order; of annual reviews and the plan's beginning and end at least.
        born: the date of birth, or None.
        reviews: of these facts.
        fact_ids: column and id of the facts shown.
    """
    found = out_of_order(facts, born, reviews, ())
    if not found:
        return ()
    asked = by_fact(found)
    return tuple((column, asked[key]) for column, key in fact_ids if key in asked)


def plan_since(facts: Sequence[Fact]) -> date | None:
    """The day the plan now live was sent or transferred in, or None where none is."""
    since = None
    for fact in facts:
        if fact.kind == "plan_ceased":
            since = None
        elif fact.kind in PLAN_BEGINS and since is None:
            since = fact.on
    return since
