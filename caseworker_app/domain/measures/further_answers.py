"""The measures that inspectors, other boards and requesters ask for beside the council's own.

The words of each definition are in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from caseworker_app.domain.auditing.scoring import results
from caseworker_app.domain.declarations.auditing import AuditTool, Moderation, PlanAudit
from caseworker_app.domain.declarations.brought_in import Attendance
from caseworker_app.domain.declarations.growing_up import Adulthood
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.case_view import CaseView, months_from
from caseworker_app.domain.measures.counting import (
    Answer,
    Caseload,
    Counted,
    count_of,
    share_of,
    share_of_cases,
)
from caseworker_app.domain.measures.growing_answers import aged, all_four
from caseworker_app.domain.measures.school_answers import of_school_age
from caseworker_app.domain.over_time import covers
from caseworker_app.domain.roles import Role
from caseworker_app.domain.yeargroup import nc_year

NOTICE = timedelta(days=28)
_HALF_YEAR, _THREE_YEARS = 6, 36
_UNDER_FIVE, _YOUNGEST, _OLDEST = 4, 0, 24
_YEAR_10 = 10
_PERSISTENT = 0.9
_FINALS = frozenset({"plan_sent", "amended_plan_sent"})
_TERMS = {"Autumn": (9, 1), "Spring": (1, 1), "Summer": (4, 15)}
"""The first day that lies in each term wherever it begins, near enough to tell its period."""


def told_on(view: CaseView, meeting: date) -> date | None:
    """The day on which the date of a meeting was first fixed, or None."""
    days = [
        fact.on
        for fact in view.facts
        if fact.kind == "review_meeting_fixed" and fact.day("meeting") == meeting
    ]
    return min(days, default=None)


def reviewed_since(view: CaseView, day: date) -> bool:
    """Whether a review was decided, or the plan begun, on a day or since."""
    decided = (one.decision for one in view.reviews if one.decision is not None)
    return max((*decided, view.plan_since or date.min)) >= day


def last_final(view: CaseView) -> date | None:
    """The day of the newest final plan, or the day the plan came here."""
    days = [fact.on for fact in view.facts if fact.kind in _FINALS]
    return max(days, default=view.plan_since)


def _told_ahead(caseload: Caseload) -> Counted | str:
    known = [
        (view, met, told)
        for view, _, met in caseload.meetings
        if (told := told_on(view, met)) is not None
    ]
    if caseload.meetings and not known:
        return "when the date of each review meeting was fixed"
    return share_of(
        Thing(view.reference, told + NOTICE <= met, met, f"set {(met - told).days} days before")
        for view, met, told in known
    )


def _under_fives(caseload: Caseload) -> Counted:
    since = months_from(caseload.as_at, -_HALF_YEAR)
    young = (view for view in caseload.live if aged(view, 0, _UNDER_FIVE))
    return share_of_cases(young, lambda view: reviewed_since(view, since))


def _old(caseload: Caseload) -> Counted:
    before = months_from(caseload.as_at, -_THREE_YEARS)
    dated = ((view, last_final(view)) for view in caseload.live)
    return share_of(Thing(view.reference, (day or date.max) < before, day) for view, day in dated)


def _from_year_10(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Adulthood):
        return "what reviews said of the four areas"
    return share_of(
        Thing(view.reference, all_four(view, met), met)
        for view, _, met in caseload.meetings
        if (_year_group(view, met) or 0) >= _YEAR_10
    )


def _year_group(view: CaseView, day: date) -> int | None:
    child = view.file.child
    if child.born is None:
        return child.actual_year
    return nc_year(child.born, day, child.actual_year, child.actual_year_on or view.as_at)


def _after_16(caseload: Caseload) -> Counted:
    return share_of(
        Thing(view.reference, met is not None and met <= due, due)
        for view in caseload.views
        for due, met in _dates(view, Role.AFTER_16)
        if caseload.holds(due) and view.live_on(due)
    )


def _dates(view: CaseView, role: Role) -> Iterator[tuple[date, date | None]]:
    for one in view.file.deadlines:
        if one.version.role == role:
            known = one.met_on is not None and one.met_on <= view.as_at
            yield one.due, one.met_on if known else None


def _of_people(caseload: Caseload) -> Counted:
    note = "The number of people aged 0 to 24 is not recorded, so there is no share."
    young = (view for view in caseload.live if aged(view, _YOUNGEST, _OLDEST))
    return count_of((Thing(view.reference) for view in young), note, rated=False)


def _good_audits(caseload: Caseload) -> Counted | str:
    tools = {one.id: one for one in caseload.of(AuditTool)}
    found = []
    for view in caseload.views:
        made = [one for one in view.of(PlanAudit) if caseload.holds(one.on)]
        second = [one for one in view.of(Moderation) if one.on <= view.as_at]
        found += [
            Thing(view.reference, one.meets, one.audit.on)
            for one in results(made, tools, second)
            if one.meets is not None
        ]
    audited = any(one.on <= caseload.as_at for v in caseload.views for one in v.of(PlanAudit))
    return share_of(found) if audited or caseload.recorded else "audits of plans"


def _facts(kind: str) -> Callable[[Caseload], Counted]:
    def count(caseload: Caseload) -> Counted:
        return count_of(
            (
                Thing(view.reference, on=fact.on)
                for view in caseload.views
                for fact in view.facts
                if fact.kind == kind and caseload.holds(fact.on)
            ),
            rated=False,
        )

    return count


def _orders(caseload: Caseload) -> Counted:
    return share_of(
        Thing(view.reference, fact.text("order") != "dismiss_cease", fact.on)
        for view in caseload.views
        for fact in view.facts
        if fact.kind == "tribunal_order" and caseload.holds(fact.on)
    )


def _seldom_there(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Attendance):
        return "attendance"
    found = []
    for view in caseload.live:
        terms = [one for one in view.of(Attendance) if caseload.holds(_begins(one.term))]
        possible = sum(one.possible for one in terms)
        if possible and of_school_age(view):
            attended = sum(one.attended for one in terms)
            why = f"{attended:,} of {possible:,} half days"
            found.append(Thing(view.reference, attended < _PERSISTENT * possible, why=why))
    return share_of(found)


def _begins(term: str) -> date:
    name, year = term.split()
    return date(int(year), *_TERMS[name])


def _residential(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Placement):
        return "placements, with the weeks a year somebody lives there"
    return count_of(
        (
            Thing(view.reference)
            for view in caseload.live
            if any(one.residential and covers(one, view.as_at) for one in view.of(Placement))
        ),
        rated=False,
    )


def _independent(caseload: Caseload) -> Counted | str:
    typed = [
        (view, view.file.setting.type.casefold())
        for view in caseload.live
        if view.file.setting is not None and view.file.setting.type
    ]
    if caseload.live and not typed:
        return "the type of each setting, from the register of schools"
    return share_of(
        Thing(view.reference, "independent" in kind or "non-maintained" in kind, why=kind)
        for view, kind in typed
    )


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "B1": Answer(_told_ahead),
        "B2": Answer(_under_fives),
        "B3": Answer(_old),
        "B4": Answer(_from_year_10, (Adulthood,)),
        "B5": Answer(_after_16),
        "B6": Answer(_of_people),
        "B7": Answer(_good_audits, (PlanAudit, AuditTool, Moderation)),
        "B8": Answer(_facts("appeal_registered")),
        "B9": Answer(_facts("mediation_held")),
        "B10": Answer(_orders),
        "B11": Answer(_seldom_there, (Attendance,)),
        "B12": Answer(_residential, (Placement,)),
        "B13": Answer(_independent),
    }
)
"""Ref to how it is counted. Words in place of a count say what is not recorded."""
