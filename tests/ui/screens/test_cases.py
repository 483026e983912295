from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from caseworker_app.domain.rows import CaseRow
from caseworker_app.ui.dialogs.child import ChildDialog
from caseworker_app.ui.dialogs.reassign import ReassignDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.models.rows_model import DESCENDING
from caseworker_app.ui.screens.cases import CasesScreen
from caseworker_app.ui.widgets.saved_views import SaveViewDialog, ViewState
from tests.support.borough import Borough, dialog, wait_until_still
from tests.support.commands import add_caseworker
from tests.support.window import activate, named

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def cases(window: MainWindow, qtbot: QtBot, go: Callable[[str], Any]) -> CasesScreen:
    activate(window, qtbot)
    return go("cases")


def surnames(cases: CasesScreen) -> list[str]:
    return [row.surname for row in cases.model.rows()]


def test_every_child_is_there_and_counted(window: MainWindow, cases: CasesScreen) -> None:
    assert surnames(cases) == ["Okafor", "Patel", "Silva"]
    assert cases.count.text() == window.counts.text() == "3 cases"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oka", ["Okafor"]),
        ("rohan pat", ["Patel"]),
        ("TH-SILVA", ["Silva"]),
        ("jonson", ["Patel", "Silva"]),
        ("nobody", []),
    ],
)
def test_typing_filters_over_name_reference_and_setting(
    cases: CasesScreen, qtbot: QtBot, typed: str, found: list[str]
) -> None:
    qtbot.keyClicks(cases.search, typed)
    assert surnames(cases) == found
    assert cases.count.text() == f"{len(found)} of 3 cases"
    assert ("Try a few letters" in cases.empty.text()) is not bool(found)


def test_enter_opens_the_case_and_next_follows_the_list_as_sorted(
    window: MainWindow, cases: CasesScreen, borough: Borough, qtbot: QtBot
) -> None:
    child = [column.key for column in cases.model.columns].index("child")
    cases.table.sortByColumn(child, Qt.SortOrder.DescendingOrder)
    assert surnames(cases) == ["Silva", "Patel", "Okafor"]
    cases.table.select_id(borough.ids["Silva"])
    cases.table.setFocus()
    qtbot.keyClick(cases.table, Qt.Key.Key_Return)
    wait_until_still(window, qtbot)
    case = window.page()
    assert case is not None
    assert case.context().child_ids == (borough.ids["Silva"],)
    window.run_action("case.next")
    wait_until_still(window, qtbot)
    assert case.context().child_ids == (borough.ids["Patel"],)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.page() is cases)


def test_a_new_case_comes_into_the_list_without_reading_it_anew(
    window: MainWindow, cases: CasesScreen, qtbot: QtBot
) -> None:
    window.run_action("case.new")
    wait_until_still(window, qtbot)
    form = dialog(ChildDialog)
    named(form, QLineEdit, "Surname").setText("Zając")
    named(form, QLineEdit, "Forename").setText("Zoë")
    named(form, QLineEdit, "Born").setText("3/4/2017")
    form.accept()
    qtbot.waitUntil(lambda: "Zając" in surnames(cases))
    assert cases.model.total == 4
    window.show_screen("cases")
    cases.search.setText("zoe zajac")
    assert surnames(cases) == ["Zając"]


def test_several_cases_are_reassigned_at_once_and_undone_at_once(
    window: MainWindow, cases: CasesScreen, qtbot: QtBot
) -> None:
    window.jobs.submit(add_caseworker("J. Whitfield"))
    wait_until_still(window, qtbot)
    cases.table.setFocus()
    cases.table.selectAll()
    assert cases.context().counts == "3 cases, 3 selected"
    window.run_action("case.reassign")
    wait_until_still(window, qtbot)
    form = dialog(ReassignDialog)
    form.who.setCurrentIndex(form.who.findText("J. Whitfield"))
    form.accept()
    qtbot.waitUntil(lambda: {row.caseworker for row in cases.model.rows()} == {"J. Whitfield"})
    wait_until_still(window, qtbot)
    activate(window, qtbot)
    cases.search.setFocus()
    qtbot.keyClick(cases.search, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: {row.caseworker for row in cases.model.rows()} == {"R. Haque"})


def test_a_status_filter_shows_as_a_chip(cases: CasesScreen) -> None:
    cases.status.setCurrentIndex(cases.status.findData("assessment"))
    assert surnames(cases) == ["Silva"]
    assert cases.chips.words() == ["In assessment"]
    cases.chips.removed.emit("status")
    assert surnames(cases) == ["Okafor", "Patel", "Silva"]


def test_rows_are_copied_as_a_sheet_takes_them(
    window: MainWindow, cases: CasesScreen, borough: Borough
) -> None:
    cases.table.select_id(borough.ids["Okafor"])
    window.run_action("copy")
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0][:3] == ["Reference", "Child", "Born"]
    assert lines[1][:3] == ["TH-Okafor", "Okafor, Grace", "3 Mar 2014"]
    assert len(lines) == 2


def test_the_selection_survives_filter_sort_and_a_change_elsewhere(
    window: MainWindow, cases: CasesScreen, borough: Borough, qtbot: QtBot
) -> None:
    cases.table.select_id(borough.ids["Patel"])
    cases.search.setText("jonson")
    cases.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    cases.search.clear()
    row = cases.table.current_row()
    assert isinstance(row, CaseRow)
    assert row.surname == "Patel"
    assert cases.table.selected_rows() == [row]


def test_a_view_keeps_filter_columns_and_order(
    cases: CasesScreen, window: MainWindow, qtbot: QtBot
) -> None:
    cases.search.setText("th-")
    cases.status.setCurrentIndex(cases.status.findData("live"))
    cases.table.widths.switch("need", shown=False)
    cases.table.sortByColumn(1, DESCENDING)
    kept = cases.view_state()
    window.run_action("view.save")
    form: SaveViewDialog = dialog(SaveViewDialog)
    form.name.setText("Plans of mine")
    form.accept()
    wait_until_still(window, qtbot)
    cases.show_view(ViewState())
    assert cases.model.shown == 3
    assert cases.view_state() == ViewState()
    at = cases.views.findText("Plans of mine")
    cases.views.activated.emit(at)
    assert cases.view_state() == kept
    assert [row.surname for row in cases.model.rows()] == ["Patel", "Okafor"]
    assert cases.views.currentText() == "Plans of mine"
    # What cannot be read is no filter.
    cases.show_view(ViewState("no json", "", "nowhere up"))
    assert cases.view_state() == ViewState()
