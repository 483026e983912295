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
    assert screen.table is screen.lists[1].table
