"""Hiding as guidance for tables has it, row by row, to compare with.

Of each row with its total: hide what is small; where what is hidden makes less than the threshold
or is one alone, hide the next smallest, until it is not; then look at the rows that this touched.
"""

from __future__ import annotations

from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.suppression import is_small
from tests.support.attacker import THRESHOLD, Attacker, Name, Reading, kinds_of, read


def hidden_row_by_row(made: BoardReturn) -> set[Name]:
    """The figures hidden in one return by itself."""
    shown = {name: value for name, value in read(made).shown.items() if value is not None}
    rows = [row for row in _rows(made) if all(name in shown for name in (row[0], *row[1]))]
    hidden = {name for name, value in shown.items() if is_small(value)}
    changed = True
    while changed:
        changed = False
        for total, parts in rows:
            rest = shown[total] - sum(shown[part] for part in parts)
            unseen = [name for name in parts if name in hidden]
            if total in hidden or not (unseen or is_small(rest)):
                continue
            known = sum(shown[name] for name in unseen) + rest
            alone = len(unseen) + (rest > 0 or len(parts) == 1) < 2
            if not alone and known >= THRESHOLD:
                continue
            left = sorted(
                (shown[name], str(name)) for name in parts if name not in hidden and shown[name]
            )
            following = next((name for name in parts if left and str(name) == left[0][1]), total)
            hidden.add(following)
            changed = True
    return hidden


def let_out_row_by_row(made: BoardReturn) -> set[Name]:
    """The figures hidden in one return by itself that are worked out more nearly than they may."""
    return set(_narrow(made, hidden_row_by_row(made)))


def hidden_until_safe(made: BoardReturn) -> set[Name]:
    """The figures hidden in one return by itself, carried on until nobody works one out.

    The method looks at one row at a time: what several rows say together gets out. Then the next
    smallest of a row of what got out is hidden, and the attacker looks again.
    """
    shown = {name: value for name, value in read(made).shown.items() if value is not None}
    rows = [{total, *parts} for total, parts in _rows(made) if shown.keys() >= {total, *parts}]
    hidden = hidden_row_by_row(made)
    while True:
        beside = [
            set().union(*(row for row in rows if name in row)) - hidden
            for name in _narrow(made, hidden)
        ]
        more = {
            min(some, key=lambda name: (not shown[name], shown[name], str(name)))
            for some in beside
            if some
        }
        if not more:
            return hidden
        hidden |= more


def _narrow(made: BoardReturn, hidden: set[Name]) -> list[Name]:
    reading = read(made)
    left = {name: None if name in hidden else value for name, value in reading.shown.items()}
    seen = Reading(made, left, reading.shares, reading.named)
    found = Attacker([seen], kinds_of(made), [reading]).attack()
    return [one.name for one in found if one.narrow]


def _rows(made: BoardReturn) -> list[tuple[Name, list[Name]]]:
    attacker = Attacker([read(made)], kinds_of(made))
    return [(total, parts) for total, parts, _ in attacker.relations(read(made))]
