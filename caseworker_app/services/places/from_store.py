"""What a store knows of plans from one January to the next: where each was, and with which need.

Each child with a plan is looked at on the days on which the SEN2 return counts plans. What was not
recorded of a day is told as that; nothing stands in for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.declarations.places import Population
from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.people import Child, Setting
from caseworker_app.domain.place_planning.history import OUT, Move, PlacesHistory
from caseworker_app.domain.place_planning.kinds_of_place import (
    KINDS,
    UNRECORDED,
    census_day,
    fits,
    kind_of_place,
    teaches,
)
from caseworker_app.domain.records import CaseSummary
from caseworker_app.domain.standing import LIVE, on_day
from caseworker_app.domain.yeargroup import nc_year, school_year, starts

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.progress import Progress

MOST_YEARS = 10
"""Older Januaries are not looked at: who had a plan then has mostly left the store."""

_OLDEST, _YOUNGEST = 20, -5
_TOLD_EACH = 500


class Placed(NamedTuple):
    """A placement as far as it counts here."""

    since: date | None
    until: date | None
    setting_id: str
    arrangement: str
    unit: bool
    resourced: bool
    yearly_cost: int | None


class _Need(NamedTuple):
    """A need over time."""

    since: date | None
    until: date | None
    type: str


class _Taught(NamedTuple):
    """The year group really taught in over time."""

    since: date | None
    until: date | None
    year: int | None
    true_on: date | None


class Place(NamedTuple):
    """Where a child with a plan was on a day.

    Attributes:
        kind: a key of `KINDS`.
        setting_id: the setting, or "".
    """

    kind: str
    need: str
    taught: int
    setting_id: str


@dataclass(frozen=True, slots=True)
class Looked:
    """The places of every child with a plan, January by January.

    Attributes:
        januaries: the years, in order.
        places: by child, the place in each January; None without a plan.
        began: by child, the year from whose January on nothing older is recorded, or 0.
        now: where each child with a plan is today.
        placed: the first placements of each child.
        without: how many with a plan have no date of birth, and are left out.
    """

    januaries: tuple[int, ...]
    places: Mapping[str, Sequence[Place | None]]
    began: Mapping[str, int]
    now: Mapping[str, Place]
    placed: Mapping[str, Sequence[Placed]]
    without: int


def look(reading: Reading, today: date, progress: Progress | None = None) -> Looked:
    """Where each child with a plan was, on the census day of the last years up to a day.

    `progress` is told how it comes along; it may raise `Cancelled`.
    """
    last = today.year if census_day(today.year) <= today else today.year - 1
    days = [census_day(year) for year in range(last - MOST_YEARS, last + 1)]
    settings = {one.id: one for one in reading.settings()}
    placed = _over_time(reading, "placement", _PLACED, _placed)
    needs = _over_time(reading, "need", ("since", "until", "type"), _Need)
    taught = _over_time(reading, "taught_year", ("since", "until", "year", "true_on"), _Taught)
    history_from = _history_from(reading)
    found: dict[str, list[Place | None]] = {}
    now: dict[str, Place] = {}
    live_on: dict[tuple[tuple[date, str], ...], list[bool]] = {}
    without = 0
    total = reading.counts()["child"]
    for at, child in enumerate(reading.summaries()):
        if progress is not None and at % _TOLD_EACH == 0:
            progress(at, total, "Reading where children are")
        live = live_on.get(child.standing)
        if live is None:
            # Of one standing there are many: most plans have but begun, on a few hundred days.
            live = [on_day(child.standing, day) == LIVE for day in (*days, today)]
            live_on[child.standing] = live
        *live, here = live
        if not (here or any(live)):
            continue
        if child.born is None:
            without += 1
            continue
        key = child.id
        told = _Told(child, placed.get(key, ()), needs.get(key, ()), taught.get(key, ()), settings)
        on = zip(days, live, strict=True)
        found[child.id] = [told.on(day) if one else None for day, one in on]
        if here:
            now[child.id] = told.on(today)
    first = next(
        (at for at in range(len(days)) if any(one[at] for one in found.values())), len(days) - 1
    )
    return Looked(
        tuple(range(last - MOST_YEARS + first, last + 1)),
        {key: one[first:] for key, one in found.items()},
        {key: history_from.get(key, 0) for key in found},
        now,
        placed,
        without,
    )


def history_of(reading: Reading, today: date) -> PlacesHistory:
    """A history for a forecast, out of a store; it has no moves where there is but one January."""
    return put_together(look(reading, today), reading)


def put_together(looked: Looked, reading: Reading) -> PlacesHistory:
    """The same from what was looked at."""
    moves = []
    doubts: Counter[str] = Counter()
    for key, places in looked.places.items():
        nowhere = sum(one is not None and one.kind == UNRECORDED for one in places)
        if nowhere:
            doubts[_NOWHERE] += nowhere
        pairs = zip(looked.januaries, places, places[1:], strict=False)
        for year, before, after in pairs:
            move = _move(year, before, after, looked.began[key], doubts)
            if move is not None:
                moves.append(move)
    needs = frozenset({*NEEDS, UNRECORDED}) & (
        {one.need for one in moves} | {one.to_need for one in moves}
    )
    people = {
        (one.year, one.year_group): float(one.people)
        for one in reading.all_of(kind_of(Population)).values()
        if one.year_group is not None
    }
    said = [words.format(many) for words, many in doubts.items()]
    if looked.without:
        said.append(_WITHOUT.format(looked.without))
    return PlacesHistory(
        tuple(moves),
        people,
        teaches(needs),
        _costs(reading, looked.placed, needs),
        {**KINDS, **{code: NEEDS.get(code, "Not recorded") for code in needs}},
        tuple(said),
        frozenset({"special"}),
    )


_WITHOUT = "Plans left out, for no date of birth is recorded: {:,}."
_HALF_KNOWN = (
    "Plans of which the setting is recorded in only one of two Januaries, and which are taken to "
    "have stayed there: {:,}."
)
_BEGUN = (
    "Plans whose recorded history begins between two Januaries; they are taken to have been there "
    "before: {:,}."
)
_NOWHERE = "Januaries at which the setting of a plan is not recorded: {:,}."


def _move(
    year: int, before: Place | None, after: Place | None, began: int, doubts: Counter[str]
) -> Move | None:
    """One child's year; None where there was no plan at either end."""
    if before is None and after is None:
        return None
    if after is None:
        assert before is not None
        return Move(year, before.kind, before.need, before.taught, OUT, OUT, before.taught + 1)
    if before is None and began == year + 1:
        doubts[_BEGUN] += 1
        taught = after.taught - 1
        kind = after.kind if fits(after.kind, taught) else UNRECORDED
        return Move(year, kind, after.need, taught, after.kind, after.need, after.taught)
    if before is None:
        return Move(year, OUT, OUT, after.taught - 1, after.kind, after.need, after.taught)
    kind, to_kind = before.kind, after.kind
    if kind == UNRECORDED != to_kind and fits(to_kind, before.taught):
        doubts[_HALF_KNOWN] += 1
        kind = to_kind
    return Move(year, kind, before.need, before.taught, to_kind, after.need, after.taught)


class _Told:
    """What is told of one child, for any day."""

    def __init__(
        self,
        child: CaseSummary,
        placed: Sequence[Placed],
        needs: Sequence[_Need],
        taught: Sequence[_Taught],
        settings: Mapping[str, Setting],
    ) -> None:
        self._child, self._settings = child, settings
        self._placed, self._needs, self._taught = placed, needs, taught
        assert child.born is not None
        self._born = child.born
        self._starts = starts(child.born, 0)

    def on(self, day: date) -> Place:
        """Where the child was."""
        child = self._child
        year = child.actual_year, child.actual_year_on
        if self._taught:
            told = _held(self._taught, day)
            year = (None, None) if told is None else (told.year, told.true_on or told.since)
        if year[0] is None:
            taught = school_year(day) - self._starts
        else:
            taught = nc_year(self._born, day, *year)
        if not _YOUNGEST <= taught <= _OLDEST:
            taught = _OLDEST if taught > _OLDEST else _YOUNGEST
        placement = _held(self._placed, day)
        if placement is None:
            setting_id = "" if self._placed else child.setting_id or ""
        else:
            setting_id = placement.setting_id
        need = child.need
        if self._needs:
            held = _held(self._needs, day)
            need = "" if held is None else held.type
        kind = kind_of_place(placement, self._settings.get(setting_id), taught)
        return Place(kind, need or UNRECORDED, taught, setting_id)


class _Over(Protocol):
    """What holds from a day to a day."""

    @property
    def since(self) -> date | None:
        """The first day; None for as long as anything is known."""
        ...

    @property
    def until(self) -> date | None:
        """The last day; None while it holds."""
        ...


_Held = TypeVar("_Held", bound=_Over)


def _held(records: Sequence[_Held], day: date) -> _Held | None:
    """The one that holds on a day; of several the one that began last."""
    found: _Held | None = None
    begun = date.min
    for one in records:
        since, until = one.since, one.until
        if (since is not None and since > day) or (until is not None and day > until):
            continue
        if found is None or (since or date.min) > begun:
            found, begun = one, since or date.min
    return found


_PLACED = ("since", "until", "setting_id", "arrangement", "unit", "resourced", "yearly_cost")


def _placed(since: Any, until: Any, setting: Any, *rest: Any) -> Placed:  # noqa: ANN401
    return Placed(since, until, str(setting) if setting else "", *rest)


def _over_time(
    reading: Reading, name: str, fields: Sequence[str], made: Callable[..., _Held]
) -> Mapping[str, Sequence[_Held]]:
    """The first records of a kind that is told over time, by child, with some of their fields."""
    kind = kind_named(name)
    ranked = any(one.name == "rank" for one in kind.fields)
    found: dict[int, list[_Held]] = defaultdict(list)
    asked = ("child_id", *(("rank",) if ranked else ()), *fields)
    for child, *rest in reading.some_fields(kind, asked):
        if not ranked:
            found[child].append(made(*rest))
        elif rest[0] == "1":
            found[child].append(made(*rest[1:]))
    return {str(key): some for key, some in found.items()}


def _history_from(reading: Reading) -> dict[str, int]:
    """By child, the first January after the day before which nothing is recorded."""
    return {
        str(key): day.year if day <= census_day(day.year) else day.year + 1
        for key, day in reading.some_fields(kind_of(Child), ("id", "history_from"))
        if day is not None
    }


def _costs(
    reading: Reading, placed: Mapping[str, Sequence[Placed]], needs: Iterable[str]
) -> dict[tuple[str, str], float]:
    """What a plan costs a year in pounds by kind of place, on average of those recorded."""
    settings = {one.id: one for one in reading.settings()}
    paid: dict[str, list[int]] = defaultdict(list)
    current = (one for some in placed.values() for one in some if one.until is None)
    for one in current:
        if one.yearly_cost is not None:
            setting = settings.get(one.setting_id)
            year = 0 if setting is None or setting.last_year is None else setting.last_year
            paid[kind_of_place(one, setting, year)].append(one.yearly_cost)
    each = {kind: sum(some) / len(some) / 100 for kind, some in paid.items()}
    return {(need, kind): cost for kind, cost in each.items() for need in needs}
