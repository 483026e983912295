"""Which columns a machine of another country has turned round, judged over a whole file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.imports.tracker.dating import Signs

_BY_CHANCE, _AGAINST_OTHERS = 0.7, 0.12
"""A column by itself counts as turned round where so few of the file's columns would by chance:
the second where another column of the file, with dates of both kinds, contradicts."""

_SAME_HEADING = 0.1
"""How much rarer it has to be where the same column on another sheet contradicts."""

_TOGETHER = 0.06
"""Columns without a sign of their own follow others where it is rarer than this by chance."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The signs of one column of one sheet."""

    file: str
    sheet: str
    heading: str
    signs: Signs


def turned_columns(seen: Sequence[Seen]) -> list[tuple[bool, bool]]:
    """For each column whether real dates may be turned round, and text dates are month first.

    A column counts as the work of an American machine by its own cells, where the file has so few
    columns with both kinds of dates that one would hardly look so by chance; or together with the
    same column of other sheets, all of its sheet, or all of its file, where none contradicts.
    """
    pools: dict[tuple[str, ...], Signs] = defaultdict(Signs)
    mixed: Counter[str] = Counter()
    against: set[str] = set()
    for one in seen:
        for name in _pools(one):
            pools[name] += one.signs
        mixed[one.file] += one.signs.mixed
        if one.signs.mixed and not one.signs.american:
            against.add(one.file)
    rare = {
        file: (_AGAINST_OTHERS if file in against else _BY_CHANCE) / max(count, 1)
        for file, count in mixed.items()
    }
    return [
        _turned(one.signs, [pools[name] for name in _pools(one)], rare[one.file]) for one in seen
    ]


def _pools(one: Seen) -> tuple[tuple[str, ...], ...]:
    return (one.file, "", one.heading), (one.file, one.sheet), (one.file,)


def _turned(own: Signs, pools: Sequence[Signs], rare: float) -> tuple[bool, bool]:
    month_first = own.month_first_alone or (
        not (own.day_first or own.real_high) and any(pool.month_first_alone for pool in pools)
    )
    if month_first:
        return bool(own.real_low), True
    same = pools[0]
    elsewhere = not same.american and same.mixed
    by_itself = own.american and own.chance <= (rare * _SAME_HEADING if elsewhere else rare)
    together = any(pool.american and pool.chance <= min(rare, _TOGETHER) for pool in pools)
    return own.could_be_turned and (by_itself or together), False
