"""Some drawn hostile files, one after the other, with what was logged beside what was wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from tests.fuzz.hostile import draws, trial
from tests.fuzz.originals import Originals


def some(seed: int, numbers: Iterable[int], originals: Originals, folder: Path) -> list[str]:
    """Try some drawn files; what was wrong, a line each, log lines among it."""
    loud = _Loud(logging.WARNING)
    logging.getLogger().addHandler(loud)
    wrong = []
    for number in numbers:
        own = folder / str(number)
        own.mkdir()
        attempt = draws.drawn(seed, number, originals, own)
        came = trial.run(attempt, own, originals, as_process=number % 20 == 0)
        faults = [*came.wrong, *loud.lines]
        loud.lines.clear()
        if faults:
            wrong.append(f"{number} ({attempt.kind}, {attempt.way}): {faults} {came.said.err}")
    return wrong


class _Loud(logging.Handler):
    """Keeps what was logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")
