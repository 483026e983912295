"""Every kind of fact, listed once, with its words and the order that facts of one day count.

The kinds, their extra keys and their order are those of the clock's JSON interface; kinds of our
own come after them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class ExtraKey:
    """An extra key that a kind of fact may carry.

    Attributes:
        name: the key in JSON and in the store.
        label: the words beside the field on screen.
        type: `date`, `text` or `choice`.
        choices: code to words, for a `choice`.
        required: whether the screen insists on it; the clock copes without.
    """

    name: str
    label: str
    type: Literal["date", "text", "choice"]
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False


@dataclass(frozen=True, slots=True)
class KindSpec:
    """A kind of fact.

    Attributes:
        kind: the code.
        label: past-tense words for the time line, "review meeting held".
        stage: the heading it stands under when a caseworker picks a kind to record.
        keys: the extra keys it may carry.
        order: facts of one day count in this order.
    """

    kind: str
    label: str
    stage: str
    keys: tuple[ExtraKey, ...]
    order: int


def _choice(name: str, label: str, *, required: bool = False, **choices: str) -> ExtraKey:
    words = {code.strip("_").replace("__", "-"): text for code, text in choices.items()}
    return ExtraKey(name, label, "choice", MappingProxyType(words), required=required)


def _date(name: str, label: str, required: bool = False) -> ExtraKey:
    return ExtraKey(name, label, "date", required=required)


def _text(name: str, label: str) -> ExtraKey:
    return ExtraKey(name, label, "text")


_SOURCE_OF_ADVICE = _choice(
    "source",
    "From",
    required=True,
    school="School",
    health="Health",
    social_care="Social care",
    ep="Educational psychologist",
    other="Other",
)

_ORDERS = {
    "dismiss_cease": "Dismisses the appeal against ceasing",
    "assess": "Assess or reassess",
    "make_plan": "Make a plan",
    "reconsider": "Reconsider",
    "change_content": "Change the content (sections B, F)",
    "change_setting": "Change the setting only (section I)",
    "continue": "Continue the plan",
    "continue_amend": "Continue and amend the plan",
}

_ASSESSMENT, _PLAN, _REVIEW = "Assessment", "Plan", "Annual review"
_REASSESSMENT, _DISPUTE, _MOVE, _END = "Reassessment", "Dispute", "Move and budget", "Ending"
_CARE = "Looked after"

_TABLE: tuple[tuple[str, str, str, tuple[ExtraKey, ...]], ...] = (
    ("request_received", "request received", _ASSESSMENT, (_text("source", "From"),)),
    (
        "assessment_decision_sent",
        "decision whether to assess sent",
        _ASSESSMENT,
        (_choice("outcome", "Outcome", required=True, assess="Assess", refuse="Refuse"),),
    ),
    ("advice_requested", "advice requested", _ASSESSMENT, (_SOURCE_OF_ADVICE,)),
    ("advice_received", "advice received", _ASSESSMENT, (_SOURCE_OF_ADVICE,)),
    ("refusal_to_issue_sent", "refusal to issue a plan sent", _ASSESSMENT, ()),
    ("draft_served", "draft plan served", _PLAN, ()),
    ("consultation_sent", "consultation sent to setting", _PLAN, (_text("setting", "Setting"),)),
    (
        "consultation_received",
        "consultation received by setting",
        _PLAN,
        (_text("setting", "Setting"),),
    ),
    (
        "consultation_replied",
        "setting replied to consultation",
        _PLAN,
        (_text("setting", "Setting"),),
    ),
    (
        "plan_sent",
        "final plan sent",
        _PLAN,
        (
            _choice("first", "Which plan", no="A later version; the first one's day is not known"),
            _text("setting", "Setting named"),
        ),
    ),
    (
        "review_meeting_fixed",
        "review meeting fixed",
        _REVIEW,
        (_date("meeting", "Meeting on", required=True),),
    ),
    ("review_meeting_held", "review meeting held", _REVIEW, ()),
    ("review_report_received", "report of the review received", _REVIEW, ()),
    (
        "review_decision_sent",
        "decision after review sent",
        _REVIEW,
        (
            _choice(
                "outcome",
                "Outcome",
                required=True,
                maintain="Maintain",
                amend="Amend",
                cease="Cease",
            ),
        ),
    ),
    (
        "amendment_notice_sent",
        "amendment notice sent",
        _REVIEW,
        (_date("served", "Served on"),),
    ),
    (
        "amended_plan_sent",
        "final amended plan sent",
        _REVIEW,
        (_text("setting", "Setting named"),),
    ),
    ("no_amendment_sent", "decision not to amend after all sent", _REVIEW, ()),
    ("reassessment_requested", "reassessment requested", _REASSESSMENT, ()),
    (
        "reassessment_decision_sent",
        "decision whether to reassess sent",
        _REASSESSMENT,
        (_choice("outcome", "Outcome", required=True, reassess="Reassess", refuse="Refuse"),),
    ),
    ("decision_notice_sent", "decision notice sent", _DISPUTE, (_text("about", "About"),)),
    ("mediation_requested", "mediation requested", _DISPUTE, ()),
    ("mediation_declined", "mediation declined or ended", _DISPUTE, ()),
    ("mediation_certificate", "mediation certificate issued", _DISPUTE, ()),
    (
        "mediation_agreement",
        "mediation agreement made",
        _DISPUTE,
        (_choice("matters", "Matters", required=False, **_ORDERS, other="Other matters"),),
    ),
    (
        "tribunal_order",
        "tribunal order issued",
        _DISPUTE,
        (_choice("order", "Order", required=True, **_ORDERS),),
    ),
    ("move_known", "move became known", _MOVE, (_date("move", "Moves on"),)),
    (
        "plan_transferred_in",
        "plan transferred in",
        _MOVE,
        (_date("plan_made", "Plan made on"), _date("last_review", "Last review on")),
    ),
    ("direct_payment_started", "direct payment started", _MOVE, ()),
    ("cease_notice_sent", "notice to cease sent", _END, ()),
    (
        "plan_ceased",
        "plan ceased",
        _END,
        (
            _choice(
                "reason",
                "Reason",
                required=False,
                _1="Reached maximum age",
                _2="Needs met without a plan",
                _3="Moved to higher education",
                _4="Moved to paid work",
                _5="Moved to another authority in England",
                _6="No longer wishes to engage",
                _7="Left England",
                _8="Died",
                _9="Other",
            ),
        ),
    ),
    ("request_withdrawn", "request or assessment withdrawn", _ASSESSMENT, ()),
    ("appeal_registered", "appeal registered", _DISPUTE, ()),
    ("appeal_ended", "appeal ended", _DISPUTE, ()),
    (
        "appeal_conceded",
        "appeal conceded",
        _DISPUTE,
        (_choice("order", "As for the order", required=True, **_ORDERS),),
    ),
    (
        "exception",
        "exception claimed",
        _ASSESSMENT,
        (
            _choice(
                "ground",
                "Ground",
                required=True,
                EXC__A="School or college closed four weeks or more",
                EXC__B="Early years provider closed four weeks or more",
                EXC__C="Exceptional personal circumstances",
                EXC__D="Absent from the area four weeks or more",
                EXC__E="Appointment missed",
                EXC__F="Family wants to comment after the 15 days",
            ),
            _date("until", "Until"),
            _text("note", "Note"),
        ),
    ),
    # From here on, kinds of our own for rules that the interface gives no event.
    (
        "detained_request_received",
        "request for a detained person received",
        _ASSESSMENT,
        (_text("source", "From"),),
    ),
    ("detained_released", "released from detention", _ASSESSMENT, ()),
    ("issue_decided", "decided to issue a plan", _ASSESSMENT, ()),
    ("review_invitations_sent", "invitations to the review sent", _REVIEW, ()),
    ("review_advice_circulated", "advice for the review circulated", _REVIEW, ()),
    ("mediation_held", "mediation held", _DISPUTE, ()),
    ("health_issue_raised", "health issue raised for mediation", _DISPUTE, ()),
    ("commissioners_told", "health commissioners told of the issue", _DISPUTE, ()),
    ("agreed_matter_done", "matter agreed at mediation done", _DISPUTE, ()),
    ("health_told_authority", "health told the authority of the agreement", _DISPUTE, ()),
    (
        "appeal_papers_received",
        "appeal papers received",
        _DISPUTE,
        (_date("respond_by", "Respond by, from the directions"),),
    ),
    ("appeal_response_sent", "response to the appeal sent", _DISPUTE, ()),
    (
        "tribunal_recommendation",
        "recommendation on health or care received",
        _DISPUTE,
        (
            _choice(
                "about",
                "About",
                required=True,
                health="Health",
                social_care="Social care",
            ),
        ),
    ),
    ("recommendation_reply_sent", "reply to the recommendation sent", _DISPUTE, ()),
    ("transfer_notice_sent", "family told of the transferred plan", _MOVE, ()),
    ("icb_move_known", "health body learnt of the move", _MOVE, (_date("move", "Moves on"),)),
    ("icb_change_known", "health body learnt of another change", _MOVE, ()),
    ("icb_told", "new health body told", _MOVE, ()),
    ("icb_cannot_provide", "new health body cannot arrange the provision", _MOVE, ()),
    ("icb_asked_authority", "health body asked the authority to act", _MOVE, ()),
    ("direct_payment_reviewed", "direct payment reviewed", _MOVE, ()),
    ("budget_requested", "personal budget requested", _MOVE, ()),
    ("looked_after_started", "became looked after", _CARE, ()),
    ("care_review_held", "review of the care plan held", _CARE, ()),
    ("pep_made", "personal education plan made", _CARE, ()),
    ("looked_after_ended", "stopped being looked after", _CARE, ()),
    ("cease_considered", "ceasing considered with family and setting", _END, ()),
)

KINDS: Mapping[str, KindSpec] = MappingProxyType(
    {
        kind: KindSpec(kind, label, stage, keys, order)
        for order, (kind, label, stage, keys) in enumerate(_TABLE)
    }
)
"""Every kind of fact by its code, in the order that facts of one day count."""
