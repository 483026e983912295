"""SIGKILL at each rename and at drawn moments of everything that changes files: a store opens."""

from __future__ import annotations

from tests.support.alone import counted

COUNT = 400


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Kill import, restore, backup, upgrade, change of passphrase, making and demo.

    Args:
        count: at how many drawn moments, beside each rename and removal.
        seed: of the draw.

    Returns:
        The figures in one line, and a line beginning with `WRONG` for each kill that was not
        survived.
    """
    return counted("tests.support.kills", count, seed)
