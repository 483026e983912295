"""The return as rows: persons, with requests under them, with what hangs on each request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.sen2.layout import Layout

TRANSFERRED = "transferred in"
"""The mark of a request that stands for a plan another authority made."""


@dataclass(slots=True)
class Row:
    """One row of a module.

    Attributes:
        module: its key.
        values: XML name to text, dates as ccyy-mm-dd; an item that says nothing is left out.
        below: the rows that hang on it, in order.
        marks: what no item says and a check asks.
        at: where it is shown in words: the name of a placement's setting, say.
    """

    module: str
    values: dict[str, str]
    below: list[Row] = field(default_factory=list)
    marks: frozenset[str] = frozenset()
    at: str = ""

    def text(self, name: str) -> str:
        """An item's text, or ""."""
        return self.values.get(name, "")

    def day(self, name: str) -> date | None:
        """An item's date, or None."""
        said = self.values.get(name)
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            return None

    def of(self, module: str) -> list[Row]:
        """The rows of a module that hang on it, on whatever level."""
        return [one for one in self.every() if one.module == module and one is not self]

    def first(self, module: str) -> Row | None:
        """The first of those, or None."""
        return next(iter(self.of(module)), None)

    def every(self) -> Iterator[Row]:
        """It and all below it, each before what hangs on it."""
        yield self
        for one in self.below:
            yield from one.every()


@dataclass(frozen=True, slots=True)
class Case:
    """The case that rows are of."""

    id: str
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """A child of the return, with all rows."""

    case: Case
    row: Row

    @property
    def requests(self) -> list[Row]:
        """Their requests, in order."""
        return self.row.below


@dataclass(frozen=True, slots=True)
class Return:
    """The return of a year.

    Attributes:
        persons: in the order of their names, which no number of ours changes.
    """

    layout: Layout
    header: Row
    persons: tuple[Person, ...]

    @property
    def council(self) -> str:
        """The number of the authority whose it is, or ""."""
        return self.header.text("LEA")

    def rows(self, module: str) -> Iterator[tuple[Person, Row]]:
        """Every row of a module, with whose it is."""
        for person in self.persons:
            for row in person.row.every():
                if row.module == module:
                    yield person, row


def said(values: Iterable[tuple[str, str | date | None]]) -> dict[str, str]:
    """Items that say something, as text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values
        if value
    }
