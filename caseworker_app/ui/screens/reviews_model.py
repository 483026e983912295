"""The rows of annual reviews with what was typed into a cell and is not recorded (yet)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal

from caseworker_app.domain.rows import ReviewRow
from caseworker_app.ui.models.covered import with_cover
from caseworker_app.ui.models.rows_model import DISPLAY, EDIT, ROW, SPOKEN, RowsModel
from caseworker_app.ui.screens.reviews_columns import COLUMNS, search_text

Index = QModelIndex | QPersistentModelIndex
MARK = ROW + 10
"""The role that gives the `Mark` of a cell, or None."""

UNFINISHED = "Typed but not recorded: Enter in the cell records it, Esc gives it up."


@dataclass(frozen=True, slots=True)
class Mark:
    """A text that stands in a cell without being recorded.

    Attributes:
        text: what was typed or pasted.
        why: why it is not recorded, a sentence.
        state: `saving` while the store is asked, `unfinished` where somebody left off typing,
            `bad` where it was refused.
    """

    text: str
    why: str = ""
    state: Literal["saving", "unfinished", "bad"] = "bad"


class ReviewsModel(RowsModel[ReviewRow]):
    """A `RowsModel` whose rows stay put while one works, and whose cells may be marked.

    Signals:
        marked: a mark was made, changed or taken away.
    """

    marked = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        covered: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """Make an empty grid; `covered` is as `with_cover` has it."""
        super().__init__(with_cover(COLUMNS, covered), attrgetter("child_id"), search_text, parent)
        self.still = True
        self.marks: dict[tuple[str, str], Mark] = {}
        self._names: dict[str, str] = {}
        self._numbers = {column.key: number for number, column in enumerate(self.columns)}

    def row_of(self, child_id: str) -> ReviewRow | None:
        """The newest row of a child, shown or not."""
        place = self._held.place.get(child_id)
        return None if place is None else self._held.rows[place]

    def name_of(self, child_id: str) -> str:
        """The name of a child with a row, or with a mark where the row is gone."""
        row = self.row_of(child_id)
        return self._names.get(child_id, "") if row is None else row.name

    def number(self, key: str) -> int:
        """The number of a column."""
        return self._numbers[key]

    def mark(self, child_id: str, key: str, mark: Mark | None) -> None:
        """Mark a cell, or take its mark away."""
        if mark is None:
            if self.marks.pop((child_id, key), None) is None:
                return
        else:
            self._names[child_id] = self.name_of(child_id)
            self.marks[child_id, key] = mark
        line = self.line_of(child_id)
        if line >= 0:
            index = self.index(line, self._numbers[key])
            self.dataChanged.emit(index, index)
        self.marked.emit()

    def forget_marks(self) -> None:
        """Take every mark away."""
        self.marks.clear()
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.marked.emit()

    def problems(self) -> list[tuple[str, str, Mark]]:
        """Every mark that asks for somebody: child id, column and mark, as they were made."""
        return [
            (child_id, key, mark)
            for (child_id, key), mark in self.marks.items()
            if mark.state != "saving"
        ]

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401
        """What a cell is; a mark's text stands in the place of what is recorded."""
        if role == SPOKEN and index.isValid():
            return self._spoken(index)
        if not self.marks or role not in (DISPLAY, EDIT, MARK):
            return super().data(index, role)
        mark = self._mark_at(index)
        if role == MARK or mark is None:
            return mark if role == MARK else super().data(index, role)
        return mark.text

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:  # noqa: ANN401
        """Tell by `edited` what was typed; the recorded text again takes the mark away.

        What is being recorded just now is no text to go back to yet.
        """
        row = self.row_at(index.row())
        column = self.columns[index.column()]
        if role != EDIT or row is None or column.edit is None:
            return False
        mark = self.marks.get((row.child_id, column.key))
        if value == column.edit(row) and (mark is None or mark.state != "saving"):
            self.mark(row.child_id, column.key, None)
            return False
        self.edited.emit(row, column.key, str(value))
        return True

    def _mark_at(self, index: Index) -> Mark | None:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        return self.marks.get((row.child_id, self.columns[index.column()].key))

    def _spoken(self, index: Index) -> str:
        """The cell as every table says it; of a marked one, what was typed and why not more."""
        row, column, mark = self.row_at(index.row()), self.columns[index.column()], None
        if self.marks and row is not None:
            mark = self._mark_at(index)
        if row is None or mark is None:
            return str(super().data(index, SPOKEN) or "")
        return f"{column.title}, {row.name}, {mark.text}, not recorded. {mark.why}"
