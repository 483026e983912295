"""The state chip: words in a coloured pill, with a sign so that colour is never alone."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)

from caseworker_app.ui.delegates.laid_out import LaidOut
from caseworker_app.ui.models.column import DONE, DONE_LATE, LATE, OK, QUIET, SHOUT, SOON
from caseworker_app.ui.theme.themes import Themes

COLOURS = {
    SHOUT: "red",
    LATE: "red",
    SOON: "amber",
    OK: "blue",
    DONE: "green",
    DONE_LATE: "red",
    QUIET: "grey",
}
"""Tone to the token of its text; its ground is the token with `bg` behind. What shouts stands the
other way round: the words in the colour of the page on a ground of its own."""

_SIGN = 9.0
_GAP = 5.0
_PAD = 9.0
_HEIGHT, _AROUND = 20.0, 4.0
_MOST = 300


def chip_width(words: str, tone: str, font: QFont) -> int:
    """How wide the chip is."""
    sign = 0.0 if tone == QUIET else _SIGN + _GAP
    return int(QFontMetrics(font).horizontalAdvance(words) + sign + 2 * _PAD + 1)


class Chips:
    """Draws chips; each ground with its sign is drawn once for a tone, a width and a theme."""

    def __init__(self, words: LaidOut, themes: Themes) -> None:
        self._words = words
        self._themes = themes
        self._height = int(max(_HEIGHT, words.metrics.height() + _AROUND))
        self._grounds: dict[tuple[str, int, float, str], QPixmap] = {}

    def draw(self, painter: QPainter, room: QRectF, words: str, tone: str) -> None:
        """Draw a chip at the left of a room, in the middle of its height."""
        sign = 0.0 if tone == QUIET else _SIGN + _GAP
        needs = self._words.width(words) + sign + 2 * _PAD + 1
        width = int(min(needs, room.width()))
        top = int(room.top() + (room.height() - self._height) / 2)
        ratio = painter.device().devicePixelRatio()
        key = tone, width, ratio, self._themes.theme.name
        ground = self._grounds.get(key)
        if ground is None:
            if len(self._grounds) >= _MOST:
                self._grounds.clear()
            ground = self._grounds[key] = self._ground(tone, width, ratio)
        left = int(room.left())
        painter.drawPixmap(left, top, ground)
        painter.setPen(self._colours(tone)[0])
        room_left = int(width - _PAD - sign - _PAD / 2)
        self._words.draw(painter, int(left + _PAD + sign), top, room_left, self._height, words)

    def _ground(self, tone: str, width: int, ratio: float) -> QPixmap:
        """The pill and its sign, without words."""
        made = QPixmap(max(1, ceil(width * ratio)), ceil(self._height * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, fill = self._colours(tone)
        painter.setBrush(QBrush(fill))
        contrast = self._themes.theme.name == "contrast"
        painter.setPen(QPen(colour, 1) if contrast else QPen(Qt.PenStyle.NoPen))
        edge = 0.5 if contrast else 0.0
        pill = QRectF(edge, edge, width - 2 * edge, self._height - 2 * edge)
        painter.drawRoundedRect(pill, self._height / 2, self._height / 2)
        if tone != QUIET:
            box = QRectF(_PAD, (self._height - _SIGN) / 2, _SIGN, _SIGN)
            _draw_sign(painter, box, tone, colour)
        painter.end()
        return made

    def _colours(self, tone: str) -> tuple[QColor, QColor]:
        """The colour of the words and that of the ground."""
        token = COLOURS.get(tone, "grey")
        words, fill = self._themes.colour(token), self._themes.colour(f"{token}bg")
        return (self._themes.colour("panel"), words) if tone == SHOUT else (words, fill)


def _draw_sign(painter: QPainter, box: QRectF, tone: str, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if tone == LATE:
        painter.setBrush(QBrush(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        points = (box.bottomLeft(), box.bottomRight(), QPointF(box.center().x(), box.top()))
        painter.drawPolygon(QPolygonF(points))
    elif tone == SHOUT:
        painter.setPen(QPen(colour, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        top, foot = box.top() + 1, box.bottom() - 3.6
        painter.drawLine(QPointF(box.center().x(), top), QPointF(box.center().x(), foot))
        painter.drawPoint(QPointF(box.center().x(), box.bottom()))
    elif tone == SOON:
        painter.setBrush(QBrush(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(box)
    elif tone == OK:
        painter.drawEllipse(box.adjusted(0.8, 0.8, -0.8, -0.8))
    else:
        middle = QPointF(box.left() + box.width() * 0.38, box.bottom() - 1)
        start = QPointF(box.left() + 0.5, box.center().y() + 0.5)
        end = QPointF(box.right() - 0.5, box.top() + 1)
        painter.drawPolyline(QPolygonF((start, middle, end)))
