"""How loud a date can be, apart from what makes it so."""

from __future__ import annotations

from enum import IntEnum

OVERDUE = "overdue"
"""The words of a deadline past its date that no threshold names."""


class Level(IntEnum):
    """How loud: higher is louder."""

    QUIET = 0
    AMBER = 1
    RED = 2
    ESCALATE = 3

    @property
    def words(self) -> str:
        """The level as screens say it; "" for a quiet one."""
        return "" if self is Level.QUIET else self.name.lower()
