"""What is printed or written as a PDF, before it is drawn: titles, lines and tables of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.charts import Chart
from caseworker_app.domain.day_words import day_words

Cell = str | int | date | None
"""What a cell holds: a workbook has a day as a day, paper as "13 Nov 2026"."""

PERSONAL = "Contains personal data"
"""What stands at the foot of every page that names a child."""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """One table.

    Attributes:
        headings: of the columns; they stand again on every page the table goes on to.
        rows: of cells, as many as there are headings; a row of one cell is a heading in between.
        strong: the number of the column that stands out, from 0.
        empty: the sentence that stands in its place where there is no row.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: int = 0
    empty: str = "Nothing."


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part.

    Attributes:
        title: above it, or "".
        lines: paragraphs, before the table.
        table: or None.
        new_page: whether it begins on a page of its own.
        large: whether its title is that of a page and not of a part of one.
        chart: drawn between the lines and the table, or None.
    """

    title: str
    lines: tuple[str, ...] = ()
    table: PaperTable | None = None
    new_page: bool = False
    large: bool = False
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One document.

    Attributes:
        title: at the top of the first page, and the name of a file it is written to.
        about: a sentence or two below.
        foot: who made it and when, at the foot of every page.
        personal: whether it is about children.
        wide: whether it stands on its long side.
    """

    title: str
    about: str
    parts: tuple[Part, ...]
    foot: str = ""
    personal: bool = True
    wide: bool = True

    @property
    def size(self) -> int:
        """How many rows its tables have."""
        return sum(len(part.table.rows) for part in self.parts if part.table is not None)

    def words(self) -> str:
        """All it says, a line each, for whoever looks for a name in it."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield from (self.title, self.about)
        for part in self.parts:
            yield part.title
            yield from part.lines
            if part.table is not None:
                for row in part.table.rows:
                    yield "\t".join(map(in_words, row))


def in_words(cell: Cell) -> str:
    """A cell as a person reads it."""
    if isinstance(cell, date):
        return day_words(cell)
    if isinstance(cell, int):
        return f"{cell:,}"
    return cell or ""


def together(title: str, papers: Iterable[Paper]) -> Paper:
    """Several documents as one, each from a new page on; empty where there are none."""
    parts: list[Part] = []
    foot, wide = "", False
    for paper in papers:
        lines = (paper.about,) if paper.about else ()
        parts.append(Part(paper.title, lines, new_page=bool(parts), large=True))
        parts += paper.parts
        foot, wide = paper.foot, wide or paper.wide
    return Paper(title, "", tuple(parts), foot, wide=wide)
