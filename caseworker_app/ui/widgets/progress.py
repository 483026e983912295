"""Progress of long work, with Cancel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from caseworker_app.ui.fitting import FittingDialog


class ProgressDialog(FittingDialog):
    """Shows itself when the work is not over within so many milliseconds.

    Signals:
        told: (done, total, words); may be emitted from any thread.
    """

    told = Signal(int, int, str)

    def __init__(
        self, title: str, stop: Callable[[], None], parent: QObject | None, after: int = 0
    ) -> None:
        super().__init__(parent.window() if isinstance(parent, QWidget) else None)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(420)
        self._stop = stop
        self._over = False
        self._words = QLabel(title)
        self._words.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, 0)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.rejected.connect(self._cancel)
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addWidget(self._buttons)
        self.told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.show)
        self._patience.start(after)

    def finish(self) -> None:
        """The work is over, one way or the other."""
        self._over = True
        self._patience.stop()
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """Esc asks the work to stop, as Cancel does."""
        self._cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks the work to stop; the dialog goes when it has."""
        if not self._over:
            event.ignore()
            self._cancel()

    def _cancel(self) -> None:
        self._words.setText("Stopping…")
        self._buttons.setEnabled(False)
        self._stop()

    @Slot(int, int, str)
    def _tell(self, done: int, total: int, words: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if words and self._buttons.isEnabled():
            self._words.setText(words)
