"""Whether a store was moved elsewhere: then it opens no more, and says where it went."""

from __future__ import annotations

from datetime import datetime

MOVED = "moved to"
"""The name of the note of a store that says when it was moved, and where."""


def moved_words(where: str, note: str) -> str:
    """What to say to whoever opens a store that was moved; "" where it was not."""
    if not note:
        return ""
    at, _, to = note.partition(" ")
    day = datetime.strptime(at, "%Y%m%dT%H%M%SZ").date()  # noqa: DTZ007  (a day alone)
    return (
        f"{where} was moved to {to} on {day.day} {day:%B %Y}: open that. What is here is as it was "
        "then."
    )
