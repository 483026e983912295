"""Boroughs simulated by known rates: the band of 80 % holds what comes about eight times in ten."""

from __future__ import annotations

from tests.support.boroughs import tried

COUNT = 150
LEAST, MOST = 0.75, 0.85


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Simulate boroughs, forecast each from its first years, and count how often bands held."""
    held, asked = tried(count, seed)
    share = held / asked
    bad = [] if LEAST <= share <= MOST else [f"WRONG the bands of seed {seed} held {share:.1%}"]
    return [f"{count:,} boroughs: bands held {held:,} of {asked:,} figures, {share:.1%}", *bad]
