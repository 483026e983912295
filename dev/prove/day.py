"""SIGKILL at drawn moments of a caseworker's day at the window: nothing confirmed is lost."""

from __future__ import annotations

from tests.support.alone import counted

COUNT = 200


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Kill the day at so many drawn moments.

    Args:
        count: at how many moments.
        seed: of the draw.

    Returns:
        The figures in one line, and a line beginning with `WRONG` for each kill after which a
        change or a draft was gone, or the store not sound.
    """
    return counted("tests.support.day_kills", count, seed)
