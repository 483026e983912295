"""What a merge or a split would do, in words, for a person to read before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Some of what would be, under one heading.

    Attributes:
        heading: a few words, "Events that come over (3)".
        lines: one thing each, without a full stop.
        doubtful: whether a person should look twice: something is doubled, divided or lost.
    """

    heading: str
    lines: tuple[str, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be.

    Attributes:
        summary: one sentence for the whole.
        parts: the rest of it, those with nothing to say left out.
    """

    summary: str
    parts: tuple[Part, ...]

    def lines(self) -> Iterator[str]:
        """All of it as lines of plain text."""
        yield self.summary
        for part in self.parts:
            yield f"{part.heading}:"
            yield from (f"  {line}" for line in part.lines)


def parts(*candidates: tuple[str, list[str], bool]) -> tuple[Part, ...]:
    """The parts that have something to say, of (heading, lines, doubtful)."""
    return tuple(
        Part(heading, tuple(lines), doubtful) for heading, lines, doubtful in candidates if lines
    )
