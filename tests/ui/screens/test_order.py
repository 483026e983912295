"""Events out of order: asked about beside the field and in the cell, marked wherever they show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from caseworker_app.domain.measures.audience import Audience
from caseworker_app.ui.dialogs.change_fact import ChangeFactDialog
from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.models.rows_model import SPOKEN
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.reviews import ReviewsScreen
from caseworker_app.ui.screens.reviews_columns import KEYS
from caseworker_app.ui.screens.reviews_paste import NO_OUTCOME
from caseworker_app.ui.widgets.doubt import DoubtLabel
from tests.support.borough import Borough, dialog, wait_until_still
from tests.support.grid import ENTER, begin, go_to, row
from tests.support.window import choose, named

Ask = Callable[[Callable[[Any], Any]], Any]
QUESTION = "The meeting was on 16 October 2026. Is 1 September 2026 right?"


@pytest.fixture
def reviews(go: Callable[[str], Any]) -> ReviewsScreen:
    return go("reviews")


@pytest.fixture
def case(window: MainWindow, borough: Borough, qtbot: QtBot) -> CaseScreen:
    """Okafor's case."""
    window.open_case(borough.ids["Okafor"])
    wait_until_still(window, qtbot)
    screen = window.page()
    assert isinstance(screen, CaseScreen)
    return screen


def test_a_day_out_of_order_is_asked_about_beside_its_field_and_recorded_all_the_same(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    record.kind_box.choose("review_decision_sent")
    choose(record, "Outcome", "maintain")
    day = named(record, QLineEdit, "Date")
    day.setFocus()
    day.selectAll()
    qtbot.keyClicks(day, "1/9/2026")
    assert record.form.asked("on") == QUESTION
    assert day.accessibleDescription().startswith("Tuesday 1 September 2026")
    assert day.accessibleDescription().endswith(QUESTION)
    assert any(label.text() == QUESTION for label in record.findChildren(DoubtLabel))
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        qtbot.keyClick(day, Qt.Key.Key_Return)
    wait_until_still(window, qtbot)
    assert QUESTION in window.bar.words.text()
    timeline = case.clock.timeline.model
    spoken = [str(timeline.index(line, 0).data(SPOKEN)) for line in range(timeline.shown)]
    marked = [text for text in spoken if "right?" in text]
    assert f"1 Sep 2026. {QUESTION}" in marked
    assert len(marked) == 2
    assert any(
        QUESTION in case.reviews.model.index(line, 3).data(SPOKEN)
        for line in range(case.reviews.model.shown)
    )
    window.run_action("undo")
    wait_until_still(window, qtbot)
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


def test_a_day_out_of_order_is_asked_about_recorded_and_stays_marked(
    reviews: ReviewsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    editor = begin(reviews, qtbot, "Okafor", "decision")
    qtbot.keyClicks(editor, "1/9 m")
    assert reviews.asked.text() == QUESTION
    assert reviews.asked.isVisible()
    assert QUESTION in editor.accessibleDescription()
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        qtbot.keyClick(editor, ENTER)
    wait_until_still(window, qtbot)
    assert QUESTION in window.bar.words.text()
    shown = row(reviews, "Okafor")
    assert shown.decision == date(2026, 9, 1)
    line = reviews.model.line_of(shown.child_id)
    for key in ("decision", "meeting"):
        cell = reviews.model.index(line, KEYS.index(key))
        assert "right?" in cell.data(SPOKEN)
    go_to(reviews, line, "report")
    assert reviews.asked.text() == ""
    go_to(reviews, line, "decision")
    assert reviews.asked.text() == QUESTION


def test_a_paste_out_of_order_is_taken_and_its_cells_are_marked(
    reviews: ReviewsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    line = reviews.model.line_of(row(reviews, "Okafor").child_id)
    go_to(reviews, line, "report")
    QGuiApplication.clipboard().setText("1/9/2026\t6 Nov 2026\tMaintain\r\n")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        window.run_action("paste")
    wait_until_still(window, qtbot)
    assert f"Out of order: Okafor, Grace: {QUESTION}" in window.bar.words.text()
    shown = row(reviews, "Okafor")
    assert (shown.report, shown.decision) == (date(2026, 9, 1), date(2026, 11, 6))
    assert [key for key, _ in shown.doubts] == ["meeting", "report"]


def test_decisions_pasted_without_outcome_are_listed_by_name(
    reviews: ReviewsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    line = reviews.model.line_of(row(reviews, "Okafor").child_id)
    go_to(reviews, line, "decision")
    QGuiApplication.clipboard().setText("6/11/2026")
    window.run_action("paste")
    (problem,) = reviews.problems.model.rows()
    assert (problem.child, problem.why) == ("Okafor, Grace", NO_OUTCOME)
    wait_until_still(window, qtbot)
    assert row(reviews, "Okafor").decision is None


def test_what_is_recorded_out_of_order_stands_in_data_to_mend(
    case: CaseScreen, window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    def listed(session: Any) -> list[str]:
        since, until = date(2026, 9, 1), date(2026, 11, 22)
        made = window.application.board(session, since, until, edition=Audience.TEAM)
        return [row.words for row in made.to_mend if row.check == "Dates that contradict"]

    assert ask(listed) == []
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    record.kind_box.choose("review_decision_sent")
    choose(record, "Outcome", "cease")
    record.on.line.setText("1 Sep 2026")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        record.accept()
    wait_until_still(window, qtbot)
    assert ask(listed) == [
        "The decision was sent on 1 September 2026, but the meeting was on 16 October 2026"
    ]
    assert case.clock.timeline.model.shown == 5
