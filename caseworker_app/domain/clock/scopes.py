"""The kinds of episode, and which facts reach them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STARTS: Mapping[str, str] = MappingProxyType(
    {
        "plan_made": "the first final plan of a time that a plan is live",
        "plan_made_again": "a final plan sent while a plan is live",
        "earlier_plan": "a transferred plan's own first day, where no review is known",
        "earlier_review": "a transferred plan's last review",
        "detained_draft_served": "a draft in the assessment of a detained person",
        "first_care_review": "the first review of the care plan",
        "later_care_review": "a later review of the care plan",
        "plan_in_force": "a plan in force, for dates that come with year group and age",
    }
)
"""Starts that are no fact by themselves but follow from one."""

SCOPES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "assessment": frozenset(
            {
                "request_received",
                "detained_request_received",
                "detained_released",
                "assessment_decision_sent",
                "advice_requested",
                "refusal_to_issue_sent",
                "issue_decided",
                "draft_served",
                "plan_sent",
                "request_withdrawn",
            }
        ),
        "advice": frozenset({"advice_requested", "advice_received"}),
        "reassessment_advice": frozenset({"advice_requested", "advice_received"}),
        "draft": frozenset({"draft_served"}),
        "consultation": frozenset({"consultation_received", "consultation_replied"}),
        "reassessment": frozenset(
            {
                "reassessment_requested",
                "reassessment_decision_sent",
                "advice_requested",
                "draft_served",
                "plan_sent",
                "amended_plan_sent",
                "request_withdrawn",
            }
        ),
        "meeting": frozenset(
            {
                "review_meeting_fixed",
                "review_invitations_sent",
                "review_advice_circulated",
                "review_meeting_held",
            }
        ),
        "review": frozenset(
            {
                "review_meeting_held",
                "review_report_received",
                "review_decision_sent",
                "amendment_notice_sent",
                "amended_plan_sent",
                "no_amendment_sent",
            }
        ),
        "plan": frozenset({"plan_sent", "plan_transferred_in", "review_decision_sent"}),
        "transfer_in": frozenset(
            {"plan_transferred_in", "transfer_notice_sent", "review_decision_sent"}
        ),
        "dispute": frozenset(
            {
                "assessment_decision_sent",
                "refusal_to_issue_sent",
                "plan_sent",
                "review_decision_sent",
                "amended_plan_sent",
                "no_amendment_sent",
                "reassessment_decision_sent",
                "decision_notice_sent",
                "cease_notice_sent",
                "mediation_requested",
                "mediation_declined",
                "mediation_held",
                "mediation_agreement",
                "mediation_certificate",
                "health_issue_raised",
                "commissioners_told",
                "appeal_registered",
            }
        ),
        "appeal": frozenset(
            {
                "appeal_papers_received",
                "appeal_response_sent",
                "appeal_conceded",
                "appeal_ended",
            }
        ),
        "order": frozenset(
            {
                "tribunal_order",
                "mediation_agreement",
                "appeal_conceded",
                "tribunal_recommendation",
                "recommendation_reply_sent",
                "assessment_decision_sent",
                "reassessment_decision_sent",
                "refusal_to_issue_sent",
                "decision_notice_sent",
                "draft_served",
                "plan_sent",
                "amended_plan_sent",
                "no_amendment_sent",
                "agreed_matter_done",
                "health_told_authority",
                "plan_ceased",
            }
        ),
        "move": frozenset({"move_known", "plan_ceased"}),
        "health_move": frozenset(
            {
                "icb_move_known",
                "icb_change_known",
                "icb_told",
                "icb_cannot_provide",
                "icb_asked_authority",
            }
        ),
        "payment": frozenset(
            {"direct_payment_started", "direct_payment_reviewed", "review_decision_sent"}
        ),
        "care": frozenset(
            {"looked_after_started", "care_review_held", "pep_made", "looked_after_ended"}
        ),
        "child": frozenset(),
    }
)
"""For each kind of episode, the kinds of fact that can open it, end its deadlines or both.

`request_withdrawn` ends what is open on an assessment, and `plan_ceased` all that is open, without
being listed.
"""
