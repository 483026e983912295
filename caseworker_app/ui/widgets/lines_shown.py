"""A few lines to be read in a form, as tall as they need up to a bound; more are scrolled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

_AROUND = 8


class LinesShown(QPlainTextEdit):
    """Lines that cannot be typed in, and that Tab leaves."""

    def __init__(self, name: str, lines: Sequence[str], tallest: int = 150) -> None:
        """Show lines under an accessible name, at most so tall."""
        super().__init__()
        self._tallest = tallest
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.show_lines(lines)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show other lines."""
        self.setPlainText("\n".join(lines))
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
