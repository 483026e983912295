"""What a list with figures above it shows: columns, figures and words. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from caseworker_app.ui.models.column import Column

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Figure(Generic[Row]):
    """A figure above a list.

    Attributes:
        key: what tells it from the others.
        words: below the number.
        counts: which rows it counts, and shows alone when it is pressed.
        tone: of the number.
    """

    key: str
    words: str
    counts: Callable[[Row], bool]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Figured(Generic[Row]):
    """A list with figures.

    Attributes:
        columns: in the order shown.
        figures: in the order shown; the first counts every row.
        search_text: what the filter looks in.
        in_full: a row in a sentence or two, for the line below the list.
        one, many: what a row is called.
        none_yet: what the list says while there is no row at all.
    """

    columns: tuple[Column[Row], ...]
    figures: tuple[Figure[Row], ...]
    search_text: Callable[[Row], str]
    in_full: Callable[[Row], str]
    one: str
    many: str
    none_yet: str
