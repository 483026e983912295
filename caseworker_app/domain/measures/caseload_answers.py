"""The measures of live plans as they stand: places, school age, out of the area, budgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from caseworker_app.domain.area import is_outside, numbers_inside
from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Answer, Caseload, Counted, count_of, share_of
from caseworker_app.domain.measures.school_answers import of_school_age


def has_personal_budget(view: CaseView) -> bool:
    """Whether a direct payment started since the plan, or the SEN2 record has a budget taken up."""
    since = view.plan_since
    paid = any(
        fact.kind == "direct_payment_started" and since is not None and fact.on >= since
        for fact in view.facts
    )
    return paid or view.file.child.sen2.get("pb") == "1"


def _in_setting(kind: str) -> Callable[[Caseload], Counted | str]:
    def count(caseload: Caseload) -> Counted | str:
        said = caseload.recorded or any(view.setting_kind for view in caseload.live)
        if caseload.live and not said:
            return "what kind of setting each one is"
        there = (Thing(view.reference) for view in caseload.live if view.setting_kind == kind)
        return count_of(there, _kind_not_recorded(caseload))

    return count


def _kind_not_recorded(caseload: Caseload) -> str:
    if all(view.setting_kind for view in caseload.live):
        return ""
    return "Live plans whose kind of setting is not recorded are not counted; see Data to mend."


def _school_age(caseload: Caseload) -> Counted:
    note = "The school population is not recorded, so there is no share."
    unknown = sum(view.year_group is None for view in caseload.live)
    if unknown:
        note = f"{note} Plans with no year group are not counted; see Data to mend."
    pupils = (Thing(view.reference) for view in caseload.live if of_school_age(view))
    return count_of(pupils, note, rated=False)


def _outside_area(caseload: Caseload) -> Counted | str:
    inside = numbers_inside(caseload.of(Choice))
    where = [(view.reference, is_outside(view.file.setting, inside)) for view in caseload.live]
    if not inside or (where and all(outside is None for _, outside in where)):
        return "which authority each setting is in, and which are inside (in the lists of choices)"
    known = [Thing(reference, outside) for reference, outside in where if outside is not None]
    lost = len(where) - len(known)
    note = ""
    if lost:
        plans = "1 live plan is" if lost == 1 else f"{lost:,} live plans are"
        note = f"{plans} not counted: no setting, or its authority is not recorded."
    return share_of(known, note)


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "S1.2a": Answer(_in_setting("special")),
        "S1.2b": Answer(_in_setting("post16")),
        "S2.4": Answer(_school_age),
        "C3": Answer(_outside_area, (Choice,)),
    }
)
"""Ref to how it is counted. Words in place of a count say what is not recorded."""
