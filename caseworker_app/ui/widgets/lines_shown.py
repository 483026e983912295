"""A few lines to be read in a form, as tall as they need up to a bound; more are scrolled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_AROUND = 8
_AT_ONCE = 500
"""More lines would hold the window while they are laid out."""


class LinesShown(QPlainTextEdit):
    """Lines that cannot be typed in, and that Tab leaves."""

    def __init__(self, name: str, lines: Sequence[str], tallest: int = 150) -> None:
        """Show lines under an accessible name, at most so tall."""
        super().__init__()
        self._tallest = tallest
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._show_more)
        self._to_come: list[str] = []
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.show_lines(lines)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show other lines: the first at once, and of many the rest bit by bit."""
        self.setPlainText("\n".join(lines[:_AT_ONCE]))
        self._to_come = list(lines[_AT_ONCE:])
        if self._to_come:
            self._more.start()
        else:
            self._more.stop()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew: in another width other lines are broken."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Be as tall as the lines as they are broken now, and one more."""
        height = self.fontMetrics().lineSpacing() * (round(self.document().size().height()) + 1)
        self.setFixedHeight(min(self._tallest, height + self.frameWidth() * 2 + _AROUND))

    def _show_more(self) -> None:
        bit, self._to_come = self._to_come[:_AT_ONCE], self._to_come[_AT_ONCE:]
        # Not the cursor one reads with: that stays where it is.
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText("\n" + "\n".join(bit))
        if not self._to_come:
            self._more.stop()
