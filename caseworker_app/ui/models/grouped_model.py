"""Rows under headings: one table that reads from top to bottom, for eyes, keys and readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject

from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import DISPLAY, HEADING, SPOKEN, RowsModel

Row = TypeVar("Row")


class GroupedModel(RowsModel[Row], Generic[Row]):
    """A `RowsModel` with a heading before each group that has rows.

    Headings stand in `_shown` as negative numbers, -1 for the first group.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        identity: Callable[[Row], str],
        search: Callable[[Row], str],
        group: Callable[[Row], int],
        titles: Sequence[str],
        parent: QObject | None = None,
    ) -> None:
        """Make an empty table; `group` gives the number of a row's title."""
        super().__init__(columns, identity, search, parent)
        self._group = group
        self.titles = tuple(titles)
        self._sizes = [0] * len(self.titles)

    @property
    def shown(self) -> int:
        """How many rows are shown, headings apart."""
        return sum(self._sizes)

    def rows(self) -> list[Row]:
        """The rows shown, in order, without the headings."""
        rows = self._held.rows
        return [rows[place] for place in self._shown if place >= 0]

    def heading_lines(self) -> list[int]:
        """The lines that are headings."""
        return [line for line, place in enumerate(self._shown) if place < 0]

    def size(self, group: int) -> int:
        """How many rows of a group are shown."""
        return self._sizes[group]

    def _arrange(self) -> None:
        super()._arrange()
        parts: list[list[int]] = [[] for _ in self.titles]
        rows, group = self._held.rows, self._group
        for place in self._shown:
            parts[group(rows[place])].append(place)
        self._sizes = [len(part) for part in parts]
        self._shown = []
        for number, part in enumerate(parts):
            if part:
                self._shown.append(-1 - number)
                self._shown += part

    def _heading_data(self, place: int, column: int, role: int) -> Any:  # noqa: ANN401
        number = -1 - place
        if role == HEADING or (column == 0 and role in (DISPLAY, SPOKEN)):
            return f"{self.titles[number]} · {self._sizes[number]:,}"
        return None
