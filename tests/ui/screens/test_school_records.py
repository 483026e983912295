"""School records: each list is read and changed on its own tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import AddRecord
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.school_records import SchoolRecordsScreen
from tests.support.borough import Borough, wait_until_still


def test_suspensions_attendance_and_attainment_stand_on_a_tab_each(
    window: MainWindow, qtbot: QtBot, go: Callable[[str], Any], borough: Borough
) -> None:
    of = {"child_id": borough.ids["Okafor"]}
    screen: SchoolRecordsScreen = go("school_records")
    assert screen.front().model.total == 0
    fields = {**of, "since": date(2026, 11, 2), "half_days": 3, "reason": "DB"}
    window.jobs.submit(AddRecord("suspension", fields))
    wait_until_still(window, qtbot)
    assert screen.front().model.total == 1
    screen.table.go_first()
    assert {"entry.new", "entry.import", "entry.change", "export"} <= window.offered().keys()
    assert window.page() is screen
    assert screen.context().child_ids == (of["child_id"],)
    fields = {**of, "term": "Autumn 2026", "possible": 140, "attended": 120}
    window.jobs.submit(AddRecord("attendance", fields))
    screen.tabs.setCurrentIndex(1)
    wait_until_still(window, qtbot)
    assert screen.front().model.total == 1
    assert screen.table is screen.places[1].part().table


def test_their_figures_stand_on_a_tab_by_school_year_with_small_numbers_hidden(
    window: MainWindow, qtbot: QtBot, go: Callable[[str], Any], borough: Borough
) -> None:
    of = {"child_id": borough.ids["Okafor"]}
    screen: SchoolRecordsScreen = go("school_records")
    for name, fields in (
        ("attendance", {"term": "Summer 2026", "possible": 120, "attended": 60}),
        ("attendance", {"term": "Autumn 2026", "possible": 140, "attended": 140}),
        ("attainment", {"stage": "ks2", "year": 2026, "what": "Reading", "value": "EXS"}),
    ):
        window.jobs.submit(AddRecord(name, {**of, **fields}))
    screen.tabs.setCurrentIndex(len(screen.places) - 1)
    wait_until_still(window, qtbot)
    page: Any = screen.front()
    assert page.years.currentText() == "2026/27"
    lines = {row.name: row for row in page.groups.rows()}
    assert [one.text(lines["All years"]) for one in page.groups.columns[1:4]] == ["hidden"] * 3
    assert page.subjects.total == 0
    page.years.setCurrentIndex(page.years.findData(2025))
    page.years.activated.emit(page.years.currentIndex())
    wait_until_still(window, qtbot)
    (reading,) = page.subjects.rows()
    assert [one.text(reading) for one in page.subjects.columns[:4]] == [
        *("Key stage 2", "Reading", "hidden", "hidden"),
    ]
    assert "scaled score of 100" in page.about.text()
    assert "export" in window.offered()
