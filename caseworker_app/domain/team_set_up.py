"""What making a database ready for a team came to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class TeamSetUp:
    """What was done, what is wrong, and what is left to a person.

    Attributes:
        lines: what was done or stood already, a sentence each.
        faults: what is not as it should be, a sentence each; empty when all is.
        new: whether the tables were made now, so that no rules are in force yet.
        left: what the server's administrator still has to see to.
    """

    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    new: bool = False
    left: tuple[str, ...] = ()
