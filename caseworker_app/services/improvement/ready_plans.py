"""The improvement plans that come with Caseworker, and their loading: whole, and once."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from caseworker_app import paths
from caseworker_app.domain.declarations.promised import ImprovementPlan
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.names import folded
from caseworker_app.services import commands as do
from caseworker_app.services.keeping_records import added
from caseworker_app.services.unit_of_work import UnitOfWork

READY: Mapping[str, str] = {
    "statement_of_action": "Written statement of action, 2021",
    "strategy": "SEND strategy 2018 to 2023, and the update of 2021",
}
"""The plans, by the name of their file."""

_PLAN = kind_of(ImprovementPlan)


@cache
def ready_plan(name: str) -> dict[str, Any]:
    """A plan as its file has it. Raises `Refused` where none is of that name."""
    if name not in READY:
        raise Refused(f"There is no ready plan {name}; there are: {', '.join(READY)}.", "name")
    path = paths.resources() / "improvement" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load_plan(command: do.LoadPlan, work: UnitOfWork, today: date) -> str:
    """Add a ready plan with all it holds; see `handlers.handle`.

    Raises:
        Refused: there is no such plan, or it is in the store already.
    """
    ready = ready_plan(command.name)
    held: Mapping[str, ImprovementPlan] = work.unit.all_of(_PLAN)
    if any(folded(one.name) == folded(ready["name"]) for one in held.values()):
        raise Refused(
            f"{ready['name']} is in the store already, and is not loaded a second time. Remove or "
            "rename it first.",
            "name",
        )
    fields = {one: ready[one] for one in ("name", "source")}
    dates = {"agreed_on": _first(ready), "ends": _last(ready)}
    plan = added(_PLAN.name, {**fields, **dates}, work, today)
    counts = [0, 0, 0]
    for stream in ready["workstream"]:
        given = {one: stream[one] for one in ("number", "name", "weakness", "lead", "health_lead")}
        made = added("workstream", {**given, "plan_id": plan.id}, work, today)
        counts[0] += 1
        for action in stream["action"]:
            given = {one: action[one] for one in ("ref", "words", "leads", "priorities")}
            under = added("plan_action", {**given, "workstream_id": made.id}, work, today)
            counts[1] += 1
            for measure in success_measures(action):
                added("success_measure", {**measure, "action_id": under.id}, work, today)
                counts[2] += 1
    work.title = f"improvement plan {ready['name']} loaded"
    return (
        f"Loaded {ready['name']}: {counts[0]} workstreams, {counts[1]} actions and {counts[2]} "
        "success measures."
    )


def success_measures(action: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The success measures of an action of a file, as fields; a month is due on its last day."""
    for ref, words, kind, due, target, measure in action["measures"]:
        yield {
            "ref": ref,
            "words": words,
            "kind": kind,
            "due": _month_end(due),
            "target": target,
            "measure": measure,
        }


def _month_end(month: str) -> date:
    year, number = (int(one) for one in month.split("-"))
    return date(year, number, monthrange(year, number)[1])


def _dues(ready: Mapping[str, Any]) -> list[date]:
    return [
        one["due"]
        for stream in ready["workstream"]
        for action in stream["action"]
        for one in success_measures(action)
    ]


def _first(ready: Mapping[str, Any]) -> date:
    """The day a plan was agreed on; before its first measure was due."""
    agreed = ready.get("agreed_on")
    return agreed if isinstance(agreed, date) else min(_dues(ready)).replace(day=1)


def _last(ready: Mapping[str, Any]) -> date:
    return max(_dues(ready))
