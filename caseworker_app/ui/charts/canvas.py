"""A chart to look at and to go through: arrows from mark to mark, Enter or a click opens one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from caseworker_app.domain.charts import Chart
from caseworker_app.ui.charts.drawn import paint
from caseworker_app.ui.charts.plan import Placed, Plan, plan_of
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.announcing import announce

_EDGE = 6.0
_NARROWEST = 280
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartCanvas(QWidget):
    """One chart.

    Signals:
        opened: the series and the category of the mark that was opened.
        entered: the keyboard came here.
    """

    opened = Signal(int, int)
    entered = Signal()

    def __init__(self, chart: Chart, themes: Themes) -> None:
        super().__init__()
        self.chart = chart
        self._themes = themes
        self._plan = Plan()
        self._planned = QSize()
        self._at: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumWidth(_NARROWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        themes.changed.connect(self.update)
        self.set_chart(chart)

    def set_chart(self, chart: Chart) -> None:
        """Show another chart in its place."""
        self.chart = chart
        self.setAccessibleName(f"{chart.title}: chart")
        self._lay_out()
        if self.current() is None:
            self._at = None
        self._describe()

    @property
    def plan(self) -> Plan:
        """Where everything stands."""
        return self._plan

    def current(self) -> Placed | None:
        """The mark that the keyboard is on."""
        return None if self._at is None else self._plan.of(*self._at)

    def go(self, series: int, category: int) -> None:
        """Put the keyboard on a mark."""
        self._at = series, category
        self._describe()
        announce(self, self.chart.spoken(series, category))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as half a page, and as high as it needs."""
        return QSize(420, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand anew in the room there is."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart, and where the keyboard is."""
        del event
        painter = QPainter(self)
        painter.save()
        painter.translate(_EDGE, _EDGE)
        strong = self.current() if self.hasFocus() else None
        paint(painter, self.chart, self._plan, self._themes.colour, self.font(), strong)
        painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(self._themes.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the first mark there is."""
        super().focusInEvent(event)
        if self.current() is None and self._plan.marks:
            first = self._plan.marks[0]
            self.go(first.series, first.category)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from mark to mark, Home and End to the ends, Enter opens."""
        key = Qt.Key(event.key())
        here = self.current()
        if key in _ENTER and here is not None:
            self.opened.emit(here.series, here.category)
        elif key in _KEYS and here is not None:
            self._step(here, *_KEYS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and here is not None:
            own = [one for one in self._plan.marks if one.series == here.series]
            end = own[0] if key == Qt.Key.Key_Home else own[-1]
            self.go(end.series, end.category)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the mark below it."""
        found = self._below(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go(found.series, found.category)
            self.opened.emit(found.series, found.category)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be opened."""
        found = self._below(event.position())
        opens = found is not None and found.mark.opens
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Say what the mark below the mouse is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _tell(self, here: QPoint, on_screen: QPoint) -> None:
        found = self._below(QPointF(here))
        if found is None:
            QToolTip.hideText()
            return
        words = self.chart.spoken(found.series, found.category)
        opens = ". A click lists the cases" if found.mark.opens else ""
        QToolTip.showText(on_screen, f"{words}{opens}", self)

    def _below(self, point: QPointF) -> Placed | None:
        return self._plan.at(point - QPointF(_EDGE, _EDGE))

    def _lay_out(self) -> None:
        width = max(_NARROWEST, self.width()) - 2 * _EDGE
        self._plan = plan_of(self.chart, width, self.font(), self.height() - 2 * _EDGE)
        needed = int(self._plan.height + 2 * _EDGE + 1)
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
        self.update()

    def _step(self, here: Placed, across: int, down: int) -> None:
        """Go to the next mark that way: along the categories, or from series to series.

        Bars lie below each other, so their categories go down; the pieces of one go across.
        """
        lying = self.chart.shape == "bars"
        along, over = (down, across) if lying else (across, -down)
        if lying and not self.chart.stacked and len(self.chart.series) > 1:
            # The bars of one category lie below each other too: through all of them in turn.
            order = sorted(self._plan.marks, key=lambda one: (one.category, one.series))
            self._go_in(order, here, along or over)
        elif along:
            own = [one for one in self._plan.marks if one.series == here.series]
            self._go_in(own, here, along)
        else:
            same = [one for one in self._plan.marks if one.category == here.category]
            self._go_in(same, here, over)

    def _go_in(self, order: list[Placed], here: Placed, by: int) -> None:
        at = order.index(here) + by
        if 0 <= at < len(order):
            self.go(order[at].series, order[at].category)

    def _describe(self) -> None:
        """What a screen reader says of it: the sentence, and the mark that the keyboard is on."""
        said = self.chart.sentence
        if self._at is not None:
            said = f"{self.chart.spoken(*self._at)}. {said}"
        self.setAccessibleDescription(
            f"{said} Arrows go from mark to mark, Enter lists the cases behind one."
        )
