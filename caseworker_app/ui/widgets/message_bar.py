"""The bar below the page that says what just happened, with Undo, or Redo after one."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from caseworker_app.ui.widgets.announcing import announce

_STAYS_MS = 15_000


class MessageBar(QFrame):
    """Shows one message at a time. It goes by itself; Undo stays in the Edit menu.

    Signals:
        undo, redo: Undo or Redo was pressed; the audit group.
    """

    undo = Signal(str)
    redo = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAccessibleName("Message")
        self._group = ""
        self._undone = ""
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._undo = QPushButton("Undo")
        self._undo.setToolTip("Undo (Ctrl+Z)")
        self._undo.clicked.connect(lambda: self.undo.emit(self._group))
        self._redo = QPushButton("Redo")
        self._redo.setToolTip("Redo (Ctrl+Y)")
        self._redo.clicked.connect(lambda: self.redo.emit(self._undone))
        self._away = QPushButton("✕")
        self._away.setAccessibleName("Close the message")
        self._away.setFixedWidth(30)
        self._away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 6, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addWidget(self._away)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, message: str, undo: str = "", *, redo: str = "", stay: bool = False) -> None:
        """Show a message.

        Args:
            message: the sentence.
            undo: an audit group to offer Undo for, or "".
            redo: an audit group to offer Redo for, or "".
            stay: until it is closed.
        """
        self._group, self._undone = undo, redo
        self.words.setText(message)
        self._undo.setVisible(bool(undo))
        self._redo.setVisible(bool(redo))
        self.show()
        self._timer.stop()
        if not stay:
            self._timer.start()
        announce(self, message)
