"""What is true of a child from a day to a day: fields of theirs, and the records that tell them.

The child's own field says what holds now, and lists read it. Of a field that never changed there is
no record: what the child says holds as long as anything is known. From the first change on the
records tell it, each with a first and a last day, and the one that has not ended says what the
child says. A day that no record covers is one on which nothing was recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.people import Caseworker, Child, Setting

RANKS: Mapping[str, str] = MappingProxyType({"1": "Primary", "2": "Secondary"})
"""Of needs and placements: SEN2 takes two, of which the first is the main one."""

SINCE = "Leave it empty where it is not known: it then holds as long as anything is known."
UNTIL = "The last day; leave it empty while it holds."

Fields = Mapping[str, Any]
"""Fields of a child by name."""


@dataclass(frozen=True, slots=True)
class Told:
    """A field of a child that a kind of record tells over time.

    Attributes:
        name: the field of the child.
        kind: the name of the kind of record.
        value: the field of the record.
        rank: the rank that the record has; "" where the kind has none.
        beside: further fields that go with it: the child's, and the record's.
        blank_holds: nothing at all is a state that can end on a day: a case that nobody holds is
            given to somebody. Elsewhere a first value is one that was not known before.
    """

    name: str
    kind: str
    value: str
    rank: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    blank_holds: bool = False

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every field of the child that it tells, each with that of the record."""
        return ((self.name, self.value), *self.beside)


TOLD = (
    Told("need", "need", "type", "1"),
    Told("secondary_need", "need", "type", "2"),
    Told("setting_id", "placement", "setting_id", "1"),
    Told("caseworker_id", "holder", "caseworker_id", blank_holds=True),
    Told(
        "actual_year",
        "taught_year",
        "year",
        beside=(("actual_year_why", "why"), ("actual_year_on", "true_on")),
    ),
)
KINDS_TOLD = tuple(dict.fromkeys(one.kind for one in TOLD))
"""The kinds of record that tell fields of a child."""

_BLANK = {one.name: one.blank for one in kind_of(Child).fields}


@dataclass(frozen=True, slots=True)
class Spell:
    """What fields of a child were from a day to a day, with whom or what they point at.

    Attributes:
        name: the field that is told; those beside it are in `fields`.
        since, until: the first and the last day; None where it is not known, or holds still.
        at: the setting or the caseworker pointed at, or None.
    """

    name: str
    fields: Fields
    since: date | None
    until: date | None
    at: Setting | Caseworker | None = None


def told_by(record: Any) -> Told | None:  # noqa: ANN401  (a record of any kind)
    """The field of a child that a record tells, or None: a second placement tells none."""
    rank, kind = getattr(record, "rank", ""), kind_of(record).name
    return next((one for one in TOLD if one.kind == kind and one.rank == rank), None)


def blank(told: Told) -> dict[str, Any]:
    """The fields of a child who has nothing of the kind."""
    return {name: _BLANK[name] for name, _ in told.pairs}


def of_child(told: Told, child: Child) -> dict[str, Any]:
    """The told fields as the child has them."""
    return {name: getattr(child, name) for name, _ in told.pairs}


def of_record(told: Told, record: Any) -> dict[str, Any]:  # noqa: ANN401
    """The same as a record has them."""
    found = {name: getattr(record, of) for name, of in told.pairs}
    if found.get("actual_year_on", date.min) is None:
        found["actual_year_on"] = record.since
    return found


def made_of(
    told: Told,
    child_id: str,
    fields: Fields,
    since: date | None = None,
    until: date | None = None,
) -> Any:  # noqa: ANN401
    """A record of what a child says, without an id."""
    values = {of: fields[name] for name, of in told.pairs}
    if told.rank:
        values["rank"] = told.rank
    return kind_named(told.kind).of(**values, child_id=child_id, since=since, until=until)


def says_something(told: Told, fields: Fields) -> bool:
    """Whether there is a value at all."""
    return bool(fields[told.name] != _BLANK[told.name])


def covers(record: Any, day: date) -> bool:  # noqa: ANN401  (a record or a spell)
    """Whether something holds on a day."""
    begun = record.since is None or record.since <= day
    return begun and (record.until is None or day <= record.until)


def current(records: Iterable[Any]) -> Any:  # noqa: ANN401  (a record)
    """The one that has not ended, of those that tell one field of one child, or None."""
    return max((one for one in records if one.until is None), key=_begun, default=None)


def on_day(child: Child, spells: Iterable[Spell], day: date) -> tuple[Child, dict[str, Any]]:
    """A child with the told fields as they were on a day, and what these point at, by name."""
    by_name: dict[str, list[Spell]] = {}
    for one in spells:
        by_name.setdefault(one.name, []).append(one)
    fields: dict[str, Any] = {}
    pointed: dict[str, Any] = {}
    for name, some in by_name.items():
        found = [one for one in some if covers(one, day)]
        held = max(found, key=_begun, default=None)
        nothing = {one: _BLANK[one] for one in some[0].fields}
        fields |= nothing if held is None else held.fields
        pointed[name] = None if held is None else held.at
    return (replace(child, **fields) if fields else child), pointed


def overlap(one: Any, other: Any) -> bool:  # noqa: ANN401  (two records)
    """Whether two hold on the same day."""
    return _begun(one) <= (other.until or date.max) and _begun(other) <= (one.until or date.max)


def the_day_before(day: date) -> date:
    """The last day of what ends as something else begins."""
    return day - timedelta(days=1) if day > date.min else day


def _begun(one: Any) -> date:  # noqa: ANN401  (a record or a spell)
    return one.since or date.min
