"""Records of one declared kind brought in from files, in one transaction or as a dry run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.identity import Person
from caseworker_app.domain.incoming import ParkedRow
from caseworker_app.domain.incoming_records import BroughtIn, IncomingRecord, IncomingRecords
from caseworker_app.domain.kinds import FieldSpec, Kind, kind_named
from caseworker_app.domain.known_person import known_person
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.people import Child
from caseworker_app.domain.register import Register
from caseworker_app.domain.text import is_storable
from caseworker_app.services import own_lists, record_lists
from caseworker_app.services.cases.dating import dated, known
from caseworker_app.services.following import room_for, settle
from caseworker_app.services.gate import NOT_OWN, own_alone
from caseworker_app.services.restricting import closed_to
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.validating import checked_record
from caseworker_app.services.wording import counted, fields_in_words

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.situation import Situation

_STEP = 200


class _Parked(Exception):
    """Why a row cannot come in, in a few words."""


class _DryRun(Exception):
    """Nothing is to be kept of what was tried."""


def bring_in(
    session: Situation,
    incoming: IncomingRecords,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> BroughtIn:
    """Bring records in, all or nothing, or say what that would do.

    A row finds the child by UPN, then by reference or by name and birthday; who is not found, or
    may be several, is parked. A row that says what a record says already leaves it as it is; where
    the kind has a natural key, a row of the same key changes what it says otherwise.

    Raises:
        Cancelled: the progress said so; the store is as it was.
        Unavailable: the store cannot be written.
    """
    kind = kind_named(incoming.kind)
    came: BroughtIn | None = None
    try:
        with session.store.writing() as unit:
            work = UnitOfWork(
                unit, session.rules_in(unit), session.clock.now(), session.who, progress
            )
            plan = _Plan(
                kind, work, session, own_alone(session.person, kind.area, unit, session.today())
            )
            for done, record in enumerate(incoming.records):
                if progress is not None and done % _STEP == 0:
                    progress(done, len(incoming.records), f"Bringing in {kind.many}")
                plan.bring(record)
            came = plan.result(incoming)
            work.title = plan.title()
            # A dry run goes to the end too: what all of it together may not be is found there.
            done_as = work.finish().group
            if dry_run:
                raise _DryRun
            came = replace(came, undo=done_as)
    except _DryRun:
        pass
    assert came is not None
    return came


class _Plan:
    """What the rows so far come to."""

    def __init__(
        self, kind: Kind, work: UnitOfWork, session: Situation, mine: frozenset[str] | None
    ) -> None:
        """`mine` are the children whose rows alone come in; None for all."""
        self._kind = kind
        self._mine = mine
        self._closed = closed_to(session, work.unit)
        self._work = work
        self._today = session.today()
        self._children = _Children(work.unit) if kind.owner else None
        self._pointed = {
            spec.name: _by_words(work.unit, kind_named(spec.to))
            for spec in kind.links()
            if spec.name != kind.owner
        }
        lists = own_lists.of_kind(work.unit, kind)
        self._pointed |= {name: _by_code(some) for name, some in lists.items()}
        self._listed = {name: {one.code: one.words for one in some} for name, some in lists.items()}
        self._ended = {
            (name, one.code) for name, some in lists.items() for one in some if one.ended
        }
        self._known = _Known(kind, work.all_of(kind))
        self._rows: dict[str, IncomingRecord] = {}
        self._counts = dict.fromkeys(("made", "changed", "unchanged", "further"), 0)
        self._parked: list[ParkedRow] = []

    def bring(self, record: IncomingRecord) -> None:
        """Work out what one row comes to."""
        try:
            self._counts[self._brought(record)] += 1
        except _Parked as parked:
            self._parked.append(ParkedRow(record.place, str(parked), record.case))
        except Refused as refused:
            why = refused.sentence.rstrip(".")
            self._parked.append(ParkedRow(record.place, why[:1].lower() + why[1:], record.case))

    def title(self) -> str:
        """All of it in words. A file's name may be a child's, so it is not said."""
        made, changed = self._counts["made"], self._counts["changed"]
        return f"{counted(made, self._kind.one, self._kind.many)} brought in, {changed:,} changed"

    def result(self, incoming: IncomingRecords) -> BroughtIn:
        """The account of it."""
        parked = sorted(
            (*incoming.parked, *self._parked),
            key=lambda row: (row.place.file, row.place.sheet, row.place.row),
        )
        return BroughtIn(
            incoming.kind,
            incoming.rows_read,
            self._counts["made"],
            self._counts["changed"],
            self._counts["unchanged"],
            self._counts["further"],
            parked=tuple(parked),
            notes=incoming.notes,
        )

    def _ask_about(self, key: str) -> None:
        """Park a row of a case that is not open to whoever brings it in. Raises `_Parked`."""
        if ask := self._closed.get(key, ""):
            raise _Parked(f"this may be a case that is not open to you: ask {ask}")
        if self._mine is not None and key not in self._mine:
            raise _Parked(NOT_OWN)

    def _brought(self, record: IncomingRecord) -> str:
        kind = self._kind
        given = dict(record.values)
        if self._children is not None:
            given[kind.owner] = key = self._children.find(record)
            self._ask_about(key)
        for name, words in record.links.items():
            given[name] = self._linked(kind.field(name), words, given.get(kind.owner, ""))
        if not all(is_storable(one) for one in given.values() if isinstance(one, str)):
            raise _Parked("it holds characters that cannot be kept")
        values = checked_record(kind, given, self._today, None, self._listed)
        if kind.fact_links():
            values = known(kind, values, self._work.child(values[kind.owner]), self._work)
        names = self._known.names(values)
        same = self._known.find(values, names)
        unsure = bool(kind.sure) and kind.sure not in values
        if len(same) > 1 and kind.natural and not unsure:
            raise _Parked(f"there are {len(same)} such {kind.many} already")
        if not same:
            return self._made(values, record)
        old = same[0]
        # What it was found by is the same but for capitals and accents: that is no change.
        changed = {
            name: value
            for name, value in values.items()
            if name not in names and getattr(old, name) != value
        }
        earlier = self._rows.get(old.id)
        if earlier is not None:
            if changed:
                raise _Parked(f"row {earlier.place.row} says otherwise of the same {kind.one}")
            if unsure:
                number = kind.field(kind.sure).words
                raise _Parked(
                    f"row {earlier.place.row} says the same, and without the {number} nobody can "
                    "tell whether it is another"
                )
            return "further"
        self._rows[old.id] = record
        if not changed:
            return "unchanged"
        self._refuse_ended(changed)
        _refuse_faults(kind, replace(old, **changed))
        new = replace(old, **dated(kind, changed, self._work, self._today, old))
        self._work.one_of(kind, old.id)
        # A row that is left out must leave nothing behind, so the room is looked for before.
        room_for(self._work, self._today, old, new)
        self._work.put(new, f"{kind.one} changed: {fields_in_words(changed, kind)}")
        settle(self._work, kind, self._today, old, new)
        self._known.replace(old, new)
        return "changed"

    def _made(self, values: Mapping[str, Any], record: IncomingRecord) -> str:
        kind, work = self._kind, self._work
        self._refuse_ended(values)
        value = kind.of(**values, id="new")
        _refuse_faults(kind, value)
        self._known.refuse_twice(value)
        room_for(work, self._today, None, value)
        value = replace(value, **dated(kind, values, work, self._today))
        value = replace(value, id=work.unit.allot(kind.name, 1)[0])
        work.add(value, f"{kind.one if kind.owner else kind.title(value)} added")
        settle(work, kind, self._today, None, value)
        self._known.put(value)
        self._rows[value.id] = record
        return "made"

    def _refuse_ended(self, values: Mapping[str, Any]) -> None:
        for name, code in self._ended & {(name, values.get(name)) for name in self._listed}:
            raise _Parked(f'{self._kind.field(name).label}: "{self._listed[name][code]}" has ended')

    def _linked(self, spec: FieldSpec, words: str, child: str) -> str:
        """What words point at: of a kind that belongs to a child, that child's own alone."""
        found = self._pointed[spec.name].get(folded(words), [])
        owner = kind_named(spec.to).owner if spec.type == "link" else ""
        if owner:
            mine = self._work.all_of(kind_named(spec.to))
            found = [key for key in found if getattr(mine[key], owner) == child]
        if not found:
            where = "none of the choices" if spec.own_list else "not in the store"
            raise _Parked(f'{spec.label}: "{words}" is {where}')
        if len(found) > 1:
            raise _Parked(f'{spec.label}: "{words}" is {len(found)} in the store')
        return found[0]


def _refuse_faults(kind: Kind, value: object) -> None:
    for name, sentence in kind.faults(value):
        raise Refused(sentence, name)
    if isinstance(value, Choice):
        own_lists.refuse_strange(value)


class _Known:
    """The records of a kind, found by what a row says of one."""

    def __init__(self, kind: Kind, records: Mapping[str, Any]) -> None:
        self._kind = kind
        self._records = dict(records)
        self._by: dict[tuple[str, ...], dict[tuple[Any, ...], list[str]]] = {}
        self._unique = [one for one in kind.fields if one.unique]

    def names(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """By what a row finds its record: by the natural key, or by all that it says."""
        kind = self._kind
        names = tuple(sorted({*kind.natural, *([kind.owner] if kind.owner else [])}))
        if not kind.natural or (kind.sure and kind.sure not in values):
            names = tuple(sorted(values))
        # What may be left empty tells records apart by being empty.
        missing = next(
            (one.words for one in map(kind.field, names) if one.needed and one.name not in values),
            "",
        )
        if missing:
            raise _Parked(f"the {missing} is needed to know which {kind.one} it is")
        return names

    def find(self, values: Mapping[str, Any], names: tuple[str, ...]) -> list[Any]:
        """Those that a row may be of, by the fields named."""
        if names not in self._by:
            self._by[names] = {}
            for one in self._records.values():
                self._put(names, one)
        key = tuple(_compared(values.get(name, self._kind.field(name).blank)) for name in names)
        return [self._records[key_] for key_ in self._by[names].get(key, ())]

    def put(self, value: Any) -> None:  # noqa: ANN401  (a record of any kind)
        """Know one more."""
        self._records[value.id] = value
        for names in self._by:
            self._put(names, value)

    def replace(self, old: Any, new: Any) -> None:  # noqa: ANN401
        """Know one as it is now."""
        for names, found in self._by.items():
            found[self._key(names, old)].remove(old.id)
        self.put(new)

    def refuse_twice(self, value: Any) -> None:  # noqa: ANN401
        """Refuse what no two may have. Raises `Refused`."""
        for spec in self._unique:
            given = folded(getattr(value, spec.name))
            for one in self._records.values() if given else ():
                if one.id != value.id and folded(getattr(one, spec.name)) == given:
                    raise Refused(f"{getattr(value, spec.name)} is there already.", spec.name)

    def _put(self, names: tuple[str, ...], value: Any) -> None:  # noqa: ANN401
        self._by[names].setdefault(self._key(names, value), []).append(value.id)

    @staticmethod
    def _key(names: tuple[str, ...], value: Any) -> tuple[Any, ...]:  # noqa: ANN401
        return tuple(_compared(getattr(value, name)) for name in names)


def _compared(value: object) -> object:
    return folded(value) if isinstance(value, str) else value


class _Children:
    """The children of the store, found by what a row says of one."""

    def __init__(self, reading: Reading) -> None:
        self._register = Register()
        self._names: dict[str, str] = {}
        for key, record in reading.records(None, ()).items():
            self._register.put(key, known_person(record.child))
            self._names[key] = _words(record.child)

    def find(self, record: IncomingRecord) -> str:
        """Whose a record is, by id. Raises `_Parked`."""
        named = bool(record.surname and record.forename and record.born)
        if named:
            who = Person(record.reference, record.surname, record.forename, record.born, record.upn)
            found = self._register.find(who)
            if found.same:
                return found.same
            perhaps = (*found.several, *found.blocked, *found.perhaps, *found.another)
            if perhaps:
                may = " or ".join(self._names[key] for key in dict.fromkeys(perhaps))
                raise _Parked(f"the child may be {may}; nobody is taken on a guess")
            raise _Parked("there is no such child in the store")
        for given, holders in (
            (record.upn, self._register.with_upn),
            (reference_key(record.reference), self._register.holders),
        ):
            keys = set(holders(given)) if given else set()
            if len(keys) == 1:
                key = keys.pop()
                self._refuse_another(record, key)
                return key
            if keys:
                raise _Parked(f"{len(keys)} children have {given}")
        if record.upn or record.reference:
            raise _Parked("there is no such child in the store")
        raise _Parked("it does not say whose it is: a UPN, or surname, forename and date of birth")

    def _refuse_another(self, record: IncomingRecord, key: str) -> None:
        """Park a row whose UPN is one child's and whose name or birthday another's."""
        known = self._register.persons[key]
        surname, forename = Person("", record.surname, record.forename).names
        if (
            (surname and surname != known.names[0])
            or (forename and forename != known.names[1])
            or (record.born and record.born != known.born)
        ):
            raise _Parked(f"the child may be {self._names[key]}; nobody is taken on a guess")


def _words(child: Child) -> str:
    return f"{child.name} ({child.reference})"


def _by_code(choices: Iterable[Choice]) -> dict[str, list[str]]:
    """Codes by themselves and by their words."""
    found: dict[str, list[str]] = {}
    for one in choices:
        for words in {folded(one.code), folded(one.words)}:
            found.setdefault(words, []).append(one.code)
    return found


def _by_words(reading: Reading, kind: Kind) -> dict[str, list[str]]:
    """The ids of what can be pointed at, by its words and by every field that no two share."""
    ways: list[Callable[[Any], str]] = [kind.title]
    names = [one.name for one in kind.fields if one.unique or (one.type == "text" and one.pattern)]
    ways.extend(attrgetter(name) for name in names)
    found: dict[str, list[str]] = {}
    if kind.name == "child":
        for key, words in record_lists.titles(reading, kind).items():
            found.setdefault(folded(words), []).append(key)
        return found
    for key, one in reading.all_of(kind).items():
        for words in {folded(way(one)) for way in ways} - {""}:
            found.setdefault(words, []).append(key)
    return found
