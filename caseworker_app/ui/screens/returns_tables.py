"""The tables of a return: counts by need, setting, year and so on, each opening its cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain.measures.board import Line, Table
from caseworker_app.domain.rows import CaseRow
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.runtime.jobs import Jobs
from caseworker_app.ui.screens.returns_cases import CasesBehind
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable

_READABLE = 190


def count_words(line: Line) -> str:
    """A line's count, or its mean or median."""
    if line.value is not None:
        return f"{line.value:,.1f} {line.unit}".strip()
    return "hidden" if line.count is None else f"{line.count:,}"


TABLES: tuple[Column[Table], ...] = (
    Column("title", "Table", lambda table: table.title, stretch=True, wraps=True),
    Column("total", "Total", lambda t: "" if t.total is None else f"{t.total:,}", width=56),
)
LINES: tuple[Column[Line], ...] = (
    Column("label", "", lambda line: line.label, stretch=True),
    Column("count", "Count", count_words, lambda line: line.count or 0, "right", width=92),
    Column("of", "Of", lambda line: "" if line.of is None else f"{line.of:,}", width=56),
    Column(
        "share",
        "%",
        lambda line: "" if line.share is None or line.value is not None else f"{line.share:.1%}",
        lambda line: -1.0 if line.share is None else line.share,
        "right",
        width=70,
    ),
)


class TablesView(QWidget):
    """The list of tables, the lines of the one selected, and the cases of the line selected.

    Signals:
        opened: the id of a child to show.
    """

    opened = Signal(str)

    def __init__(self, themes: Themes, jobs: Jobs) -> None:
        super().__init__()
        self._line: Line | None = None
        self.cases = CasesBehind(themes, jobs)
        self.cases.opened.connect(self.opened)
        self.model = RowsModel(TABLES, lambda table: table.key, lambda table: table.title, self)
        self.table = RowsTable(self.model, themes, "Tables", "The one selected is shown beside")
        self.table.least_stretched = _READABLE
        self.table.chosen.connect(self._show_lines)
        self.lines = RowsModel(LINES, lambda line: line.key, lambda line: line.label, self)
        self.lines_table = RowsTable(
            self.lines, themes, "Lines of the table", "Enter goes to the cases of a line"
        )
        # What a line counts stays readable; what it is a share of is told by the total.
        self.lines_table.least_stretched = _READABLE
        self.lines_table.spare("of", "share")
        self.lines_table.chosen.connect(self._show_cases)
        self.lines_table.opened.connect(lambda _: self.cases.table.setFocus())
        self.definition = QLabel()
        self.definition.setObjectName("dim")
        self.definition.setWordWrap(True)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.definition)
        column.addWidget(self.lines_table, 1)
        whole = QSplitter(Qt.Orientation.Horizontal, self)
        for part in (self.table, middle, self.cases):
            whole.addWidget(part)
        whole.setSizes([350, 430, 350])
        whole.setHandleWidth(12)
        whole.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 6, 0, 0)
        around.addWidget(whole)

    def show_tables(self, tables: Iterable[Table], cases: Mapping[str, CaseRow]) -> None:
        """Show the tables of a return."""
        self._line = None
        self.cases.set_cases(cases)
        self.model.set_rows(tables)
        self.table.go_first()
        self._show_lines()

    def _show_lines(self) -> None:
        table = self.table.current_row()
        if not isinstance(table, Table):
            return
        self.definition.setText(table.definition or table.title)
        self.lines.set_rows(table.lines)
        self.lines_table.go_first()
        self._show_cases()

    def _show_cases(self) -> None:
        line = self.lines_table.current_row()
        # Each list that is filled says that another row is chosen; of a large council a line has
        # tens of thousands of cases.
        if isinstance(line, Line) and line is not self._line:
            self._line = line
            self.cases.show_things(line.things)
