"""The panels with what is before each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.domain.declarations.panels import PANELS, Panel, PanelItem
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.panel_papers import ItemLine
from caseworker_app.domain.records import CaseSummary
from caseworker_app.services import own_lists
from caseworker_app.services.gate import only_own
from caseworker_app.services.ports import Reading
from caseworker_app.services.situation import Situation
from caseworker_app.services.wording import day_in_words

PANEL, ITEM = kind_of(Panel), kind_of(PanelItem)


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A panel.

    Attributes:
        called: its kind in words.
        lines: what is before it.
    """

    panel: Panel
    called: str
    lines: tuple[ItemLine, ...] = ()

    @property
    def id(self) -> str:
        """The id of the panel."""
        return self.panel.id

    @property
    def words(self) -> str:
        """Kind and day."""
        return f"{self.called}, {day_in_words(self.panel.on)}"

    @property
    def undecided(self) -> int:
        """How many are not decided."""
        return sum(not one.item.decision for one in self.lines)


def panels(session: Situation) -> tuple[PanelRow, ...]:
    """Every panel with what is before it, the next first, then those past.

    Whoever may see their own cases alone sees those of a panel.

    Raises:
        Refused: the person may not read of panels.
    """
    today = session.today()
    with session.store.reading() as reading:
        only = only_own(session.person, PANEL.area, reading, today)
        return _in_order(panel_rows(reading, only), today)


def panel_named(reading: Reading, key: str) -> PanelRow:
    """One panel with what is before it. Raises `Refused` where it is gone."""
    for row in panel_rows(reading, None):
        if row.id == key:
            return row
    raise Refused("This panel is no longer in the store.")


def panel_rows(reading: Reading, only: frozenset[str] | None) -> list[PanelRow]:
    """Every panel with what is before it, of some children or of all."""
    held: dict[str, Panel] = reading.all_of(PANEL)
    items: list[PanelItem] = [
        one for one in reading.all_of(ITEM).values() if only is None or one.child_id in only
    ]
    words = called_by_kind(reading)
    names = {
        key: f"{words.get(one.kind, one.kind)}, {day_in_words(one.on)}" for key, one in held.items()
    }
    children = _children(reading, items)
    told = reading.facts_named({one.fact_id for one in items if one.fact_id})
    came = {
        (one.referred_to_id, one.child_id, one.question): names.get(one.panel_id, "")
        for one in items
        if one.referred_to_id
    }
    before: dict[str, list[ItemLine]] = {}
    for one in items:
        child = children.get(one.child_id)
        if child is None:
            continue
        before.setdefault(one.panel_id, []).append(
            ItemLine(
                one,
                f"{child.surname}, {child.forename}",
                child.reference,
                child.born,
                came.get((one.panel_id, one.child_id, one.question), ""),
                names.get(one.referred_to_id or "", ""),
                told[one.fact_id][1].on if one.fact_id in told else None,
            )
        )
    return [
        PanelRow(
            one,
            words.get(one.kind, one.kind),
            tuple(sorted(before.get(key, ()), key=lambda each: (each.child, each.item.question))),
        )
        for key, one in held.items()
    ]


def _children(reading: Reading, items: Iterable[Any]) -> dict[str, CaseSummary]:
    ids = {one.child_id for one in items}
    return {one.id: one for one in reading.summaries(ids)} if ids else {}


def called_by_kind(reading: Reading) -> dict[str, str]:
    """The words of each kind of panel, the council's own among them."""
    own = own_lists.of_kind(reading, PANEL).get("kind", ())
    return {**PANELS, **{one.code: one.words for one in own}}


def _in_order(rows: list[PanelRow], today: date) -> tuple[PanelRow, ...]:
    ahead = sorted((one for one in rows if one.panel.on >= today), key=lambda one: one.panel.on)
    past = sorted((one for one in rows if one.panel.on < today), key=lambda one: one.panel.on)
    return (*ahead, *reversed(past))
