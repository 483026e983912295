"""A document as a workbook: a sheet a table, days as days, and no text that becomes a formula."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from caseworker_app.domain.errors import Cancelled, Refused
from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.reports.paper_workbook import write

DAY = date(2026, 11, 30)
TABLE = PaperTable(("Child", "By", "Days"), (("=1+1", DAY, 2), ("A group",)))
PAPER = Paper(
    "Pack, A/B",
    "Made today.",
    (
        Part("Reviews: to hold", ("A note.",), TABLE),
        Part("Reviews: to hold", table=PaperTable(("Child",), ())),
        Part("Lines", ("One", "Two")),
    ),
    "T.",
)


def test_each_table_is_a_sheet_and_each_day_a_day(tmp_path: Path) -> None:
    target = tmp_path / "pack.xlsx"
    write(PAPER, target)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Reviews to hold", "Reviews to hold 2", "Lines"]
    first, empty, lines = book.worksheets
    assert first["A1"].value == "Pack, A/B: Reviews: to hold"
    assert first["A2"].value == "Made today. A note."
    assert [cell.value for cell in first[4]] == ["Child", "By", "Days"]
    assert (first["A5"].value, first["A5"].data_type) == ("=1+1", "s")
    assert first["B5"].value == datetime(2026, 11, 30)  # noqa: DTZ001  (as Excel has it)
    assert first["C5"].value == 2
    assert first["A6"].value == "A group"
    assert empty["A5"].value == "Nothing."
    assert [lines[f"A{at}"].value for at in (5, 6)] == ["One", "Two"]


def test_stopped_or_refused_it_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, total: int, words: str) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        write(PAPER, tmp_path / "pack.xlsx", stop)
    with pytest.raises(Refused, match=r"does not end in \.xlsx"):
        write(PAPER, tmp_path / "pack.txt")
    assert not list(tmp_path.iterdir())
