"""What a list says when it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel

from caseworker_app.ui.widgets.table import RowsTable


class EmptyState(QLabel):
    """Stands in the middle of a table that has no rows."""

    def __init__(self, table: RowsTable) -> None:
        super().__init__(table.viewport())
        self._viewport = table.viewport()
        self.setObjectName("dim")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        table.viewport().installEventFilter(self)
        self.hide()

    def say(self, words: str) -> None:
        """Show words, or with "" nothing."""
        self.setText(words)
        self.setVisible(bool(words))
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the table."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self._viewport.rect()
        self.setGeometry(room.adjusted(40, 0, -40, -room.height() // 3))
