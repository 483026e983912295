"""Children so many at a time: what is read of them to make a row is let go before the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

AT_ONCE = 1000
"""How many children are read at once where only a row of each is kept.

Read all at once, the facts and dates of a council stand in memory together, and what was taken for
them is hardly ever given back.
"""


def so_many(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in pieces, in their order."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
