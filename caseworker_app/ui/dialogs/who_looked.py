"""Who opened cases, and who wrote out, printed or copied what: of one case, or of all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.access import AccessRow
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import labelled
from caseworker_app.ui.widgets.table import RowsTable

_NOTE = "Newest first. A case that somebody opens again within the hour is one line."


def _columns() -> tuple[Column[AccessRow], ...]:
    return (
        Column("at", "When", lambda row: row.at, lambda row: row.number, width=140),
        Column("who", "Who", lambda row: row.who, width=150),
        Column("act", "Did", lambda row: row.act, width=130),
        Column("what", "What", lambda row: row.what, width=190, style="dim"),
        Column("cases", "Whose", lambda row: row.cases, stretch=True),
    )


class WhoLookedDialog(FittingDialog):
    """A list of looks, narrowed by words, and to one case where it was asked of one."""

    guide = "Undo, history, backups"

    def __init__(self, frame: Frame, child_id: str = "", parent: QWidget | None = None) -> None:
        """Make the dialog; `child_id` is the case in front, or ""."""
        super().__init__(parent)
        self._frame, self._child = frame, child_id
        self.setWindowTitle("Who looked")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 560)
        self.model = RowsModel(_columns(), lambda row: str(row.number), _search)
        self.table = RowsTable(self.model, frame.theme, "Who looked", _NOTE)
        self.empty = EmptyState(self.table)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.model.set_filter)
        self.one = QCheckBox("&This case alone")
        self.one.setVisible(bool(child_id))
        self.one.setChecked(bool(child_id))
        self.one.toggled.connect(lambda _: self._read())
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.model.counted.connect(self._count)
        top = QHBoxLayout()
        top.addWidget(labelled("&Find", self.search))
        top.addWidget(self.search, 1)
        top.addWidget(self.one)
        note = QLabel(_NOTE)
        note.setObjectName("dim")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(note)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.count)
        column.addWidget(buttons)
        self._read()
        self.table.setFocus()

    def _read(self) -> None:
        child = self._child if self.one.isChecked() else ""

        def look(session: Session) -> tuple[AccessRow, ...]:
            return session.who_looked(child)

        self._frame.jobs.ask(look, self._show, owner=self)

    def _show(self, rows: tuple[AccessRow, ...]) -> None:
        self.model.set_rows(rows)
        self._count()

    def _count(self) -> None:
        shown, total = self.model.shown, self.model.total
        nothing = "No look fits: take the search away." if total else "Nobody has looked yet."
        self.empty.say("" if shown else nothing)
        looks = counted(total, "look")
        self.count.setText(f"{shown:,} of {total:,}" if shown != total else looks)


def _search(row: AccessRow) -> str:
    return f"{row.who} {row.act} {row.what} {row.cases} {row.at}"
