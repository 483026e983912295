"""A day's work, an import and a preview, ended in any way: no file holds a child in plain text."""

from __future__ import annotations

from tests.support.alone import counted

COUNT = 100


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Let them close once each, and be told to end, be killed or break at drawn moments.

    Args:
        count: at how many moments.
        seed: of the draw.

    Returns:
        The figures in one line, and a line beginning with `WRONG` for each file and what it holds.
    """
    return counted("tests.support.plain_text", count, seed)
