"""A list of changes as the audit keeps them, each to be taken back where it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.rows import HistoryRow
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.table import RowsTable

Line = tuple[int, HistoryRow]
"""A change with its number from the oldest on: two may read the same."""


def _columns(what: Callable[[HistoryRow], str]) -> tuple[Column[Line], ...]:
    return (
        Column("at", "When", lambda line: line[1].at, lambda line: line[0], width=140),
        Column("who", "Who", lambda line: line[1].who, width=110),
        Column("what", "What", lambda line: what(line[1]), stretch=True),
        Column("state", "Now", lambda line: line[1].state, width=76, style="dim"),
        Column("why", "Why", lambda line: line[1].why, width=130, style="dim"),
    )


class HistoryList(QWidget):
    """Changes, newest first, with a button that takes the one selected back."""

    def __init__(self, frame: Frame, note: str) -> None:
        """Make an empty list.

        Args:
            frame: the window.
            note: a sentence above it.
        """
        super().__init__()
        self._frame = frame
        self.model = RowsModel(_columns(self.what), lambda line: str(line[0]), _search)
        self.table = RowsTable(self.model, frame.theme, "History", note)
        self.table.spare("why", "who")
        said = QLabel(note)
        said.setObjectName("dim")
        said.setWordWrap(True)
        self.back = QPushButton("&Take this change back…")
        self.back.setAutoDefault(False)
        self.back.setEnabled(False)
        self.back.clicked.connect(self._take_back)
        self.table.chosen.connect(self._switch)
        self.model.modelReset.connect(self._switch)
        self.top = QHBoxLayout()
        self.top.addWidget(said, 1)
        self.top.addWidget(self.back)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 6, 0, 0)
        self.column.addLayout(self.top)
        self.column.addWidget(self.table)

    def what(self, row: HistoryRow) -> str:
        """What a change did, in the words of its column."""
        return row.what

    def set_rows(self, rows: Iterable[HistoryRow]) -> None:
        """Show changes, given newest first."""
        given = list(rows)
        self.model.set_rows(zip(range(len(given), 0, -1), given, strict=True))
        self._switch()

    def _switch(self) -> None:
        self.back.setEnabled(bool(self._group()))

    def _group(self) -> str:
        """The change selected, where it can be taken back; else ""."""
        found = self.table.selected_rows()
        return found[0][1].group if len(found) == 1 and isinstance(found[0], tuple) else ""

    def _take_back(self) -> None:
        from caseworker_app.ui.taking_back import take_back

        group = self._group()
        if group:
            take_back(self._frame, group, self.window())


def _search(line: Line) -> str:
    row = line[1]
    return " ".join((row.who, row.what, row.why, *(one.words for one in row.changed)))
