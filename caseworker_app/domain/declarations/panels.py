"""Panels, and what each decides of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
    about="Add each day on which a panel sits; cases come before it from their own page.",
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
        fact_id: the fact that its decision recorded.
    """

    panel_id: str = link("Panel", "panel", needed=True)
    child_id: str = link("Child", "child", needed=True)
    question: str = choice("Question", QUESTIONS, needed=True)
    papers_by: date | None = day("Papers in by", coming=True)
    decision: str = choice("Decision", DECISIONS)
    reasons: str = text("Reasons", long=True, search=True)
    conditions: str = text("Conditions", long=True, search=True)
    referred_to_id: str | None = link("Referred to", "panel")
    fact_id: str | None = link("Recorded as", "fact")
