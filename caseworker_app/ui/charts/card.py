"""One chart on its card: its title, what it says in a sentence, and the chart or its table."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.chart_paper import TOTAL
from caseworker_app.domain.charts import Chart, Mark
from caseworker_app.ui.charts.canvas import ChartCanvas
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable

_AROUND_TABLE = 6
EVERY = -1
"""In place of a series: all that stand in one line of the table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A category as a row of the table."""

    chart: Chart
    at: int

    @property
    def id(self) -> str:
        """Its place."""
        return str(self.at)

    @property
    def words(self) -> str:
        """What it is, and in words that it is late, where that is so."""
        name = self.chart.categories[self.at]
        told = self.at in self.chart.late and "late" not in name and "Overdue" not in name
        return f"{name} (late)" if told else name


class ChartCard(QFrame):
    """A chart, or its table.

    Signals:
        opened: the chart, the series (or `EVERY`) and the category whose cases are asked for.
        entered: the keyboard came to it.
    """

    opened = Signal(object, int, int)
    entered = Signal()

    def __init__(
        self, chart: Chart, themes: Themes, parent: QWidget | None = None, *, as_table: bool
    ) -> None:
        super().__init__(parent)
        self.chart = chart
        self._themes = themes
        self._is_table = as_table
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.title = QLabel(chart.title)
        self.title.setObjectName("heading")
        self.title.setWordWrap(True)
        self.sentence = _words(chart.sentence)
        self.note = _words(chart.note)
        self.note.hide()
        self.how = QPushButton("How it is counted")
        self.how.setObjectName("link")
        self.how.setCheckable(True)
        self.how.setAccessibleName(f"How it is counted: {chart.title}")
        self.how.toggled.connect(self.note.setVisible)
        self.canvas: ChartCanvas | None = None
        self.table: RowsTable | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 10)
        self._column.setSpacing(5)
        above = QHBoxLayout()
        above.addWidget(self.title, 1)
        above.addWidget(self.how)
        self._column.addLayout(above)
        self._column.addWidget(self.sentence)
        self._column.addWidget(self.note)
        # Not before it stands here: what has no parent would be shown as a window of its own.
        self.how.setVisible(bool(chart.note))
        self.show_as(table=as_table)

    def set_chart(self, chart: Chart) -> None:
        """Show the chart counted anew; the keyboard stays where it is."""
        alike = _headings(chart) == _headings(self.chart)
        self.chart = chart
        self.sentence.setText(chart.sentence)
        self.note.setText(chart.note)
        self.how.setVisible(bool(chart.note))
        if self.canvas is not None:
            self.canvas.set_chart(chart)
        if self.table is not None and alike:
            self.table.setAccessibleDescription(_said_of_table(chart))
            self.table.rows_model.set_rows(_lines(chart))
        elif self.table is not None:
            self._drop_table()
        self.show_as(table=self._is_table)

    def show_as(self, *, table: bool) -> None:
        """Show the chart or its table; of a chart with nothing in it the sentence alone."""
        self._is_table = table
        if self.chart.empty and not (table and self.chart.is_told):
            for part in (self.canvas, self.table):
                if part is not None:
                    part.hide()
            return
        if table and self.table is None:
            self.table = self._make_table()
            self._column.addWidget(self.table, 0)
        if not table and self.canvas is None:
            self.canvas = ChartCanvas(self.chart, self._themes)
            self.canvas.opened.connect(self._open)
            self.canvas.entered.connect(self.entered)
            self._column.addWidget(self.canvas, 1)
        if self.canvas is not None:
            self.canvas.setVisible(not table)
        if self.table is not None and table:
            self.table.show()
            self._fit_table()
        elif self.table is not None:
            # Each change of theme would go through all its parts, and nobody sees them.
            self._drop_table()

    def holds_keyboard(self) -> bool:
        """Whether the keyboard is on its chart or its table."""
        return any(part is not None and part.hasFocus() for part in (self.canvas, self.table))

    def take_focus(self) -> None:
        """Put the keyboard on the chart, or on its table."""
        for part in (self.canvas, self.table):
            if part is not None and not part.isHidden():
                part.setFocus()

    def open_here(self) -> None:
        """List the cases behind what the keyboard is on."""
        if self.table is not None and not self.table.isHidden():
            self._open_line(self.table.current_row())
        elif self.canvas is not None and (here := self.canvas.current()) is not None:
            self._open(here.series, here.category)

    def changeEvent(self, event: QEvent) -> None:
        """Give the table room for another size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "table", None) is not None:
            self._fit_table()

    def _drop_table(self) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
            self.table = None

    def _open(self, series: int, category: int) -> None:
        self.opened.emit(self.chart, series, category)

    def _make_table(self) -> RowsTable:
        chart = self.chart
        columns = _columns(chart)
        model: RowsModel[Line] = RowsModel(tuple(columns), attrgetter("id"), attrgetter("words"))
        model.set_rows(_lines(chart))
        name = f"{chart.title}: table"
        table = RowsTable(model, self._themes, name, _said_of_table(chart))
        model.setParent(table)
        table.opened.connect(self._open_line)
        table.chosen.connect(self.entered)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.widths.hides = False
        return table

    def _open_line(self, row: object) -> None:
        """Open the number the keyboard is on; on the words or the sum, all of the line."""
        if not isinstance(row, Line) or self.table is None:
            return
        series = self.table.currentIndex().column() - 1
        inside = 0 <= series < len(self.chart.series)
        self.opened.emit(self.chart, series if inside else EVERY, row.at)

    def _fit_table(self) -> None:
        """As high as its lines: what is scrolled is the page."""
        if self.table is None:
            return
        head = self.table.horizontalHeader().sizeHint().height()
        each = self.table.verticalHeader().defaultSectionSize()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        many = len(self.chart.categories)
        self.table.setFixedHeight(head + each * many + bar + _AROUND_TABLE)


def _lines(chart: Chart) -> list[Line]:
    return [Line(chart, at) for at in range(len(chart.categories))]


def _headings(chart: Chart) -> tuple[object, ...]:
    """What its table's columns follow from."""
    return chart.heading, chart.shares, chart.adds_up, tuple(one.name for one in chart.series)


def _said_of_table(chart: Chart) -> str:
    return f"{chart.sentence} Enter lists the cases."


def _columns(chart: Chart) -> list[Column[Line]]:
    """The words of the category, a column a series, and the sum where there is one."""
    name: Column[Line] = Column(
        "name", chart.heading, attrgetter("words"), style="strong", stretch=True
    )
    numbers = [_column(chart, number) for number in range(len(chart.series))]
    together: Column[Line] = Column(
        "total", TOTAL, lambda row: f"{_sum(row):,.0f}", _sum, "right", width=84
    )
    return [name, *numbers, *([together] if chart.adds_up else [])]


def _sum(row: Line) -> float:
    return row.chart.total(row.at)


def _column(chart: Chart, series: int) -> Column[Line]:
    """The marks of one series; a row brings the chart that it is of."""

    def mark(row: Line) -> Mark:
        return row.chart.mark(series, row.at)

    return Column(
        f"series{series}",
        chart.series[series].name,
        lambda row: mark(row).words,
        lambda row: mark(row).value or 0.0,
        "right",
        width=150 if chart.shares else 118,
    )


def _words(text: str) -> QLabel:
    line = QLabel(text)
    line.setObjectName("dim")
    line.setWordWrap(True)
    return line
