"""How a deadline's body is packed: fields, steps and days, parted by control characters.

No text that a person or a file can enter holds these characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseworker_app.domain.deadlines import Step

SEPARATOR = "\x1f"
_STEP, _DAY = "\x1e", "\x1d"


def pack_steps(steps: Iterable[Step]) -> str:
    """Steps of arithmetic as one text."""
    return _STEP.join(
        [
            step if isinstance(step, str) else f"{step[0]}{_DAY}{step[1].isoformat()}"
            for step in steps
        ]
    )


def to_steps(text: str) -> tuple[Step, ...]:
    """The same as values."""
    if not text:
        return ()
    read = date.fromisoformat
    return tuple(
        [
            (part[:at], read(part[at + 1 :])) if (at := part.find(_DAY)) >= 0 else part
            for part in text.split(_STEP)
        ]
    )


def to_start(text: str) -> tuple[Step, ...]:
    """Of the same, only the fact it started from."""
    before, found, rest = text.partition(_DAY)
    if not found:
        return ()
    return ((before[before.rfind(_STEP) + 1 :], date.fromisoformat(rest[:10])),)


def first_day(text: str) -> date | None:
    """The day of the first fact among packed steps."""
    _, found, rest = text.partition(_DAY)
    return date.fromisoformat(rest[:10]) if found else None
