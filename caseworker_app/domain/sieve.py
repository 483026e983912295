"""A small index of what many are known by: it says who may be meant, and never misses anybody.

It keeps a number for each key and not the key, so that fifty thousand children take a few
megabytes. Who asks looks at those it names once more.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

_ID_BITS = 24
_MASK = (1 << 39) - 1
_PART_BITS, _PARTS = 55, 256
_MOST = (1 << _ID_BITS) - 1


class Sieve:
    """Keys to the ids of those who have them."""

    def __init__(self, keyed: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Make it of ids, whole numbers as text, each with its keys."""
        # In parts: one sort of everything would hold up whoever waits for the window.
        parts: list[list[int]] = [[] for _ in range(_PARTS)]
        for pair in _pairs(keyed):
            parts[pair >> _PART_BITS].append(pair)
        self._packed = array("q")
        for part in parts:
            part.sort()
            self._packed.extend(part)
        self._later: dict[int, set[int]] = {}

    @property
    def added(self) -> int:
        """How many keys came after it was made."""
        return len(self._later)

    def add(self, one: str, keys: Iterable[str]) -> None:
        """Let one be known by further keys. By what they were known before they still are."""
        for pair in _pairs([(one, keys)]):
            self._later.setdefault(pair >> _ID_BITS, set()).add(pair & _MOST)

    def meant(self, keys: Iterable[str]) -> set[str]:
        """The ids of those who have one of some keys, and perhaps of a few who have none."""
        return {str(one) for key in keys for one in self._of(hash(key) & _MASK)}

    def _of(self, number: int) -> Iterator[int]:
        at = bisect_left(self._packed, number << _ID_BITS)
        while at < len(self._packed) and self._packed[at] >> _ID_BITS == number:
            yield self._packed[at] & _MOST
            at += 1
        yield from self._later.get(number, ())


def _pairs(keyed: Iterable[tuple[str, Iterable[str]]]) -> Iterator[int]:
    for one, keys in keyed:
        number = int(one) & _MOST
        for key in keys:
            yield (hash(key) & _MASK) << _ID_BITS | number
