"""Charts in a workbook: their numbers as numbers, and Excel's own chart of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from caseworker_app.domain.chart_paper import paper_of
from caseworker_app.domain.charts import Chart, Dashboard
from caseworker_app.reports import paper_workbook
from tests.support.charts import BESIDE, COLUMNS, EVERY, LINE, STACKED


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    target: Path = tmp_path_factory.mktemp("charts") / "dashboard.xlsx"
    paper_workbook.write(paper_of(Dashboard("9 live plans", 9, EVERY), "R. Haque"), target)
    return load_workbook(target)


def cells(book: Any, chart: Chart) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[chart.title].iter_rows(min_row=4)]


def test_the_first_sheet_says_what_each_chart_shows(book: Any) -> None:
    assert book.sheetnames == ["About", *(one.title for one in EVERY)]
    said = [[cell.value for cell in row][:3] for row in book["About"].iter_rows(min_row=5)]
    assert said == [[one.title, one.sentence, one.note or None] for one in EVERY]
    assert "Not for publication" in book["About"]["A2"].value


def test_counts_are_numbers_with_their_sum_where_they_add_up(book: Any) -> None:
    assert cells(book, STACKED) == [
        ["When", "Annual reviews", "Assessments", "Together"],
        ["Over 12, up to 52 weeks late", 3, 0, 3],
        ["Due within 1 week", 2, 2, 4],
    ]
    assert cells(book, BESIDE)[1:] == [["R. Haque", 7, 1], ["Unassigned", 2, 0]]


def test_a_share_is_a_number_beside_what_it_was_counted_from(book: Any) -> None:
    assert cells(book, LINE) == [
        ["Month", "All", "Count", "Of", "Without those excused", "Count", "Of"],
        ["September 2026", 0.25, 1, 4, pytest.approx(1 / 3), 1, 3],
        ["October 2026", "none", None, None, "none", None, None],
        ["November 2026", 1.0, 2, 2, "none", None, None],
    ]


@pytest.mark.parametrize("chart", EVERY, ids=lambda one: one.key)
def test_each_sheet_has_its_chart_of_every_series(book: Any, chart: Chart) -> None:
    (drawn,) = book[chart.title]._charts
    assert len(drawn.series) == len(chart.series)
    rows = len(chart.categories)
    for series in drawn.series:
        assert series.val.numRef.f.endswith(f"${4 + rows}")
        assert series.cat.numRef.f == f"'{chart.title}'!$A$5:$A${4 + rows}"


def test_a_further_series_has_a_pattern_or_a_dash(book: Any) -> None:
    for chart in (STACKED, BESIDE, COLUMNS):
        first, second = book[chart.title]._charts[0].series
        assert first.graphicalProperties.solidFill is not None
        assert second.graphicalProperties.pattFill.prst == "wdUpDiag"
    first, second = book[LINE.title]._charts[0].series
    assert first.graphicalProperties.ln.prstDash != second.graphicalProperties.ln.prstDash
    assert first.marker.symbol != second.marker.symbol
