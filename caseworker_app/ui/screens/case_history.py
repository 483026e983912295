"""The history of a case: who changed what, when and why, as the audit keeps it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.rows import HistoryRow
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable

Line = tuple[int, HistoryRow]
"""An entry with its number in the list: two entries may read the same."""

COLUMNS: tuple[Column[Line], ...] = (
    Column("at", "When", lambda line: line[1].at, width=150),
    Column("who", "Who", lambda line: line[1].who, width=150),
    Column("what", "What", lambda line: line[1].what, stretch=True),
    Column("why", "Why", lambda line: line[1].why, width=260, style="dim"),
)


class CaseHistory(QWidget):
    """The audit entries of one child, newest first."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.model = RowsModel(COLUMNS, lambda line: str(line[0]), _search)
        self.table = RowsTable(self.model, themes, "History", "Changes to this case, newest first")
        note = QLabel("Nothing is overwritten silently: each change stands here and stays.")
        note.setObjectName("dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(note)
        column.addWidget(self.table)

    def set_rows(self, rows: tuple[HistoryRow, ...]) -> None:
        """Show entries."""
        self.model.set_rows(enumerate(rows))


def _search(line: Line) -> str:
    return f"{line[1].who} {line[1].what} {line[1].why}"
