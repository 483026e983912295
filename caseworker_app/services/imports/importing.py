"""Bring an incoming caseload in: match, merge, write; all or nothing, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from caseworker_app.domain.incoming import (
    Conflict,
    ImportResult,
    Incoming,
    IncomingCase,
    ParkedRow,
)
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.records import Record
from caseworker_app.services.actions import IMPORT
from caseworker_app.services.gate import NOT_OWN, own_alone
from caseworker_app.services.imports.bringing_beside import Besides, bring_council
from caseworker_app.services.imports.matching import Matching
from caseworker_app.services.imports.merging import Days, Merged, made, merged
from caseworker_app.services.imports.places import NEW, Places, numbered
from caseworker_app.services.ports import Reading
from caseworker_app.services.progress import Progress
from caseworker_app.services.restricting import closed_to, unwrapped
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from caseworker_app.services.situation import Situation

_STEP = 200
_MANY = 2
"""Where a file has more than one case for so many children of the store, all are read at once."""


def apply_import(
    session: Situation,
    incoming: Incoming,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Bring an incoming caseload in, in one transaction, or say what that would do.

    Raises:
        Cancelled: the progress said so; the store is as it was.
        Unavailable: the store cannot be written.
    """
    if dry_run:
        with unwrapped(session.store).reading() as reading:
            return _planned(reading, incoming, session, progress).result("")
    with session.store.writing() as unit:
        plan = _planned(unit, incoming, session, progress)
        work = UnitOfWork(unit, session.rules_in(unit), session.clock.now(), session.who, progress)
        work.title, work.act = _title(incoming, plan), IMPORT
        plan.hand_over(work)
        if session.person.may("setup", Right.WRITE):
            bring_council(work, incoming.council)
        return plan.result(work.finish().group)


def _planned(
    reading: Reading, incoming: Incoming, session: Situation, progress: Progress | None
) -> Plan:
    plan = Plan(reading, incoming, session.today())
    plan.only(own_alone(session.person, "bulk", reading, session.today()), session.who)
    plan.close(closed_to(session, reading))
    total = len(incoming.cases)
    for done, case in enumerate(incoming.cases):
        if progress is not None and done % _STEP == 0:
            progress(done, total, "Matching children")
        plan.bring(case)
    return plan


def _title(incoming: Incoming, plan: Plan) -> str:
    names = ", ".join(map(_name_of, incoming.files))
    noted = f", {counted(plan.noted, 'doubt')} left to a person" if plan.noted else ""
    return f"import of {names}: {counted(plan.created + plan.updated, 'case')}{noted}"


class Plan:
    """What an import comes to, worked out before anything is written.

    Every case of the file is counted once: made, updated, unchanged, further (one child of the
    store under two cases of the file) or parked.

    Attributes:
        facts_added: how many facts are new.
    """

    def __init__(self, reading: Reading, incoming: Incoming, today: date) -> None:
        self.facts_added = 0
        self._made = 0
        self._brought = 0
        self._days = Days(today, incoming.reference_date or today)
        self._mine: frozenset[str] | None = None
        self._who = ""
        self._conflicts: list[Conflict] = []
        self._reading = reading
        self._known = {key: one.child for key, one in reading.records(kinds=()).items()}
        # Facts of children whom the file does not name are not needed: few files name most.
        self._whole: dict[str, Record] = {}
        if len(incoming.cases) * _MANY >= len(self._known):
            self._whole = reading.records()
        self._after: dict[str, Record] = {}
        self._met: set[str] = set()
        self._titles: dict[str, str] = {}
        self._besides = Besides()
        self._places = Places(reading)
        self._matching = Matching(self._known, self._places.names["setting_id"], incoming.mapping)

    @property
    def created(self) -> int:
        """How many children are new."""
        return sum(key.startswith(NEW) for key in self._after)

    @property
    def updated(self) -> int:
        """How many children change; what is only noted for a person to decide is no change."""
        return sum(
            not key.startswith(NEW) and _changed(self._before(key), record)
            for key, record in self._after.items()
        )

    @property
    def noted(self) -> int:
        """How many children only have something new for a person to decide."""
        return len(self._after) - self.created - self.updated

    def only(self, mine: frozenset[str] | None, who: str) -> None:
        """Bring in some children alone, and new ones whom the file gives to `who`; None is all."""
        self._mine, self._who = mine, who

    def close(self, closed: Mapping[str, str]) -> None:
        """Say of some cases, by id, no more than whom to ask: they are not open to the person."""
        self._matching.closed = closed

    def _is_open(self, case: IncomingCase, key: str | None) -> bool:
        if self._mine is None or key in self._mine or (key or "").startswith(NEW):
            return True
        return not key and folded(case.caseworker) == folded(self._who)

    def bring(self, case: IncomingCase) -> None:
        """Work out what one child of the file comes to."""
        found = self._matching.find(case)
        if why := self._matching.not_open(found):
            self._matching.parked.append(ParkedRow(case.place, why, case.case))
            return
        if not self._is_open(case, found.same):
            self._matching.parked.append(ParkedRow(case.place, NOT_OWN, case.case))
            return
        if not found.same and (found.several or found.blocked):
            self._matching.park(case, found)
            return
        self._brought += 1
        people = {
            "setting_id": self._places.setting(case),
            "caseworker_id": self._places.worker(case.caseworker),
        }
        if found.same:
            key = found.same
            names = self._places.names
            taken = self._matching.without_taken(case, key)
            came = merged(self._now(key), taken, people, self._days, names)
            child = self._matching.proposed(came.record.child, case, found)
            if taken.reference != case.reference:
                also = child.further_references | {reference_key(case.reference)}
                child = replace(child, further_references=also)
            came.record = replace(came.record, child=child)
        else:
            self._made += 1
            key = f"{NEW}{self._made}"
            reference, further = self._matching.reference_for(case)
            own = self._matching.without_strange_upn(case, found)
            came = made(own, reference, people, self._days)
            child = came.record.child
            if further:
                child = replace(child, further_references=further)
            child = self._matching.proposed(child, case, found)
            if child is not came.record.child:
                came.record = Record(child, came.record.facts)
            self._matching.tell_new(case, found, child)
        self._met.add(key)
        self._keep(key, came, case)
        if case.beside:
            self._besides.keep(key, case, [self._places.setting(one) for one in case.beside])

    def result(self, undo: str) -> ImportResult:
        """What it came to, for the person."""
        created, updated = self.created, self.updated
        return ImportResult(
            created,
            updated,
            self.facts_added,
            tuple(self._conflicts),
            undo,
            cases_unchanged=len(self._met) - created - updated,
            further_rows=self._brought - len(self._met),
            parked=tuple(self._matching.parked),
            doubts=tuple(self._matching.doubts),
        )

    def hand_over(self, work: UnitOfWork) -> None:
        """Put everything into a unit of work, with keys for what is new."""
        places = self._places.hand_over(work)
        new = [key for key in self._after if key.startswith(NEW)]
        children = numbered(work.unit, "child", new)
        work.preload(self._before(key) for key in self._after if key in self._known)
        for key, record in self._after.items():
            child = places.known(record.child, children.get(key, key))
            words = self._titles[key]
            if key in children:
                work.add_child(Record(child, record.facts), words)
            else:
                work.put_child(Record(child, record.facts), words)
        self._besides.hand_over(work, children, places, self._days.as_of)
        self._conflicts += self._besides.conflicts

    def _keep(self, key: str, came: Merged, case: IncomingCase) -> None:
        self._conflicts += came.conflicts
        self.facts_added += came.facts_added
        if key in self._known and self._before(key) == came.record:
            self._after.pop(key, None)
        else:
            self._after[key] = came.record
            file = _name_of(case.place.file)
            new = f" with {counted(came.facts_added, 'event')}" if came.facts_added else ""
            self._titles.setdefault(key, f"imported from {file}{new}")
        self._matching.put(key, came.record.child)

    def _now(self, key: str) -> Record:
        return self._after[key] if key in self._after else self._before(key)

    def _before(self, key: str) -> Record:
        """A child of the store with all facts."""
        if key not in self._whole:
            self._whole |= self._reading.records((key,))
        return self._whole[key]


@lru_cache(maxsize=16)
def _name_of(file: str) -> str:
    """A file's name without its folder; every case has that of its file."""
    return PurePath(file).name


def _changed(before: Record, after: Record) -> bool:
    """Whether more than what waits for a person is different."""
    left = replace(
        after.child,
        proposals=before.child.proposals,
        further_references=before.child.further_references,
    )
    return left != before.child or after.facts != before.facts
