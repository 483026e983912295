"""The dialog of who looked: of the case in front, and of all."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from caseworker_app.ui.dialogs.who_looked import WhoLookedDialog
from caseworker_app.ui.main_window import MainWindow
from tests.support.borough import PATIENCE_MS, Borough, wait_until_still
from tests.ui.screens.conftest import borough, founded, window

__all__ = ["borough", "founded", "window"]


def test_opening_a_case_shows_there(window: MainWindow, borough: Borough, qtbot: QtBot) -> None:
    first, second = list(borough.ids)[:2]
    for child in (first, second):
        window.open_case(borough.ids[child])
        wait_until_still(window, qtbot)
    window.run_action("looked")
    dialog = window.findChild(WhoLookedDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.model.total == 1, timeout=PATIENCE_MS)
    assert dialog.one.isChecked()
    dialog.one.setChecked(False)
    qtbot.waitUntil(lambda: dialog.model.total == 2, timeout=PATIENCE_MS)
    assert {row.act for row in dialog.model.all_rows()} == {"Opened the case"}
    dialog.search.setText("nobody at all")
    qtbot.waitUntil(lambda: dialog.count.text() == "0 of 2", timeout=PATIENCE_MS)
    dialog.reject()
