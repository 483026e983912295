from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.rows import AlertRow
from caseworker_app.ui.models import alert_columns as alerts
from caseworker_app.ui.models.grouped_model import GroupedModel
from caseworker_app.ui.models.rows_model import DISPLAY, HEADING, ROW

TODAY = date(2026, 11, 22)


def alert(days: int, **changes: object) -> AlertRow:
    due = TODAY + timedelta(days=days)
    row = AlertRow(
        child_id=f"c{days}",
        reference=f"TH{100 + days}",
        surname="Okafor",
        forename="Grace",
        setting="Mile End Gate",
        caseworker="R. Haque",
        rule="AR-07",
        episode="e1",
        what="Decision after review",
        due=due,
        target=due,
        common_due=None,
        state=State.OVERDUE if days < 0 else State.DUE,
        days=days,
        who="authority",
        why="no decision recorded",
    )
    return dataclasses.replace(row, **changes)


@pytest.fixture
def model(qapp: QApplication) -> GroupedModel:
    made = GroupedModel(
        alerts.ALERT_COLUMNS,
        alerts.identity,
        alerts.search_text,
        alerts.group_of,
        alerts.GROUPS,
    )
    made.tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    made.set_rows([alert(days) for days in (-9, -1, 0, 6, 7, 28, 29)])
    return made


def lines(model: GroupedModel) -> list[str]:
    return [
        model.index(line, 0).data(HEADING) or model.index(line, 0).data(DISPLAY)
        for line in range(model.rowCount())
    ]


def test_rows_stand_under_headings_that_count_them(model: GroupedModel) -> None:
    assert lines(model) == [
        "Overdue · 2",
        "9 days late",
        "1 day late",
        "Next 7 days · 2",
        "today",
        "6 days",
        "Next four weeks · 2",
        "7 days",
        "28 days",
        "Later · 1",
        "29 days",
    ]
    assert (model.shown, model.total, model.heading_lines()) == (7, 7, [0, 3, 6, 9])


def test_a_heading_is_no_row_and_cannot_be_selected(model: GroupedModel) -> None:
    heading = model.index(0, 0)
    assert heading.flags() == Qt.ItemFlag.ItemNeverHasChildren
    assert heading.data(ROW) is None
    assert model.row_at(0) is None
    assert model.index(1, 0).flags() & Qt.ItemFlag.ItemIsSelectable


def test_a_filter_drops_the_headings_of_empty_groups(model: GroupedModel) -> None:
    model.set_filter("th100")
    assert lines(model) == ["Next 7 days · 1", "today"]


def test_sorting_stays_within_the_groups(model: GroupedModel) -> None:
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert lines(model)[:4] == ["Overdue · 2", "1 day late", "9 days late", "Next 7 days · 2"]


def test_a_met_deadline_goes_and_its_heading_counts_anew(model: GroupedModel) -> None:
    model.upsert([], [alerts.identity(alert(-9))])
    assert lines(model)[:2] == ["Overdue · 1", "1 day late"]


def test_a_claimed_exception_stands_apart_from_what_is_overdue() -> None:
    row = alert(-3, state=State.EXCEPTION_CLAIMED)
    assert alerts.GROUPS[alerts.group_of(row)] == "Exception claimed"
    assert alerts.tone(row) == "quiet"


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-9, "9 days late", "late"),
        (-1, "1 day late", "late"),
        (0, "today", "soon"),
        (1, "1 day", "soon"),
        (12, "12 days", "ok"),
    ],
)
def test_a_distance_reads_as_people_say_it(days: int, words: str, tone: str) -> None:
    assert (alerts.when(alert(days)), alerts.tone(alert(days))) == (words, tone)


def test_two_readings_are_both_told() -> None:
    row = alert(10, common_due=TODAY + timedelta(days=11))
    assert alerts.why(row) == "no decision recorded"
    assert alerts.why_in_full(row) == "no decision recorded; by the common reading 3 Dec 2026"


def test_dates_that_wait_for_the_same_step_are_counted_and_named() -> None:
    row = alert(-3, also=(("Complete the annual review", TODAY),))
    assert alerts.why(row) == "1 also due, from 22 Nov 2026 · no decision recorded"
    assert alerts.why_in_full(row) == (
        "no decision recorded; also Complete the annual review, 22 Nov 2026"
    )
