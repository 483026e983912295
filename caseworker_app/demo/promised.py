"""An invented borough's improvement plan under way, its figures by hand and autism referrals."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from caseworker_app import paths
from caseworker_app.demo.around import Wanted
from caseworker_app.domain.declarations.promised import PlanAction, SuccessMeasure, Workstream
from caseworker_app.services.improvement.ready_plans import ready_plan, success_measures

PLAN = "Improvement plan of the borough"
_READY = "statement_of_action"
_MIDDLE = 2022
"""The year in which most of the ready plan is due; the invented one is due about today."""

_REFERRALS, _MONTHS = 150, 14


def load_said() -> Mapping[str, Any]:
    """Read what is said."""
    path = paths.resources() / "demo" / "improvement.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def plan(today: date) -> Wanted:
    """The plan itself."""
    fields = {
        "name": PLAN,
        "source": "Invented, after a statement of action",
        "agreed_on": date(today.year - 2, 7, 1),
    }
    yield "improvement_plan", fields


def workstreams(plan_id: str) -> Wanted:
    """Its workstreams."""
    for stream in ready_plan(_READY)["workstream"]:
        given = {one: stream[one] for one in ("number", "name", "weakness", "lead", "health_lead")}
        yield "workstream", {**given, "plan_id": plan_id}


def actions(streams: Sequence[Workstream]) -> Wanted:
    """What each promises to do."""
    ids = {one.number: one.id for one in streams}
    for stream in ready_plan(_READY)["workstream"]:
        for action in stream["action"]:
            given = {one: action[one] for one in ("ref", "words", "leads", "priorities")}
            yield "plan_action", {**given, "workstream_id": ids[stream["number"]]}


def measures(kept: Sequence[PlanAction], today: date) -> Wanted:
    """How one sees that each succeeded, due about today."""
    ids = {one.ref: one.id for one in kept}
    for stream in ready_plan(_READY)["workstream"]:
        for action in stream["action"]:
            for one in success_measures(action):
                due = _month_end(one["due"].year + today.year - _MIDDLE, one["due"].month)
                yield "success_measure", {**one, "due": due, "action_id": ids[action["ref"]]}


def progress(kept: Sequence[SuccessMeasure], today: date, said: Mapping[str, Any]) -> Wanted:
    """What leads noted: most of what is due is done, and what is ahead is under way."""
    for one in kept:
        draw = Random(f"{one.ref}:progress")  # noqa: S311  (invented data, not secrets)
        if draw.random() < 0.1:
            continue
        past = one.due < today
        status = _status(draw, past=past)
        days = draw.randint(5, 55) if not past else draw.randint(5, 100)
        for back, how in ((days + 61, "on_track"), (days, status)):
            if how == "on_track" and back != days and draw.random() < 0.5:
                continue
            yield (
                "progress",
                {
                    "measure_id": one.id,
                    "on": today - timedelta(days=back),
                    "status": how,
                    "words": draw.choice(said[how]),
                    "next_steps": "" if how == "done" else draw.choice(said["next_steps"]),
                    "evidence": draw.choice(said["evidence"]),
                    "by": draw.choice(said["by"]),
                },
            )


def _status(draw: Random, *, past: bool) -> str:
    if past:
        return draw.choices(["done", "at_risk", "off_track"], [85, 8, 7])[0]
    return draw.choices(["on_track", "at_risk", "off_track", "not_started"], [60, 20, 8, 12])[0]


def hand_values(today: date, said: Mapping[str, Any]) -> Wanted:
    """Figures that people told, with some history."""
    for ref, first, step, months, many, source in said["values"]:
        draw = Random(f"{ref}:value")  # noqa: S311  (invented data)
        for at, (since, on) in enumerate(_periods(today, months, many)):
            value = first + step * at + draw.uniform(-0.3, 0.3) * step
            fields = {"since": since, "on": on, "value": str(round(value)), "source": source}
            yield "hand_value", {"measure": ref, **fields, "by": draw.choice(said["by"])}
    for ref, numerator, denominator, step, months, many, source in said["shares"]:
        draw = Random(f"{ref}:share")  # noqa: S311  (invented data)
        for at, (since, on) in enumerate(_periods(today, months, many)):
            of = {"numerator": str(min(denominator, numerator + step * at))}
            fields = {"since": since, "on": on, "denominator": str(denominator), **of}
            by = {"source": source, "by": draw.choice(said["by"])}
            yield "hand_value", {"measure": ref, **fields, **by}


def _periods(today: date, months: int, many: int) -> Iterator[tuple[date, date]]:
    """So many spells of whole months, one after another, the last of them over by a day."""
    for back in range(many, 0, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - months * back, 12)
        until = today.year * 12 + today.month - 2 - months * (back - 1)
        yield date(year, month + 1, 1), _month_end(*_of(until))


def _of(months: int) -> tuple[int, int]:
    year, month = divmod(months, 12)
    return year, month + 1


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def referrals(today: date) -> Wanted:
    """Autism referrals of the last months; most of those triaged long ago are decided."""
    draw = Random("autism referrals")  # noqa: S311  (invented data)
    for number in range(_REFERRALS):
        referred = today - timedelta(days=draw.randrange(_MONTHS * 30))
        fields: dict[str, Any] = {
            "reference": f"AR{4000 + number}",
            "born": referred - timedelta(days=draw.randint(3 * 365, 14 * 365)),
            "referred_on": referred,
        }
        triaged = referred + timedelta(days=draw.randint(10, 40))
        decided = triaged + timedelta(days=draw.randint(60, 420))
        if triaged <= today:
            fields["triaged_on"] = triaged
        if decided <= today:
            fields |= {"decided_on": decided, "discharged_on": decided}
            fields["outcome"] = draw.choices(["diagnosed", "not_diagnosed"], [8, 2])[0]
        yield "autism_referral", fields
