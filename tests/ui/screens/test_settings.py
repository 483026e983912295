from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app.ui.dialogs.reassign import CaseworkerDialog, ReassignDialog
from caseworker_app.ui.dialogs.setting import SettingDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.settings import SettingsScreen
from tests.support.borough import dialog, wait_until_still

Ask = Callable[[Callable[[Any], Any]], Any]


@pytest.fixture
def settings(go: Callable[[str], Any]) -> SettingsScreen:
    return go("settings")


def test_those_without_a_kind_come_first_and_are_told_of(settings: SettingsScreen) -> None:
    rows = settings.model.rows()
    assert [row.setting.name for row in rows] == ["Ben Jonson", "Mile End Gate"]
    assert [row.children for row in rows] == [2, 1]
    assert settings.unknown.text() == (
        "1 setting has no kind yet; until then phase transfer goes by year group alone."
    )
    assert not settings.notice.isHidden()


def test_a_kind_given_takes_the_notice_away(
    settings: SettingsScreen, window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    settings.table.opened.emit(settings.model.rows()[0])
    form = dialog(SettingDialog)
    form.kind.setCurrentIndex(form.kind.findData("primary"))
    form.kind.activated.emit(form.kind.currentIndex())
    assert form.last_year.year == 6
    form.closures.setPlainText("22 Jul 2027 to 1 Sep 2027")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        form.go.click()
    wait_until_still(window, qtbot)
    held = {one.name: one for one in ask(lambda session: session.settings())}
    assert (held["Ben Jonson"].kind, held["Ben Jonson"].last_year) == ("primary", 6)
    assert len(held["Ben Jonson"].closures) == 1
    assert settings.notice.isHidden()


def test_a_refusal_stands_beside_its_field(
    settings: SettingsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("setting.new")
    form = dialog(SettingDialog)
    form.go.click()
    assert form.form._problems["name"].text() == "Enter the name."
    form.name.setText("Mile End Gate")
    form.go.click()
    qtbot.waitUntil(lambda: "there already" in form.form._problems["name"].text(), timeout=20_000)
    assert form.name.text() == "Mile End Gate"
    form.closures.setPlainText("soon")
    form.name.setText("Another")
    form.go.click()
    assert form.form._problems["closures"].text().startswith("Line 1")
    form.reject()


def test_a_new_setting_is_listed(
    settings: SettingsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("setting.new")
    form = dialog(SettingDialog)
    form.name.setText("Wharf Lane")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        form.go.click()
    wait_until_still(window, qtbot)
    assert "Wharf Lane" in {row.setting.name for row in settings.model.rows()}


def test_children_are_given_to_a_new_caseworker(
    settings: SettingsScreen, go: Callable[[str], Any], window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("caseworker.new")
    form = dialog(CaseworkerDialog)
    form.name.setText("J. Whitfield")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        form.go.click()
    wait_until_still(window, qtbot)
    cases = go("cases")
    cases.table.selectAll()
    window.run_action("case.reassign")
    wait_until_still(window, qtbot)
    hand_over = dialog(ReassignDialog)
    hand_over.who.setCurrentIndex(hand_over.who.findText("J. Whitfield"))
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        hand_over.go.click()
    wait_until_still(window, qtbot)
    assert {row.caseworker for row in cases.model.all_rows()} == {"J. Whitfield"}
