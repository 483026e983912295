"""A page as it is written: text that its column has no room for goes on in the next line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from caseworker_app.reports.looks import new_workbook
from caseworker_app.reports.pages import Column, Kind, Page
from caseworker_app.reports.sheet import FIRST_ROW, write_page

_KINDS: list[Kind] = ["text", "top", "after_number"]
_WORDS = st.lists(st.text("abcdef", min_size=1, max_size=9), min_size=1, max_size=30).map(" ".join)


@given(
    kinds=st.lists(st.sampled_from(_KINDS), min_size=2, max_size=4),
    words=st.lists(st.lists(_WORDS, min_size=4, max_size=4), min_size=1, max_size=3),
    widest=st.integers(9, 60),
)
def test_no_text_is_cut_by_the_cell_beside_it(
    tmp_path_factory: pytest.TempPathFactory, kinds: list[Kind], words: list[list[str]], widest: int
) -> None:
    path = tmp_path_factory.mktemp("page") / "page.xlsx"
    columns = tuple(Column(f"Number {at}", kind, widest) for at, kind in enumerate(kinds))
    rows = [tuple(row[: len(kinds)]) for row in words]
    workbook = new_workbook()
    write_page(workbook, Page("Page", "Page", "", "", columns, rows), ("", ""), lambda _: None)
    workbook.save(path)
    sheet = load_workbook(path).active
    assert sheet is not None
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        tall = sheet.row_dimensions[row[0].row].height
        for cell in row:
            width = sheet.column_dimensions[cell.column_letter].width
            if len(str(cell.value)) > width:
                assert cell.alignment.wrap_text
                assert tall is not None
                assert tall >= 13 * len(str(cell.value)) / (width * 1.2)
