"""The template of a plan over time: versions tell it, each from the day of its event on.

A child's own field says the template of the plan in force, and lists read it. Of a template that
never changed there is no version; from the first change on the versions tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.over_time import Spell, the_day_before
from caseworker_app.domain.people import Child

FINALS = frozenset({"plan_sent", "amended_plan_sent", "plan_transferred_in"})
"""The kinds of fact that a final plan is dated by."""
TEMPLATE = "template"


def finals(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The events of final plans, oldest first."""
    return tuple(one for one in in_order(facts) if one.kind in FINALS)


def told(versions: Iterable[PlanVersion], days: Mapping[str, date]) -> tuple[PlanVersion, ...]:
    """The final versions that say a template, oldest first; `days` has the days of events by id."""
    said = [one for one in versions if one.kind != "draft" and one.template and one.fact_id in days]
    return tuple(sorted(said, key=lambda one: (days[one.fact_id], one.number)))


def spells(versions: Iterable[PlanVersion], days: Mapping[str, date]) -> tuple[Spell, ...]:
    """From when to when a child's plan was on which template, oldest first."""
    found: list[Spell] = []
    ordered = told(versions, days)
    for at, one in enumerate(ordered):
        since = days[one.fact_id]
        later = next((days[each.fact_id] for each in ordered[at + 1 :]), None)
        if later == since:
            continue
        until = None if later is None else the_day_before(later)
        found.append(Spell(TEMPLATE, {TEMPLATE: one.template}, since, until))
    return tuple(found)


def made(child_id: str, fact: Fact, among: Iterable[Fact], template: str) -> PlanVersion:
    """The version that an event of a final plan is of, without an id.

    Its number is its place among the final plans.
    """
    ordered = finals(among)
    place = next(at for at, one in enumerate(ordered, 1) if one.id == fact.id)
    first = place == 1 and fact.text("first") != "no"
    kinds = {"plan_transferred_in": "transferred", "plan_sent": "first" if first else "amended"}
    return PlanVersion(
        child_id=child_id,
        number=place,
        kind=kinds.get(fact.kind, "amended"),
        fact_id=fact.id,
        template=template,
    )


def unrecorded(
    child: Child, facts: Iterable[Fact], kept: Iterable[PlanVersion]
) -> list[PlanVersion]:
    """The final plans of which there is no version yet, as their events tell them, without ids.

    Where no version says a template, the newest has what the child says.
    """
    ordered, held = finals(facts), list(kept)
    dated = {one.fact_id for one in held}
    said = any(one.template and one.kind != "draft" for one in held)
    return [
        made(
            child.id,
            one,
            ordered,
            child.template if one is ordered[-1] and not said else "",
        )
        for one in ordered
        if one.id not in dated
    ]
