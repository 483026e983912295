"""Events out of order on the page of a case: asked about beside the field, marked in its lists."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from caseworker_app.ui.dialogs.change_fact import ChangeFactDialog
from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.models.rows_model import SPOKEN
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.widgets.doubt import DoubtLabel
from tests.support.borough import Borough, dialog, settle
from tests.support.window import choose, named


@pytest.fixture
def case(window: MainWindow, borough: Borough, qtbot: QtBot) -> CaseScreen:
    """Okafor's case."""
    window.open_case(borough.ids["Okafor"])
    settle(window, qtbot)
    screen = window.page()
    assert isinstance(screen, CaseScreen)
    return screen


def test_a_day_out_of_order_is_asked_about_beside_its_field_and_recorded_all_the_same(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    question = "The meeting was on 16 October 2026. Is 1 September 2026 right?"
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    record.kind_box.choose("review_decision_sent")
    choose(record, "Outcome", "maintain")
    day = named(record, QLineEdit, "Date")
    day.setFocus()
    day.selectAll()
    qtbot.keyClicks(day, "1/9/2026")
    assert record.form.asked("on") == question
    assert day.accessibleDescription() == f"Tuesday 1 September 2026. {question}"
    assert any(label.text() == question for label in record.findChildren(DoubtLabel))
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        qtbot.keyClick(day, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert question in window.bar.words.text()
    timeline = case.clock.timeline.model
    spoken = [str(timeline.index(line, 0).data(SPOKEN)) for line in range(timeline.shown)]
    marked = [text for text in spoken if "right?" in text]
    assert f"1 Sep 2026. {question}" in marked
    assert len(marked) == 2
    assert any(
        question in case.reviews.model.index(line, 3).data(SPOKEN)
        for line in range(case.reviews.model.shown)
    )
    window.run_action("undo")
    settle(window, qtbot)
    assert not any(
        "right?" in str(timeline.index(line, 0).data(SPOKEN)) for line in range(timeline.shown)
    )


def test_changing_a_day_asks_as_it_is_typed(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    case.clock.timeline.table.selectRow(1)
    window.run_action("fact.change")
    change = dialog(ChangeFactDialog)
    assert change.form.asked("on") == ""
    change.on.line.setText("1/9/2025")
    assert change.form.asked("on") == (
        "The meeting was on 2 October 2025. Is 1 September 2025 right?"
    )
    change.on.line.setText("31 Oct 2025")
    assert change.form.asked("on") == ""
    change.reject()
