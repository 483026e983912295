"""The row of figures on top of Today: each a button that shows its own rows alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget


class Cards(QWidget):
    """Figures with words below.

    Signals:
        chosen: the key of the card that is down, or "" when none is.
    """

    chosen = Signal(str)

    def __init__(self, cards: Sequence[tuple[str, str, str]]) -> None:
        """Make cards of (key, words, tone)."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._cards: dict[str, Card] = {}
        for key, words, tone in cards:
            card = Card(words, tone)
            card.clicked.connect(lambda _=False, key=key: self._clicked(key))
            self._cards[key] = card
            row.addWidget(card, 1)

    def set_number(self, key: str, number: int) -> None:
        """Show a figure."""
        self._cards[key].set_number(number)

    def choose(self, key: str) -> None:
        """Put one card down, or with "" none."""
        for other, card in self._cards.items():
            card.setChecked(other == key)

    def _clicked(self, key: str) -> None:
        chosen = key if self._cards[key].isChecked() else ""
        self.choose(chosen)
        self.chosen.emit(chosen)


class Card(QPushButton):
    """One figure."""

    def __init__(self, words: str, tone: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setCheckable(True)
        # A button is as high as its own hint, whatever breaks inside it, unless it may be higher.
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.MinimumExpanding)
        self._words = words
        self.number = QLabel("…")
        self.number.setObjectName("number")
        self.number.setProperty("tone", tone)
        below = QLabel(words)
        # Six beside one another in a narrow window have no room for three words in a line.
        below.setWordWrap(True)
        below.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for label in (self.number, below):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 7, 13, 7)
        column.setSpacing(1)
        column.addWidget(self.number)
        column.addWidget(below)
        self.setAccessibleName(words)
        self.setAccessibleDescription("Shows these rows alone; press again to show all")

    def set_number(self, number: int) -> None:
        """Show a figure."""
        self.number.setText(f"{number:,}")
        self.setAccessibleName(f"{number:,} {self._words}")
