"""The measures of suspensions and permanent exclusions of pupils with a plan."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from caseworker_app.domain.declarations.brought_in import Suspension
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import (
    Answer,
    Caseload,
    Counted,
    count_of,
    share_of_cases,
)
from caseworker_app.domain.yeargroup import RECEPTION

_LAST_YEAR = 11


def of_school_age(view: CaseView) -> bool:
    """Whether a child is in Reception to Year 11 on the day."""
    return view.year_group is not None and RECEPTION <= view.year_group <= _LAST_YEAR


def _suspended(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Suspension):
        return "suspensions"
    pupils = (view for view in caseload.live if of_school_age(view))

    def suspended(view: CaseView) -> bool:
        return any(not one.permanent and caseload.holds(one.since) for one in view.of(Suspension))

    return share_of_cases(pupils, suspended)


def _excluded(caseload: Caseload) -> Counted | str:
    if caseload.nobody_has(Suspension):
        return "permanent exclusions"
    return count_of(
        Thing(view.reference)
        for view in caseload.live
        if any(
            one.permanent and one.upheld == "yes" and caseload.holds(one.since)
            for one in view.of(Suspension)
        )
    )


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {"S3.2a": Answer(_suspended, (Suspension,)), "S3.2b": Answer(_excluded, (Suspension,))}
)
"""Ref to how it is counted."""
