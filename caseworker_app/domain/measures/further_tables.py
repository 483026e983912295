"""Live plans by age, sex, age of the plan and way of budget; plans begun and ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseworker_app.domain.codes import CEASE_REASONS
from caseworker_app.domain.declarations.money import BUDGET_WAYS, PersonalBudget
from caseworker_app.domain.measures.board import Table
from caseworker_app.domain.measures.case_view import CaseView, months_from
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.further_answers import last_final, reviewed_since
from caseworker_app.domain.measures.growing_answers import aged
from caseworker_app.domain.measures.plan_answers import in_force
from caseworker_app.domain.measures.tables import band, partition

_NOT_RECORDED = {"not_recorded": "Not recorded"}
_AGES = (
    (4, "under_5"),
    (10, "5_to_10"),
    (15, "11_to_15"),
    (19, "16_to_19"),
    (25, "20_to_25"),
)
_AGE_LABELS = {
    "under_5": "Under 5",
    "5_to_10": "5 to 10",
    "11_to_15": "11 to 15",
    "16_to_19": "16 to 19",
    "20_to_25": "20 to 25",
    "over_25": "Over 25",
}
_UNDER_FIVE = 4
_PLAN_AGES = {
    "within_1": "In the last year",
    "within_2": "Over 1, up to 2 years ago",
    "within_3": "Over 2, up to 3 years ago",
    "over_3": "Over 3 years ago",
    "not_recorded": "Not recorded",
}
_SEXES = {"F": "Female", "M": "Male"}
_BEGUN = {
    "first": "First final plan sent",
    "later": "Plan sent, the first one's day not known",
    "moved_in": "Transferred in",
}


def further_tables(caseload: Caseload) -> tuple[Table, ...]:
    """One table for each; that of budgets alone where none is recorded is left out."""
    return (
        _by_age(caseload),
        _by_sex(caseload),
        _by_age_of_plan(caseload),
        _under_fives(caseload),
        *_budgets(caseload.of_figure("budgets")),
        *_flow(caseload),
    )


def _by_age(caseload: Caseload) -> Table:
    items = [(_age(view), view.reference) for view in caseload.live]
    labels = {**_AGE_LABELS, **_NOT_RECORDED}
    return partition("age", "Live plans by age on the day", "Age", labels, items)


def _age(view: CaseView) -> str:
    age = view.age_on(view.as_at)
    return "not_recorded" if age is None else band(age, _AGES, "over_25")


def _by_sex(caseload: Caseload) -> Table:
    said = [(view.file.child.sex, view.reference) for view in caseload.live]
    items = [(sex if sex in _SEXES else "not_recorded", reference) for sex, reference in said]
    labels = {**_SEXES, **_NOT_RECORDED}
    return partition("sex", "Live plans by sex", "Sex", labels, items)


def _by_age_of_plan(caseload: Caseload) -> Table:
    items = [
        (_age_of_plan(last_final(view), caseload.as_at), view.reference) for view in caseload.live
    ]
    return partition(
        "plan_age",
        "Live plans by age of the newest final plan",
        "Final plan sent",
        _PLAN_AGES,
        items,
        definition="Of a plan from another authority with none sent since, the day it came here.",
    )


def _age_of_plan(sent: date | None, today: date) -> str:
    if sent is None:
        return "not_recorded"
    for years in (1, 2, 3):
        if sent >= months_from(today, -12 * years):
            return f"within_{years}"
    return "over_3"


def _under_fives(caseload: Caseload) -> Table:
    since = months_from(caseload.as_at, -6)
    items = [
        ("within_6_months" if reviewed_since(view, since) else "longer_ago", view.reference)
        for view in caseload.live
        if aged(view, 0, _UNDER_FIVE)
    ]
    return partition(
        "under_five_reviews",
        "Live plans of children under five by their last review",
        "Last review, or the plan's first day",
        {"within_6_months": "In the last six months", "longer_ago": "Longer ago"},
        items,
    )


def _budgets(caseload: Caseload) -> Iterator[Table]:
    if caseload.nobody_has(PersonalBudget):
        return
    items = [
        (one.way, view.reference, one.since)
        for view in caseload.live
        for one in view.of(PersonalBudget)
        if in_force(one, view.as_at)
    ]
    title = "Personal budgets in force by the way they are paid"
    note = "A plan with budgets of several parts stands on a line for each."
    yield partition("budgets", title, "Way", BUDGET_WAYS, items, definition=note)


def _flow(caseload: Caseload) -> Iterator[Table]:
    begun, ended = [], []
    for view in caseload.views:
        for spell in view.spells:
            if caseload.holds(spell.since):
                how = _how_begun(view, spell.since, first=spell.first)
                begun.append((how, view.reference, spell.since))
            if spell.ceased is not None and caseload.holds(spell.ceased):
                ended.append((why_ended(view, spell.ceased), view.reference, spell.ceased))
    labels = {**CEASE_REASONS, **_NOT_RECORDED}
    yield partition(
        "plans_begun",
        "Plans begun in the period",
        "How",
        _BEGUN,
        begun,
        definition="From the day a plan is live here: sent, or transferred in.",
    )
    yield partition(
        "plans_ended",
        "Plans ended in the period by reason",
        "Reason",
        labels,
        ended,
        definition="By the day a plan ceased; a decision to cease ends nothing by itself.",
    )


def _how_begun(view: CaseView, since: date, *, first: bool) -> str:
    kinds = {fact.kind for fact in view.facts if fact.on == since}
    if "plan_transferred_in" in kinds and "plan_sent" not in kinds:
        return "moved_in"
    return "first" if first else "later"


def why_ended(view: CaseView, ceased: date) -> str:
    """Why a plan ended on a day: a key of `CEASE_REASONS`, or "not_recorded"."""
    reasons = [
        fact.text("reason")
        for fact in view.facts
        if fact.kind == "plan_ceased" and fact.on == ceased
    ]
    reason = next(iter(reasons), None) or ""
    return reason if reason in CEASE_REASONS else "not_recorded"
