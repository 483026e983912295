"""What a return says otherwise than last year's: a list by child and item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.sen2.comparing import Difference
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable


@dataclass(frozen=True, slots=True)
class _Line:
    """A difference with its place in the list."""

    place: int
    one: Difference


COLUMNS: tuple[Column[_Line], ...] = (
    Column("child", "Child", lambda line: line.one.case.name, width=150, style="strong"),
    Column("reference", "Reference", lambda line: line.one.case.reference, width=88, style="dim"),
    Column("field", "Item", lambda line: line.one.field or line.one.module, width=150),
    Column("before", "Last year", lambda line: line.one.before, width=170),
    Column("now", "Now", lambda line: line.one.now, width=170, stretch=True),
)


class DifferencesDialog(FittingDialog):
    """The list; Enter opens the case."""

    def __init__(
        self,
        frame: Frame,
        found: Sequence[Difference],
        name: str,
        notes: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Different from last year's return")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._frame = frame
        self.model: RowsModel[_Line] = RowsModel(
            COLUMNS,
            lambda line: str(line.place),
            lambda line: "\n".join(one.text(line) for one in COLUMNS),
            self,
        )
        self.table = RowsTable(self.model, frame.theme, "Differences", "Enter opens the case")
        self.table.opened.connect(self._open)
        children = len({one.case for one in found})
        said = f"{len(found):,} items of {children:,} children differ from {name}."
        about = QLabel("\n".join((said, *notes)))
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setWordWrap(True)
        search = SearchField(self.table, "Find", "Filters by child, item and value", 220)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(about)
        column.addWidget(search)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        self.resize(900, 560)
        self.model.set_rows([_Line(at, one) for at, one in enumerate(found)])
        self.table.go_first()

    def _open(self, line: _Line) -> None:
        if line.one.case.id:
            self.accept()
            self._frame.open_case(line.one.case.id)


def show_differences(
    frame: Frame, found: Sequence[Difference], name: str, notes: Sequence[str], parent: QWidget
) -> None:
    """Show what differs from the return in a file of that name, and what was not compared."""
    DifferencesDialog(frame, found, name, notes, parent).open()
