"""Charts: horizontal bars, one colour, a number at the end of each."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.title import title_maker

from caseworker_app.reports.pages import Sheet

_BAR = "2F6690"
_CM_A_BAR = 0.72


def bars(
    title: str, labels: int, counts: int, first: int, rows: int, at: str
) -> Callable[[Sheet, int], None]:
    """What draws a bar for each of some rows of a sheet.

    Args:
        title: over the chart.
        labels: number of the column that holds the names, from 1.
        counts: number of the column that holds the counts.
        first: the first row of the bars, counted from the table's first row at 0.
        rows: how many.
        at: the column of the chart's upper left corner; it stands beside the first row.
    """

    def draw(sheet: Sheet, first_row: int) -> None:
        top = first_row + first
        chart = BarChart()
        chart.type = "bar"
        heading = title_maker(title)
        heading.overlay = False
        chart.title = heading
        chart.legend = None
        chart.gapWidth = 45
        chart.add_data(Reference(sheet, min_col=counts, min_row=top, max_row=top + rows - 1))
        chart.set_categories(Reference(sheet, min_col=labels, min_row=top, max_row=top + rows - 1))
        series = chart.series[0]
        series.graphicalProperties = GraphicalProperties(solidFill=_BAR)
        series.dLbls = DataLabelList(showVal=True)
        series.dLbls.showSerName = series.dLbls.showCatName = False
        series.dLbls.showLegendKey = series.dLbls.showPercent = False
        chart.x_axis.scaling.orientation = "maxMin"
        chart.x_axis.delete = False
        chart.y_axis.delete = True
        chart.y_axis.majorGridlines = None
        chart.width = 19
        chart.height = 2.4 + _CM_A_BAR * rows
        sheet.add_chart(chart, f"{at}{top}")

    return draw
