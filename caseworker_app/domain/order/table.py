"""Which event comes before which, as data: the order that the statutory timetable gives them.

A pair stands here once. Days between two events are from the timetable's own counting: a family
has the 15 days that begin with the day a draft or a notice of amendment is served (SEND Regulations
2014, regulations 13(1)(a) and 22(2)(c)), so nothing final goes out before the day after them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

FAMILY_DAYS = 15
"""How many days a family has to answer, the day of service being the first."""


@dataclass(frozen=True, slots=True)
class Follows:
    """An event of a kind that one of some others must come before, outside review and assessment.

    Attributes:
        later: the kind that comes after.
        earlier: the kinds, one of which comes before it.
        same: an extra key in which both agree, or "".
        back: one of `earlier` within so long before is the one it follows.
        ahead: failing that, one within so long after is held to be the one it should have followed.
    """

    later: str
    earlier: tuple[str, ...]
    same: str = ""
    back: timedelta = timedelta(days=366)
    ahead: timedelta = timedelta(days=182)


NEAR = timedelta(days=182)
"""Nearer than this to the next review or assessment, an event is not of the year before."""

OF_REVIEW: tuple[str, ...] = (
    "review_meeting_held",
    "review_report_received",
    "review_decision_sent",
    "amendment_notice_sent",
    "amended_plan_sent",
    "no_amendment_sent",
)
"""The events of one annual review."""

IN_REVIEW: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "review_report_received": ("review_meeting_held",),
        "review_decision_sent": ("review_meeting_held",),
        "amendment_notice_sent": ("review_meeting_held", "review_decision_sent"),
        "amended_plan_sent": (
            "review_meeting_held",
            "review_decision_sent",
            "amendment_notice_sent",
        ),
        "no_amendment_sent": (
            "review_meeting_held",
            "review_decision_sent",
            "amendment_notice_sent",
        ),
    }
)
"""In one review: a kind, and the kinds that come before it. A report may follow the decision."""

IN_ASSESSMENT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "assessment_decision_sent": ("request_received",),
        "advice_requested": ("request_received", "assessment_decision_sent"),
        "advice_received": ("request_received",),
        "issue_decided": ("request_received", "assessment_decision_sent"),
        "draft_served": ("request_received", "assessment_decision_sent", "issue_decided"),
        "refusal_to_issue_sent": ("request_received", "assessment_decision_sent"),
        "plan_sent": (
            "request_received",
            "assessment_decision_sent",
            "issue_decided",
            "draft_served",
        ),
        "request_withdrawn": ("request_received",),
    }
)
"""In one assessment: a kind, and the kinds that come before it."""

ANSWERED: Mapping[str, str] = MappingProxyType(
    {"plan_sent": "draft_served", "amended_plan_sent": "amendment_notice_sent"}
)
"""A final plan, and what the family has its days to answer before it."""

_APPEALABLE = (
    "assessment_decision_sent",
    "refusal_to_issue_sent",
    "plan_sent",
    "review_decision_sent",
    "amended_plan_sent",
    "no_amendment_sent",
    "reassessment_decision_sent",
    "decision_notice_sent",
    "cease_notice_sent",
)
_LONG = timedelta(days=3 * 366)
_EVER = timedelta(days=30 * 366)
_MEDIATION = ("mediation_requested", "mediation_held")
_APPEAL = ("appeal_registered", "appeal_papers_received")

FOLLOWS: tuple[Follows, ...] = (
    Follows("advice_received", ("advice_requested",), "source"),
    Follows("consultation_received", ("consultation_sent",), "setting"),
    Follows("consultation_replied", ("consultation_received",), "setting"),
    Follows("reassessment_decision_sent", ("reassessment_requested",)),
    *(
        Follows("review_meeting_held", (kind,), back=timedelta(120), ahead=timedelta(60))
        for kind in ("review_invitations_sent", "review_advice_circulated")
    ),
    *(
        Follows(kind, _APPEALABLE, back=timedelta(182))
        for kind in ("mediation_requested", "mediation_declined", "appeal_registered")
    ),
    Follows("mediation_held", ("mediation_requested",)),
    Follows("mediation_agreement", _MEDIATION),
    Follows("mediation_certificate", (*_MEDIATION, "mediation_declined")),
    Follows("commissioners_told", ("health_issue_raised",)),
    Follows("agreed_matter_done", ("mediation_agreement",)),
    Follows("health_told_authority", ("mediation_agreement",)),
    Follows("appeal_papers_received", ("appeal_registered",), back=_LONG),
    *(
        Follows(kind, _APPEAL, back=_LONG)
        for kind in ("appeal_response_sent", "appeal_conceded", "appeal_ended", "tribunal_order")
    ),
    Follows("recommendation_reply_sent", ("tribunal_recommendation",)),
    Follows("transfer_notice_sent", ("plan_transferred_in",)),
    Follows("icb_told", ("icb_move_known", "icb_change_known")),
    Follows("icb_asked_authority", ("icb_cannot_provide",)),
    Follows("direct_payment_reviewed", ("direct_payment_started",), back=_EVER),
    *(
        Follows(kind, ("looked_after_started",), back=_EVER)
        for kind in ("care_review_held", "pep_made", "looked_after_ended")
    ),
    Follows("detained_released", ("detained_request_received",), back=_LONG),
    Follows("cease_notice_sent", ("cease_considered",)),
    Follows("plan_ceased", ("cease_notice_sent",), back=_LONG),
)
"""The order of events outside reviews and assessments."""

OF_LIVE_PLAN: frozenset[str] = frozenset(
    {
        *OF_REVIEW,
        "review_meeting_fixed",
        "review_invitations_sent",
        "review_advice_circulated",
        "reassessment_requested",
        "reassessment_decision_sent",
        "direct_payment_started",
        "direct_payment_reviewed",
        "cease_considered",
        "cease_notice_sent",
    }
)
"""What can happen to a plan only from the day it was first sent to the day it ceased."""

BEFORE_THE_ACT: frozenset[str] = frozenset(
    {
        "looked_after_started",
        "care_review_held",
        "pep_made",
        "looked_after_ended",
        "move_known",
        "icb_move_known",
        "icb_change_known",
    }
)
"""What may have happened before there were EHC plans."""

DETAILS: tuple[tuple[str, str, str, bool], ...] = (
    ("amendment_notice_sent", "served", "on", True),
    ("exception", "until", "on", True),
    ("review_meeting_fixed", "meeting", "on", True),
    ("appeal_papers_received", "respond_by", "on", True),
    ("plan_transferred_in", "plan_made", "on", False),
    ("plan_transferred_in", "last_review", "on", False),
    ("plan_transferred_in", "last_review", "plan_made", True),
)
"""Kind, one of its days, another of them, and whether the first may not be before (else after)."""

CLAUSES: Mapping[str, str] = MappingProxyType(
    {
        "request_received": "The request was received on {}",
        "detained_request_received": "The request was received on {}",
        "detained_released": "The release from detention was on {}",
        "assessment_decision_sent": "The decision whether to assess was sent on {}",
        "advice_requested": "The advice was requested on {}",
        "advice_received": "The advice was received on {}",
        "issue_decided": "The decision to issue a plan was on {}",
        "refusal_to_issue_sent": "The refusal to issue a plan was sent on {}",
        "request_withdrawn": "The request was withdrawn on {}",
        "draft_served": "The draft plan was served on {}",
        "consultation_sent": "The consultation was sent on {}",
        "consultation_received": "The setting received the consultation on {}",
        "consultation_replied": "The setting replied on {}",
        "plan_sent": "The plan was sent on {}",
        "plan_transferred_in": "The plan was transferred in on {}",
        "plan_made": "The plan was made on {}",
        "transfer_notice_sent": "The family was told of the transfer on {}",
        "review_meeting_fixed": "The meeting was fixed on {}",
        "review_invitations_sent": "The invitations were sent on {}",
        "review_advice_circulated": "The advice for the review was circulated on {}",
        "review_meeting_held": "The meeting was on {}",
        "review_report_received": "The report was received on {}",
        "review_decision_sent": "The decision was sent on {}",
        "amendment_notice_sent": "The amendment notice was sent on {}",
        "amended_plan_sent": "The final amended plan was sent on {}",
        "no_amendment_sent": "The decision not to amend after all was sent on {}",
        "reassessment_requested": "The reassessment was requested on {}",
        "reassessment_decision_sent": "The decision whether to reassess was sent on {}",
        "decision_notice_sent": "The decision notice was sent on {}",
        "mediation_requested": "The mediation was requested on {}",
        "mediation_declined": "The mediation was declined or ended on {}",
        "mediation_held": "The mediation was held on {}",
        "mediation_agreement": "The mediation agreement was made on {}",
        "mediation_certificate": "The mediation certificate was issued on {}",
        "health_issue_raised": "The health issue was raised on {}",
        "commissioners_told": "The health commissioners were told on {}",
        "agreed_matter_done": "The matter agreed was done on {}",
        "health_told_authority": "Health told the authority on {}",
        "appeal_registered": "The appeal was registered on {}",
        "appeal_papers_received": "The appeal papers were received on {}",
        "appeal_response_sent": "The response to the appeal was sent on {}",
        "appeal_conceded": "The appeal was conceded on {}",
        "appeal_ended": "The appeal ended on {}",
        "tribunal_order": "The tribunal order was issued on {}",
        "tribunal_recommendation": "The recommendation was received on {}",
        "recommendation_reply_sent": "The reply to the recommendation was sent on {}",
        "move_known": "The move became known on {}",
        "icb_move_known": "The health body learnt of the move on {}",
        "icb_change_known": "The health body learnt of the change on {}",
        "icb_told": "The new health body was told on {}",
        "icb_cannot_provide": "The health body said that it cannot provide on {}",
        "icb_asked_authority": "The health body asked the authority on {}",
        "direct_payment_started": "The direct payment started on {}",
        "direct_payment_reviewed": "The direct payment was reviewed on {}",
        "budget_requested": "The personal budget was requested on {}",
        "looked_after_started": "The child became looked after on {}",
        "looked_after_ended": "The child stopped being looked after on {}",
        "care_review_held": "The review of the care plan was on {}",
        "pep_made": "The personal education plan was made on {}",
        "cease_considered": "Ceasing was considered on {}",
        "cease_notice_sent": "The notice to cease was sent on {}",
        "plan_ceased": "The plan ceased on {}",
        "exception": "The exception was claimed for {}",
    }
)
"""Each kind of fact, and the day a transferred plan was made, as half a sentence with its day."""
