"""One line a case, for the copy that stays inside the team."""

from __future__ import annotations

from caseworker_app.domain.clock.episodes import Assessment, Review
from caseworker_app.domain.codes import NEEDS, SETTING_KINDS
from caseworker_app.domain.measures.board import (
    AssessmentLine,
    CaseLists,
    PlanLine,
    ReviewLine,
    TransferLine,
)
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.moves import (
    BEFORE_16,
    INTO_POST_16,
    STANDINGS,
    Move,
)


def case_lists(caseload: Caseload) -> CaseLists:
    """The live plans, their reviews, the assessments of the period and the moves of W1.6a and b."""
    return CaseLists(
        reviews=tuple(_review(view) for view in caseload.live),
        assessments=tuple(
            _assessment(view, one)
            for view in caseload.views
            for one in view.assessments
            if _touches(caseload, one)
        ),
        transfers=tuple(
            _transfer(move) for roles in (BEFORE_16, INTO_POST_16) for move in caseload.moves(roles)
        ),
        plans=tuple(_plan(view) for view in caseload.live),
    )


def _review(view: CaseView) -> ReviewLine:
    open_now = [review for review in view.reviews if not review.ended]
    review = open_now[0] if open_now else (view.reviews or (Review(),))[-1]
    deadline = view.next_review()
    due = deadline.due if deadline else None
    return ReviewLine(
        reference=view.reference,
        year_group=view.year_group,
        setting=view.setting,
        caseworker=view.caseworker,
        due=due,
        meeting=review.meeting,
        report=review.report,
        decision=review.decision,
        outcome=review.outcome.capitalize(),
        notice=review.notice,
        final=review.final,
        days_late=(view.as_at - due).days if due is not None and due < view.as_at else None,
    )


def _touches(caseload: Caseload, one: Assessment) -> bool:
    """Whether it began, took a step or ended in the period, or is open still."""
    days = (one.request, one.decision, one.refusal, one.withdrawn, one.plan)
    return any(caseload.period.holds(day) for day in days) or (
        one.request is not None and not one.ended
    )


def _assessment(view: CaseView, one: Assessment) -> AssessmentLine:
    closed = one.plan or one.refusal or one.withdrawn or one.ceased
    last = closed or (one.decision if one.ended else view.as_at)
    grounds = sorted({fact.text("ground") or "" for fact in one.exceptions})
    return AssessmentLine(
        reference=view.reference,
        caseworker=view.caseworker,
        request=one.request,
        decision=one.decision,
        outcome=one.outcome.capitalize(),
        plan=one.plan,
        standing=_standing(one),
        days=(last - one.request).days if one.request and last else None,
        exception=", ".join(ground or "not said" for ground in grounds),
    )


def _standing(one: Assessment) -> str:
    if one.plan:
        return "Plan issued"
    if one.withdrawn or one.ceased:
        return "Withdrawn"
    return "Refused" if one.ended else "Open"


def _transfer(move: Move) -> TransferLine:
    return TransferLine(
        reference=move.reference,
        rule=move.deadline.rule,
        year_group=move.view.year_group,
        setting=move.view.setting,
        caseworker=move.view.caseworker,
        due=move.deadline.due,
        review=move.review.meeting if move.review else None,
        final=move.final,
        standing=STANDINGS[move.standing],
    )


def _plan(view: CaseView) -> PlanLine:
    deadline = view.next_review()
    need = view.file.child.need
    return PlanLine(
        reference=view.reference,
        need=NEEDS.get(need, need),
        setting=view.setting,
        setting_kind=SETTING_KINDS.get(view.setting_kind, ""),
        year_group=view.year_group,
        caseworker=view.caseworker,
        plan=view.plan_since,
        next_review=deadline.due if deadline else None,
    )
