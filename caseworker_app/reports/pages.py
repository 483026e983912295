"""A sheet before it is written: its headings, the kind of each column, its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Value = str | int | float | date | datetime | None

Sheet = Any
"""A write-only sheet of openpyxl, which publishes no type for it."""

Kind = Literal[
    "text",
    "top",
    "after_number",
    "wrap",
    "quiet",
    "said",
    "count",
    "share",
    "average",
    "figure",
    "date",
    "green",
    "amber",
    "red",
    "none",
    "hidden",
    "lined",
    "lined_count",
    "lined_share",
    "lined_average",
    "lined_figure",
    "lined_note",
    "lined_said",
    "lined_hidden",
    "strong",
    "strong_count",
    "strong_share",
    "strong_hidden",
]
"""How a cell looks: what it holds, a rating's colour, a line of a short table, a total.

`text` is for long lists, `top` for text beside cells that wrap, `after_number` keeps text off the
number before it, `quiet` is text that wraps and stands back, `said` wraps and keeps off a number
before it, `figure` is a number in words.
"""

NUMBERS = frozenset(
    {
        *("count", "share", "average", "figure"),
        *("lined_count", "lined_share", "lined_average", "lined_figure"),
    }
)
"""The kinds that stand at the right of their column."""

WRAPPED = frozenset({"wrap", "quiet", "said", "lined", "lined_note", "lined_said"})
"""The kinds whose text goes on in the next line."""
WRAPS: Mapping[Kind, Kind] = {"text": "wrap", "top": "wrap", "after_number": "said"}
"""What a kind of text becomes where its column is too narrow for it: the next cell cuts it else."""
INDENTED = frozenset({"after_number", "quiet", "said", "lined_note", "lined_said"})
"""The kinds that stand off what is at their left."""

HIDDEN = "hidden"
"""What stands in place of a hidden count."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        kind: of its cells, where a row does not say otherwise.
        widest: the width it may take, in characters.
    """

    heading: str
    kind: Kind = "text"
    widest: int = 42


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose cells look different from their columns: `kinds` by position from 0."""

    values: tuple[Value, ...]
    kinds: Mapping[int, Kind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet with one table.

    Attributes:
        name: of the sheet; it never changes, so that others can link to it.
        about: one sentence under the title.
        holds: a few words for the cover's list of sheets.
        rows: plain tuples where every cell looks as its column says.
        empty: the sentence that stands in the table's place when there is no row.
        key: the stable name of the table, by which formulas and pivots find it; "" for none.
        total: the row under the others, outside the table, or None.
        draw: adds charts, given the worksheet and the row number of the first row.
    """

    name: str
    title: str
    about: str
    holds: str
    columns: tuple[Column, ...]
    rows: Sequence[Row | tuple[Value, ...]]
    empty: str = "Nothing to show."
    draw: Callable[[Sheet, int], None] | None = None
    key: str = ""
    total: Row | None = None

    @property
    def size(self) -> int:
        """How many rows it has."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Block:
    """One short table of several on a sheet.

    Attributes:
        columns: none where it is but lines of words.
        note: a sentence under the title, or "".
        total: the row under the lines, outside the filter, or None.
        draw: adds a chart, given the worksheet, the first line's row and the last line's.
        labels: of each line of the chart, where they are not those of the first column; they stand
            in a column of their own beyond those of the sheet, which nobody sees.
        key: the stable name of the table, by which formulas and pivots find it.
        lines: words across the page, a line each.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    note: str = ""
    total: Row | None = None
    draw: Callable[[Sheet, int, int], None] | None = None
    labels: tuple[str, ...] = ()
    key: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocks:
    """A sheet of short tables, one under another, each with its own headings and filter.

    Attributes:
        widths: of the sheet's columns, in characters.
        one_page: it is made to fit on a single printed page.
        small: words in small print at its end, or "".
    """

    name: str
    title: str
    about: str
    holds: str
    widths: tuple[float, ...]
    blocks: tuple[Block, ...]
    one_page: bool = False
    small: str = ""

    @property
    def size(self) -> int:
        """How many rows it has, without headings."""
        return sum(len(block.rows) for block in self.blocks)
