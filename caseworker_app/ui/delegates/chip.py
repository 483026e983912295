"""The state chip: words in a coloured pill, with a sign so that colour is never alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from caseworker_app.ui.models.column import DONE, DONE_LATE, LATE, OK, QUIET, SOON
from caseworker_app.ui.theme.themes import Themes

COLOURS = {
    LATE: "red",
    SOON: "amber",
    OK: "blue",
    DONE: "green",
    DONE_LATE: "red",
    QUIET: "grey",
}
"""Tone to the token of its text; its ground is the token with `bg` behind."""

_SIGN = 9.0
_GAP = 5.0
_PAD = 9.0
_HEIGHT, _AROUND = 20.0, 4.0


def chip_width(words: str, tone: str, font: QFont) -> int:
    """How wide the chip is."""
    sign = 0.0 if tone == QUIET else _SIGN + _GAP
    return int(QFontMetrics(font).horizontalAdvance(words) + sign + 2 * _PAD + 1)


def draw_chip(
    painter: QPainter, ground: QRectF, words: str, tone: str, font: QFont, themes: Themes
) -> None:
    """Draw a chip at the left of `ground`, in the middle of its height."""
    token = COLOURS.get(tone, "grey")
    metrics = QFontMetrics(font)
    sign = 0.0 if tone == QUIET else _SIGN + _GAP
    needs = metrics.horizontalAdvance(words) + sign + 2 * _PAD + 1
    width = min(needs, ground.width())
    height = max(_HEIGHT, metrics.height() + _AROUND)
    top = ground.top() + (ground.height() - height) / 2
    pill = QRectF(ground.left(), top, width, height)
    colour = themes.colour(token)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QBrush(themes.colour(f"{token}bg")))
    contrast = themes.theme.name == "contrast"
    painter.setPen(QPen(colour, 1) if contrast else QPen(Qt.PenStyle.NoPen))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    left = pill.left() + _PAD
    if tone != QUIET:
        _draw_sign(painter, QRectF(left, pill.center().y() - _SIGN / 2, _SIGN, _SIGN), tone, colour)
        left += _SIGN + _GAP
    painter.setPen(colour)
    painter.setFont(font)
    room = pill.adjusted(left - pill.left(), 0, -_PAD / 2, 0)
    if needs > width:
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _draw_sign(painter: QPainter, box: QRectF, tone: str, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if tone == LATE:
        painter.setBrush(QBrush(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        points = (box.bottomLeft(), box.bottomRight(), QPointF(box.center().x(), box.top()))
        painter.drawPolygon(QPolygonF(points))
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
