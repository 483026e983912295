from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.models.rows_model import SPOKEN
from tests.support.borough import PATIENCE_MS, TODAY, dialog, shown, wait_until_still


def test_a_track_is_drawn_and_said_and_its_next_step_recorded_by_one_key(
    go: Callable[[str], Any], window: MainWindow, qtbot: QtBot
) -> None:
    screen = go("assessments")
    assert [row.name for row in screen.model.rows()] == ["Silva, Leo"]
    at = [column.key for column in screen.model.columns].index("track")
    said = screen.model.index(0, at).data(SPOKEN)
    assert "Week 8" in said
    assert "decide whether to assess by 12 Nov 2026, late" in said
    assert not screen.table.viewport().grab().isNull()
    window.run_action("record.done")
    qtbot.waitUntil(lambda: bool(shown(RecordFactDialog)), timeout=PATIENCE_MS)
    box = dialog(RecordFactDialog)
    assert box.kind_box.kind == "assessment_decision_sent"
    box._fields.show_kind("assessment_decision_sent", {"outcome": "refuse"})
    box.on.set_value(TODAY)
    box.accept()
    wait_until_still(window, qtbot)
    qtbot.waitUntil(lambda: screen.model.total == 0, timeout=PATIENCE_MS)
