"""Restricted cases kept from whom they are not for: one narrowing of what is read, for every list.

A session of somebody whom the store knows reads through `NarrowedStore`. What figures, checks and
recounts count is whole, inside `counting`; so is what is written, where matching sees everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.restricted import AREA, ReasonNeeded, Restrictions, restrictions_of
from caseworker_app.services.clock import stamp

if TYPE_CHECKING:
    from caseworker_app.domain.access import Access
    from caseworker_app.domain.alert_row import AlertRow
    from caseworker_app.domain.kinds import Kind
    from caseworker_app.domain.records import Entry
    from caseworker_app.services.commands import Command
    from caseworker_app.services.ports import Reading, Store
    from caseworker_app.services.situation import Situation

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="Situation")
_NONE = Restrictions()


class NarrowedReading:
    """One moment of the store, without the cases that are not there for somebody."""

    def __init__(self, reading: Any, hidden: frozenset[str]) -> None:  # noqa: ANN401
        self._reading, self._hidden = reading, hidden

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (all that tells of no child)
        return getattr(self._reading, name)

    def all_of(self, kind: Kind, ids: Collection[str] | None = None) -> dict[str, Any]:
        """The records of a kind by id."""
        found: dict[str, Any] = self._reading.all_of(kind, ids)
        owner = "id" if kind.name == "child" else kind.owner
        if not owner:
            return found
        return {key: one for key, one in found.items() if self._shown(getattr(one, owner))}

    def some_fields(
        self, kind: Kind, names: Sequence[str], ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Any]]:
        """Fields of the records of a kind."""
        owner = "id" if kind.name == "child" else kind.owner
        if not owner:
            yield from self._reading.some_fields(kind, names, ids)
            return
        for row in self._reading.some_fields(kind, (*names, owner), ids):
            if self._shown(row[-1]):
                yield tuple(row)[:-1]

    def standing_so(
        self,
        status: str,
        today: date,
        born: tuple[date, date],
        names: Sequence[str],
        ids: Collection[str] | None = None,
    ) -> Iterator[Sequence[Any]]:
        """Fields of the children who stand so on a day."""
        for row in self._reading.standing_so(status, today, born, (*names, "id"), ids):
            *values, key, standing = row
            if self._shown(key):
                yield (*values, standing)

    def longest_so(self, status: str, most: int) -> list[str]:
        """The ids of children who stand so since long ago."""
        found = self._reading.longest_so(status, most + len(self._hidden))
        return [one for one in found if self._shown(one)][:most]

    def last_of(
        self, kind: str, until: date, ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Any]]:
        """Child, fact and day of the last fact of a kind, of each child."""
        return (row for row in self._reading.last_of(kind, until, ids) if self._shown(row[0]))

    def bare_facts(
        self, since: Mapping[str, date], until: date, ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Any]]:
        """Child, kind and day of facts of some kinds."""
        return (row for row in self._reading.bare_facts(since, until, ids) if self._shown(row[0]))

    def records(
        self, ids: Collection[str] | None = None, kinds: Collection[str] | None = None
    ) -> dict[str, Any]:
        """Children with their facts by id."""
        return self._without(self._reading.records(ids, kinds))

    def facts_named(self, ids: Collection[str]) -> dict[str, Any]:
        """Some facts by id, each after the id of its child."""
        found = self._reading.facts_named(ids)
        return {key: one for key, one in found.items() if self._shown(one[0])}

    def pointing(self, kind: Kind, field: str, ids: Collection[str]) -> tuple[str, ...]:
        """The ids of the records of a kind whose link is one of some ids."""
        if kind.owner and field == kind.owner:
            ids = [one for one in ids if self._shown(one)]
        found: tuple[str, ...] = self._reading.pointing(kind, field, ids) if ids else ()
        return tuple(one for one in found if self._shown(one)) if kind.name == "child" else found

    def first_ids(self, kind: Kind, order: Sequence[str], most: int) -> list[str]:
        """The ids of the first records of a kind in an order."""
        owned = kind.name == "child" or kind.owner
        found: list[str] = self._reading.first_ids(
            kind, order, most + len(self._hidden) if owned else most
        )
        there = self.all_of(kind, found) if owned else found
        return [one for one in found if one in there][:most]

    def child_ids(self) -> list[str]:
        """Every child's id."""
        return [one for one in self._reading.child_ids() if self._shown(one)]

    def summaries(self, ids: Collection[str] | None = None) -> Iterator[Any]:
        """What the case list shows of children."""
        return (one for one in self._reading.summaries(ids) if self._shown(one.id))

    def next_deadlines(self, today: date, ids: Collection[str] | None = None) -> dict[str, Any]:
        """The soonest open deadline by child."""
        return self._without(self._reading.next_deadlines(today, ids))

    def deadlines(
        self, ids: Collection[str] | None = None, roles: Collection[str] | None = None
    ) -> dict[str, Any]:
        """The kept deadlines by child."""
        return self._without(self._reading.deadlines(ids, roles))

    def latest_entries(self, *given: Any, **named: Any) -> list[Entry]:  # noqa: ANN401
        """The newest audit entries."""
        return self._entries(self._reading.latest_entries(*given, **named))

    def entries_of(self, *given: Any, **named: Any) -> list[Entry]:  # noqa: ANN401
        """Every entry of some rows of a table."""
        return self._entries(self._reading.entries_of(*given, **named))

    def group(self, *given: Any, **named: Any) -> list[Entry]:  # noqa: ANN401
        """One action's audit entries."""
        return self._entries(self._reading.group(*given, **named))

    def written_since(self, *given: Any, **named: Any) -> list[Entry]:  # noqa: ANN401
        """A person's entries since a moment."""
        return self._entries(self._reading.written_since(*given, **named))

    def accesses(self, *given: Any, **named: Any) -> list[Access]:  # noqa: ANN401
        """Who looked at what."""
        return [one for one in self._reading.accesses(*given, **named) if self._shown(one.child_id)]

    def _entries(self, found: Iterable[Entry]) -> list[Entry]:
        return [one for one in found if self._shown(one.child) and not self._is_of(one)]

    def _is_of(self, entry: Entry) -> bool:
        return entry.table == "child" and not self._shown(entry.row)

    def _shown(self, key: object) -> bool:
        return str(key) not in self._hidden

    def _without(self, found: dict[str, Any]) -> dict[str, Any]:
        return {key: one for key, one in found.items() if self._shown(key)}


class NarrowedStore:
    """A store as somebody whom it knows may read it; see the module.

    Attributes:
        whole: the store itself.
        seen_whole: for what every row is seen now, the innermost last.
    """

    def __init__(self, whole: Store, session: Situation) -> None:
        self.__dict__.update(whole=whole, _session=session, seen_whole=[])

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (all that tells of no child)
        return getattr(self.whole, name)

    def __setattr__(self, name: str, value: object) -> None:
        # What is set, notices and the like, is the store's own.
        setattr(self.whole, name, value)

    def standing(self, within: Reading | None = None) -> Restrictions:
        """How the restricted cases of today stand for whoever is signed in; see `standing`."""
        session = self._session
        today = session.today()
        cases = self.whole.restrictions(today)
        if not cases:
            return _NONE
        from caseworker_app.services.gate import holders

        if within is not None:
            own = holders(session.person, within, today)
        else:
            with self.whole.reading() as reading:
                own = holders(session.person, reading, today)
        return restrictions_of(session.person, cases, own)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One moment of the store, without the cases that are not there for whoever asks."""
        with self.whole.reading() as reading:
            # In the same moment, and by the same connection.
            hidden = frozenset() if self.seen_whole else self.standing(reading).never
            yield cast("Reading", NarrowedReading(reading, hidden)) if hidden else reading

    def alerts(self, day: date, until: date | None, child_id: str | None = None) -> list[AlertRow]:
        """Deadlines open on a day, without those of cases that are not there."""
        found = self.whole.alerts(day, until, child_id)
        hidden = frozenset() if self.seen_whole else self.standing().never
        return [one for one in found if one.child_id not in hidden] if hidden else found


def for_person(store: Store, session: Situation) -> Store:
    """A store as somebody whom it knows may read it."""
    return cast("Store", NarrowedStore(store, session))


@contextmanager
def open_reading(session: Situation) -> Iterator[Reading]:
    """One moment of the store, without restricted cases that one has not opened."""
    with session.store.reading() as reading:
        hidden = closed(session)
        yield cast("Reading", NarrowedReading(reading, hidden)) if hidden else reading


def standing(session: Situation, within: Reading | None = None) -> Restrictions:
    """How the restricted cases of today stand for whoever is signed in.

    `within` is the transaction that is under way, where one is: there is one at a time.
    """
    store = session.store
    return store.standing(within) if isinstance(store, NarrowedStore) else _NONE


def unwrapped(store: Store) -> Store:
    """The store itself."""
    return store.whole if isinstance(store, NarrowedStore) else store


@contextmanager
def counting(session: Situation, what: str) -> Iterator[None]:
    """See every row inside, as figures do; where some are restricted, that goes on record.

    Args:
        session: whose.
        what: what is counted, "SEN2 return"; "" for what is looked at in passing.
    """
    store = session.store
    if not isinstance(store, NarrowedStore):
        yield
        return
    if what and not store.seen_whole and (cases := store.whole.restrictions(session.today())):
        from caseworker_app.services.wording import counted

        many = counted(len(cases), "restricted case")
        put_on_record(session, f"{what}: {many} counted with the rest")
    store.seen_whole.append(what)
    try:
        yield
    finally:
        store.seen_whole.pop()


def counts_every(
    what: str,
) -> Callable[[Callable[Concatenate[S, P], T]], Callable[Concatenate[S, P], T]]:
    """A way in that counts every case, the restricted ones too; see `counting`."""

    def whole(
        way: Callable[Concatenate[S, P], T],
    ) -> Callable[Concatenate[S, P], T]:
        @wraps(way)
        def every(session: S, *arguments: P.args, **named: P.kwargs) -> T:
            with counting(session, what):
                return way(session, *arguments, **named)

        return cast("Callable[Concatenate[S, P], T]", every)

    return whole


def put_on_record(session: Situation, what: str, child_id: str = "") -> None:
    """Say something in the trail that changes nothing, of a child or of the store."""
    from caseworker_app.domain.records import Entry

    where = ("child", child_id) if child_id else ("store", "")
    entry = Entry(*where, what, "", "", kind="note", child=child_id)
    with unwrapped(session.store).writing() as unit:
        unit.append([entry], stamp(session.clock.now()), session.who)


def ask_open(session: Situation, child_id: str, within: Reading | None = None) -> None:
    """Refuse to open a restricted case, or ask for a reason first; `within` as in `standing`.

    Raises:
        ReasonNeeded: it opens with one.
        Refused: it does not open.
    """
    found = standing(session, within)
    if child_id in found.never:
        raise Refused(f"This case is not open to you: ask {found.ask[child_id]}.", AREA)
    if child_id in found.reason - session.with_reason:
        raise ReasonNeeded(
            f"This case is restricted: say why you open it, or ask {found.ask[child_id]}.",
            "why",
            (child_id,),
        )


def open_with_reason(session: Situation, child_id: str, why: str) -> None:
    """Open a restricted case for the rest of a session; the reason goes on record.

    Raises:
        Refused: it does not open, or no reason is given.
    """
    why = " ".join(why.split())
    if not why:
        raise Refused("Say why you open it.", "why")
    found = standing(session)
    if child_id in found.never:
        raise Refused(f"This case is not open to you: ask {found.ask[child_id]}.")
    if child_id in found.reason - session.with_reason:
        put_on_record(session, f"restricted case opened: {why}", child_id)
        session.with_reason |= {child_id}


def ask_each(session: Situation, command: Command, reading: Reading) -> None:
    """Refuse a command on a restricted case that one has not opened. Raises as `ask_open`."""
    from caseworker_app.services.commands import AddRecord
    from caseworker_app.services.gate import needs

    if closed(session, reading):
        for _, _, children in needs(command, reading, session.who):
            for child_id in filter(None, children):
                ask_open(session, child_id, reading)
    if isinstance(command, AddRecord) and command.kind == "restriction":
        # Whoever restricts a case that is open to them has it before them.
        session.with_reason |= {str(command.fields.get("child_id"))}


@contextmanager
def only_asking(session: Situation, within: Reading) -> Iterator[None]:
    """Where what is refused would tell of a restricted case, say whom to ask and no more."""
    try:
        yield
    except Refused as refused:
        ask = closed_to(session, within) if refused.children else {}
        whom = [ask[one] for one in refused.children if one in ask]
        if not whom:
            raise
        raise Refused(
            f"This may be a child whose case is not open to you: ask {whom[0]}.", refused.field
        ) from refused


def closed_to(session: Situation, within: Reading | None = None) -> dict[str, str]:
    """By restricted case that one has not opened, whom to ask about it."""
    found = standing(session, within)
    return {key: found.ask[key] for key in closed(session, within)}


def closed_references(session: Situation) -> frozenset[str]:
    """The references of the restricted cases that one has not opened."""
    ids = closed(session)
    if not ids:
        return frozenset()
    with unwrapped(session.store).reading() as reading:
        return frozenset(one.reference for one in reading.summaries(ids))


def closed(session: Situation, within: Reading | None = None) -> frozenset[str]:
    """The cases whose records are not shown now: those not there, and those not opened yet."""
    found = standing(session, within)
    return found.never | (found.reason - session.with_reason)
