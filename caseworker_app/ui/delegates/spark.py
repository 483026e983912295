"""A spark line: how a figure moved, drawn in one cell; what it shows is said in words beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from caseworker_app.ui.delegates.row import RowDelegate
from caseworker_app.ui.models.column import Column

KEY = "spark"
_EDGE = 7


class SparkDelegate(RowDelegate):
    """Draws the column `spark` from the row's `figures`, and every other as ever."""

    def _paint_cell(
        self, painter: QPainter, box: QRect, column: Column, row: object, *, chosen: bool
    ) -> None:
        figures = getattr(row, "figures", ())
        if column.key == KEY and figures:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            days = [one.on.toordinal() for one in figures]
            self._line(painter, QRectF(box), days, [one.value for one in figures])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            return
        super()._paint_cell(painter, box, column, row, chosen=chosen)

    def _line(
        self, painter: QPainter, box: QRectF, days: Sequence[int], values: Sequence[float]
    ) -> None:
        points = spark_points(box, days, values)
        colour = self._themes.colour
        painter.setPen(QPen(colour("accent"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawEllipse(points[-1], 3, 3)


def spark_points(box: QRectF, days: Sequence[int], values: Sequence[float]) -> list[QPointF]:
    """Where each figure lies in the box: across by its day, upwards by its value."""
    room = box.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    first, span = days[0], max(1, days[-1] - days[0])
    least, height = min(values), max(values) - min(values)
    points = []
    for day, value in zip(days, values, strict=True):
        across = (day - first) / span if len(days) > 1 else 1.0
        up = (value - least) / height if height else 0.5
        points.append(
            QPointF(room.left() + across * room.width(), room.bottom() - up * room.height())
        )
    return points
