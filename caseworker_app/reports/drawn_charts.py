"""A chart in a workbook: its numbers as a sheet, and Excel's own chart of them beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter

from caseworker_app.domain.chart_paper import TOTAL
from caseworker_app.domain.charts import Chart, Mark
from caseworker_app.reports.charts import title_of, words_of
from caseworker_app.reports.looks import RULE
from caseworker_app.reports.pages import Column, Row, Sheet, Value

_INKS = {
    "accent": "2F6690",
    "red": "B3261E",
    "amber": "8A5300",
    "green": "1C6B3A",
    "blue": "1D4F91",
    "grey": "4B5863",
}
"""On white, which every sheet is."""

_PATTERNS = ("wdUpDiag", "pct30", "smGrid")
"""Of each series after the first, so that colour is never alone."""

_MARKERS = ("circle", "square", "triangle", "diamond")
_WIDTH, _WIDE, _ROW, _LEAST, _UPRIGHT = 19.0, 24.0, 0.62, 5.5, 9.0
"""Centimetres: of bars, of columns; of a bar, of the lowest chart, and of columns."""

_WIDEST = 60


def columns_of(chart: Chart) -> tuple[Column, ...]:
    """The words of the category, then each series: a number, or a share with its two counts."""
    found = [Column(chart.heading, "text", _WIDEST)]
    for one in chart.series:
        if chart.shares:
            found += [Column(one.name, "share"), Column("Count", "count"), Column("Of", "count")]
        else:
            found.append(Column(one.name, "count"))
    if chart.adds_up:
        found.append(Column(TOTAL, "count"))
    return tuple(found)


def rows_of(chart: Chart) -> list[Row]:
    """A row a category; a cell of what was not told, or of which there is nothing, is in words."""
    return [_row(chart, at) for at in range(len(chart.categories))]


def drawing(chart: Chart) -> Callable[[Sheet, int], None]:
    """What draws Excel's chart beside the numbers, given the row of the first of them."""
    each = 3 if chart.shares else 1

    def draw(sheet: Sheet, first: int) -> None:
        last = first + len(chart.categories) - 1
        made: Any = LineChart() if chart.shape == "line" else BarChart()
        made.title = title_of(chart.title)
        made.style = 2
        for number in range(len(chart.series)):
            at = 2 + number * each
            made.add_data(
                Reference(sheet, min_col=at, min_row=first - 1, max_row=last), titles_from_data=True
            )
            _dress(made.series[number], chart, number)
        made.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
        if len(chart.series) == 1:
            made.legend = None
        else:
            made.legend.position = "t"
        _set_axes(made, chart)
        lying = chart.shape == "bars"
        made.width = _WIDTH if lying else _WIDE
        many = len(chart.categories) * (1 if chart.stacked else max(1, len(chart.series)))
        made.height = max(_LEAST, 2.5 + _ROW * many) if lying else _UPRIGHT
        made.graphical_properties = GraphicalProperties(
            solidFill="FFFFFF", ln=LineProperties(solidFill=RULE[2:])
        )
        beside = get_column_letter(len(columns_of(chart)) + 2)
        sheet.add_chart(made, f"{beside}{first - 1}")

    return draw


def _row(chart: Chart, at: int) -> Row:
    values: list[Value] = [chart.categories[at]]
    kinds: dict[int, Any] = {}
    for one in chart.series:
        mark = one.marks[at]
        if mark.value is None:
            kinds[len(values)] = "text"
            values.append(mark.words)
            values += [None, None] if chart.shares else []
        elif chart.shares:
            values += [mark.value, *_counts(mark)]
        else:
            values.append(int(mark.value))
    if chart.adds_up:
        values.append(int(chart.total(at)))
    return Row(tuple(values), kinds)


def _counts(mark: Mark) -> tuple[int, int]:
    return sum(one.counts for one in mark.things), len(mark.things)


def _dress(series: Any, chart: Chart, number: int) -> None:  # noqa: ANN401
    """A series in its colour, with a pattern or a dash and a marker of its own."""
    ink = _INKS[chart.series[number].tone]
    if chart.shape == "line":
        series.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=ink, w=22000, prstDash="dash" if number else "solid")
        )
        series.marker.symbol = _MARKERS[number % len(_MARKERS)]
        series.marker.size = 7
        series.marker.graphicalProperties = GraphicalProperties(solidFill=ink)
        series.smooth = False
        return
    look = GraphicalProperties(ln=LineProperties(solidFill=ink))
    if number:
        look.pattFill = _pattern(ink, _PATTERNS[(number - 1) % len(_PATTERNS)])
    else:
        look.solidFill = ink
    series.graphicalProperties = look
    series.invertIfNegative = False
    if not chart.stacked:
        labels = DataLabelList(showVal=True, txPr=words_of())
        labels.showSerName = labels.showCatName = labels.showLegendKey = False
        labels.showPercent = False
        series.dLbls = labels


def _pattern(ink: str, name: str) -> Any:  # noqa: ANN401
    """A pattern on white, by its name in the drawing language."""
    # What is published of their types knows neither names nor colours as text.
    fill: Any = PatternFillProperties
    colour: Any = ColorChoice
    return fill(prst=name, fgClr=colour(srgbClr=ink), bgClr=colour(srgbClr="FFFFFF"))


def _set_axes(made: Any, chart: Chart) -> None:  # noqa: ANN401
    for axis in (made.x_axis, made.y_axis):
        axis.delete = False
        axis.txPr = words_of()
        axis.majorTickMark = "none"
    made.y_axis.scaling.min = 0
    made.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=RULE[2:]))
    made.y_axis.number_format = "0%" if chart.shares else "#,##0"
    if chart.shares:
        made.y_axis.scaling.max = 1
    if chart.shape == "line":
        return
    made.gapWidth = 50
    made.type = "bar" if chart.shape == "bars" else "col"
    if chart.stacked:
        made.grouping, made.overlap = "stacked", 100
    if chart.shape == "bars":
        made.x_axis.scaling.orientation = "maxMin"
        made.y_axis.delete = True
        made.y_axis.majorGridlines = None
