"""Charts: horizontal bars, a number at the end of each, late ones in red."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.title import title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
)

from caseworker_app.reports.looks import FONT, RULE
from caseworker_app.reports.pages import Sheet

_BAR, _LATE, _INK, _AXIS = "2F6690", "B3261E", "1F3044", "8A96A3"
_CM_A_ROW = 0.53
_ROWS_BESIDE_LINES = 3
"""Title, headings and total of the table it stands beside."""

_LABELS, _COUNTS = 1, 2


def bars(
    title: str,
    at: str,
    late: Collection[int] = (),
    hidden: Collection[int] = (),
    labels: int = _LABELS,
    width: float = 12.2,
) -> Callable[[Sheet, int, int], None]:
    """What draws a bar for each line of a table that starts in the sheet's first column.

    Args:
        title: over the chart.
        at: the column of the chart's left edge; it stands level with the table.
        late: the lines drawn in red, from 0; their labels say so in words too.
        hidden: the lines whose number is hidden, from 0.
        labels: the column of the labels, from 1; those of hidden numbers are to say so.
        width: in centimetres.
    """

    def draw(sheet: Sheet, first: int, last: int) -> None:
        chart: Any = BarChart()
        chart.type = "bar"
        chart.style = 2
        chart.legend = None
        chart.gapWidth = 40
        chart.title = title_of(title)
        chart.add_data(Reference(sheet, min_col=_COUNTS, min_row=first, max_row=last))
        chart.set_categories(Reference(sheet, min_col=labels, min_row=first, max_row=last))
        series = chart.series[0]
        series.graphicalProperties = GraphicalProperties(solidFill=_BAR)
        series.invertIfNegative = False
        for place in late:
            series.data_points.append(DataPoint(place, spPr=GraphicalProperties(solidFill=_LATE)))
        series.dLbls = DataLabelList(showVal=True, txPr=words_of())
        series.dLbls.showSerName = series.dLbls.showCatName = False
        series.dLbls.showLegendKey = series.dLbls.showPercent = False
        # Of words in place of a number Excel draws the label of a nought.
        series.dLbls.dLbl = [_hidden_label(place) for place in sorted(hidden)]
        chart.visible_cells_only = not hidden
        chart.x_axis.scaling.orientation = "maxMin"
        chart.x_axis.delete = False
        chart.x_axis.txPr = words_of()
        chart.x_axis.majorTickMark = "none"
        chart.x_axis.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill="8A96A3")
        )
        chart.y_axis.delete = True
        chart.y_axis.scaling.min = 0
        chart.y_axis.majorGridlines = None
        chart.graphical_properties = GraphicalProperties(
            solidFill="FFFFFF", ln=LineProperties(solidFill=RULE[2:])
        )
        chart.width = width
        chart.height = _CM_A_ROW * (last - first + 1 + _ROWS_BESIDE_LINES)
        sheet.add_chart(chart, f"{at}{first - 2}")

    return draw


def _hidden_label(place: int) -> DataLabel:
    return DataLabel(
        idx=place,
        numFmt='"hidden"',
        txPr=words_of(),
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
    )


def title_of(words: str) -> Any:  # noqa: ANN401
    """A title in the workbook's font, above the chart and not on it."""
    title: Any = title_maker(words)
    title.overlay = False
    for paragraph in title.tx.rich.p:
        for run in paragraph.r:
            run.rPr = _letters(1000, bold=True)
    return title


def _letters(size: int, *, bold: bool = False) -> CharacterProperties:
    """The workbook's font, in hundredths of a point."""
    return CharacterProperties(sz=size, b=bold, solidFill=_INK, latin=Font(typeface=FONT))


def words_of() -> RichText:
    """Small words at the axis and the bars."""
    letters = _letters(900)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)
    return RichText(p=[paragraph])
