"""Two counts of the same figures, measure by measure: what one looked at and the other did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.measures.board import BoardReturn, Result, Thing


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure that came to something else.

    Attributes:
        before, now: its results.
        gone, come: the things that only the one, and only the other, looked at or counted so.
    """

    before: Result
    now: Result
    gone: tuple[Thing, ...]
    come: tuple[Thing, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """The cases behind it, each once, in order."""
        return tuple(sorted({one.reference for one in (*self.gone, *self.come)} - {""}))


def differences(before: BoardReturn, now: BoardReturn) -> tuple[Difference, ...]:
    """The measures whose figures or cases differ, in the catalogue's order.

    Figures by hand are left out: no case is behind them.
    """
    found = []
    earlier = {result.ref: result for result in before.measures}
    for result in now.measures:
        was = earlier.get(result.ref)
        if was is None or result.by_hand or was.by_hand:
            continue
        gone, come = _only(was.things, result.things), _only(result.things, was.things)
        if gone or come or _figures(was) != _figures(result):
            found.append(Difference(was, result, gone, come))
    return tuple(found)


def _figures(result: Result) -> tuple[int | None, int | None]:
    return result.numerator, result.denominator


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
