"""How a child stands: in assessment, with a live plan, ceased, or with no plan.

Whether a plan is live, and whether an assessment is under way, is what the clock's timeline says.
"""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.clock.episodes import PLAN_BEGINS, follow
from caseworker_app.domain.clock.plans import is_live
from caseworker_app.domain.clock.timeline import EpisodeTimeline, Timeline
from caseworker_app.domain.facts import Fact, in_order

LIVE, ASSESSMENT, CEASED, NO_PLAN = "live", "assessment", "ceased", "no plan"

_REQUEST, _DECISION, _CEASED = "request_received", "assessment_decision_sent", "plan_ceased"
_ORDERS = frozenset({"tribunal_order", "appeal_conceded"})
_REOPENING = frozenset({"assess", "make_plan", "reconsider"})
_FOLLOWED = frozenset(
    {_REQUEST, _DECISION, "refusal_to_issue_sent", "request_withdrawn", _CEASED, *PLAN_BEGINS}
)


def standing(facts: tuple[Fact, ...]) -> tuple[tuple[date, str], ...]:
    """How the child stands from which day on, in order. Before the first day: no plan."""
    return standing_by(in_order(facts))


def standing_by(ordered: tuple[Fact, ...]) -> tuple[tuple[date, str], ...]:
    """The same of facts that are in their order, as a store gives them."""
    changes: list[tuple[date, str]] = []
    status = NO_PLAN
    timeline = EpisodeTimeline()
    for fact in ordered:
        if fact.kind in _FOLLOWED:
            if status == LIVE and fact.kind != _CEASED:
                continue  # While a plan is live, its end alone can change that.
            follow(timeline, fact)
        elif fact.kind not in _ORDERS:
            continue
        new = _after(timeline, fact, status)
        if new != status:
            if changes and changes[-1][0] == fact.on:
                changes.pop()
            changes.append((fact.on, new))
            status = new
    return tuple(changes)


def on_day(changes: tuple[tuple[date, str], ...], day: date) -> str:
    """How the child stands on a day, given `standing`."""
    for since, status in reversed(changes):
        if since <= day:
            return status
    return NO_PLAN


def _after(timeline: Timeline, fact: Fact, status: str) -> str:
    if is_live(timeline):
        return LIVE
    if fact.kind == _CEASED:
        return CEASED
    if fact.kind == _REQUEST:
        return ASSESSMENT
    if fact.kind in _ORDERS:
        return ASSESSMENT if fact.text("order") in _REOPENING else status
    if status != ASSESSMENT or (fact.kind == _DECISION and fact.text("outcome") != "refuse"):
        return status
    under_way = any(one.ended is None for one in timeline.of("assessment"))
    return status if under_way else NO_PLAN
