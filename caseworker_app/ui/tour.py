"""A short tour of a day's work, in a quiet strip below the screens that can be left at any step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QWidget,
)

from caseworker_app.ui.widgets.announcing import announce

STEPS = (
    "On the demo store you can try everything; in your own, look and do not record.",
    "Today (Ctrl+1) lists what is overdue and what comes next. Go down it with the arrow keys.",
    "Enter opens the child's case. Its clock shows every date, with why it is that date.",
    "Ctrl+R records what happened: choose what, type the day (t is today), and press Enter.",
    "Ctrl+Z takes it back, and Ctrl+Y brings it back again. Alt+Left goes back to the list.",
    "Leave a form half typed with Esc: it is kept as a draft, and offered when you return to it.",
    "Annual reviews (Ctrl+3) takes dates in its cells, as a spreadsheet does.",
    "Returns (Ctrl+4) counts the term for the board; each figure opens the cases behind it.",
    "Ctrl+K goes to any child by a few letters, and F1 opens the guide where you are.",
)


class Tour(QDockWidget):
    """One sentence at a time, what to try next; the window stays free to be used."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__("Tour", window)
        self.setObjectName("tour")
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setTitleBarWidget(QWidget(self))
        self._window = window
        self.step = 0
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.back = _button("&Back", "The step before")
        self.on = _button("&Next", "The next step (Shift+F1)")
        self.on.setObjectName("primary")
        leave = _button("&Leave the tour", "Close the tour (Esc)")
        self.back.clicked.connect(lambda: self.go(-1))
        self.on.clicked.connect(lambda: self.go(1))
        leave.clicked.connect(self.leave)
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(14, 8, 14, 8)
        row.addWidget(self.words, 1)
        for button in (self.back, self.on, leave):
            row.addWidget(button)
        self.setWidget(strip)
        self._show()

    def go(self, steps: int) -> None:
        """Go on or back by some steps; after the last the tour is over."""
        if self.step + steps >= len(STEPS):
            self.leave()
            return
        self.step = max(0, self.step + steps)
        self._show()

    def leave(self) -> None:
        """End the tour."""
        self._window.removeDockWidget(self)
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, from any of its buttons."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        sentence = f"{self.step + 1} of {len(STEPS)}: {STEPS[self.step]}"
        self.words.setText(sentence)
        self.on.setAccessibleDescription(sentence)
        self.on.setText("&Next" if self.step + 1 < len(STEPS) else "&Done")
        self.back.setEnabled(self.step > 0)
        announce(self.words, sentence)


def tour(window: QMainWindow) -> None:
    """Begin the tour, or go on with the one that is open."""
    running = window.findChild(Tour)
    if running is not None:
        running.go(1)
        return
    made = Tour(window)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, made)
    made.show()


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setToolTip(tip)
    return button
