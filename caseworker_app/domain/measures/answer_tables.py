"""Tables that standard questions ask for and the board return has not: disputes, advice, costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from caseworker_app.domain.costs import FIELDS, NOT_ADDED, SORTS, Bands, costs_of, on_day
from caseworker_app.domain.deadlines import OPEN
from caseworker_app.domain.declarations.child_details import ChildDetails
from caseworker_app.domain.declarations.money import Band
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.measures.board import Line, Table
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.tables import by_day, each_once, partition, things_of
from caseworker_app.domain.parties import WHO

_APPEALS = {
    "changed": "Order that changes what the council decided",
    "stands": "Order that lets it stand",
    "conceded": "Conceded by the council",
    "ended": "Withdrawn, or ended otherwise",
    "open": "No end on record",
}
_ENDS = ("tribunal_order", "appeal_conceded", "appeal_ended")
_OTHERWISE = {
    "otherwise": "Education otherwise than at school",
    "other": "At a setting, or not recorded as otherwise",
}
_ADVISERS = ("school", "health", "social_care", "ep", "other")
_PENCE = 100


def _appeals(caseload: Caseload) -> Table:
    items = [
        (how, view.reference, on)
        for view in caseload.views
        for how, on in _appeals_of(view.facts)
        if caseload.holds(on)
    ]
    return partition(
        "appeals",
        "Appeals registered in the period by how they ended",
        "How it ended",
        _APPEALS,
        items,
        definition="What ended an appeal is the order, else that it was conceded, else its end.",
    )


def _appeals_of(facts: tuple[Fact, ...]) -> Iterator[tuple[str, date]]:
    """Each appeal of a child with how it ended, by what came before the next was registered."""
    at = [place for place, fact in enumerate(facts) if fact.kind == "appeal_registered"]
    for place, after in pairwise((*at, len(facts))):
        ends = {one.kind: one for one in facts[place:after] if one.kind in _ENDS}
        yield _how(ends), facts[place].on


def _how(ends: Mapping[str, Fact]) -> str:
    order = ends.get("tribunal_order")
    if order is not None:
        return "stands" if order.text("order") == "dismiss_cease" else "changed"
    if "appeal_conceded" in ends:
        return "conceded"
    return "ended" if "appeal_ended" in ends else "open"


def _advice_waiting(caseload: Caseload) -> Table:
    items = [
        (deadline.holder, view.reference, deadline.due)
        for view in caseload.views
        for deadline in view.file.deadlines
        if deadline.holder in _ADVISERS
        and (deadline.started_on or date.min) <= caseload.as_at
        and deadline.state(caseload.as_at) in OPEN
    ]
    return partition(
        "advice_waiting",
        "Advice asked for and not received on the day, by who gives it",
        "Advice from",
        {code: WHO[code] for code in _ADVISERS},
        items,
        definition="A child whose advice is awaited from two stands on a line for each.",
    )


def _otherwise(caseload: Caseload) -> Table:
    items = [
        (
            "otherwise"
            if any(one.otherwise_than_at_school for one in view.of(ChildDetails))
            else "other",
            view.reference,
        )
        for view in caseload.live
    ]
    title = "Live plans with education otherwise than at school"
    return partition("otherwise", title, "Where", _OTHERWISE, items)


def _costs(caseload: Caseload) -> Table:
    bands = Bands.of(caseload.of(Band))
    found: dict[str, dict[str, int]] = {sort: {} for sort in SORTS}
    for view in caseload.live:
        records = [one for of in FIELDS for one in view.of(of)]
        for cost in on_day(tuple(costs_of(records, bands, caseload.as_at)), caseload.as_at):
            if cost.amount is not None:
                own = found[cost.sort]
                own[view.reference] = own.get(view.reference, 0) + cost.amount
    lines = tuple(_sum(sort, SORTS[sort], found[sort]) for sort in SORTS)
    return Table(
        "costs",
        "What live plans cost a year, as at the day",
        "What for",
        "figures",
        lines,
        definition=NOT_ADDED,
    )


def _sum(key: str, label: str, amounts: Mapping[str, int]) -> Line:
    """What some plans cost together, with how many have such a cost."""
    references = list(amounts)
    return Line(
        key,
        label,
        len(references),
        None,
        sum(amounts.values()) / _PENCE,
        "£ a year",
        "Plans with such a cost, each once; those without an amount are left out",
        by_day(things_of(references)),
        each_once(references),
    )


Make = Callable[[Caseload], Table]

ANSWER_TABLES: Mapping[str, tuple[Make, tuple[type[Any], ...]]] = MappingProxyType(
    {
        "appeals": (_appeals, ()),
        "advice_waiting": (_advice_waiting, ()),
        "otherwise": (_otherwise, (ChildDetails,)),
        "costs": (_costs, (*FIELDS, Band)),
    }
)
"""Key to how a table is made, and the records it looks at beside facts and dates."""


def kinds_of_tables(keys: tuple[str, ...]) -> tuple[Kind, ...]:
    """The kinds of record that some of these tables look at."""
    made = (ANSWER_TABLES[key][1] for key in keys if key in ANSWER_TABLES)
    return tuple(dict.fromkeys(kind_of(one) for some in made for one in some))
