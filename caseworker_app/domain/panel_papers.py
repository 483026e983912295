"""What a panel has before it: its agenda as a page, and what its minutes say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.domain.declarations.panels import DECISIONS, QUESTIONS, Panel, PanelItem
from caseworker_app.domain.letters import in_full
from caseworker_app.domain.paper import Paper, PaperTable, Part

NOT_DECIDED = "Not decided"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A case before a panel, with what stands beside it.

    Attributes:
        child, reference, born: whose it is.
        came_from: the panel that referred it, in words; "" for none.
        referred_to: the panel it was referred to, in words.
        told_on: the day on which the family was told.
    """

    item: PanelItem
    child: str
    reference: str = ""
    born: date | None = None
    came_from: str = ""
    referred_to: str = ""
    told_on: date | None = None


def agenda(called: str, panel: Panel, lines: Sequence[ItemLine], foot: str) -> Paper:
    """The agenda of a panel, a line a case.

    Args:
        called: the panel in words.
        panel: the panel.
        lines: in the order they are heard.
        foot: who made it and when.
    """
    chair = f"In the chair: {panel.chair}." if panel.chair else ""
    rows = tuple(
        (
            at,
            one.child,
            one.born,
            one.reference,
            QUESTIONS[one.item.question],
            one.item.papers_by,
            one.came_from,
        )
        for at, one in enumerate(lines, 1)
    )
    headings = ("No.", "Child", "Born", "Reference", "Question", "Papers by", "Referred by")
    table = PaperTable(headings, rows, strong=1, empty="No case is before this panel yet.")
    return Paper(f"Agenda, {called}", chair, (Part("", (), table),), foot)


def minutes(
    called: str, panel: Panel, lines: Sequence[ItemLine], council: str, today: date
) -> dict[str, Any]:
    """What goes into a template of minutes; its fields are `letters.PANEL`.

    Args:
        called: the panel in words.
        panel: the panel.
        lines: in the order they were heard.
        council: its name.
        today: the day on which they are made.
    """
    return {
        "council": council,
        "panel": called,
        "panel_date": in_full(panel.on),
        "chair": panel.chair or "not recorded",
        "who_came": panel.who_came or "not recorded",
        "parent_representative": "present" if panel.parent_representative else "not present",
        "made_on": in_full(today),
        "items": [_item(at, one) for at, one in enumerate(lines, 1)],
    }


def _item(number: int, one: ItemLine) -> dict[str, str]:
    decision = DECISIONS.get(one.item.decision, NOT_DECIDED)
    if one.referred_to:
        decision = f"{decision}: {one.referred_to}"
    return {
        "number": str(number),
        "child": one.child,
        "reference": one.reference,
        "question": QUESTIONS[one.item.question],
        "decision": decision,
        "reasons": one.item.reasons,
        "conditions": one.item.conditions,
        "referred_to": one.referred_to,
        "told_on": in_full(one.told_on) if one.told_on else "",
    }


def lacking(panel: Panel, lines: Sequence[ItemLine]) -> tuple[str, ...]:
    """What minutes lack, a few words each."""
    found = []
    if not panel.chair:
        found.append("who was in the chair")
    if not panel.who_came:
        found.append("who came")
    open_ = sum(not one.item.decision for one in lines)
    if open_:
        found.append(f"{open_:,} of {len(lines):,} decisions")
    return tuple(found)
