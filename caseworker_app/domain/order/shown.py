"""What a row of the annual review tracker shows of the order of events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.domain.clock.episodes import Review
from caseworker_app.domain.event_order import by_fact, out_of_order
from caseworker_app.domain.facts import Fact


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
