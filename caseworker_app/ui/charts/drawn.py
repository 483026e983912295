"""Charts painted: on the screen in the theme in use, on paper and in pictures in the light one.

Every series has a pattern of its own beside its colour, every point a shape, and what is late a
sign, so that nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from caseworker_app.domain.charts import Chart
from caseworker_app.ui.charts.plan import SIGN, Placed, Plan, plan_of, small
from caseworker_app.ui.theme import tokens

Colour = Callable[[str], QColor]
"""Gives the colour of a token."""

_GROUNDS = {"accent": "bluebg"}
"""The pale ground below the pattern of a tone, where it is not the tone with `bg` behind."""

_APART, _PEN = 5.0, 1.3
_DASHES = (None, (4.0, 3.0), (1.5, 2.5), (6.0, 2.0, 1.5, 2.0))


def paint(
    painter: QPainter,
    chart: Chart,
    plan: Plan,
    colour: Colour,
    font: QFont,
    strong: Placed | None = None,
) -> None:
    """Paint a chart as planned, and round one mark a ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painting = _Painting(painter, chart, colour, font)
    painting.grid(plan)
    painting.marks(plan)
    painting.words(plan)
    painting.legend(plan)
    if strong is not None:
        painting.ring(strong)


def picture_of(
    chart: Chart, width: float, font: QFont, scale: float = 2.0, *, titled: bool = False
) -> QImage:
    """A chart as a picture in the light theme; it may be made on any thread.

    Args:
        chart: what is drawn.
        width: in points.
        font: of the words.
        scale: pixels a point.
        titled: whether title and sentence stand above it, as in a picture that goes by itself.
    """
    theme = tokens.load(tokens.LIGHT)
    plan = plan_of(chart, width, font)
    above = _Above(chart, width, font) if titled else None
    edge = 16.0 if titled else 0.0
    size = QSizeF(width + 2 * edge, plan.height + (above.height if above else 0.0) + 2 * edge)
    image = QImage((size * scale).toSize(), QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(theme["panel"]))
    painter = QPainter(image)
    painter.translate(edge, edge)
    if above is not None:
        above.paint(painter, lambda token: QColor(theme[token]))
        painter.translate(0, above.height)
    paint(painter, chart, plan, lambda token: QColor(theme[token]), font)
    painter.end()
    return image


class _Above:
    """Title and sentence over a picture."""

    def __init__(self, chart: Chart, width: float, font: QFont) -> None:
        self._chart, self._width = chart, width
        self._title = QFont(font)
        self._title.setPointSizeF(font.pointSizeF() * 1.25)
        self._title.setWeight(QFont.Weight.DemiBold)
        self._font = font
        self._first = QFontMetricsF(self._title).height() + 4
        room = QRectF(0, 0, width, 1000)
        wrap = int(Qt.TextFlag.TextWordWrap)
        lines = QFontMetricsF(font).boundingRect(room, wrap, chart.sentence).height()
        self.height = self._first + lines + 12
        self._box = QRectF(0, self._first, width, lines + 2)

    def paint(self, painter: QPainter, colour: Colour) -> None:
        """Paint both."""
        painter.setFont(self._title)
        painter.setPen(colour("text"))
        painter.drawText(QRectF(0, 0, self._width, self._first), 0, self._chart.title)
        painter.setFont(self._font)
        painter.setPen(colour("dim"))
        painter.drawText(self._box, int(Qt.TextFlag.TextWordWrap), self._chart.sentence)


class _Painting:
    """One painter at one chart."""

    def __init__(self, painter: QPainter, chart: Chart, colour: Colour, font: QFont) -> None:
        self._painter, self._chart, self._colour = painter, chart, colour
        self._small = small(font)

    def grid(self, plan: Plan) -> None:
        """The lines behind everything, and the one to reach."""
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for start, end, tone in plan.lines:
            painter.setPen(QPen(self._colour(tone), 1))
            painter.drawLine(start, end)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if plan.target is not None:
            painter.setPen(self._target())
            painter.drawLine(*plan.target)

    def marks(self, plan: Plan) -> None:
        """Every bar, or every line with its points."""
        if self._chart.shape == "line":
            for number in range(len(self._chart.series)):
                own = [one for one in plan.marks if one.series == number]
                self._line(number, own)
            return
        alone = len(self._chart.series) == 1
        for one in plan.marks:
            late = alone and one.category in self._chart.late
            tone = "red" if late else self._chart.series[one.series].tone
            self._bar(one.box, tone, one.series)

    def words(self, plan: Plan) -> None:
        """Every word and number."""
        self._painter.setFont(self._small)
        for one in plan.words:
            if one.late:
                self._sign(QPointF(one.box.left() - SIGN + 5.5, one.box.center().y()))
            self._painter.setPen(self._colour(one.tone))
            self._painter.drawText(one.box, one.flags, one.text)

    def legend(self, plan: Plan) -> None:
        """A sample and the name of each series."""
        self._painter.setFont(self._small)
        for number, (box, words) in enumerate(plan.legend):
            across = QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y())
            if number == len(self._chart.series):
                self._painter.setPen(self._target())
                self._painter.drawLine(*across)
            elif self._chart.shape == "line":
                tone = self._chart.series[number].tone
                self._painter.setPen(self._pen(number, tone))
                self._painter.drawLine(*across)
                self._point(box.center(), number, tone)
            else:
                self._bar(box, self._chart.series[number].tone, number)
            self._painter.setPen(self._colour("text"))
            self._painter.drawText(words.box, words.flags, words.text)

    def ring(self, one: Placed) -> None:
        """The ring round the mark that the keyboard is on."""
        box = one.box.adjusted(-3, -3, 3, 3)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._colour("focus"), 2))
        if self._chart.shape == "line":
            self._painter.drawEllipse(one.box.center(), 9, 9)
        else:
            self._painter.drawRoundedRect(box, 3, 3)

    def _bar(self, box: QRectF, tone: str, pattern: int) -> None:
        """A box in a tone, filled for the first series and with a pattern for each further one."""
        if box.width() <= 0 or box.height() <= 0:
            return
        painter, ink = self._painter, self._colour(tone)
        if not pattern:
            painter.fillRect(box, ink)
            return
        painter.fillRect(box, self._colour(_GROUNDS.get(tone, f"{tone}bg")))
        painter.save()
        painter.setClipRect(box)
        painter.setPen(QPen(ink, _PEN))
        _PATTERNS[(pattern - 1) % len(_PATTERNS)](painter, box)
        painter.restore()
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.6, 0.6, -0.6, -0.6))

    def _line(self, number: int, own: Sequence[Placed]) -> None:
        """A line from month to month, broken where there was nothing to count, and its points."""
        tone = self._chart.series[number].tone
        self._painter.setPen(self._pen(number, tone))
        for one, after in pairwise(own):
            if after.category == one.category + 1:
                self._painter.drawLine(one.box.center(), after.box.center())
        for one in own:
            self._point(one.box.center(), number, tone)

    def _pen(self, number: int, tone: str) -> QPen:
        pen = QPen(self._colour(tone), 2)
        dashes = _DASHES[number % len(_DASHES)]
        if dashes is not None:
            pen.setDashPattern(list(dashes))
        return pen

    def _target(self) -> QPen:
        pen = QPen(self._colour("text"), 1.4)
        pen.setDashPattern([5, 3])
        return pen

    def _point(self, at: QPointF, number: int, tone: str) -> None:
        """A disc for the first series, an empty square for the second, and so on."""
        painter = self._painter
        painter.setPen(QPen(self._colour(tone), 1.8))
        painter.setBrush(self._colour("panel" if number % 2 else tone))
        if number % 2:
            painter.drawRect(QRectF(at.x() - 3.5, at.y() - 3.5, 7, 7))
        else:
            painter.drawEllipse(at, 3.6, 3.6)

    def _sign(self, at: QPointF) -> None:
        """The sign of what is late: a triangle, as on a chip."""
        ends = (QPointF(0, -4.5), QPointF(4.8, 4), QPointF(-4.8, 4))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour("red"))
        self._painter.drawPolygon(QPolygonF([at + one for one in ends]))


def _slanted(painter: QPainter, box: QRectF) -> None:
    x = box.left() - box.height()
    # From the page and not from the box, so that the pattern goes on from piece to piece.
    x -= x % _APART
    lines = []
    while x < box.right():
        lines.append(QLineF(x, box.bottom(), x + box.height(), box.top()))
        x += _APART
    painter.drawLines(lines)


def _dotted(painter: QPainter, box: QRectF) -> None:
    pen = painter.pen()
    pen.setWidthF(2.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    points, row = [], 0
    y = box.top() + 2.5
    while y < box.bottom():
        x = box.left() + 2.5 + (_APART / 2 if row % 2 else 0)
        while x < box.right():
            points.append(QPointF(x, y))
            x += _APART
        y, row = y + _APART / 1.4, row + 1
    painter.drawPoints(points)


def _crossed(painter: QPainter, box: QRectF) -> None:
    lines = []
    x = box.left() + _APART / 2
    while x < box.right():
        lines.append(QLineF(x, box.top(), x, box.bottom()))
        x += _APART
    y = box.top() + _APART / 2
    while y < box.bottom():
        lines.append(QLineF(box.left(), y, box.right(), y))
        y += _APART
    painter.drawLines(lines)


_PATTERNS = (_slanted, _dotted, _crossed)
