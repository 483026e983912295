"""An extract held against the store, and what a person accepts of it taken in, as one step.

Who is who is decided by the importer's own matching. Where nobody can say, it is a doubt: such a
child is neither compared nor counted as being on one side alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple

from caseworker_app.domain.clock.episodes import PLAN_BEGINS
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.incoming import Doubt, Incoming, IncomingCase, ParkedRow
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.order import ties
from caseworker_app.domain.people import Child
from caseworker_app.domain.reconciling import Accepted, Difference, OnlyOurs, Reconciled
from caseworker_app.domain.records import Record
from caseworker_app.domain.standing import on_day
from caseworker_app.services.actions import RECONCILE
from caseworker_app.services.cases.recording import never_again
from caseworker_app.services.entering import storable_incoming
from caseworker_app.services.gate import own_alone
from caseworker_app.services.imports.comparing import LINKS, differences, paired
from caseworker_app.services.imports.matching import Matching
from caseworker_app.services.imports.merging import recorded_from
from caseworker_app.services.imports.merging_facts import (
    DETAIL_EMPTIED,
    TAKEN_BACK,
    episodes_fitted,
)
from caseworker_app.services.imports.places import Places
from caseworker_app.services.imports.proposing import by_hand
from caseworker_app.services.ports import Reading
from caseworker_app.services.progress import Progress
from caseworker_app.services.restricting import closed_to, standing, unwrapped
from caseworker_app.services.situation import Situation
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import counted, fields_in_words

_STEP = 200
_MANY = 2
"""Where a file has more than one case for so many children of the store, all are read at once."""

_GONE = "it was changed here, or in the file, since the two were held against each other"
_NAMED = re.compile(r"\(([^()]+)\)$|^reference (.+)$")
"""Where a parked row has a reference in its words of the child, see `incoming.named`."""


class _Met(NamedTuple):
    """A child who is in both: as the store has them, and as the file does."""

    key: str
    case: IncomingCase
    differences: tuple[Difference, ...]


def reconcile(
    session: Situation, incoming: Incoming, progress: Progress | None = None
) -> Reconciled:
    """What the file says and what the store says; nothing is changed.

    Whoever may bring in their own cases alone is told of these, and of rows that name them. Of a
    restricted case that is not open to them they are told whom to ask.

    Raises:
        Refused: the person may bring in nobody.
        Cancelled: by the progress.
    """
    # Who is who is decided among everybody, as an import does.
    with unwrapped(session.store).reading() as reading:
        return _Comparison(reading, session, incoming, progress).result()


def accept(
    session: Situation,
    incoming: Incoming,
    wanted: Collection[Difference],
    progress: Progress | None = None,
) -> Accepted:
    """Take what the file says for what the store says, in one transaction and with one undo.

    What is no longer a difference as it was shown stays as it is, and is told.

    Raises:
        Refused: the person may bring in nobody.
        Cancelled: by the progress; the store is as it was.
        Unavailable: the store cannot be written.
    """
    keys = {one.key for one in wanted}
    with session.store.writing() as unit:
        found = _Comparison(unit, session, incoming, progress)
        taken = [one for met in found.met for one in met.differences if one.key in keys]
        there = {one.key for one in taken}
        left = tuple((one, _GONE) for one in wanted if one.key not in there)
        file = ", ".join(PurePath(one).name for one in incoming.files)
        said = f"{counted(len(taken), 'difference')} accepted from {file}"
        if not taken:
            return Accepted(f"Nothing was accepted from {file}.", "", (), left)
        work = UnitOfWork(unit, session.rules_in(unit), session.clock.now(), session.who, progress)
        work.title, work.act = said, RECONCILE
        _Taking(found, work, session.today()).take(keys, file)
        group = work.finish().group
    more = f" {counted(len(left), 'other')} left as they were: {_GONE}." if left else ""
    return Accepted(f"{said}.{more}", group, tuple(taken), left)


class _Comparison:
    """The children of a file beside those of the store.

    Attributes:
        met: the children who are in both.
        reading, incoming, places: what it works with.
    """

    def __init__(
        self,
        reading: Reading,
        session: Situation,
        incoming: Incoming,
        progress: Progress | None,
    ) -> None:
        kept, doubts = storable_incoming(incoming)
        self.reading, self.incoming = reading, kept
        self._today, self._who = session.today(), session.who
        self._mine = own_alone(session.person, "bulk", reading, self._today)
        self.places = Places(reading)
        self._by_urn = {one.urn: one.name for one in reading.settings() if one.urn}
        self._known = {key: one.child for key, one in reading.records(kinds=()).items()}
        many = len(incoming.cases) * _MANY >= len(self._known)
        self._records = dict(reading.records()) if many else {}
        self._matching = Matching(self._known, self.places.names["setting_id"], incoming.mapping)
        self._matching.closed = closed_to(session, reading)
        self._hidden = standing(session, reading).never
        self._doubts: list[Doubt] = [*incoming.doubts, *doubts]
        self._maybe: set[str] = set()
        self._strange = 0
        self._only_theirs: list[IncomingCase] = []
        self.met: list[_Met] = []
        self._seen: dict[str, IncomingCase] = {}
        comment = any("comment" in fields.values() for fields in incoming.mapping.values())
        for done, case in enumerate(kept.cases):
            if progress is not None and done % _STEP == 0:
                progress(done, len(kept.cases), "Comparing children")
            self._compare(case, comment=comment)

    def record(self, key: str) -> Record:
        """A child of the store with all facts."""
        if key not in self._records:
            self._records |= self.reading.records((key,))
        return self._records[key]

    def result(self) -> Reconciled:
        """All of it, as it is shown."""
        every = (one for met in self.met for one in met.differences)
        ordered = sorted(every, key=lambda one: (folded(one.case), one.case))
        return Reconciled(
            self.incoming.files,
            self.incoming.rows_read,
            len(self.met),
            tuple(ordered),
            tuple(self._only_theirs),
            tuple(self._only_ours()),
            (*self._doubts, *self._matching.doubts),
            self.incoming.parked,
            self.incoming.problems,
            self.incoming.conflicts,
            self._notes(),
        )

    def _compare(self, case: IncomingCase, *, comment: bool) -> None:
        found = self._matching.find(case)
        key = found.same
        theirs = self._mine is None or key in self._mine
        if not (theirs if key else self._is_open(case)):
            return
        if why := self._matching.not_open(found):
            self._doubts.append(Doubt(case.place, "", case.case, why, case.case))
            self._maybe |= {*filter(None, (key,)), *found.several, *found.blocked}
            return
        if not key:
            if self._matching.tell_unsure(case, found):
                shared = self._matching.sharing(case, found)
                self._maybe |= {*found.several, *found.blocked, *found.perhaps, *shared}
                self._strange += bool(found.perhaps) and not self._matching.knows(case.reference)
            else:
                self._only_theirs.append(case)
            return
        if key in self._seen:
            first = self._seen[key]
            where = f"{first.place.sheet}, row {first.place.row}"
            why = f"the same child here as {first.case}, {where}; that row is compared"
            self._doubts.append(Doubt(case.place, "", case.case, why, case.case))
            return
        self._seen[key] = case
        own = self._with_known_setting(self._matching.without_taken(case, key))
        record = self.record(key)
        told = tuple(differences(record, own, self.places.names, comment=comment))
        self.met.append(_Met(key, own, told))

    def _with_known_setting(self, case: IncomingCase) -> IncomingCase:
        """The case with its setting by the name it has here, where the file has its URN."""
        name = self._by_urn.get(case.urn) if case.urn else None
        return case if name is None else replace(case, setting=name)

    def _notes(self) -> tuple[str, ...]:
        """What to do where the file goes by numbers that are none of the store's."""
        if self._strange * _MANY < len(self.incoming.cases) or not self._strange:
            return ()
        rows = counted(self._strange, "row has", "rows have")
        said = (
            f"{rows} a reference that nobody here has, of children who may be here. If the file "
            "goes by numbers of its own, leave that column out: children are then known by UPN, "
            "name and birthday."
        )
        return (said,)

    def _is_open(self, case: IncomingCase) -> bool:
        """Whether a person may be told of a row that is nobody's here."""
        return self._mine is None or folded(case.caseworker) == folded(self._who)

    def _only_ours(self) -> Iterator[OnlyOurs]:
        parked = _references(self.incoming.parked)
        settings = self.places.names["setting_id"]
        met = {one.key for one in self.met}
        for one in sorted(
            self.reading.summaries(), key=lambda one: (folded(one.surname), folded(one.forename))
        ):
            there = one.id in met or one.id in self._maybe or one.id in self._hidden
            if there or reference_key(one.reference) in parked:
                continue
            if self._mine is not None and one.id not in self._mine:
                continue
            yield OnlyOurs(
                one.id,
                one.reference,
                self._known[one.id].name,
                one.born,
                settings.get(one.setting_id or "", ""),
                on_day(one.standing, self._today),
            )


def _references(parked: Sequence[ParkedRow]) -> set[str]:
    """The references in rows that could not be looked for: who has one is not missing there."""
    found = (_NAMED.search(row.case) for row in parked)
    return {reference_key(one[1] or one[2]) for one in found if one is not None}


class _Taking:
    """Brings accepted differences into a unit of work."""

    def __init__(self, found: _Comparison, work: UnitOfWork, today: date) -> None:
        self._found, self._work, self._today = found, work, today
        self._as_of = found.incoming.reference_date or today
        names = found.places.names["setting_id"].values()
        self._settings = {folded(one) for one in names}

    def take(self, keys: Collection[tuple[object, ...]], file: str) -> None:
        """Take the differences that some keys are of."""
        changed: list[tuple[Record, Record, str]] = []
        for met in self._found.met:
            own = [one for one in met.differences if one.key in keys]
            if own:
                before = self._found.record(met.key)
                changed.append((before, *self._taken(before, met.case, own, file)))
        numbered = self._found.places.hand_over(self._work)
        self._work.preload(before for before, _, _ in changed)
        for before, after, words in changed:
            child = numbered.known(after.child, before.child.id)
            child = replace(child, version=before.child.version)
            self._work.put_child(Record(child, after.facts), words)

    def _taken(
        self, record: Record, case: IncomingCase, own: Sequence[Difference], file: str
    ) -> tuple[Record, str]:
        values = dict(self._values(case, [one for one in own if not one.kind]))
        child = by_hand(record.child, values)
        facts = [one for one in own if one.kind]
        after = with_facts(Record(child, record.facts), case, facts)
        after = self._with_history(record, after, case)
        said = [fields_in_words(values)] if values else []
        said += [one.field_words[:1].lower() + one.field_words[1:] for one in facts]
        return after, f"{', '.join(said)} as {file} has it"

    def _values(self, case: IncomingCase, own: Sequence[Difference]) -> Iterator[tuple[str, Any]]:
        """Attributes of the child as they are to be; what is new of settings is remembered."""
        for one in own:
            if one.field == "setting":
                # Kind and URN of one that is here already were not asked about.
                new = folded(case.setting) not in self._settings
                told = case if new else replace(case, setting_kind=None, urn="")
                yield LINKS["setting"], self._found.places.setting(told)
            elif one.field == "caseworker":
                yield LINKS["caseworker"], self._found.places.worker(case.caseworker)
            else:
                yield one.field, one.theirs
                if one.field == "actual_year":
                    yield "actual_year_on", self._today

    def _with_history(self, before: Record, after: Record, case: IncomingCase) -> Record:
        """A child whose first plan came in, with the day from which on the file knows reviews."""
        child = after.child
        had = any(one.kind in PLAN_BEGINS for one in before.facts)
        if not case.one_cycle or had or child.history_from or "history_from" in child.typed:
            return after
        since = recorded_from(in_order(after.facts), self._as_of)
        return Record(replace(child, history_from=since), after.facts)


def with_facts(record: Record, case: IncomingCase, own: Sequence[Difference]) -> Record:
    """A child with the events that a person accepted: others' days, their details, and new ones."""
    child, facts = record.child, record.facts
    wanted = {(one.field, one.source, one.on or one.theirs) for one in own}
    new: list[Fact] = []
    for pair in paired(case.facts, record.facts) if own else ():
        fact, source = pair.theirs, pair.theirs.text("source") or ""
        dated = (fact.kind, source, fact.on) in wanted
        if pair.ours is None:
            new += [fact] if dated else []
            child = _free_to_come(child, fact) if dated else child
            continue
        details = {
            key: value
            for key, value in fact.detail.items()
            if (f"{fact.kind}.{key}", source, fact.on) in wanted
        }
        if not (dated or details):
            continue
        now = next(one for one in facts if one.id == pair.ours.id)
        then = replace(now, on=fact.on if dated else now.on, detail={**now.detail, **details})
        if then.on != now.on:
            child = _free_to_come(never_again(child, now), then)
        for key in details:
            mark = DETAIL_EMPTIED.format(then.kind, then.on.isoformat(), key)
            child = replace(child, typed=child.typed - {mark})
        facts = ties.changed(facts, now, then)
    fresh = episodes_fitted(new, record.facts, case.facts)
    return Record(child, (*facts, *fresh))


def _free_to_come(child: Child, fact: Fact) -> Child:
    """A child without the note that an event was taken back, which has come in again."""
    return replace(child, typed=child.typed - {TAKEN_BACK.format(fact.kind, fact.on.isoformat())})
