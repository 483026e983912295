"""Set one step of several annual reviews at once: what it would change is shown before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import RecordFact, RemoveFact
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import LATE, OK, QUIET, Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.reviews_columns import COLUMNS
from caseworker_app.ui.screens.reviews_paste import HEADINGS, Cell, Taken, take
from caseworker_app.ui.widgets.form import choices
from caseworker_app.ui.widgets.table import RowsTable


@dataclass(frozen=True, slots=True)
class _Change:
    """What would become of one child's cell; `to` is "" where nothing would."""

    child_id: str
    name: str
    now: str
    to: str
    why: str

    @property
    def words(self) -> str:
        return self.why or self.to or "stays as it is"


_COLUMNS: tuple[Column[_Change], ...] = (
    Column("child", "Child", lambda one: one.name, width=170, style="strong"),
    Column("now", "Now", lambda one: one.now or "empty", width=110),
    Column(
        "to",
        "Becomes",
        lambda one: one.words,
        tone=lambda one: LATE if one.why else OK if one.to else QUIET,
        width=240,
        stretch=True,
    ),
)


class SetDialog(FittingDialog):
    """Asks for the step and its text, and lists every child with what would change."""

    def __init__(
        self,
        frame: Frame,
        rows: Sequence[ReviewRow],
        key: str,
        go: Callable[[str, str, list[ReviewRow]], None],
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            frame: the window around it.
            rows: the reviews.
            key: the column to begin with.
            go: sets a text in a column of rows.
            parent: the window it stands over.
        """
        super().__init__(parent)
        count = len(rows)
        self.setWindowTitle("Set" if count == 1 else f"Set for {count:,} children")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._frame, self._rows, self._do = frame, list(rows), go
        self.key = choices(list(HEADINGS.items()))
        self.key.setAccessibleName("Step")
        self.key.setCurrentIndex(max(0, self.key.findData(key)))
        self.text = QLineEdit()
        self.text.setAccessibleName("Text")
        self.text.setPlaceholderText("22/11, or for a decision 22/11 m")
        self.model: RowsModel[_Change] = RowsModel(
            _COLUMNS, lambda one: one.child_id, lambda one: one.name, self
        )
        table = RowsTable(self.model, frame.theme, "What would change", "", self)
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.said.setWordWrap(True)
        form = QFormLayout()
        form.addRow("&Step", self.key)
        form.addRow("&Text", self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Set", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(table, 1)
        column.addWidget(self.said)
        column.addWidget(buttons)
        self.resize(620, 460)
        self.key.currentIndexChanged.connect(self._look)
        self.text.textChanged.connect(self._look)
        self._look()
        self.text.setFocus()

    def accept(self) -> None:
        """Set what can be; what cannot is listed under the table."""
        if self._taken().commands:
            self._do(str(self.key.currentData()), self.text.text().strip(), self._rows)
            super().accept()

    def _taken(self) -> Taken:
        key, text = str(self.key.currentData()), self.text.text().strip()
        cells = [Cell(row, key, text) for row in self._rows] if text else []
        return take(cells, self._frame.today())

    def _look(self) -> None:
        key, taken = str(self.key.currentData()), self._taken()
        why = {one.row.child_id: one.why for one in taken.bad if one.row is not None}
        to: dict[str, str] = {}
        for command, cells in taken.commands:
            if isinstance(command, RemoveFact):
                continue
            day, detail = command.on, command.detail or {}
            fixed = detail.get("meeting")
            words = long_date(day)
            if isinstance(fixed, date):
                words = f"fixed for {long_date(fixed)}"
            outcome = str(detail.get("outcome", "")).capitalize()
            again = "" if isinstance(command, RecordFact) else " (changed)"
            to[cells[0].row.child_id] = " · ".join(filter(None, (words, outcome))) + again
        column = next(one for one in COLUMNS if one.key == key)
        self.model.set_rows(
            _Change(
                row.child_id,
                row.name,
                column.text(row),
                to.get(row.child_id, ""),
                why.get(row.child_id, ""),
            )
            for row in self._rows
        )
        changed, left = len(to), len(why)
        words = f"{changed:,} would change" + (f", {left:,} cannot be set" if left else "")
        self.said.setText(f"{words}. One Undo takes it back." if self.text.text() else "")
        self.go.setEnabled(bool(to))
