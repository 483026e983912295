"""The dashboard in the window: counted, opened, turned into tables, and let out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.domain.whose import Scope
from caseworker_app.ui.charts.card import EVERY
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.print_preview import PreviewDialog
from caseworker_app.ui.runtime.preferences import CHARTS
from caseworker_app.ui.screens.dashboard import DashboardScreen
from tests.support.borough import PATIENCE_MS, Borough, shown, wait_until_still
from tests.support.window import activate

KEY = Qt.Key


def all_drawn(screen: DashboardScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: screen.dashboard is not None and not screen._drawing.isActive(),
        timeout=PATIENCE_MS,
    )


@pytest.fixture
def screen(go: Callable[[str], Any], qtbot: QtBot) -> DashboardScreen:
    found: DashboardScreen = go("dashboard")
    all_drawn(found, qtbot)
    return found


def names(screen: DashboardScreen) -> set[str]:
    return {row.case.surname for row in screen.cases.model.rows()}


def test_each_chart_has_its_card_by_group(screen: DashboardScreen) -> None:
    assert screen.dashboard is not None
    assert list(screen.cards) == [one.key for one in screen.dashboard.charts]
    assert {"Overdue and coming", "In time", "Places"} <= set(screen.titles)
    assert screen.said.text() == "2 live plans on 22 Nov 2026"
    screen.group.setCurrentText("In time")
    inside = {key for key, card in screen.cards.items() if not card.isHidden()}
    assert inside == {"twenty_weeks", "review_steps"}


def test_a_mark_opens_its_cases_with_a_filter_that_can_be_taken_away(
    screen: DashboardScreen, window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    activate(window, qtbot)
    card = screen.cards["open_assessments"]
    card.take_focus()
    assert card.canvas is not None
    at = next(number for number, mark in enumerate(card.chart.series[0].marks) if mark.value)
    card.canvas.go(0, at)
    qtbot.keyClick(card.canvas, KEY.Key_Return)
    assert names(screen) == {"Silva"}
    assert not screen.below.isHidden()
    (chip,) = screen.chips.findChildren(QPushButton)
    of = f"Assessments open by time since request: {card.chart.categories[at]}: 1"
    assert chip.accessibleName() == f"Remove the filter: {of}"
    assert screen.chips.words()[0] in screen.context().counts
    assert screen.trail() == (borough.ids["Silva"],)
    qtbot.keyClick(screen.table, KEY.Key_Escape)
    assert screen.below.isHidden()
    assert screen.chips.words() == []
    screen.open_mark(card.chart, EVERY, at)
    chip = screen.chips.findChildren(QPushButton)[-1]
    chip.click()
    assert screen.below.isHidden()


def test_a_number_on_top_opens_what_it_counts(screen: DashboardScreen) -> None:
    assert screen.dashboard is not None
    late = next(one for one in screen.dashboard.headlines if one.key == "overdue")
    assert late.mark.things
    screen.headlines._cards["overdue"].click()
    assert screen.cases.model.total == len(late.mark.things)
    assert screen.chips.words() == [f"Duties overdue: {late.mark.words}"]
    screen.headlines._cards["overdue"].click()
    assert screen.below.isHidden()


def test_enter_in_the_list_opens_the_case(
    screen: DashboardScreen, window: MainWindow, qtbot: QtBot
) -> None:
    card = screen.cards["open_assessments"]
    at = next(number for number, mark in enumerate(card.chart.series[0].marks) if mark.value)
    screen.open_mark(card.chart, 0, at)
    qtbot.keyClick(screen.table, KEY.Key_Return)
    wait_until_still(window, qtbot)
    page = window.page()
    assert page is not None
    assert page.key == "case"


def test_charts_change_to_tables_and_it_is_remembered(
    screen: DashboardScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("charts.table")
    assert window.preferences.get(CHARTS) == "tables"
    all_drawn(screen, qtbot)
    told = [card for card in screen.cards.values() if card.chart.is_told]
    assert told
    for card in told:
        assert card.table is not None
        assert not card.table.isHidden()
        assert card.table.accessibleDescription().startswith(card.chart.sentence)
    window.run_action("charts.table")
    assert window.preferences.get(CHARTS) == "charts"


def test_it_follows_whose_cases_are_shown(
    screen: DashboardScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.whose.choose(Scope.UNASSIGNED)
    qtbot.waitUntil(lambda: screen.said.text().startswith("Unassigned: "), timeout=PATIENCE_MS)
    all_drawn(screen, qtbot)
    assert screen.dashboard is not None
    assert screen.dashboard.about.startswith("Unassigned: ")


def test_a_change_is_told_and_counted_when_asked(
    screen: DashboardScreen, window: MainWindow, qtbot: QtBot
) -> None:
    from caseworker_app.domain.outcome import Done

    window.hub.done.emit(Done("Recorded.", ("1",)), None)
    assert "F5 counts again" in screen.said.text()
    screen.refresh()
    wait_until_still(window, qtbot)
    all_drawn(screen, qtbot)
    assert screen.said.text() == "2 live plans on 22 Nov 2026"


def _save_as(target: Path, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(shown(QFileDialog)), timeout=PATIENCE_MS)
    (dialog,) = shown(QFileDialog)
    dialog.fileSelected.emit(str(target))
    dialog.done(0)


def test_its_numbers_are_written_as_a_workbook_with_charts(
    screen: DashboardScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "dashboard.xlsx"
    window.run_action("export")
    _save_as(target, qtbot)
    wait_until_still(window, qtbot)
    book = load_workbook(target)
    about, duties = book.worksheets[0], book["Duties overdue and coming"]
    assert "Not for publication" in about["A2"].value
    assert duties["A4"].value == "When"
    assert len(duties._charts) == 1
    chart = screen.cards["overdue_coming"].chart
    written = [[cell.value for cell in row] for row in duties.iter_rows(min_row=5)]
    assert [row[0] for row in written] == list(chart.categories)
    assert [row[1] for row in written] == [mark.value for mark in chart.series[0].marks]


def _in_the_list(screen: DashboardScreen, window: MainWindow, qtbot: QtBot) -> None:
    activate(window, qtbot)
    card = screen.cards["open_assessments"]
    at = next(number for number, mark in enumerate(card.chart.series[0].marks) if mark.value)
    screen.open_mark(card.chart, 0, at)
    qtbot.waitUntil(screen.table.hasFocus)


def test_the_cases_of_a_mark_are_written_where_the_keyboard_is_among_them(
    screen: DashboardScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "cases.xlsx"
    _in_the_list(screen, window, qtbot)
    window.run_action("export")
    _save_as(target, qtbot)
    wait_until_still(window, qtbot)
    (sheet,) = load_workbook(target).worksheets
    said = [cell.value for row in sheet.iter_rows() for cell in row]
    assert any(str(one).startswith("Silva") for one in said)


def test_who_may_take_out_figures_but_no_cases_takes_out_none(
    screen: DashboardScreen, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An administrator: the board return leaves the window, a list of children does not.
    _in_the_list(screen, window, qtbot)
    assert "copy" in screen.offers()
    somebody = Person("Ann Lee", frozenset({"administrator"}))
    monkeypatch.setattr(window, "person", somebody)
    assert "copy" not in screen.offers()
    session = window.jobs._session
    assert session is not None
    monkeypatch.setattr(session, "person", somebody)
    told: list[Failed] = []
    monkeypatch.setattr(window, "tell_failed", told.append)
    screen.export()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert "to export is not for the role of administrator" in told[0].sentence
    assert not shown(QFileDialog)


def test_a_chart_is_saved_as_a_picture(
    screen: DashboardScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "chart.png"
    screen._here = "overdue_coming"
    window.run_action("charts.picture")
    _save_as(target, qtbot)
    qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    assert QImage(str(target)).width() > 1000


def test_it_is_printed_with_its_charts(
    screen: DashboardScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("print")
    qtbot.waitUntil(lambda: bool(shown(PreviewDialog)), timeout=PATIENCE_MS)
    (preview,) = shown(PreviewDialog)
    assert preview.accessibleName() == "Print Dashboard"
    preview.close()
