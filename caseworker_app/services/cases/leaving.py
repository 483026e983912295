"""The wrong-child guard: what is made of one child is looked through before it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import is_kind, kind_named
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import CaseSummary, Entry
from caseworker_app.domain.restricted import SOMEBODY
from caseworker_app.domain.sieve import Sieve
from caseworker_app.domain.text import is_row_id
from caseworker_app.domain.wrong_child import (
    About,
    Finding,
    Known,
    Part,
    findings,
    keys_in,
    keys_of,
)
from caseworker_app.services import commands as do
from caseworker_app.services.ports import Reading
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import capital, joined

_FEW_ENTRIES = 400
"""After more changes than this everybody is looked up anew."""
_FEW_KEYS = 20_000
_SHOWN = 3
_ADULTS = (("setting", "a setting"), ("caseworker", "a caseworker"), ("professional", "an adult"))
"""Kinds of record whose names may be a child's too."""


class Guard:
    """Knows by what every child of a store may stand in a text.

    Everybody is read once; after that only those who changed.
    """

    def __init__(self) -> None:
        self._sieve: Sieve | None = None
        self._seen = 0

    def look_through(
        self, reading: Reading, child_id: str, parts: Sequence[Part], today: date
    ) -> tuple[Finding, ...]:
        """What in some text about a child is another child's.

        Raises:
            Refused: there is no such child.
        """
        record = reading.records((child_id,)).get(child_id) if is_row_id(child_id) else None
        if record is None:
            raise Refused("This child is not in the store.")
        meant = self._everybody(reading).meant(keys_in(parts)) - {child_id}
        if not meant:
            return ()
        about = About(
            _known(record.child),
            today,
            frozenset({*_days_of(record.facts), *_due(reading, child_id)}),
            frozenset(_siblings(reading, child_id)),
            dict(_adults(reading, child_id)),
        )
        return findings(parts, about, map(_known, reading.summaries(meant)))

    def _everybody(self, reading: Reading) -> Sieve:
        newest = reading.latest_entries(1)
        now = newest[0].seq if newest else 0
        sieve = self._sieve
        missed = now - self._seen
        if sieve is None or not 0 <= missed <= _FEW_ENTRIES or sieve.added > _FEW_KEYS:
            sieve = Sieve((one.id, keys_of(_known(one))) for one in reading.summaries())
        elif missed:
            entries = reading.latest_entries(missed)
            changed = {one.row for one in entries if one.table == "child" and one.row}
            for one in reading.summaries(changed) if changed else ():
                sieve.add(one.id, keys_of(_known(one)))
        self._sieve, self._seen = sieve, now
        return sieve


def as_shown(reading: Reading, found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings as somebody reads them, by what is there for them: a restricted case has no name."""
    ids = {one.child_ids[0] for one in found if len(one.child_ids) == 1}
    shown = {one.id for one in reading.summaries(ids)} if ids else set()
    return tuple(
        one if len(one.child_ids) > 1 or one.child_ids[0] in shown else replace(one, whose=SOMEBODY)
        for one in found
    )


def let_leave(command: do.LetLeave, work: UnitOfWork) -> str:
    """Keep in the trail that something left though it names another child; see `handlers.handle`.

    Raises:
        Refused: no reason is given.
    """
    why = command.why.strip()
    if not why:
        raise Refused("Say why it may leave although it names another child.", "why")
    child = work.child(command.child_id).child
    said = list(command.found[:_SHOWN])
    more = len(command.found) - len(said)
    beside = f"; and {more} more" if more else ""
    what = f"{command.what} although it names another child: {joined(said)}{beside}"
    here = {one.id for one in work.unit.summaries(set(command.others))} if command.others else ()
    named = tuple(sorted({*here} - {child.id}, key=int))
    entry = Entry("child", child.id, what, "", "", why, kind="note", child=child.id, named=named)
    work.note(entry)
    return f"{capital(command.what)}; your reason stands in the history of {child.name}."


def _known(child: Child | CaseSummary) -> Known:
    return Known(child.id, child.surname, child.forename, child.born, child.upn, child.reference)


def _days_of(facts: Iterable[Fact]) -> Iterator[date]:
    for fact in facts:
        yield fact.on
        yield from (one for one in fact.detail.values() if isinstance(one, date))


def _due(reading: Reading, child_id: str) -> Iterator[date]:
    for deadline in reading.deadlines((child_id,)).get(child_id, ()):
        yield deadline.due
        yield deadline.target


def _siblings(reading: Reading, child_id: str) -> Iterator[str]:
    for one in owned(reading, "sibling", child_id, ("child_id", "sibling_id")):
        yield from (one.child_id, one.sibling_id)


def _adults(reading: Reading, child_id: str) -> Iterator[tuple[str, str]]:
    """The names of adults and places, with what they are."""
    for name, words in _ADULTS:
        if is_kind(name):
            for one in reading.all_of(kind_named(name)).values():
                yield one.name, words
    for one in owned(reading, "contact", child_id):
        yield one.name, "somebody around this child"


def owned(
    reading: Reading, name: str, child_id: str, links: Iterable[str] = ("child_id",)
) -> list[Any]:
    """The records of a kind that point at a child; none where there is no such kind."""
    if not is_kind(name):
        return []
    kind = kind_named(name)
    keys = {key for link in links for key in reading.pointing(kind, link, (child_id,))}
    return list(reading.all_of(kind, keys).values()) if keys else []
