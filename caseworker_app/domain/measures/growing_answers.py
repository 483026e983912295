"""The measures of growing up: Year 9 reviews, pathways, adult services, where young adults live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.adulthood import NOT_KNOWN, YEAR_9, now_or_next
from caseworker_app.domain.declarations.addresses import Address
from caseworker_app.domain.declarations.growing_up import (
    ADULT_AREAS,
    Adulthood,
    AdultTransition,
    Pathway,
)
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
from caseworker_app.domain.over_time import covers
from caseworker_app.domain.yeargroup import birthday, nc_year

_SIXTEEN, _EIGHTEEN, _NINETEEN, _LAST = 16, 18, 19, 25
_A_YEAR = 12


def aged(view: CaseView, least: int, most: int = _LAST) -> bool:
    """Whether somebody is of an age on the day, both ends in."""
    age = view.age_on(view.as_at)
    return age is not None and least <= age <= most


def pathway_on(view: CaseView) -> str:
    """The code of what a young person does on the day or is to do next; "" for none on record."""
    found = now_or_next(view.of(Pathway), view.as_at)
    return "" if found is None else found.kind


def in_year_9(view: CaseView, day: date) -> bool:
    """Whether a child was in Year 9 on a day, by the year really taught in where it is known."""
    child = view.file.child
    if child.born is None:
        return child.actual_year == YEAR_9
    return nc_year(child.born, day, child.actual_year, child.actual_year_on or view.as_at) == YEAR_9


def all_four(view: CaseView, meeting: date) -> bool:
    """Whether each of the four areas was discussed at the review that met on a day."""
    return any(
        all(getattr(one, code) for code in ADULT_AREAS)
        for one in view.of(Adulthood)
        if (fact := view.fact(one.review_id)) is not None and fact.on == meeting
    )


def transition_on(view: CaseView) -> AdultTransition | None:
    """The latest that was decided on adult services by the day, or None."""
    known = [one for one in view.of(AdultTransition) if (one.decided_on or date.min) <= view.as_at]
    return max(known, key=lambda one: (one.decided_on or date.min, int(one.id or 0)), default=None)


def lives_outside(view: CaseView) -> bool | None:
    """Whether the home on the day lies outside the authority; None where nobody recorded it."""
    homes = [one for one in view.of(Address) if covers(one, view.as_at) and one.inside]
    newest = max(homes, key=lambda one: one.since or date.min, default=None)
    return None if newest is None else newest.inside == "no"


def _year_9_reviews(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Adulthood):
        return "what reviews said of the four areas"
    return share_of(
        Thing(view.reference, all_four(view, met), met)
        for view, _, met in caseload.meetings
        if in_year_9(view, met)
    )


def _pathways(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Pathway):
        return "pathways after 16"
    return share_of_cases(
        (view for view in caseload.live if aged(view, _SIXTEEN)),
        lambda view: pathway_on(view) not in ("", NOT_KNOWN),
        "By pathway on the sheet Caseload.",
    )


def _transitions(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(AdultTransition):
        return "adult transition plans"
    need, open_ = [], False
    for view in caseload.views:
        born = view.file.child.born
        turned = None if born is None else birthday(born, _EIGHTEEN)
        if turned is None or not caseload.period.holds(turned) or not view.live_on(turned):
            continue
        one = transition_on(view)
        open_ = open_ or one is None or one.needed == "open"
        if one is not None and one.needed == "yes":
            have = one.plan_on is not None and one.plan_on < turned
            need.append(Thing(view.reference, have, turned))
    note = "Who turned 18 and of whom nobody has decided is in neither count." if open_ else ""
    return share_of(need, note)


def _started(kind: str) -> Callable[[Caseload], Counted | str]:
    def count(caseload: Caseload) -> Counted | str:
        if caseload.nobody_has(Pathway):
            return "pathways after 16"
        after = months_from(caseload.as_at, -_A_YEAR)
        return count_of(
            Thing(view.reference)
            for view in caseload.views
            if any(
                one.kind == kind
                and one.state == "started"
                and one.since is not None
                and after < one.since <= caseload.as_at
                for one in view.of(Pathway)
            )
        )

    return count


def _outside(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Address):
        return "addresses"
    adults = [(view, lives_outside(view)) for view in caseload.live if aged(view, _NINETEEN)]
    unknown = any(where is None for _, where in adults)
    note = "Young adults whose address is not recorded are not counted." if unknown else ""
    return count_of((Thing(view.reference) for view, where in adults if where), note)


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "W1.6d": Answer(_pathways, (Pathway,)),
        "W1.7d": Answer(_transitions, (AdultTransition,)),
        "S5.2a": Answer(_started("internship"), (Pathway,)),
        "S5.2b": Answer(_started("supported_apprenticeship"), (Pathway,)),
        "S5.3b": Answer(_outside, (Address,)),
        "I2.3": Answer(_year_9_reviews, (Adulthood,)),
    }
)
"""Ref to how it is counted."""
