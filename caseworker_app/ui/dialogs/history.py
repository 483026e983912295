"""The latest changes to the store, whoever made them, each to be taken back where it can be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from caseworker_app.domain.rows import HistoryRow
from caseworker_app.services.session import Session
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.history_list import HistoryList

_MOST = 500


class HistoryDialog(FittingDialog):
    """A list of actions, one row for each."""

    guide = "Undo, history, backups"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self.setWindowTitle("History")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 560)
        self.changes = HistoryList(
            frame, "Latest changes to the store, newest first. Yours are undone by Ctrl+Z too."
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.changes, 1)
        column.addWidget(buttons)
        frame.hub.done.connect(self._again)
        self._again()
        self.changes.table.setFocus()

    def _again(self) -> None:
        def look(session: Session) -> Sequence[HistoryRow]:
            return session.actions(_MOST)

        self._frame.jobs.ask(look, self.changes.set_rows, owner=self)
