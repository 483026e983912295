"""How a child stands: in assessment, with a live plan, ceased, or with no plan.

A plan is live from the day it is sent or transferred in until the day it ceased; a decision to
cease ends nothing by itself.
"""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.facts import Fact, in_order

LIVE, ASSESSMENT, CEASED, NO_PLAN = "live", "assessment", "ceased", "no plan"

_REOPENING = frozenset({"assess", "make_plan", "reconsider"})
_BEGINS = frozenset({"plan_sent", "plan_transferred_in"})
_ENDS_ASSESSMENT = frozenset({"refusal_to_issue_sent", "request_withdrawn"})


def standing(facts: tuple[Fact, ...]) -> tuple[tuple[date, str], ...]:
    """How the child stands from which day on, in order. Before the first day: no plan."""
    changes: list[tuple[date, str]] = []
    status = NO_PLAN
    for fact in in_order(facts):
        new = _after(fact, status)
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


def _after(fact: Fact, status: str) -> str:
    if fact.kind in _BEGINS:
        return LIVE
    if fact.kind == "plan_ceased":
        return CEASED
    if status == LIVE:
        return LIVE
    if fact.kind == "request_received":
        return ASSESSMENT
    if status == ASSESSMENT and _ends(fact):
        return NO_PLAN
    if fact.kind in ("tribunal_order", "appeal_conceded") and fact.text("order") in _REOPENING:
        return ASSESSMENT
    return status


def _ends(fact: Fact) -> bool:
    refused = fact.kind == "assessment_decision_sent" and fact.text("outcome") == "refuse"
    return refused or fact.kind in _ENDS_ASSESSMENT
