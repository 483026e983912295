"""How wide the columns of a table are: what goes, and what shrinks, where room is short."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import ceil
from textwrap import shorten
from typing import Any, NamedTuple

from caseworker_app.ui.models.column import Column

LEAST_STRETCHED = 110
"""A column that takes the room that is left is worth showing from this width on."""

EVERYTHING = 1000
"""The weight of what never goes."""

_CHIP, _DIM, _STEP = 60, 30, 2
_MOST_SAID = 240
"""Of longer words, such as a note's, the beginning is enough below a table."""


class Wish(NamedTuple):
    """How wide a column is to be.

    Attributes:
        key: the column's.
        wish: its width where there is room.
        least: the width under which its words are cut.
        weight: how much it matters: the lowest goes first.
        stretch: whether it takes what is left.
        longest: the width of its longest words, for a name that is longer than most; it has what
            the other columns do not need.
    """

    key: str
    wish: int
    least: int
    weight: int
    stretch: bool = False
    longest: int = 0


def weights(columns: Sequence[Column[Any]], spared: Sequence[str] = ()) -> dict[str, int]:
    """How much each column matters: a row's name most, what is beside the point least.

    Args:
        columns: in the order they were made.
        spared: the keys of those that go before all others, the first first.
    """
    found = {}
    for at, column in enumerate(columns):
        weight = column.weight
        if weight is None:
            weight = 200 - _STEP * at
            weight += _CHIP * (column.tone is not None) - _DIM * (column.style == "dim")
            if column.style == "strong" or column.edit is not None:
                weight = EVERYTHING
        found[column.key] = weight
    return found | {key: at - len(spared) for at, key in enumerate(spared) if key in found}


def fitted(
    wishes: Sequence[Wish], room: int, kept: Collection[str] = (), *, hides: bool = True
) -> dict[str, int]:
    """The width of each column that is shown in a room.

    Columns give up what their words do not need; then the least important go, one by one. The
    name of a row, and what is `kept`, stay whatever the room.

    Args:
        wishes: the columns that may be shown.
        room: how many pixels there are.
        kept: the keys of columns that never go.
        hides: whether any may go at all; else the table is scrolled.

    Returns:
        Widths by key; who is not in it is hidden. The one that stretches has what is left over.
    """
    shown = list(wishes)
    while True:
        least = sum(one.least for one in shown)
        going = [one for one in shown if one.weight < EVERYTHING and one.key not in kept]
        if least <= room or not going or not hides:
            break
        shown.remove(min(going, key=lambda one: one.weight))
    return _shared(shown, room)


def _shared(shown: Sequence[Wish], room: int) -> dict[str, int]:
    """Each as wide as it wishes, or its share of what is missing less."""
    fixed = [one for one in shown if not one.stretch]
    over = sum(one.wish for one in shown) - room
    slack = sum(max(0, one.wish - one.least) for one in fixed)
    share = min(1.0, over / slack) if over > 0 and slack else 0.0
    widths = {one.key: one.wish - ceil(max(0, one.wish - one.least) * share) for one in fixed}
    left = room - sum(widths.values())
    stretching = [one for one in shown if one.stretch]
    if not stretching and left > 0 and fixed:
        for one in fixed:
            widths[one.key] += left // len(fixed)
    for one in stretching:
        widths[one.key] = max(one.least, left // len(stretching))
    for one in shown:
        if widths[one.key] < one.longest:
            _lengthen(one, shown, widths)
    return widths


def _lengthen(name: Wish, shown: Sequence[Wish], widths: dict[str, int]) -> None:
    """Give a column of long names what the words of the others leave free."""
    for one in shown:
        if one is name:
            continue
        free = widths[one.key] - (max(one.wish, one.least) if one.stretch else one.least)
        taken = max(0, min(free, name.longest - widths[name.key]))
        widths[one.key] -= taken
        widths[name.key] += taken


def in_words(columns: Sequence[Column[Any]], row: object, hidden: Collection[str]) -> str:
    """What hidden columns say of a row: `Setting: Acorn House · Caseworker: Otis Osei`."""
    found = ((one, _in_short(one.text(row))) for one in columns if one.key in hidden)
    return "  ·  ".join(f"{one.title}: {words}" for one, words in found if words and one.title)


def _in_short(words: str) -> str:
    return shorten(words, _MOST_SAID, placeholder="…")


def kept_widths(held: Mapping[str, Any]) -> dict[str, int]:
    """The widths that a person chose, out of what was kept; whatever else is left out."""
    widths = held.get("widths", {})
    if not isinstance(widths, Mapping):
        return {}
    return {str(key): one for key, one in widths.items() if isinstance(one, int) and 8 < one < 3000}
