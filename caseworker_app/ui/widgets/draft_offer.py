"""Offers a draft again: go on with it, or discard it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from caseworker_app.ui.widgets.announcing import announce


class DraftOffer(QFrame):
    """Hidden until there is something to offer.

    Signals:
        taken: go on with it.
        discarded: forget it.
    """

    taken = Signal()
    discarded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.go_on = QPushButton("&Go on with it")
        self.go_on.setObjectName("primary")
        self.discard = QPushButton("Discard &it")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.words, 1)
        for button, signal in ((self.go_on, self.taken), (self.discard, self.discarded)):
            button.setAutoDefault(False)
            button.clicked.connect(self.hide)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.hide()

    def offer(self, when: str) -> None:
        """Offer what was begun at a time, given in words."""
        sentence = f"You began this on {when}."
        self.words.setText(sentence)
        self.go_on.setAccessibleDescription(sentence)
        self.discard.setAccessibleDescription(sentence)
        self.show()
        announce(self.words, sentence)
