"""Panels, and what each decides of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import Kept, choice, chosen, day, link, record, text, yes_or_no

PANELS = {
    "send": "SEND panel",
    "joint": "Joint decisions panel",
}
QUESTIONS = {
    "assess": "Assess",
    "issue": "Issue a plan",
    "place": "Placement",
    "top_up": "Top-up",
    "review": "Review",
    "cease": "Cease",
    "reassess": "Reassess",
}
DECISIONS = {
    "agreed": "Agreed",
    "not_agreed": "Not agreed",
    "deferred": "Deferred",
    "referred": "Referred on",
}
_EVENTS: dict[tuple[str, str], tuple[str, Mapping[str, str]]] = {
    ("assess", "agreed"): ("assessment_decision_sent", {"outcome": "assess"}),
    ("assess", "not_agreed"): ("assessment_decision_sent", {"outcome": "refuse"}),
    ("issue", "agreed"): ("issue_decided", {}),
    ("issue", "not_agreed"): ("refusal_to_issue_sent", {}),
    ("reassess", "agreed"): ("reassessment_decision_sent", {"outcome": "reassess"}),
    ("reassess", "not_agreed"): ("reassessment_decision_sent", {"outcome": "refuse"}),
    ("cease", "agreed"): ("cease_notice_sent", {}),
}
"""The kind of event and its details that follow a question and its decision."""

_ALSO = ("review_decision_sent", "plan_sent", "amended_plan_sent")
"""Events that may follow one, and are chosen: neither question nor decision tells which."""


def _called(panel: Panel) -> str:
    words = PANELS.get(panel.kind, panel.kind)
    return f"{words}, {day_words(panel.on)}"


@record(
    "panel",
    "panel",
    "panels",
    area="feedback",
    natural=("kind", "on"),
    title=_called,
    about="Add each day on which a panel sits; Put what waits then puts cases before it.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Panel(Kept):
    """A panel that sits on a day."""

    kind: str = chosen("Panel", "panels", PANELS, needed=True)
    on: date = day("Date", needed=True, coming=True)
    chair: str = text("Chair", search=True)
    who_came: str = text("Who came", long=True, search=True)
    parent_representative: bool = yes_or_no("Parent representative present")


@record(
    "panel_item",
    "panel item",
    "panel items",
    area="feedback",
    natural=("panel_id", "question"),
    title=lambda one: f"panel item: {QUESTIONS[one.question].lower()}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PanelItem(Kept):
    """A case before a panel.

    Attributes:
        papers_by: by when its papers are to be in.
        referred_to_id: another panel; the case stands before it too from that act on.
        fact_id: the event by which the family was told, recorded in one act with the decision.
    """

    panel_id: str = link("Panel", "panel", needed=True)
    child_id: str = link("Child", "child", needed=True)
    question: str = choice("Question", QUESTIONS, needed=True)
    papers_by: date | None = day("Papers in by", coming=True)
    decision: str = choice("Decision", DECISIONS)
    reasons: str = text("Reasons", long=True, search=True)
    conditions: str = text("Conditions", long=True, search=True)
    referred_to_id: str | None = link("Referred to", "panel")
    fact_id: str | None = link(
        "Decision sent on",
        "fact",
        facts=(*dict.fromkeys(kind for kind, _ in _EVENTS.values()), *_ALSO),
        hint="When the family was told. Type the day, and the event is recorded with the decision.",
        synonyms=("Recorded as",),
    )

    def faults(self) -> Sequence[tuple[str, str]]:
        """No panel refers a case to itself."""
        if self.referred_to_id is not None and self.referred_to_id == self.panel_id:
            said = "Choose another panel than the one it is before."
            return (("referred_to_id", said),)
        return ()

    @staticmethod
    def event(values: Mapping[str, Any]) -> tuple[str, Mapping[str, str]] | None:
        """The kind and details of the event that a day of `fact_id` stands for.

        None where question and decision do not tell, as a placement agreed or a review.
        """
        return _EVENTS.get((values.get("question", ""), values.get("decision", "")))
