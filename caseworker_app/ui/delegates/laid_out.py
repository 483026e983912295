"""Words laid out once: a list draws the same names, dates and states again and again.

Laying words out takes longer than all else about drawing a cell, so what was laid out is kept.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText

T = TypeVar("T")
_MOST = 3000
"""So many words are kept, which are those of a hundred pages or so."""
_BY_LENGTH = 400
"""Longer words are of a note, which hardly comes again."""


class LaidOut:
    """Draws words in one font, on one line.

    Attributes:
        font: of all words.
        metrics: of the font.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._height = self.metrics.height()
        self._widths: dict[str, int] = {}
        self._texts: dict[str, QStaticText] = {}

    def width(self, words: str) -> int:
        """How wide words are."""
        width = self._widths.get(words)
        if width is None:
            width = self.metrics.horizontalAdvance(words)
            if len(words) <= _BY_LENGTH:
                _keep(self._widths, words, width)
        return width

    def draw(
        self,
        painter: QPainter,
        left: int,
        top: int,
        across: int,
        high: int,
        words: str,
        align: str = "left",
    ) -> None:
        """Draw words in the middle of the height of a room, cut where they do not fit.

        Args:
            painter: with the pen set; it gets the font.
            left: where the room begins.
            top: where it begins downwards.
            across: how wide it is.
            high: how high it is.
            words: what.
            align: "left", "right" or "centre".
        """
        wide = self.width(words)
        if wide > across:
            words = self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, across)
            wide = self.width(words)
        text = self._texts.get(words)
        if text is None:
            text = QStaticText(words.replace("\n", " "))
            # Else it would take a name with a bracket in it for a web page.
            text.setTextFormat(Qt.TextFormat.PlainText)
            _keep(self._texts, words, text)
        if align != "left":
            left += (across - wide) if align == "right" else (across - wide) // 2
        painter.setFont(self.font)
        painter.drawStaticText(left, top + (high - self._height) // 2, text)


def _keep(kept: dict[str, T], words: str, what: T) -> None:
    if len(kept) >= _MOST:
        kept.clear()
    kept[words] = what
