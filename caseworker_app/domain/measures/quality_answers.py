"""The measures of audits: whether plans that were looked at are good, and which were looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.auditing.sampling import OLD_BEFORE
from caseworker_app.domain.auditing.scoring import Result, results
from caseworker_app.domain.auditing.waiting import first_issued
from caseworker_app.domain.declarations.auditing import AuditTool, Moderation, PlanAudit
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import (
    Answer,
    Caseload,
    Counted,
    share_of,
    share_of_cases,
)
from caseworker_app.domain.measures.moves import BEFORE_16, INTO_POST_16, Move

ADVICE, CARE = "advice", "care"
"""The codes of the criteria of the audit tool that measures ask for by name."""

_AUDITS = "audits of plans"


def audits_of(
    view: CaseView, tools: Mapping[str, AuditTool], since: date | None = None
) -> tuple[Result, ...]:
    """The audits of a plan up to the as-at day, the newest first, with what they come to.

    Args:
        view: the case.
        tools: the editions of the audit tool, by id.
        since: audits before this day do not count.
    """
    looked = [
        one
        for one in view.of(PlanAudit)
        if one.on <= view.as_at and (since is None or one.on >= since)
    ]
    second = [one for one in view.of(Moderation) if one.on <= view.as_at]
    return results(looked, tools, second)


def _new_plans(found: Callable[[Result], bool | None], what: str) -> Callable[[Caseload], Counted]:
    """Of plans first issued in the period and audited since: those whose last audit found it."""

    def count(caseload: Caseload) -> Counted:
        tools = _tools(caseload)
        audited = [
            (view.reference, made[0])
            for view, _, plan in caseload.first_plans
            if (made := audits_of(view, tools, plan))
        ]
        return _passing(audited, found, what)

    return count


def _passing(
    audited: Sequence[tuple[str, Result]], found: Callable[[Result], bool | None], what: str
) -> Counted:
    note = _not_told((last for _, last in audited), found, what)
    return share_of((Thing(ref, bool(found(last)), last.audit.on) for ref, last in audited), note)


def _not_told(looked: Iterable[Result], found: Callable[[Result], bool | None], what: str) -> str:
    untold = sum(found(one) is None for one in looked)
    if not untold:
        return ""
    plans = "1 audit says" if untold == 1 else f"{untold:,} audits say"
    return f"{plans} nothing of {what}, and {'does' if untold == 1 else 'do'} not pass."


def _met(code: str) -> Callable[[Result], bool | None]:
    """Whether an audit found a criterion met; None where it has no mark of it, or it is none."""

    def found(one: Result) -> bool | None:
        mark = one.mark(code)
        return None if mark in ("", "na") else mark == "met"

    return found


def _over_threshold(one: Result) -> bool | None:
    score = one.score.per_cent
    return None if score is None else score >= one.score.threshold


def _care(caseload: Caseload) -> Counted:
    tools, found = _tools(caseload), _met(CARE)
    audited = [
        (view.reference, made[0]) for view in caseload.views if (made := audits_of(view, tools))
    ]
    return _passing(audited, found, "care needs")


def _at_transfer(caseload: Caseload) -> Counted:
    tools = _tools(caseload)
    held = [
        (move, met)
        for roles in (BEFORE_16, INTO_POST_16)
        for move in caseload.moves(roles)
        if (met := _meeting(move)) is not None
    ]
    years = sorted({caseload.transfer_year(roles) for roles in (BEFORE_16, INTO_POST_16)})
    note = " and ".join(str(year) for year in years)
    return share_of(
        (Thing(move.reference, bool(audits_of(move.view, tools, met)), met) for move, met in held),
        f"Moves of {note}.",
    )


def _meeting(move: Move) -> date | None:
    return None if move.review is None else move.review.meeting


def _old_plans(caseload: Caseload) -> Counted:
    tools = _tools(caseload)
    old = [
        view
        for view in caseload.live
        if (first := first_issued(view.spells)) is not None and first < OLD_BEFORE
    ]
    unknown = sum(first_issued(view.spells) is None for view in caseload.live)
    note = ""
    if unknown:
        plans = "1 live plan is" if unknown == 1 else f"{unknown:,} live plans are"
        note = f"{plans} not counted: only the day of a later version is known."
    return share_of_cases(old, lambda view: any(one.meets for one in audits_of(view, tools)), note)


def _tools(caseload: Caseload) -> dict[str, AuditTool]:
    return {one.id: one for one in caseload.of(AuditTool)}


def _recorded(count: Callable[[Caseload], Counted]) -> Callable[[Caseload], Counted | str]:
    """The count, where anybody has ever audited a plan."""

    def told(caseload: Caseload) -> Counted | str:
        audited = any(
            one.on <= caseload.as_at for view in caseload.views for one in view.of(PlanAudit)
        )
        return count(caseload) if audited or caseload.recorded else _AUDITS

    return told


_READS = (PlanAudit, AuditTool, Moderation)

ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "W1.1d": Answer(_recorded(_new_plans(_met(ADVICE), "the professionals' advice")), _READS),
        "W1.2c": Answer(_recorded(_care), _READS),
        "W1.2e": Answer(_recorded(_new_plans(_over_threshold, "some criteria")), _READS),
        "W1.5a": Answer(_recorded(_at_transfer), _READS),
        "S2.2": Answer(_recorded(_old_plans), _READS),
    }
)
"""Ref to how it is counted."""
