"""Hiding as guidance for tables has it, row by row, to compare with.

Of each row with its total: hide what is small; where what is hidden makes less than the threshold
or is one alone, hide the next smallest, until it is not; then look at the rows that this touched.
Rows are the relations of a reader, in one return or between it and those published before it, of
which nothing can be hidden any more.
"""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.suppression import is_small
from tests.support.attacker import THRESHOLD, Attacker, Name, across, kinds_of, read

Row = tuple[Name, list[Name]]


def hidden_row_by_row(made: BoardReturn) -> set[Name]:
    """The figures hidden in one return by itself."""
    return {name[1:] for name in hidden_beside_others([made])}


def hidden_beside_others(returns: Sequence[BoardReturn]) -> set[Name]:
    """The figures hidden in returns that are published one after the other, by number and name."""
    readings = [read(made) for made in returns]
    shown = {
        (number, *name): value
        for number, reading in enumerate(readings)
        for name, value in reading.shown.items()
        if value is not None
    }
    rows = [row for row in _rows(returns) if all(name in shown for name in (row[0], *row[1]))]
    hidden: set[Name] = set()
    for number in range(len(returns)):
        mine = [row for row in rows if max(one[0] for one in (row[0], *row[1])) == number]
        hidden |= {name for name, value in shown.items() if name[0] == number and is_small(value)}
        _hide_more(mine, shown, hidden, number)
    return hidden


def _hide_more(rows: list[Row], shown: dict[Name, int], hidden: set[Name], number: int) -> None:
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
                (shown[name], str(name), name)
                for name in parts
                if name not in hidden and shown[name] and name[0] == number
            )
            following = left[0][2] if left else total
            if following[0] != number:
                continue
            hidden.add(following)
            changed = True


def _rows(returns: Sequence[BoardReturn]) -> list[Row]:
    readings = [read(made) for made in returns]
    kinds = {name: kind for one in returns if one.tables for name, kind in kinds_of(one).items()}
    attacker = Attacker(readings, kinds)
    found: list[Row] = []
    for number, reading in enumerate(readings):
        for total, parts, _ in attacker.relations(reading):
            found.append(((number, *total), [(number, *part) for part in parts]))
    found += [(total, parts) for total, parts, _ in across(readings)]
    return found
