"""The measures of what plans say: their thread, their cost, and what reviews found of outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from caseworker_app.domain import plan_templates
from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.declarations.thread import (
    ON_THE_WAY,
    SMART,
    Aspiration,
    DescribedNeed,
    Judgement,
    NeedBehind,
    Outcome,
    Provision,
    ProvisionFor,
)
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.caseload_answers import has_personal_budget
from caseworker_app.domain.measures.counting import (
    Answer,
    Caseload,
    Counted,
    count_of,
    share_of,
    share_of_cases,
)
from caseworker_app.domain.plan_thread import STANDS, state

R = TypeVar("R")


def whole_thread(view: CaseView) -> bool:
    """Whether each outcome of a plan has an aspiration, a need and provision that stand."""
    outcomes = _standing(view, Outcome)
    hopes = {one.id for one in _standing(view, Aspiration)}
    needs = {one.id for one in _standing(view, DescribedNeed)}
    given = {one.id for one in _standing(view, Provision)}
    needed = {one.outcome_id for one in view.of(NeedBehind) if one.need_id in needs}
    provided = {one.outcome_id for one in view.of(ProvisionFor) if one.provision_id in given}
    return bool(outcomes) and all(
        one.aspiration_id in hopes and one.id in needed and one.id in provided for one in outcomes
    )


def all_smart(view: CaseView) -> bool:
    """Whether a plan has outcomes in force, and each has all five marks of a SMART one."""
    outcomes = _standing(view, Outcome)
    return bool(outcomes) and all(getattr(one, mark) == "yes" for one in outcomes for mark in SMART)


def costed(view: CaseView) -> bool:
    """Whether a plan has provision, and each has a cost and a funder."""
    given = _standing(view, Provision)
    return bool(given) and all(one.cost is not None and one.funder for one in given)


def last_meeting(view: CaseView) -> date | None:
    """The day of the last review meeting held, or None."""
    held = [one.meeting for one in view.reviews if one.meeting is not None]
    return max((one for one in held if one <= view.as_at), default=None)


def outcomes_looked_at(view: CaseView) -> bool:
    """Whether the last review kept or rewrote each outcome that stood when it met."""
    met = last_meeting(view)
    if met is None:
        return False
    said = {one.outcome_id: one.kept for one in judged_last(view)}
    stood = [
        one
        for one in view.of(Outcome)
        # What the review wrote begins on its day, and is not judged by it.
        if (one.set_on < met or (one.set_on == met and one.id in said))
        and (one.ended_on is None or one.ended_on >= met)
    ]
    return bool(stood) and all(said.get(one.id) in ("kept", "rewritten") for one in stood)


def judged_last(view: CaseView) -> list[Judgement]:
    """What the last review that was held found of each outcome."""
    met = last_meeting(view)
    if met is None:
        return []
    return [
        one
        for one in view.of(Judgement)
        if (fact := view.fact(one.review_id)) is not None and fact.on == met
    ]


def budget_in_force(view: CaseView) -> bool:
    """Whether a personal budget runs on the day.

    Of a child with no such record, a direct payment since the plan or the SEN2 record says it.
    """
    budgets = view.of(PersonalBudget)
    if not budgets:
        return has_personal_budget(view)
    return any(in_force(one, view.as_at) for one in budgets)


def in_force(budget: PersonalBudget, day: date) -> bool:
    """Whether a personal budget was not refused and runs on a day."""
    begun = budget.since is not None and budget.since <= day
    runs = begun and (budget.until is None or budget.until >= day)
    return runs and budget.decision != "refused"


def _threads(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Outcome):
        return "outcomes and provision of each plan"
    bare = sum(not _standing(view, Outcome) for view in caseload.live)
    note = f"{bare:,} live plans have no outcome recorded, and do not pass." if bare else ""
    return share_of_cases(caseload.live, whole_thread, note)


def _smart(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Outcome):
        return "outcomes of each plan, with their SMART marks"
    bare = sum(not _standing(view, Outcome) for view in caseload.live)
    note = f"{bare:,} live plans have no outcome recorded, and do not pass." if bare else ""
    return share_of_cases(caseload.live, all_smart, note)


def _costed(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Provision):
        return "cost and funder of provision"
    bare = sum(not _standing(view, Provision) for view in caseload.live)
    note = f"{bare:,} live plans have no provision recorded, and do not pass." if bare else ""
    return share_of_cases(caseload.live, costed, note)


def _looked_at(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Judgement):
        return "what each review found on outcomes"
    held = [(view, met) for view in caseload.live if (met := last_meeting(view)) is not None]
    return share_of(Thing(view.reference, outcomes_looked_at(view), met) for view, met in held)


def _budgets(caseload: Caseload) -> Counted | str:
    said = caseload.recorded or any(
        view.of(PersonalBudget)
        or "pb" in view.file.child.sen2
        or any(fact.kind == "direct_payment_started" for fact in view.facts)
        for view in caseload.views
    )
    if not said:
        return "personal budgets"
    return count_of(Thing(view.reference) for view in caseload.live if budget_in_force(view))


def _reached(caseload: Caseload) -> Counted | str:
    judged = [
        Thing(view.reference, one.progress in ON_THE_WAY, last_meeting(view))
        for view in caseload.live
        for one in judged_last(view)
    ]
    return share_of(judged) if judged else "judgements of outcomes at reviews"


def _short_breaks(caseload: Caseload) -> Counted | str:
    breaks = [
        (view, one)
        for view in caseload.live
        for one in _standing(view, Provision)
        if one.short_break
    ]
    if not breaks:
        return "short breaks and the outcomes they serve"
    return share_of(Thing(view.reference, _serves(view, one)) for view, one in breaks)


def _serves(view: CaseView, given: Provision) -> bool:
    aims = {one.id for one in _standing(view, Outcome)}
    return any(
        one.provision_id == given.id and one.outcome_id in aims for one in view.of(ProvisionFor)
    )


def _on_newest_template(caseload: Caseload) -> Counted | str:
    kept = caseload.of(Choice)
    newest = plan_templates.newest(kept)
    if not newest:
        return "which template of plans is the newest (in the lists of choices)"
    conversion = plan_templates.conversion(kept)
    ever = []
    for view in caseload.live:
        now, versions = view.file.child.template, view.of(PlanVersion)
        was = plan_templates.templates_of(now, versions, view.facts)
        if any(plan_templates.same(one, conversion) for one in was):
            ever.append((view.reference, was[-1]))
    moved = (
        Thing(reference, plan_templates.same(last, newest), why=f"on {last}")
        for reference, last in ever
    )
    return share_of(moved, f"The newest is {newest}.")


def _standing(view: CaseView, kind: type[R]) -> list[R]:
    return [one for one in view.of(kind) if state(one, view.as_at) == STANDS]


_THREAD = (Aspiration, DescribedNeed, Outcome, NeedBehind, Provision, ProvisionFor)

ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "W1.1e": Answer(_threads, _THREAD),
        "S2.2b": Answer(_smart, (Outcome,)),
        "W1.5c": Answer(_looked_at, (Outcome, Judgement)),
        "W1.5b": Answer(_on_newest_template, (PlanVersion, Choice)),
        "C1": Answer(_reached, (Outcome, Judgement)),
        "C2": Answer(_short_breaks, (Provision, ProvisionFor, Outcome)),
        "S3.1a": Answer(_budgets, (PersonalBudget,)),
        "S3.1b": Answer(_costed, (Provision,)),
    }
)
"""Ref to how it is counted."""
