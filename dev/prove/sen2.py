"""Drawn boroughs: each check finds the fault planted for it alone, and returns come back whole."""

from __future__ import annotations

from tests.support.sen2_borough import PLANTS
from tests.support.sen2_trips import WRITERS, tried

COUNT = 40


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Draw boroughs, plant every fault in each, and send each to a file and back."""
    wrong = tried(count, seed)
    faults, trips = count * len(PLANTS), count * len(WRITERS)
    return [
        f"{count:,} boroughs, {faults:,} faults planted, {trips:,} returns written and brought in",
        *(f"WRONG {one}" for one in wrong[:20]),
    ]
