"""A column of a table: how a row's cell reads, sorts, is spoken and is drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.names import folded

Row = TypeVar("Row")

LATE, SOON, OK, DONE, DONE_LATE, QUIET = "late", "soon", "ok", "done", "done_late", "quiet"
SHOUT = "shout"
"""The tones a chip can have; each has its own sign and colour (`delegates.chip`)."""


class Column(NamedTuple, Generic[Row]):
    """One column.

    Attributes:
        key: its name in preferences and in edits.
        title: its heading.
        text: what the cell shows.
        sort_key: what it sorts by; None sorts by the text, accents and case apart.
        align: where the text stands in the cell.
        tone: for a chip, one of the tones above, or "" for a cell without a chip.
        spoken: what a screen reader says, where that differs from the text.
        width: pixels at first.
        style: `strong` for the name in a row, `dim` for what is beside the point.
        stretch: whether it takes the room that is left.
        wraps: whether its words go on in a second line, for which every row of the table is higher.
        edit: what an editor starts with; None for a column that cannot be edited.
        weight: how much it matters where room is short, see `widths`; None for what its style says.
        by_choice: shown only where somebody asks for it.
        doubt: what to ask about the cell, marked with a sign and read aloud, or "" for nothing.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    sort_key: Callable[[Row], Any] | None = None
    align: Literal["left", "right", "centre"] = "left"
    tone: Callable[[Row], str] | None = None
    spoken: Callable[[Row], str] | None = None
    width: int = 120
    style: Literal["", "strong", "dim"] = ""
    stretch: bool = False
    wraps: bool = False
    edit: Callable[[Row], str] | None = None
    doubt: Callable[[Row], str] | None = None
    weight: int | None = None
    by_choice: bool = False

    def said(self, row: Row) -> str:
        """What a screen reader says of the cell, the doubt about it included."""
        words = (self.spoken or self.text)(row)
        doubt = self.doubt(row) if self.doubt is not None else ""
        return f"{words}. {doubt}" if doubt else words

    def full(self, row: Row, named: Column[Row] | None) -> str:
        """The cell with what it is of: `Meeting held, Zoë Brown, empty`.

        Args:
            row: the row.
            named: the column that says whose row it is; None where there is none.
        """
        words = self.said(row)
        if named is None or named is self:
            return words
        return ", ".join(part for part in (self.title, whose(row, named), words or "empty") if part)

    def order(self, row: Row) -> Any:  # noqa: ANN401
        """What `row` sorts by in this column."""
        return folded(self.text(row)) if self.sort_key is None else self.sort_key(row)


class Named(Protocol):
    """A row that is about a child."""

    @property
    def surname(self) -> str: ...  # noqa: D102
    @property
    def forename(self) -> str: ...  # noqa: D102


def by_name(row: Named) -> tuple[str, str]:
    """What rows sort by that stand by the child's name, as they do when they are read."""
    return folded(row.surname), folded(row.forename)


def whose(row: object, named: Column[Any]) -> str:
    """Whose a row is, a child by forename and surname, else as its column says."""
    forename, surname = getattr(row, "forename", ""), getattr(row, "surname", "")
    return f"{forename} {surname}" if forename and surname else named.text(row)


def no_date_last(day: date | None) -> date:
    """A sort key for dates that may be missing."""
    return day or date.max


@lru_cache(maxsize=20_000)
def long_date(day: date | None) -> str:
    """`13 Nov 2026`, or "" when there is none."""
    return day_words(day) if day else ""


def full_date(day: date | None) -> str:
    """`Friday 13 November 2026`, or "" when there is none."""
    if day is None:
        return ""
    return f"{_DAYS[day.weekday()]} {day.day} {_FULL_MONTHS[day.month - 1]} {day.year}"


_FULL_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
