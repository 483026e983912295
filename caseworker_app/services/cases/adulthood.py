"""The young people from Year 9 with a live plan, read from the store as it stands on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.adulthood import (
    YEAR_9,
    AdultRow,
    Assessed,
    Known,
    Person,
    Route,
    Transition,
    adult_row,
    in_turn,
    now_or_next,
)
from caseworker_app.domain.declarations.growing_up import (
    ADULT_AREAS,
    Adulthood,
    AdultTransition,
    Capacity,
    Pathway,
)
from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.names import whole_name
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.standing import LIVE
from caseworker_app.domain.yeargroup import school_year
from caseworker_app.services.without_collector import without_collector

if TYPE_CHECKING:
    from caseworker_app.domain.kinds import Kind
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.session import Session

_MEETING = "review_meeting_held"
_PERSON = (
    *("id", "reference", "surname", "forename", "born", "actual_year", "actual_year_on"),
    *("setting_id", "caseworker_id"),
)
_ADULTHOOD, _PATHWAY = kind_of(Adulthood), kind_of(Pathway)
_TRANSITION, _CAPACITY = kind_of(AdultTransition), kind_of(Capacity)
AT_ONCE = 5000
"""Of a council of more children, one year group is listed at a time."""
AS_FITS = 0
"""In place of a year group: as many as a list takes at once."""
LAST = 15
"""Every year group after Year 14, which is listed as one."""
KINDS = frozenset(one.name for one in (_ADULTHOOD, _PATHWAY, _TRANSITION, _CAPACITY))
"""The kinds of record that change what is listed."""


@dataclass(frozen=True, slots=True)
class YoungPeople:
    """Who grows up, and of whom it cannot be told.

    Attributes:
        rows: the youngest year first, then by name.
        untold: ids and names of those with a live plan whose date of birth nobody knows.
        year: the year group that was read; None where every one was, or is to be.
        rest: the year groups that are still to be read, in their order.
    """

    rows: tuple[AdultRow, ...] = ()
    untold: tuple[tuple[str, str], ...] = ()
    year: int | None = None
    rest: tuple[int, ...] = ()

    def with_year(self, more: YoungPeople) -> YoungPeople:
        """The same with the next year group, which comes after those there are."""
        untold = dict((*self.untold, *more.untold))
        rows = (*self.rows, *more.rows)
        return YoungPeople(rows, tuple(untold.items()), self.year, self.rest[1:])


def young_people(
    session: Session, ids: Collection[str] | None = None, year: int | None = None
) -> YoungPeople:
    """Everybody from Year 9 with a live plan.

    Args:
        session: of an open store.
        ids: of these children alone, or of all with None.
        year: of this year group alone, `LAST` for all after Year 14; every one with None. With
            `AS_FITS` it is every one, or Year 9 where there are more than a list takes at once.
    """
    session.person.ask("children", Right.READ)
    with without_collector(), session.store.reading() as reading:
        today = session.today()
        if year == AS_FITS:
            year = YEAR_9 if reading.counts()["child"] > AT_ONCE else None
        return read_young_people(reading, today, ids, year)


def every_year(session: Session) -> YoungPeople:
    """Everybody from Year 9; of more than a list takes at once Year 9, and which years follow."""
    session.person.ask("children", Right.READ)
    with without_collector(), session.store.reading() as reading:
        today = session.today()
        if reading.counts()["child"] <= AT_ONCE:
            return read_young_people(reading, today)
        first = read_young_people(reading, today, year=YEAR_9)
        return YoungPeople(first.rows, first.untold, None, tuple(range(YEAR_9 + 1, LAST + 1)))


def read_young_people(
    reading: Reading, today: date, ids: Collection[str] | None = None, year: int | None = None
) -> YoungPeople:
    """The same inside a moment of the store, of however many."""
    rows: list[AdultRow] = []
    untold: list[tuple[str, str]] = []
    people: dict[int, tuple[Person, int]] = {}
    for key, person in _people(reading, today, ids, year):
        if isinstance(person, str):
            untold.append((str(key), person))
            continue
        taught = person.year_on(today)
        if taught >= YEAR_9 if year is None else min(taught, LAST) == year:
            people[key] = person, taught
    few = ids is not None or len(people) <= AT_ONCE
    known = _Known(reading, today, [str(key) for key in people] if few else None)
    for key, (one, taught) in people.items():
        row = adult_row(one, known.of(key), today, taught)
        if row is not None:
            rows.append(row)
    rows.sort(key=in_turn)
    return YoungPeople(tuple(rows), tuple(untold), year)


def _born(today: date, year: int | None) -> tuple[date, date]:
    """The birthdays that usually make a year group, or every one from Year 9."""
    begins = school_year(today) - 5
    if year is None or year >= LAST:
        return date.min, date(begins - (year or YEAR_9) + 1, 8, 31)
    return date(begins - year, 9, 1), date(begins - year + 1, 8, 31)


def _people(
    reading: Reading, today: date, ids: Collection[str] | None, year: int | None
) -> Iterator[tuple[int, Person | str]]:
    """Those who may be of the year, by key; of one whose birthday nobody knows the name alone."""
    settings = {int(one.id): one.name for one in reading.settings()}
    workers = {int(one.id): one.name for one in reading.caseworkers()}
    found = reading.standing_so(LIVE, today, _born(today, year), _PERSON, ids)
    for key, reference, surname, forename, born, taught, taught_on, setting, worker, *_ in found:
        if born is None:
            yield key, whole_name(surname, forename)
            continue
        yield (
            key,
            Person(
                str(key),
                reference,
                surname,
                forename,
                born,
                taught,
                taught_on if taught is None else taught_on or today,
                settings.get(setting, ""),
                workers.get(worker, ""),
                str(worker) if worker else "",
            ),
        )


class _Known:
    """What is recorded of young people, by the child's key."""

    def __init__(self, reading: Reading, today: date, ids: Collection[str] | None) -> None:
        self._met = {row[0]: (row[1], row[2]) for row in reading.last_of(_MEETING, today, ids)}
        names = ("child_id", "review_id", *ADULT_AREAS)
        codes = tuple(ADULT_AREAS)
        self._areas = {
            review: frozenset(compress(codes, areas))
            for _, review, *areas in reading.some_fields(_ADULTHOOD, names, ids)
        }
        self._pathways: dict[int, list[Route]] = defaultdict(list)
        for key, *fields in reading.some_fields(
            _PATHWAY, ("child_id", "kind", "state", "since", "until", "where"), ids
        ):
            self._pathways[key].append(Route(*fields))
        self._transitions = _latest(
            reading,
            _TRANSITION,
            ("needed", "decided_on", "plan_on", "adult_team", "meeting_on"),
            "decided_on",
            ids,
        )
        self._capacities = _latest(
            reading,
            _CAPACITY,
            ("on", "about", "result", "representative", "relation"),
            "on",
            ids,
        )

    def of(self, key: int) -> Known:
        """Of one young person."""
        review, met = self._met.get(key, (0, None))
        transition, capacity = self._transitions.get(key), self._capacities.get(key)
        return Known(
            met,
            self._areas.get(review),
            tuple(self._pathways.get(key, ())),
            None if transition is None else Transition(*transition),
            None if capacity is None else Assessed(*capacity),
        )


def _latest(
    reading: Reading,
    kind: Kind,
    names: tuple[str, ...],
    by: str,
    ids: Collection[str] | None,
) -> dict[int, tuple[Any, ...]]:
    """The fields of the latest record of each child; of one day, of the one recorded last."""
    at = names.index(by)
    found: dict[int, tuple[Any, ...]] = {}
    for key, *fields in reading.some_fields(kind, ("child_id", *names), ids):
        held = found.get(key)
        if held is None or (fields[at] or date.min) >= (held[at] or date.min):
            found[key] = tuple(fields)
    return found


@dataclass(frozen=True, slots=True)
class ToWrite:
    """What a form about a young person opens with.

    Attributes:
        record: what is changed; None where there is nothing to change.
        begin: what a new one begins as.
    """

    record: Any = None
    begin: Any = None


def to_write(session: Session, name: str, child_id: str) -> ToWrite:
    """What the form of a kind opens with: what is listed of the child, or a new one.

    A capacity assessment is always a new one, since each is about one decision.
    """
    session.person.ask("children", Right.READ)
    kind, today = kind_named(name), session.today()
    with session.store.reading() as reading:
        keys = reading.pointing(kind, kind.owner, (child_id,))
        kept = list(reading.all_of(kind, keys).values()) if keys else []
        if kind is _ADULTHOOD:
            return _areas_to_write(reading, child_id, kept, today)
    if kind is _PATHWAY:
        return ToWrite(now_or_next(kept, today), Pathway(child_id=child_id, kind="", state=""))
    if kind is _TRANSITION:
        latest = max(kept, key=lambda one: (one.decided_on or date.min, int(one.id)), default=None)
        return ToWrite(latest, AdultTransition(child_id=child_id, needed=""))
    return ToWrite(None, Capacity(child_id=child_id, on=today, about="", result=""))


def _areas_to_write(reading: Reading, child_id: str, kept: list[Any], today: date) -> ToWrite:
    """What the last review said, or a new one of that review."""
    last = next(iter(reading.last_of(_MEETING, today, (child_id,))), None)
    if last is None:
        return ToWrite()
    review = str(last[1])
    found = next((one for one in kept if one.review_id == review), None)
    return ToWrite(found, Adulthood(child_id=child_id, review_id=review))
