"""What a return that was brought in said and nothing else holds: `Child.sen2`, asked item by item.

Items stand under their XML names in lower case. Those of a request other than the latest have the
day it was received after an @, those of a further placement its rank and first day. What holds for
one return alone, as a withdrawal without a day, counts for the return of its survey day only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

SURVEY = "referencedate"
"""The note of which survey day a return brought in was of."""

UNPLACED = "unplaced"
"""The note that a return named a place in the plan alone, and no placement."""

PLANS = "plandetail"
"""Begins the notes of places named in the plan that differ from where the child is taught."""


def of_request(item: str, received: date | None) -> str:
    """The name of a note about a request that is not the latest."""
    return f"{item}@{received or ''}"


def of_place(item: str, rank: str, since: date | str | None) -> str:
    """The name of a note about a further placement."""
    return f"{item}@{rank}.{since or ''}"


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a child, as a return asks them.

    Attributes:
        kept: `Child.sen2`.
        survey: the survey day of the return that asks.
    """

    kept: Mapping[str, str]
    survey: date

    @property
    def of_this_return(self) -> bool:
        """Whether they were brought in with the return of the same survey day."""
        return self.kept.get(SURVEY) == self.survey.isoformat()

    @property
    def told_until(self) -> date:
        """The survey day of the return brought in; the notes say nothing of what came later."""
        try:
            return date.fromisoformat(self.kept.get(SURVEY, ""))
        except ValueError:
            return date.max

    def text(self, item: str) -> str:
        """A note, or ""."""
        return self.kept.get(item, "")

    def day(self, item: str) -> date | None:
        """A note's day, or None."""
        try:
            return date.fromisoformat(self.kept.get(item, ""))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class RequestNotes:
    """The notes about one request.

    Attributes:
        latest: whether it is the latest the notes can be of.
    """

    notes: Notes
    received: date | None
    latest: bool

    def text(self, item: str) -> str:
        """A note about the request, or ""."""
        own = self.notes.text(of_request(item, self.received))
        return own or (self.notes.text(item) if self.latest else "")

    def this_year(self, item: str) -> str:
        """A note that counts for the return it came with alone."""
        return self.text(item) if self.notes.of_this_return else ""
