"""The whole text of the line selected in a list, where one line has no room for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea

_HEIGHT, _LINES = 92, 4


class WholeText(QScrollArea):
    """A few lines below a list; hidden where there is nothing to say.

    Nothing can be selected in it: what leaves a case is copied from the list, past the guard.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.words = QLabel()
        self.words.setObjectName("page")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.words.setContentsMargins(10, 6, 10, 6)
        self.words.setAccessibleName(name)
        self.setWidget(self.words)
        self.setFixedHeight(max(_HEIGHT, self.fontMetrics().height() * _LINES + 16))
        self.hide()

    def say(self, text: str) -> None:
        """Show a text, or nothing with ""."""
        self.words.setText(text)
        self.setAccessibleDescription(text)
        self.setVisible(bool(text))
        self.verticalScrollBar().setValue(0)
