"""How a figure is taken and told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the bench.

    Attributes:
        what: what was done, on how much.
        seconds: how long it took, the median.
        against: what it is held against, in words, with its own figure.
        ratio: `seconds` over that.
        bar: the ratio that must not be passed.
        shown: `seconds` in words, where it is no time.
        notes: lines that say more, told below it.
    """

    what: str
    seconds: float
    against: str
    ratio: float
    bar: float
    shown: str = ""
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """What is printed: a line, and the notes below it."""
        reached = "reached" if self.ratio < self.bar else "NOT REACHED"
        line = (
            f"{self.what}: {self.shown or told(self.seconds)}, {self.ratio:.2f} x {self.against}; "
            f"bar {self.bar:g}: {reached}"
        )
        return "\n    ".join((line, *self.notes))


def told(seconds: float) -> str:
    """Seconds in the unit a person would use."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def timed(work: Callable[[], object]) -> float:
    """How many seconds the work takes, once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def worked(work: Callable[[], object]) -> float:
    """How many seconds of a processor the work takes, once, whatever else the machine does."""
    started = time.process_time()
    work()
    return time.process_time() - started


def median_of(times: int, work: Callable[[], object]) -> float:
    """The median of several goes."""
    return statistics.median(timed(work) for _ in range(times))


def side_by_side(
    times: int, ours: Callable[[], float], theirs: Callable[[], float]
) -> tuple[float, float]:
    """The medians of both, taken in turns, so that a busy machine is busy for both."""
    taken = [(theirs(), ours()) for _ in range(times)]
    return statistics.median(o for _, o in taken), statistics.median(t for t, _ in taken)
