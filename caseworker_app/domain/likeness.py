"""How near two names or birthdays are: the same, perhaps the same mistyped, or another."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from functools import lru_cache

from caseworker_app.domain.forenames import are_forms_of_one, is_a_name
from caseworker_app.domain.names import folded


class Likeness(IntEnum):
    """How near two values are."""

    OTHER = 0
    ALIKE = 1
    SAME = 2
    UNKNOWN = 3


def birthdays(one: date | None, other: date | None) -> Likeness:
    """Same; alike where day and month change places, or one of the three alone is another."""
    if one is None or other is None:
        return Likeness.UNKNOWN
    if one == other:
        return Likeness.SAME
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return Likeness.ALIKE
    equal = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    return Likeness.ALIKE if equal == 2 else Likeness.OTHER


def forenames(one: str, other: str) -> Likeness:
    """Same; alike for slips, initials, short forms and a second name left out; or another."""
    return _forenames(folded(one), folded(other))


@lru_cache(maxsize=1 << 16)
def _forenames(one: str, other: str) -> Likeness:
    a, b = one.replace(" ", ""), other.replace(" ", "")
    if a == b:
        return Likeness.SAME
    if not a or not b:
        return Likeness.UNKNOWN
    if _one_name(a, b):
        return Likeness.ALIKE
    mine, theirs = one.split(), other.split()
    if len(mine) == len(theirs) == 1:
        return Likeness.OTHER
    # Grace Ann is Grace, and G A is Grace Ann; Muhammad Ali is not Muhammad Hamza.
    pairs = zip(mine, theirs, strict=False)
    if all(x == y or _one_name(x, y) for x, y in pairs):
        return Likeness.ALIKE
    short, long = sorted((mine, theirs), key=len)
    known_by_second = len(short) == 1 and short[0] in long
    return Likeness.ALIKE if known_by_second else Likeness.OTHER


def _one_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    if are_forms_of_one(one, other):
        return True
    if is_a_name(one) and is_a_name(other):
        return False
    if len(short) >= 3 and long.startswith(short):
        return True
    first_two_turned = one[:2] == other[1::-1] and one[2:] == other[2:]
    return first_two_turned or (one[0] == other[0] and is_slip(one, other))


@lru_cache(maxsize=1 << 16)
def _surnames(one: str, other: str) -> Likeness:
    a, b = one.replace(" ", ""), other.replace(" ", "")
    if a == b:
        return Likeness.SAME
    if not a or not b:
        return Likeness.UNKNOWN
    mine, theirs = set(one.split()), set(other.split())
    # Smith-Jones is Smith, and Jones-Smith; a particle alone (de, van) joins nobody.
    if any(len(part) > 3 for part in mine & theirs):
        return Likeness.ALIKE
    if min(len(a), len(b)) == 1:
        return Likeness.ALIKE if a[0] == b[0] else Likeness.OTHER
    return Likeness.ALIKE if is_slip(a, b) else Likeness.OTHER


def surnames(one: str, other: str) -> Likeness:
    """Same; alike for slips and half of a double name; or another."""
    return _surnames(folded(one), folded(other))


def is_slip(one: str, other: str) -> bool:
    """Whether one may be the other mistyped: one letter too many, missing, wrong or out of place.

    Two such slips in names of eight letters and more. In a name of three letters a wrong letter
    makes another name.
    """
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 2 or len(short) < 2:
        return False
    distance = _distance(short, long)
    if distance == 1:
        return len(short) > 3 or len(short) != len(long) or sorted(short) == sorted(long)
    return distance == 2 and len(short) >= 8


def _distance(one: str, other: str) -> int:
    """Letters put in, left out, changed, or changed round with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
