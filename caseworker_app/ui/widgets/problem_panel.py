"""What could not be taken, line by line: it stays, can be copied, and leads to each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from caseworker_app.domain.sheet_text import write_sheet
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import HEADING_HEIGHT, ROW_HEIGHT, RowsTable

_LINES = 4
"""So many are in view at once."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A text that was not recorded.

    Attributes:
        id: unique among them.
        child: the child's name, or where there is none, where the text would have gone.
        column: the column's title.
        text: what was typed or pasted.
        why: what is wrong with it, a sentence.
        child_id, key: the cell, or "" where there is none.
    """

    id: str
    child: str
    column: str
    text: str
    why: str
    child_id: str = ""
    key: str = ""


_COLUMNS: tuple[Column[Problem], ...] = (
    Column("child", "Child", lambda one: one.child, width=170, style="strong"),
    Column("column", "Column", lambda one: one.column, width=110),
    Column("text", "Typed", lambda one: " ".join(one.text.split()), width=150),
    Column("why", "Why it is not recorded", lambda one: one.why, width=360, stretch=True),
)


class ProblemPanel(QFrame):
    """Lists problems until the last is mended, or somebody closes the list.

    Signals:
        wanted: a click on a problem, or Enter; the `Problem`.
        dismissed: the list was closed: what it says is not wanted.
    """

    wanted = Signal(object)
    dismissed = Signal()

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("Not recorded")
        self.model: RowsModel[Problem] = RowsModel(
            _COLUMNS, lambda one: one.id, lambda one: f"{one.child}\n{one.column}", self
        )
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.table = RowsTable(
            self.model, themes, "Not recorded", "Enter or a click goes to the cell"
        )
        self.table.widths.tells_cut = False
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        copy = QPushButton("Copy the list")
        copy.clicked.connect(self.copy)
        close = QPushButton("Discard these")
        close.setToolTip("Close the list and show every cell as it is recorded")
        close.clicked.connect(self.dismissed)
        for button in (copy, close):
            button.setAutoDefault(False)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(copy)
        top.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.table)
        self.table.opened.connect(self.wanted)
        self.table.clicked.connect(lambda index: self._clicked(index.row()))
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these and no others; with none, go."""
        self.model.set_rows(problems)
        count = len(problems)
        words = "1 cell is not recorded" if count == 1 else f"{count:,} cells are not recorded"
        self.heading.setText(f"{words}: a click, or Enter, goes to the cell")
        lines = min(_LINES, max(1, count))
        edges = 2 * self.table.frameWidth()
        self.table.setFixedHeight(HEADING_HEIGHT + lines * ROW_HEIGHT + edges)
        self.setVisible(bool(problems))

    def copy(self) -> None:
        """Put the list on the clipboard, as a sheet takes it."""
        lines = [[column.title for column in _COLUMNS]]
        lines += [[one.child, one.column, one.text, one.why] for one in self.model.rows()]
        QGuiApplication.clipboard().setText(write_sheet(lines))

    def _clicked(self, line: int) -> None:
        problem = self.model.row_at(line)
        if problem is not None:
            self.wanted.emit(problem)
