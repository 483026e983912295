"""Boroughs drawn at random with all that the Department's files look at, counted into them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from caseworker_app import paths
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.codes import CEASE_REASONS, ETHNICITIES, NEEDS, SEN2_SETTINGS
from caseworker_app.domain.declarations.child_details import ChildDetails
from caseworker_app.domain.declarations.families import Dispute
from caseworker_app.domain.declarations.growing_up import Pathway
from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.department.layout import Layouts
from caseworker_app.domain.department.sheets import DepartmentReturn, department_return
from caseworker_app.domain.department.units import Unit
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.case_view import view
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.people import Setting
from caseworker_app.reports.department_layout import load_layouts
from tests.domain.measures.drawing import draw
from tests.domain.measures.making import by_kind

YEAR = 2025
PERIOD = Period(date(YEAR, 1, 1), date(YEAR, 12, 31))
SURVEY = date(2026, 1, 15)
AS_AT = SURVEY


def layouts() -> Layouts:
    """The files as they come along."""
    return load_layouts(paths.resources())


@cache
def borough(seed: int, many: int = 300) -> tuple[CaseFile, ...]:
    """A borough whose children have needs, placements, budgets, pathways and disputes."""
    random = Random(seed)
    return tuple(_with_more(file, random) for _, file in draw(seed, many))


def _with_more(file: CaseFile, random: Random) -> CaseFile:
    kept = tuple(_kept(random))
    facts = tuple(
        replace(one, detail={"reason": random.choice([*CEASE_REASONS, ""])})
        if one.kind == "plan_ceased"
        else one
        for one in (*_until(file.facts, random), *_agreed(file.facts, random))
    )
    child = replace(
        file.child,
        sex=random.choice(["F", "M", "M", ""]),
        need=random.choice([*NEEDS, ""]),
        sen2=random.choice([{}, {}, {"ethnicity": "WENG", "pb": "1"}, {"res": "A", "rya": "1"}]),
    )
    types = ["Something new", "Non-Maintained Special School", *sorted(layouts().types)]
    setting = random.choice(
        [Setting("A setting", type=random.choice(types), urn="100001")] * 9
        + [Setting("A provider", ukprn="10000001")]
    )
    return replace(
        file, child=child, setting=setting, facts=_disputed(facts, random), kept=by_kind(kept)
    )


def _agreed(facts: tuple[Fact, ...], random: Random) -> Iterable[Fact]:
    """The decision to assess, which the drawing leaves out, where nothing else was decided."""
    asked = next((one for one in facts if one.kind == "request_received"), None)
    decided = any(one.kind == "assessment_decision_sent" for one in facts)
    if asked is not None and not decided and random.random() < 0.8:
        days = random.choice([20, 42, 43, 60])
        yield Fact("assessment_decision_sent", asked.on + timedelta(days), {"outcome": "assess"})


def _until(facts: tuple[Fact, ...], random: Random) -> tuple[Fact, ...]:
    """All of them; of some plans those of before a day of the year on which the plan ceased."""
    end = date(YEAR, random.randint(1, 12), 15)
    before = tuple(one for one in facts if one.on < end)
    live = any(one.kind in ("plan_sent", "plan_transferred_in") for one in before)
    ceased = any(one.kind == "plan_ceased" for one in before)
    if not live or ceased or random.random() > 0.15:
        return facts
    return (*before, Fact("plan_ceased", end))


def _disputed(facts: tuple[Fact, ...], random: Random) -> tuple[Fact, ...]:
    """The same, some refusals followed by mediation or an appeal."""
    found = list(facts)
    for one in facts:
        refused = one.kind == "refusal_to_issue_sent" or one.text("outcome") == "refuse"
        if refused and random.random() < 0.6:
            later = [fact.on for fact in facts if fact.on > one.on]
            on = min([*later, date(2026, 11, 22)])
            kinds = ("mediation_held", "appeal_registered")
            found += [Fact(kind, on) for kind in kinds if random.random() < 0.6]
    return in_order(found)


def _kept(random: Random) -> Iterable[Any]:
    if random.random() < 0.5:
        yield ChildDetails(child_id="1", ethnicity=random.choice([*ETHNICITIES, ""]))
    if random.random() < 0.5:
        at: dict[str, Any] = {"setting_id": "1"}
        if random.random() < 0.4:
            at = {"arrangement": random.choice(list(SEN2_SETTINGS))}
        yield Placement(
            child_id="1",
            rank="1",
            unit=random.random() < 0.3,
            resourced=random.random() < 0.3,
            residential=random.choice([None, 30, 38, 51, 52]),
            work_based=random.random() < 0.2,
            **at,
        )
    for part in random.sample(["education", "health", "care", "integrated"], 2):
        if random.random() < 0.3:
            way = random.choice(["organised", "direct", "third_party"])
            yield PersonalBudget(child_id="1", part=part, way=way, since=date(2024, 1, 1))
    if random.random() < 0.3:
        kind = random.choice(["internship", "apprenticeship", "traineeship", "fe"])
        yield Pathway(child_id="1", kind=kind, state="started")
    if random.random() < 0.2:
        yield Dispute(
            child_id="1",
            kind=random.choice(["mediation", "tribunal", "complaint_1"]),
            about=random.choice(["assess", "issue", "content"]),
            opened_on=date(2025, 6, 2),
        )


@cache
def drawn(seed: int) -> tuple[DepartmentReturn, dict[str, tuple[Unit, ...]]]:
    """The files of a drawn borough."""
    return counted(borough(seed))


def counted(
    files: Iterable[CaseFile], as_at: date = AS_AT
) -> tuple[DepartmentReturn, dict[str, tuple[Unit, ...]]]:
    """The files of `YEAR` with every number, and the things behind each."""
    caseload = Caseload(tuple(view(file, as_at) for file in files), PERIOD, as_at)
    made, units = department_return(caseload, layouts(), YEAR, SURVEY, council="Invented")
    return made, dict(units)
