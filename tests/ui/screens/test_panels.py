"""Panels: what waits is put before one, and its minutes are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import AddRecord
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.fill_panel import FillPanelDialog
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.panels import PanelsScreen
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still
from tests.support.papers import said_in_word

Ask = Callable[[Callable[[Session], Any]], Any]


def test_what_waits_is_put_before_a_panel_and_its_minutes_are_written(
    window: MainWindow,
    qtbot: QtBot,
    go: Callable[[str], Any],
    borough: Borough,
    ask: Ask,
    tmp_path: Path,
) -> None:
    fields = {"kind": "send", "on": date(2026, 12, 3), "chair": "A. Ford"}
    ask(lambda session: session.carry_out(AddRecord("panel", fields)))
    screen: PanelsScreen = go("panels")
    qtbot.waitUntil(lambda: screen.panel is not None, timeout=PATIENCE_MS)
    window.run_action("panel.fill")
    qtbot.waitUntil(lambda: bool(shown(FillPanelDialog)), timeout=PATIENCE_MS)
    box: FillPanelDialog = dialog(FillPanelDialog)
    # Silva's decision whether to assess was due six weeks after the request of 1 October.
    assert [one.child_id for one in box.chosen()] == [borough.ids["Silva"]]
    assert box.papers.value == date(2026, 11, 26)
    box.accept()
    qtbot.waitUntil(lambda: screen.model.shown == 1, timeout=PATIENCE_MS)
    assert "1 child before the SEND panel, 3 Dec 2026; 1 not decided." in screen.said.text()
    target = tmp_path / "minutes.docx"
    assert screen.panel is not None
    screen.write_minutes(screen.panel, target)
    qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    assert "Silva, Leo" in said_in_word(target)
    # A new case before the panel begins with the panel chosen.
    window.run_action("entry.new")
    qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
    form: RecordDialog = dialog(RecordDialog)
    assert "SEND panel, 3 Dec 2026" in form.form.texts()["panel_id"]
    form.reject()
    wait_until_still(window, qtbot)
