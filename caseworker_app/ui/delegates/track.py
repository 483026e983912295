"""The twenty weeks drawn: a line with its three dates, what was done on it, and today.

Every mark has a shape of its own, so that colour is never alone; what it draws is said in words by
the column (`TrackRow.spoken`).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from caseworker_app.domain.twenty_weeks import (
    CLAIMED,
    DONE,
    DONE_LATE,
    GONE,
    LATE,
    TrackRow,
)
from caseworker_app.ui.delegates.row import RowDelegate
from caseworker_app.ui.models.column import Column

_LONGEST = 26
"""The track ends here; what lies later stands at its end."""
_EDGE, _R = 10, 4.5


class TrackDelegate(RowDelegate):
    """Draws the column `track` of a `TrackRow`, and every other as ever."""

    def _paint_cell(
        self, painter: QPainter, box: QRect, column: Column, row: object, *, chosen: bool
    ) -> None:
        if column.key == "track" and isinstance(row, TrackRow):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            Drawn(painter, QRectF(box), row, self._themes.colour).draw()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            return
        super()._paint_cell(painter, box, column, row, chosen=chosen)


class Drawn:
    """One track in one cell."""

    def __init__(self, painter: QPainter, box: QRectF, row: TrackRow, colour: object) -> None:
        self._painter, self._box, self._row = painter, box, row
        self._colour = colour
        self._middle = box.center().y() - 3

    def draw(self) -> None:
        """Draw everything, what lies behind first."""
        self._exceptions()
        self._line()
        self._advice()
        self._today()
        for stage in self._row.stages:
            self._stage(self._row.at(stage.by), stage.state)
            if stage.done is not None:
                self._dot(self._x(self._row.at(stage.done)), late=stage.state == DONE_LATE)
        self._dot(self._x(0), late=False)
        if self._row.draft is not None:
            self._diamond(self._x(self._row.at(self._row.draft)))

    def _x(self, week: float) -> float:
        """Where a week lies across."""
        room = self._box.width() - 2 * _EDGE
        return self._box.left() + _EDGE + min(max(week, 0.0), _LONGEST) / _LONGEST * room

    def _c(self, token: str) -> QColor:
        colour: QColor = self._colour(token)  # type: ignore[operator]
        return colour

    def _line(self) -> None:
        painter, row = self._painter, self._row
        here = self._x(row.at(row.today))
        painter.setPen(QPen(self._c("edge"), 2))
        painter.drawLine(
            QPointF(self._x(0), self._middle), QPointF(self._x(row.weeks), self._middle)
        )
        painter.setPen(QPen(self._c("accent"), 3))
        painter.drawLine(QPointF(self._x(0), self._middle), QPointF(here, self._middle))

    def _exceptions(self) -> None:
        for one in self._row.excused:
            until = one.until or self._row.today
            left, right = self._x(self._row.at(one.since)), self._x(self._row.at(until))
            band = QRectF(left, self._middle - 7, max(right - left, 4), 14)
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.fillRect(band, self._c("greybg"))
            self._painter.fillRect(band, QBrush(self._c("grey"), Qt.BrushStyle.BDiagPattern))

    def _today(self) -> None:
        here = self._x(self._row.at(self._row.today))
        self._painter.setPen(QPen(self._c("text"), 1.6))
        top, bottom = self._box.top() + 3, self._box.bottom() - 3
        self._painter.drawLine(QPointF(here, top), QPointF(here, bottom))

    def _stage(self, week: float, state: str) -> None:
        """A legal date: a tick with its week, and a sign where it is late or still to come."""
        painter, x, y = self._painter, self._x(week), self._middle
        if state == LATE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._c("red"))
            points = (QPointF(x - 6, y + 5), QPointF(x + 6, y + 5), QPointF(x, y - 6))
            painter.drawPolygon(QPolygonF(points))
            return
        token = "grey" if state in (CLAIMED, GONE) else "blue"
        painter.setPen(QPen(self._c(token), 1.8))
        if state in (DONE, DONE_LATE):
            painter.setPen(QPen(self._c("edge"), 1.8))
            painter.drawLine(QPointF(x, y - 6), QPointF(x, y + 6))
            return
        painter.setBrush(self._c("panel"))
        if state in (CLAIMED, GONE):
            painter.drawRect(QRectF(x - 4.5, y - 4.5, 9, 9))
        else:
            painter.drawEllipse(QPointF(x, y), 5.2, 5.2)

    def _dot(self, x: float, *, late: bool) -> None:
        """What was done: a filled circle, with a line through it where it was late."""
        painter, y = self._painter, self._middle
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._c("red" if late else "green"))
        painter.drawEllipse(QPointF(x, y), _R, _R)
        if late:
            painter.setPen(QPen(self._c("panel"), 1.6))
            painter.drawLine(QPointF(x - 2.6, y), QPointF(x + 2.6, y))

    def _diamond(self, x: float) -> None:
        y = self._middle
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._c("green"))
        points = (QPointF(x - 5, y), QPointF(x, y - 6), QPointF(x + 5, y), QPointF(x, y + 6))
        self._painter.drawPolygon(QPolygonF(points))

    def _advice(self) -> None:
        """Below the line a small square a source: filled once the advice is in."""
        painter, row = self._painter, self._row
        painter.setPen(QPen(self._c("grey"), 1.2))
        days: dict[float, int] = {}
        for one in row.advice:
            day = one.received or one.asked
            if day is None:
                continue
            x = self._x(row.at(day))
            beside = days[x] = days.get(x, -1) + 1
            square = QRectF(x - 2.5 + beside * 7, self._middle + 9, 5, 5)
            painter.setBrush(self._c("grey" if one.received else "panel"))
            painter.drawRect(square)


LEGEND = (
    "● done   ◆ draft served   ○ to come   ▲ late   □ exception claimed   │ today   "
    "small squares: advice, filled once in"
)
"""What the shapes mean, for the line under the list."""
