"""The whole plan: its thread, quality, cost, what families thought, and what was promised.

Nothing is filled: no store had any of it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_EVENTS = (
    "request_received",
    "assessment_decision_sent",
    "advice_requested",
    "advice_received",
    "refusal_to_issue_sent",
    "draft_served",
    "consultation_sent",
    "consultation_received",
    "consultation_replied",
    "plan_sent",
    "review_meeting_fixed",
    "review_meeting_held",
    "review_report_received",
    "review_decision_sent",
    "amendment_notice_sent",
    "amended_plan_sent",
    "no_amendment_sent",
    "reassessment_requested",
    "reassessment_decision_sent",
    "decision_notice_sent",
    "mediation_requested",
    "mediation_declined",
    "mediation_certificate",
    "mediation_agreement",
    "tribunal_order",
    "move_known",
    "plan_transferred_in",
    "direct_payment_started",
    "cease_notice_sent",
    "plan_ceased",
    "request_withdrawn",
    "appeal_registered",
    "appeal_ended",
    "appeal_conceded",
    "exception",
    "detained_request_received",
    "detained_released",
    "issue_decided",
    "review_invitations_sent",
    "review_advice_circulated",
    "mediation_held",
    "health_issue_raised",
    "commissioners_told",
    "agreed_matter_done",
    "health_told_authority",
    "appeal_papers_received",
    "appeal_response_sent",
    "tribunal_recommendation",
    "recommendation_reply_sent",
    "transfer_notice_sent",
    "icb_move_known",
    "icb_change_known",
    "icb_told",
    "icb_cannot_provide",
    "icb_asked_authority",
    "direct_payment_reviewed",
    "budget_requested",
    "looked_after_started",
    "care_review_held",
    "pep_made",
    "looked_after_ended",
    "cease_considered",
)


def upgrade() -> None:
    _thread()
    _money()
    _growing_up()
    _auditing()
    _families()
    _letters()
    _brought_in()
    _promised()
    _places()
    _requesting()


def _thread() -> None:
    _make(
        "aspiration",
        *(_text("whose"), _text("words"), _day("on", needed=True), _day("until")),
        *(_text("ended_why"), _number("place")),
        to={"child_id": "child"},
        checked={"whose": ("child", "family")},
    )
    _make(
        "described_need",
        *(_text("section"), _text("area"), _text("words"), _day("since")),
        *(_day("until"), _text("ended_why"), _number("place")),
        to={"child_id": "child"},
        checked={
            "section": ("B", "C", "D"),
            "area": ("communication", "cognition", "emotional", "sensory", "health", "care"),
        },
    )
    _make(
        "outcome",
        *(_text("area"), _text("words"), _day("set_on", needed=True), _day("by_when")),
        *(_text("specific"), _text("measurable"), _text("achievable"), _text("relevant")),
        *(_text("timed"), _text("marked_by"), _day("ended_on"), _text("ended_why")),
        *(_number("place"),),
        to={"child_id": "child"},
        may={"aspiration_id": "aspiration"},
        checked={
            "specific": ("yes", "no"),
            "measurable": ("yes", "no"),
            "achievable": ("yes", "no"),
            "relevant": ("yes", "no"),
            "timed": ("yes", "no"),
        },
    )
    _make(
        "need_behind",
        to={"child_id": "child", "outcome_id": "outcome", "need_id": "described_need"},
    )
    _make(
        "judgement",
        *(_text("progress"), _text("kept"), _text("words")),
        to={"child_id": "child", "outcome_id": "outcome", "review_id": "fact"},
        checked={
            "progress": ("achieved", "on_track", "some", "none", "not_looked_at"),
            "kept": ("kept", "rewritten"),
        },
    )
    _make(
        "provision",
        *(_text("section"), _text("what"), _text("who"), _text("how_often")),
        *(_text("given_to"), _day("since", needed=True), _day("until"), _number("cost")),
        *(_text("funder"), _flag("short_break"), _text("specific"), _text("ended_why")),
        *(_number("place"),),
        to={"child_id": "child"},
        checked={
            "section": ("F", "G", "H1", "H2"),
            "given_to": ("one", "small", "class"),
            "funder": ("school", "high_needs", "health", "social_care", "direct_payment"),
            "specific": ("yes", "no"),
        },
    )
    _make(
        "provision_for",
        to={"child_id": "child", "provision_id": "provision"},
        may={"outcome_id": "outcome", "need_id": "described_need"},
    )


def _money() -> None:
    _make(
        "band",
        *(_text("name"), _day("since", needed=True), _number("amount", needed=True)),
    )
    _make(
        "top_up",
        *(_text("band"), _day("since"), _day("until")),
        to={"child_id": "child"},
    )
    _make(
        "personal_budget",
        *(_text("part"), _text("way"), _number("amount"), _day("asked_on")),
        *(_day("decided_on"), _text("decision"), _text("decision_why"), _day("since")),
        *(_day("until"),),
        to={"child_id": "child"},
        checked={
            "part": ("education", "health", "care", "integrated"),
            "way": ("organised", "direct", "third_party"),
            "decision": ("agreed", "refused"),
        },
    )


def _growing_up() -> None:
    _make(
        "adulthood",
        *(_flag("employment"), _text("employment_plan"), _flag("living"), _text("living_plan")),
        *(_flag("community"), _text("community_plan"), _flag("health"), _text("health_plan")),
        to={"child_id": "child", "review_id": "fact"},
    )
    _make(
        "pathway",
        *(_text("kind"), _text("state"), _day("since"), _day("until")),
        *(_text("where"),),
        to={"child_id": "child"},
        checked={
            "kind": (
                "sixth_form",
                "fe",
                "specialist",
                "internship",
                "supported_apprenticeship",
                "apprenticeship",
                "traineeship",
                "work",
                "higher",
                "day",
                "neet",
                "unknown",
            ),
            "state": ("planned", "started"),
        },
    )
    _make(
        "adult_transition",
        *(_text("needed"), _day("decided_on"), _day("plan_on"), _text("adult_team")),
        *(_day("meeting_on"),),
        to={"child_id": "child"},
        checked={"needed": ("yes", "no", "open")},
    )
    _make(
        "capacity",
        *(_day("on", needed=True), _text("about"), _text("result"), _text("representative")),
        *(_text("relation"),),
        to={"child_id": "child"},
        checked={"result": ("has", "has_not", "open")},
    )


def _auditing() -> None:
    _make(
        "audit_tool",
        *(
            _text("name"),
            _number("edition", needed=True),
            _day("since", needed=True),
            _number("threshold", needed=True),
        ),
        *(_text("criteria"),),
    )
    _make(
        "plan_audit",
        *(_text("auditor"), _day("on", needed=True), _text("kind"), _text("marks")),
        *(_text("themes"),),
        to={"child_id": "child", "plan_version_id": "plan_version", "tool_id": "audit_tool"},
        checked={"kind": ("desk", "multi", "moderation")},
    )
    _make(
        "audit_action",
        *(_text("criterion"), _text("words"), _text("who"), _text("service")),
        *(_day("by_when", needed=True), _day("done_on")),
        to={"child_id": "child", "audit_id": "plan_audit"},
    )
    _make(
        "moderation",
        *(_text("moderator"), _day("on", needed=True), _text("marks"), _text("agreed_grade")),
        to={"child_id": "child", "audit_id": "plan_audit"},
    )
    _make(
        "audit_sample",
        *(
            _day("on", needed=True),
            _number("how_many", needed=True),
            _text("drawn_from"),
            _text("which"),
        ),
        *(_number("seed", needed=True), _text("cases")),
        checked={"drawn_from": ("all", "need", "setting", "auditor", "old", "transfer")},
    )


def _families() -> None:
    _make(
        "invitation",
        *(_text("about"), _day("sent_on", needed=True), _text("way"), _text("token")),
        to={"child_id": "child"},
        checked={"about": ("assessment", "review"), "way": ("e-mail", "letter", "message", "call")},
    )
    _make(
        "feedback",
        *(_text("about"), _day("on", needed=True), _text("given_by"), _text("token")),
        *(_flag("known"), _text("rating"), _text("involved"), _text("reflects")),
        *(_text("informed"), _text("words"), _text("themes")),
        checked={
            "about": ("assessment", "review"),
            "given_by": ("parent", "young_person"),
            "rating": ("very_good", "good", "fair", "poor", "very_poor"),
            "involved": ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree"),
            "reflects": ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree"),
            "informed": ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree"),
        },
    )
    _make(
        "response",
        *(_text("theme"), _text("done"), _day("on", needed=True)),
    )
    _make(
        "dispute",
        *(_text("kind"), _text("about"), _text("sections"), _day("opened_on", needed=True)),
        *(_day("next_on"), _day("ended_on"), _text("outcome"), _flag("conceded")),
        *(_number("money"), _text("lesson")),
        to={"child_id": "child"},
        may={"fact_id": "fact"},
        checked={
            "kind": (
                "resolution",
                "mediation",
                "tribunal",
                "complaint_1",
                "complaint_2",
                "ombudsman",
                "judicial_review",
            ),
            "about": (
                "assess",
                "issue",
                "content",
                "reassess",
                "amend",
                "cease",
                "delay",
                "provision",
                "conduct",
                "other",
            ),
            "outcome": (
                "upheld",
                "partly",
                "not_upheld",
                "agreed",
                "not_agreed",
                "withdrawn",
                "struck_out",
            ),
        },
    )


def _letters() -> None:
    _make(
        "letter_template",
        *(_text("name"), _text("file"), _text("kind"), _text("fact")),
        checked={"fact": _EVENTS},
    )
    _make(
        "letter",
        *(_day("sent_on", needed=True), _text("to_whom"), _text("way"), _text("merged")),
        to={"child_id": "child", "template_id": "letter_template"},
        may={"fact_id": "fact"},
        checked={"way": ("e-mail", "letter", "by_hand")},
    )


def _brought_in() -> None:
    _make(
        "suspension",
        *(_day("since", needed=True), _number("half_days"), _text("reason"), _flag("permanent")),
        *(_text("upheld"),),
        to={"child_id": "child"},
        may={"setting_id": "setting"},
        checked={
            "reason": (
                "PP",
                "PA",
                "VP",
                "VA",
                "OW",
                "BU",
                "RA",
                "LG",
                "DS",
                "SM",
                "DA",
                "DM",
                "TH",
                "MT",
                "DB",
                "PH",
            ),
            "upheld": ("yes", "no"),
        },
    )
    _make(
        "attendance",
        *(_text("term"), _number("possible", needed=True), _number("attended", needed=True)),
        to={"child_id": "child"},
    )
    _make(
        "attainment",
        *(_text("stage"), _number("year", needed=True), _text("what"), _text("value")),
        to={"child_id": "child"},
        checked={"stage": ("early", "ks2", "ks4", "post16")},
    )
    _make(
        "autism_referral",
        *(_text("reference"), _day("born"), _day("referred_on", needed=True), _day("triaged_on")),
        *(_day("decided_on"), _text("outcome"), _day("discharged_on")),
    )


def _promised() -> None:
    _make(
        "improvement_plan",
        *(_text("name"), _text("source"), _day("agreed_on", needed=True), _day("ends")),
    )
    _make(
        "workstream",
        *(_number("number", needed=True), _text("name"), _text("weakness"), _text("lead")),
        *(_text("health_lead"),),
        to={"plan_id": "improvement_plan"},
    )
    _make(
        "plan_action",
        *(_text("ref"), _text("words"), _text("leads"), _text("priorities")),
        to={"workstream_id": "workstream"},
    )
    _make(
        "success_measure",
        *(_text("ref"), _text("words"), _text("kind"), _day("due", needed=True)),
        *(_text("target"), _text("baseline"), _text("measure"), _text("lead")),
        to={"action_id": "plan_action"},
        checked={"kind": ("milestone", "measure")},
    )
    _make(
        "progress",
        *(_day("on", needed=True), _text("status"), _text("words"), _text("evidence")),
        *(_text("by"), _text("next_steps")),
        may={"action_id": "plan_action", "measure_id": "success_measure"},
        checked={"status": ("not_started", "on_track", "at_risk", "off_track", "done", "closed")},
    )
    _make(
        "hand_value",
        *(_text("measure"), _day("since"), _day("on", needed=True), _text("numerator")),
        *(_text("denominator"), _text("value"), _text("source"), _text("by")),
    )


def _places() -> None:
    _make(
        "population",
        *(
            _number("year", needed=True),
            _number("year_group"),
            _text("ages"),
            _number("people", needed=True),
        ),
        *(_text("source"),),
    )
    _make(
        "commissioned",
        *(_number("year", needed=True), _text("kind"), _number("places", needed=True)),
        to={"setting_id": "setting"},
        checked={"kind": ("special", "unit", "resourced", "fe")},
    )
    _make(
        "places_scenario",
        *(_text("name"), _number("seed", needed=True), _text("assumptions"), _text("result")),
    )


def _requesting() -> None:
    _make(
        "request",
        *(
            _text("source"),
            _flag("in_youth_accommodation"),
            _text("exported_to"),
            _text("previous_authority"),
        ),
        to={"child_id": "child", "fact_id": "fact"},
        checked={"source": ("1", "2", "3", "4", "5")},
    )


def downgrade() -> None:
    for name in (
        *("request", "places_scenario", "commissioned", "population", "hand_value"),
        *("progress", "success_measure", "plan_action", "workstream", "improvement_plan"),
        *("autism_referral", "attainment", "attendance", "suspension", "letter"),
        *("letter_template", "dispute", "response", "feedback", "invitation"),
        *("audit_sample", "moderation", "audit_action", "plan_audit", "audit_tool"),
        *("capacity", "adult_transition", "pathway", "adulthood", "personal_budget"),
        *("top_up", "band", "provision_for", "provision", "judgement"),
        *("need_behind", "outcome", "described_need", "aspiration"),
    ):
        op.drop_table(name)


def _make(
    name: str,
    *columns: sa.Column[object],
    to: dict[str, str] | None = None,
    may: dict[str, str] | None = None,
    checked: dict[str, tuple[str, ...]] | None = None,
) -> None:
    """A table of a kind: `to` has the links that are needed, `may` those that may be empty."""
    links = {**(to or {}), **(may or {})}
    keys = [
        sa.ForeignKeyConstraint(
            [column],
            [f"{pointed}.id"],
            name=op.f(f"fk_{name}_{column}"),
            **(
                {"deferrable": True, "initially": "DEFERRED"}
                if column in (to or {}) or pointed == "fact"
                else {}
            ),
        )
        for column, pointed in links.items()
    ]
    checks = [
        sa.CheckConstraint(
            f"{column} IN ({', '.join(repr(code) for code in ('', *codes))})",
            name=op.f(f"ck_{name}_{column}"),
        )
        for column, codes in (checked or {}).items()
    ]
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=column not in (to or {})) for column in links),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *keys,
        *checks,
    )
    for column in links:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=False)


def _day(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=not needed)


def _number(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=not needed)


def _flag(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=False)
