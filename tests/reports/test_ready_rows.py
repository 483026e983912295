"""Rows written as text say what they were given, whoever reads them."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from caseworker_app.reports.heights import set_height
from caseworker_app.reports.looks import Looks, clean, new_workbook, quiet_cell
from caseworker_app.reports.pages import Kind, Value
from caseworker_app.reports.ready_rows import new_sheet

_TEXTS = st.one_of(
    st.text(max_size=20),
    st.text("=+-@#<>&\"' \t\nA9é", max_size=8),
    st.sampled_from(["=1+1", "#N/A", " led", "trailed ", "two\nlines", "]]>", "<c/>"]),
)
_CELLS: st.SearchStrategy[tuple[Value, Kind]] = st.one_of(
    st.tuples(_TEXTS, st.sampled_from(["text", "wrap", "count", "lined", "hidden"])),
    st.tuples(st.integers(-(10**9), 10**9), st.sampled_from(["count", "strong_count"])),
    st.tuples(st.floats(-1e6, 1e6), st.sampled_from(["share", "average"])),
    st.tuples(st.dates(date(1901, 1, 1), date(2199, 12, 31)), st.just("date")),
    st.tuples(st.none(), st.sampled_from(["text", "lined"])),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.lists(_CELLS, min_size=1, max_size=8))
def test_each_cell_is_read_as_it_was_written(row: list[tuple[Value, Kind]]) -> None:
    """Text as text with its spaces, numbers to 16 digits, days as days, nothing as nothing."""
    workbook = new_workbook()
    sheet = new_sheet(workbook, "Tried")
    looks = Looks(sheet)
    sheet.append_ready(looks.row([value for value, _ in row], [kind for _, kind in row]))
    read = _read(workbook)["Tried"]
    for place, (value, kind) in enumerate(row, start=1):
        cell = read.cell(1, place)
        if isinstance(value, str):
            # XML has one way to end a line.
            wanted = clean(value).replace("\r\n", "\n").replace("\r", "\n")
            assert (cell.value or "") == wanted
            assert cell.data_type != "f"
        elif isinstance(value, date):
            assert cell.value == datetime.combine(value, time.min)
        elif isinstance(value, float):
            assert abs(cell.value - value) <= abs(value) * 1e-15
        else:
            assert cell.value == value
        if value is None and kind == "lined":
            assert cell.border.bottom.style == "hair"


def test_ready_rows_stand_between_others_and_keep_their_height(tmp_path: Path) -> None:
    """Rows of cells, empty ones and ready ones take turns; a height set before is written."""
    workbook = new_workbook()
    sheet = new_sheet(workbook, "Tried")
    set_height(sheet, 3, 4)
    sheet.append([quiet_cell(sheet, "about")])
    sheet.append([])
    sheet.append_ready(Looks(sheet, tall=True).row(["a", None, 2], ["wrap", "wrap", "count"]))
    sheet.append([quiet_cell(sheet, "below")])
    workbook.save(tmp_path / "tried.xlsx")
    read = load_workbook(tmp_path / "tried.xlsx")["Tried"]
    assert [tuple(cell.value for cell in row) for row in read.iter_rows()] == [
        ("about", None, None),
        (None, None, None),
        ("a", None, 2),
        ("below", None, None),
    ]
    assert read.row_dimensions[3].height == 54
    assert read["B3"].border.bottom.style == "hair"
    assert read["C3"].number_format == "#,##0"


def _read(workbook: Workbook) -> Workbook:
    held = BytesIO()
    workbook.save(held)
    return load_workbook(held)
