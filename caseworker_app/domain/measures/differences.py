"""Two counts of the same figures, one by one: what one looked at and the other did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.measures.board import BoardReturn, Line, Result, Table, Thing
from caseworker_app.domain.measures.every_figure import LIVE, TOTAL, OneFigure, every_figure
from caseworker_app.domain.measures.kept import SECTIONS
from caseworker_app.domain.measures.tables import by_day

_OF_LIVE = "primary_need"
"""The table that every live plan stands in once."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that came to something else.

    Attributes:
        before, now: its two sides; None where only the other has it.
        gone, come: the things that only the one, and only the other, looked at or counted so.
    """

    before: OneFigure | None
    now: OneFigure | None
    gone: tuple[Thing, ...]
    come: tuple[Thing, ...]

    @property
    def figure(self) -> OneFigure:
        """The figure, for its words."""
        found = self.now or self.before
        assert found is not None
        return found

    @property
    def references(self) -> tuple[str, ...]:
        """The cases behind it, each once, in order."""
        return tuple(sorted({one.reference for one in (*self.gone, *self.come)} - {""}))


def differences(before: BoardReturn, now: BoardReturn) -> tuple[Difference, ...]:
    """The figures that differ, or whose cases do, in the order of the return.

    Figures by hand are left out: no case is behind them. So is the number of live plans, which the
    table by need has with its cases.
    """
    found = []
    earlier = {one.key: one for one in every_figure(before)}
    later = {one.key: one for one in every_figure(now)}
    # In the order of the later return, with what only the earlier one has at the end.
    for key in dict.fromkeys((*later, *earlier)):
        was, is_now = earlier.get(key), later.get(key)
        if key[0] == LIVE or any(one is not None and one.by_hand for one in (was, is_now)):
            continue
        things, then = (one.things if one is not None else () for one in (was, is_now))
        gone, come = _only(things, then), _only(then, things)
        if gone or come or was is None or is_now is None or was.own != is_now.own:
            found.append(Difference(was, is_now, gone, come))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class CountedAgain:
    """A kept return beside its figures counted anew.

    Attributes:
        board: with the figures as they were counted anew; those who are disposed of since stand in
            them as they were kept, without a name.
        other: the figures that came to something else, as they were kept.
        disposed: how many children are counted without a name.
    """

    board: BoardReturn
    other: tuple[OneFigure, ...]
    disposed: int


def answered(kept: BoardReturn) -> frozenset[str]:
    """The measures and tables that a kept return has figures of, by ref and key.

    A count of it again has them too: the last child who had what they are of may be gone.
    """
    measures = {one.ref for one in kept.measures if one.answered and not one.by_hand}
    return frozenset(measures | {table.key for table in kept.tables})


def counted_again(kept: BoardReturn, again: BoardReturn, known: Collection[str]) -> CountedAgain:
    """Lay a return that was counted anew over the one that was kept.

    Args:
        kept: with the ids of children for their references.
        again: the same, counted anew.
        known: the ids of the children that could be counted again.
    """
    behind = (thing.reference for one in every_figure(kept) for thing in one.things)
    gone = frozenset(behind) - set(known) - {""}
    merging = _Merging(gone)
    measures = merging.each(kept.measures, again.measures)
    tables: dict[str, Any] = {
        name: merging.tables(getattr(kept, name), getattr(again, name)) for name in SECTIONS
    }
    lost = sum(
        one.reference in gone
        for table in kept.tables
        if table.key == _OF_LIVE
        for line in table.lines
        for one in line.things
    )
    live = None if again.live is None else again.live + lost
    if live != kept.live:
        merging.other.add((LIVE, ""))
    whole = replace(
        kept,
        live=live,
        measures=measures,
        overdue=again.overdue,
        to_mend=again.to_mend,
        lists=again.lists,
        **tables,
    )
    other = tuple(one for one in every_figure(kept) if one.key in merging.other)
    return CountedAgain(whole, other, len(gone))


class _Merging:
    """Figures counted anew, with what was kept of those who are gone."""

    def __init__(self, gone: Collection[str]) -> None:
        self._gone = gone
        self.other: set[tuple[str, str]] = set()

    def each(self, kept: Iterable[Result], again: Iterable[Result]) -> tuple[Result, ...]:
        """Measures, in the order they were kept in; what is new comes after."""
        found = {one.ref: one for one in again}
        made = []
        for one in kept:
            now = found.pop(one.ref, None)
            same = now is not None and self._agree(
                one.things, now.things, _figures(one) == _figures(now) or self._untold(one, now)
            )
            if not same:
                self.other.add((one.ref, ""))
            if now is not None:
                things = self._things(one.things, now.things)
                made.append(replace(one, things=things) if same else now)
        return (*made, *found.values())

    def tables(self, kept: Iterable[Table], again: Iterable[Table]) -> tuple[Table, ...]:
        """Tables likewise, with their lines."""
        found = {one.key: one for one in again}
        made = []
        for one in kept:
            now = found.pop(one.key, None)
            if now is None:
                self.other.update((one.key, line.key) for line in one.lines)
                continue
            before = len(self.other)
            lines = self._lines(one, now)
            same = before == len(self.other)
            if not same and one.total is not None:
                # What the other lines are out of changed with it.
                self.other.add((one.key, TOTAL))
            made.append(replace(one, lines=lines) if same else now)
        return (*made, *found.values())

    def _lines(self, kept: Table, again: Table) -> tuple[Line, ...]:
        found = {line.key: line for line in again.lines}
        made = []
        for line in kept.lines:
            now = found.pop(line.key, None)
            things = now.things if now is not None else ()
            if now is None and self._gone and not line.things and not line.count:
                # A line for whom the others were counted, nobody of whom is here.
                made.append(line)
                continue
            figures = now is not None and _of_line(line, kept) == _of_line(now, kept)
            if not self._agree(line.things, things, figures):
                self.other.add((kept.key, line.key))
            made.append(replace(line, things=self._things(line.things, things)))
        self.other.update((kept.key, key) for key in found)
        return tuple(made)

    def _agree(self, kept: Sequence[Thing], again: Sequence[Thing], figures: bool) -> bool:
        """Whether a figure is the same, leaving those who are gone out of account."""
        here = [one for one in kept if one.reference not in self._gone]
        same = not (_only(here, again) or _only(again, here))
        return same and (figures or len(here) < len(kept))

    def _untold(self, kept: Result, again: Result) -> bool:
        """Whether nothing was recorded of those looked at, who are gone, so that none are left."""
        return bool(self._gone) and not (kept.answered or again.things)

    def _things(self, kept: Sequence[Thing], again: Sequence[Thing]) -> tuple[Thing, ...]:
        lost = [replace(one, reference="") for one in kept if one.reference in self._gone]
        return by_day((*again, *lost)) if lost else tuple(again)


def _figures(one: Result) -> tuple[object, ...]:
    return one.numerator, one.denominator, one.value, one.rating, one.trend


def _of_line(line: Line, table: Table) -> tuple[object, ...]:
    """What a line says of itself: in a partition it is out of the total of all."""
    return (line.count, None if table.kind == "partition" else line.of, line.value)


def _only(these: Iterable[Thing], those: Iterable[Thing]) -> tuple[Thing, ...]:
    """Things that stand in one list and not in the other; why they do is no part of it."""
    left = Counter(map(_key, those))
    found = []
    for one in these:
        if left[_key(one)]:
            left[_key(one)] -= 1
        else:
            found.append(one)
    return tuple(found)


def _key(thing: Thing) -> tuple[object, ...]:
    return thing.reference, thing.on, thing.counts
