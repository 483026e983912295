"""Whom a board return is for, which says what of it goes out."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """The editions of the board return, by the word that asks for each."""

    BOARD = "board"
    TEAM = "team"
    MANAGERS = "managers"

    @property
    def suppressed(self) -> bool:
        """Whether it may be published: small numbers are hidden, and no case is listed."""
        return self is Audience.BOARD

    @property
    def words(self) -> str:
        """The edition as people call it."""
        return _WORDS[self]


_WORDS = {
    Audience.BOARD: "Board: small numbers hidden",
    Audience.TEAM: "Team: every number and case",
    Audience.MANAGERS: "Managers: also by caseworker",
}
