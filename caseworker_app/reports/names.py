"""The names by which formulas, pivots and templates find the figures of a return.

A measure's figure is `measure_` with its ref, a hyphen of the ref as an underscore, and which of
its figures: `measure_W1.4g`, `measure_W1.4g_count`, `measure_W1.6a_strict_of`. A table is `table_`
with its key, as the JSON has it.
"""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.reports.measure_pages import (
    BEFORE,
    COUNT,
    MEASURES,
    OF,
    RATING,
    TARGET,
    VALUE,
)
from caseworker_app.reports.sheet import FIRST_ROW

FIGURES = {
    "": VALUE,
    "_count": COUNT,
    "_of": OF,
    "_target": TARGET,
    "_rating": RATING,
    "_before": BEFORE,
}
"""What a name ends in, and the place of that figure in a row of measures."""


def measure_name(ref: str, end: str = "") -> str:
    """The name of a measure's figure; `end` is one of `FIGURES`."""
    return f"measure_{ref.replace('-', '_')}{end}"


def name_measures(workbook: Workbook, board: BoardReturn) -> None:
    """Name the cells of every figure on the sheet of measures."""
    answered = [one for one in board.measures if one.answered]
    for row, one in enumerate(answered, start=FIRST_ROW):
        for end, place in FIGURES.items():
            cell = absolute_coordinate(f"{get_column_letter(place + 1)}{row}")
            name = measure_name(one.ref, end)
            where = f"{quote_sheetname(MEASURES)}!{cell}"
            workbook.defined_names[name] = DefinedName(name, attr_text=where)
