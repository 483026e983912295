"""Returns that have been published, and what they tell of the next one.

Whoever keeps the part year and gets the year to date knows the term between by taking one from the
other. So a return is protected together with those before it: what they showed is known, what they
hid stays hidden, and counts of one period are tied to those of the periods that make it up.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.relations import (
    TOTAL,
    Over,
    is_whole,
    over,
    whole_of,
)
from caseworker_app.domain.measures.suppression import WIDTH, Cell, Counts, Hidden, Sum

_EARLIER = "earlier"
_LIVE, _BEGUN, _ENDED = ("live",), "plans_begun", "plans_ended"
_MOST = 60
"""So many ways at most to put a period together from others are looked at."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A return as it was published.

    Attributes:
        counts: every count with its true value, those that were hidden among them.
        hidden: the counts that were hidden.
        narrow: those of `hidden` that can be worked out more nearly than they should, as was told.
        left_out: the keys of tables of which only the total was shown.
        withdrawn: it was withdrawn: it protects, and its figures stand in no trend.
    """

    period: Period
    as_at: date
    counts: Counts
    hidden: frozenset[Cell]
    narrow: frozenset[Cell] = frozenset()
    left_out: frozenset[str] = frozenset()
    withdrawn: bool = False

    @property
    def when(self) -> tuple[Period, date]:
        """Its period and its day."""
        return self.period, self.as_at

    def packed(self) -> bytes:
        """The edition in few bytes, to be kept."""
        counts = self.counts
        cells = list(counts.counts)
        at = {cell: place for place, cell in enumerate(cells)}
        told: dict[str, Any] = {
            "from": self.period.start.isoformat(),
            "to": self.period.end.isoformat(),
            "as_at": self.as_at.isoformat(),
            "cells": cells,
            "counts": list(counts.counts.values()),
            "hidden": sorted(at[cell] for cell in self.hidden if cell in at),
            "narrow": sorted(at[cell] for cell in self.narrow if cell in at),
            "follows": sorted(at[cell] for cell in counts.follows),
            "loose": sorted(at[cell] for cell in counts.loose),
            "least": [[at[cell], least] for cell, least in counts.least.items()],
            "sums": [
                [int(one.sure), at[one.total], *(at[part] for part in one.parts)]
                for one in counts.sums
            ],
        }
        if counts.of_the_day:
            told["of_the_day"] = sorted(at[cell] for cell in counts.of_the_day if cell in at)
        if self.left_out:
            told["left_out"] = sorted(self.left_out)
        return zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 9)


def edition_of(body: bytes) -> Edition:
    """An edition that was kept. Raises `Unreadable` where it is none."""
    try:
        told = json.loads(zlib.decompress(body))
        cells: list[Cell] = [tuple(cell) for cell in told["cells"]]
        counts = Counts(
            dict(zip(cells, told["counts"], strict=True)),
            [
                Sum(cells[total], tuple(cells[part] for part in parts), sure=bool(sure))
                for sure, total, *parts in told["sums"]
            ],
            {cells[place] for place in told["follows"]},
            {cells[place] for place in told["loose"]},
            least={cells[place]: least for place, least in told["least"]},
            of_the_day={cells[place] for place in told.get("of_the_day", ())},
        )
        period = Period(date.fromisoformat(told["from"]), date.fromisoformat(told["to"]))
        hidden = frozenset(cells[place] for place in told["hidden"])
        narrow = frozenset(cells[place] for place in told.get("narrow", ()))
        left_out = frozenset(told.get("left_out", ()))
        as_at = date.fromisoformat(told["as_at"])
        return Edition(period, as_at, counts, hidden, narrow, left_out)
    except (ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        raise Unreadable("A return that was published before cannot be read.") from error


def beside_earlier(now: Counts, period: Period, as_at: date, earlier: Sequence[Edition]) -> Counts:
    """The counts of a return together with those of the returns published before it."""
    if not earlier:
        return now
    found = replace(
        now,
        counts=dict(now.counts),
        sums=list(now.sums),
        follows=set(now.follows),
        loose=set(now.loose),
        least=dict(now.least),
        of_the_day=now.of_the_day.union(*(one.counts.of_the_day for one in earlier)),
    )
    for number, edition in enumerate(earlier):
        _add(found, number, edition)
    before = [_part(number, edition) for number, edition in enumerate(earlier)]
    for number, edition in enumerate(earlier):
        _tie(found, edition.counts, [before[number], *before[:number]])
    found.past.update(found.counts.keys() - now.counts.keys())
    _tie(found, now, [_Part((), period, as_at), *before])
    return found


@dataclass(frozen=True, slots=True)
class Settled:
    """What comes of protecting a return: what is kept of it, with what it hides.

    Attributes:
        narrowed: how many hidden numbers, of it or of one before it, can be worked out more nearly
            than they should.
    """

    edition: Edition
    narrowed: int


def settled(
    given: Counts,
    beside: Counts,
    found: Hidden,
    when: tuple[Period, date],
    earlier: Sequence[Edition],
) -> Settled:
    """What is to be kept of a return.

    Args:
        given: its own counts.
        beside: these with those of the returns before it, as they were protected.
        found: what is to be hidden of all of them.
        when: its period and its day.
        earlier: the returns before it.
    """
    mine = given.counts.keys()
    # A number that the earlier returns tell already is shown: nothing hides it any more.
    cells = (found.cells & mine) - found.known
    sums = [one for one in found.sums if all(cell in mine for cell in one.cells)]
    told = found.narrow - beside.follows
    edition = Edition(*when, replace(given, sums=sums), cells, cells & told)
    # One figure of several returns is one number; what was told of before is not told again.
    newly = (told & beside.kept) - told_before(earlier)
    return Settled(edition, len(cells & told | set(map(own_name, newly))))


def _tie(found: Counts, own: Counts, every: Sequence[_Part]) -> None:
    """Tie the counts of a return, the first of several, to those of the others."""
    links = _Links(found, every)
    links.flow()
    for cell in own.counts:
        if cell not in own.follows and cell not in own.loose:
            links.tie(cell)


def is_told_by(edition: Edition, other: Edition) -> bool:
    """Whether another return of the same period and day published all that one does."""
    counts, known = edition.counts, other.counts.counts
    shown = counts.counts.keys() - counts.follows - counts.loose
    more = other.hidden - edition.hidden
    return edition.when == other.when and all(
        known.get(cell) == counts.counts[cell] and cell not in more for cell in shown
    )


def own_name(cell: Cell) -> Cell:
    """The name of a count in its own return, of one tied in from a return before."""
    return cell[2:] if cell[0] == _EARLIER else cell


def told_before(earlier: Sequence[Edition]) -> set[Cell]:
    """The counts of the returns before that were told to be narrow when those were published."""
    return {
        (_EARLIER, str(number), *cell)
        for number, edition in enumerate(earlier)
        for cell in edition.narrow
    }


def _add(found: Counts, number: int, edition: Edition) -> None:
    def named(cell: Cell) -> Cell:
        return (_EARLIER, str(number), *cell)

    counts = edition.counts
    found.counts.update((named(cell), count) for cell, count in counts.counts.items())
    found.sums += (
        Sum(named(one.total), tuple(map(named, one.parts)), one.sure) for one in counts.sums
    )
    found.follows.update(map(named, counts.follows))
    found.loose.update(map(named, counts.loose))
    found.least.update((named(cell), least) for cell, least in counts.least.items())
    for cell in counts.counts:
        found.past.add(named(cell))
        if cell in edition.hidden:
            found.kept.add(named(cell))
        elif cell not in counts.follows and cell not in counts.loose:
            found.out.add(named(cell))


@dataclass(frozen=True, slots=True)
class _Part:
    """A return among others: how its counts are named, its period and its day."""

    name: Cell
    period: Period
    as_at: date

    def of(self, cell: Cell) -> Cell:
        """The name of a count of this return."""
        return (*self.name, *cell)


def _part(number: int, edition: Edition) -> _Part:
    return _Part((_EARLIER, str(number)), edition.period, edition.as_at)


class _Links:
    """What counts of a return, the first, say of those of the others."""

    def __init__(self, found: Counts, every: Sequence[_Part]) -> None:
        self._found = found
        self._now, *self._earlier = every
        self._tilings = list(_tilings(every))

    def tie(self, cell: Cell) -> None:
        """Tie a count of the first return to the same of the others."""
        how = over(cell, self._found.of_the_day)
        for one in self._earlier:
            same_day, same_period = one.as_at == self._now.as_at, one.period == self._now.period
            if (same_day and (same_period or how is Over.DAY)) or (
                same_period and how is Over.EXACT
            ):
                self._same(cell, one)
            elif same_period and how in (Over.GROWING, Over.SHRINKING):
                first, last = sorted((one, self._now), key=lambda part: part.as_at)
                self._more(cell, how, last, (first,))
            elif how in (Over.GROWING, Over.EXACT):
                self._rest(cell, one)
        if how in (Over.GROWING, Over.SHRINKING, Over.EXACT):
            for whole, parts in self._tilings:
                self._more(cell, how, whole, parts)

    def flow(self) -> None:
        """Tie the live plans of two days to the plans begun and ended between them."""
        found, now = self._found, self._now
        if now.as_at > now.period.end:
            return
        for one in self._earlier:
            if one.as_at != now.period.start - timedelta(days=1):
                continue
            live = (now.of(_LIVE), now.of((_ENDED, TOTAL)))
            was = (one.of(_LIVE), now.of((_BEGUN, TOTAL)))
            every = (*live, *was)
            if any(cell not in found.counts for cell in every):
                continue
            both = sum(found.counts[cell] for cell in live)
            if both == sum(found.counts[cell] for cell in was):
                through = ("live through", *now.name, "|", *one.name)
                found.counts[through] = both
                found.loose.add(through)
                found.sums += [Sum(through, live), Sum(through, was)]

    def _there(self, cell: Cell, *parts: _Part) -> bool:
        return all(part.of(cell) in self._found.counts for part in parts)

    def _same(self, cell: Cell, one: _Part) -> None:
        counts, mine = self._found.counts, self._now.of(cell)
        if self._there(cell, one) and counts[one.of(cell)] == counts[mine]:
            self._found.sums.append(Sum(one.of(cell), (mine,)))

    def _more(self, cell: Cell, how: Over, whole: _Part, parts: Sequence[_Part]) -> None:
        """A period and those that make it up; what was decided since is more, or less."""
        if not self._there(cell, whole, *parts):
            return
        found = self._found
        left = found.counts[whole.of(cell)] - sum(found.counts[one.of(cell)] for one in parts)
        names = tuple(one.of(cell) for one in parts)
        since = ("since", *whole.name, "|", *(word for one in parts for word in one.name), *cell)
        later = all(whole.as_at >= one.as_at for one in parts)
        if left == 0 and (how is Over.EXACT or not later):
            found.sums.append(Sum(whole.of(cell), names))
        elif how is Over.GROWING and later and left >= 0:
            found.counts[since] = left
            found.loose.add(since)
            found.sums.append(Sum(whole.of(cell), (*names, since)))
        elif how is Over.SHRINKING and later and left <= 0:
            found.counts[since] = -left
            found.loose.add(since)
            if len(names) == 1:
                found.sums.append(Sum(names[0], (whole.of(cell), since)))

    def _rest(self, cell: Cell, one: _Part) -> None:
        """What lies between a return and one that goes on from it, or ends with it."""
        long, short = self._now, one
        if long.period.end < short.period.end or long.period.start > short.period.start:
            long, short = short, long
        shares = long.period.start == short.period.start or long.period.end == short.period.end
        holds = long.period.holds(short.period.start) and long.period.holds(short.period.end)
        if not (shares and holds and self._there(cell, long, short)):
            return
        found = self._found
        left = found.counts[long.of(cell)] - found.counts[short.of(cell)]
        if left >= 0:
            between = ("between", *long.name, "|", *short.name, *cell)
            found.counts[between] = left
            (found.loose if self._told(cell, long, short) else found.follows).add(between)
            found.sums.append(Sum(long.of(cell), (short.of(cell), between)))

    def _told(self, cell: Cell, long: _Part, short: _Part) -> bool:
        """Whether what lies between is told, or lies in so little that is.

        Totals and denominators stand, so that their difference is told. Within one of less than
        the threshold nothing can be protected.
        """
        whole = whole_of(cell, self._found.counts)
        if whole is None or not self._there(whole, long, short):
            return is_whole(cell)
        counts = self._found.counts
        return counts[long.of(whole)] - counts[short.of(whole)] < WIDTH


def _tilings(every: Sequence[_Part]) -> Iterator[tuple[_Part, tuple[_Part, ...]]]:
    """Each return whose period others make up without a gap, where the first is among them."""
    now = every[0]
    for whole in every:
        inside = [
            one
            for one in every
            if one.period != whole.period
            and whole.period.holds(one.period.start)
            and whole.period.holds(one.period.end)
        ]
        for number, parts in enumerate(_made_up(whole.period.start, whole.period.end, inside)):
            if number == _MOST:
                break
            if now is whole or now in parts:
                yield whole, parts


def _made_up(start: date, end: date, among: Sequence[_Part]) -> Iterator[tuple[_Part, ...]]:
    for one in among:
        if one.period.start != start:
            continue
        if one.period.end == end:
            yield (one,)
            continue
        for more in _made_up(one.period.end + timedelta(days=1), end, among):
            yield (one, *more)
