"""Closed days by their form: the dates follow, with progress, and one key takes a day back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.records import RecordsScreen
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.progress import ProgressDialog
from tests.support.borough import PATIENCE_MS, dialog, wait_until_still
from tests.support.window import activate

Ask = Callable[[Callable[[Session], Any]], Any]


def test_a_closed_day_moves_dates_with_progress_and_is_taken_back(
    window: MainWindow, go: Callable[[str], Any], ask: Ask, qtbot: QtBot
) -> None:
    screen = go("closed_days")
    assert isinstance(screen, RecordsScreen)
    assert screen.empty.text().startswith("No closed day yet. Bank holidays ")
    target = next(row.target for row in ask(lambda session: session.alerts()) if row.target)
    before = ask(lambda session: [row.target for row in session.alerts()])

    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    on, name = form.fields["on"], form.fields["name"]
    assert isinstance(on, DateField)
    assert isinstance(name, QLineEdit)
    on.set_value(target)
    name.setText("Coronation")
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        form.go.click()
        assert form.findChildren(ProgressDialog)
    wait_until_still(window, qtbot)

    (row,) = screen.model.rows()
    assert row.words["name"] == "Coronation"
    after = ask(lambda session: [row.target for row in session.alerts()])
    assert target not in after
    assert all(isinstance(one, date) for one in after)
    activate(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until_still(window, qtbot)
    assert ask(lambda session: [row.target for row in session.alerts()]) == before
    assert screen.model.rows() == []
