"""The first page when no store is open: make one, open one, or look round."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

_CHOICES = (
    (
        "new",
        "Make a new store",
        "One encrypted file for your cases: start empty, or import the tracker you keep.",
        "&Make a store…",
    ),
    (
        "open",
        "Open a store",
        "A file that is on this computer already. Its passphrase opens it.",
        "&Open a store…",
    ),
    (
        "demo",
        "Look round",
        "A borough of two thousand invented children, to try everything without harm.",
        "&Look round",
    ),
)


_WIDEST = 960


class FirstStart(QWidget):
    """Three ways to begin.

    Signals:
        chosen: `new`, `open` or `demo`.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setAccessibleName("Start")
        title = QLabel("Welcome to Caseworker")
        title.setObjectName("title")
        under = QLabel(
            "The statutory dates of your children's EHC plans: what is next, why, and with whom."
        )
        under.setObjectName("dim")
        self.words = QLabel("")
        self.words.setObjectName("problem")
        self.words.setWordWrap(True)
        self.words.hide()
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(14)
        for key, heading, text, go in _CHOICES:
            row.addWidget(self._card(key, heading, text, go), 1)
        middle = QWidget()
        middle.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(under)
        column.addWidget(self.words)
        column.addSpacing(14)
        column.addLayout(row)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 100)
        across.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(36, 24, 36, 24)
        page.addStretch(2)
        page.addLayout(across)
        page.addStretch(3)

    def say(self, sentence: str) -> None:
        """Say why the page is shown, when a store could not be opened."""
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))

    def take_focus(self) -> None:
        """Put the keyboard on the first choice."""
        self.buttons["new"].setFocus()

    def _card(self, key: str, heading: str, text: str, go: str) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head = QLabel(heading)
        head.setObjectName("heading")
        words = QLabel(text)
        words.setWordWrap(True)
        words.setMinimumHeight(60)
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        button = QPushButton(go)
        button.setAccessibleDescription(text)
        button.clicked.connect(lambda: self.chosen.emit(key))
        if key == "new":
            button.setObjectName("primary")
        self.buttons[key] = button
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(head)
        column.addWidget(words)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card
