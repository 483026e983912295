"""Dates of one case that cannot all be right: the order of events, told once each.

What is out of order is said in one place, `event_order`; here it is put into a list's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseworker_app.domain.event_order import BIRTH, OutOfOrder, out_of_order
from caseworker_app.domain.measures.case_view import CaseView


def find(view: CaseView) -> Iterator[tuple[str, date | None]]:
    """Each doubt about the order of events, with the day of the event in doubt."""
    born = view.file.child.born
    if born is not None and born > view.as_at:
        yield "Date of birth is after the as-at date", None
    found = out_of_order(view.facts, born, view.reviews, view.assessments)
    yield from _before_birth([one for one in found if one.other_kind == BIRTH])
    for one in found:
        if one.other_kind != BIRTH:
            yield one.words, one.on
    told = {(one.kind, one.on) for one in found} | {(o.other_kind, o.other_on) for o in found}
    ends = {spell.ceased for spell in view.spells}
    for fact in view.facts:
        ceased = fact.kind == "plan_ceased" and fact.on not in ends
        if ceased and (fact.kind, fact.on) not in told:
            yield "Plan ceased while none was live", fact.on


def _before_birth(found: list[OutOfOrder]) -> Iterator[tuple[str, date | None]]:
    """The first event before the birth, and how many more: one wrong date of birth, one line."""
    if not found:
        return
    words = found[0].words
    more = len(found) - 1
    if more:
        words += f", and {more} more {'event' if more == 1 else 'events'} so"
    yield words, found[0].on
