from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caseworker_app.domain.outcome import Done
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.consult import ConsultDialog, NameSettingDialog, ReplyDialog
from caseworker_app.ui.dialogs.draft_list import DraftList
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.dialog_keys import press_main
from caseworker_app.ui.screens.transfers import TransfersScreen
from tests.support.borough import PATIENCE_MS, dialog, shown, wait_until_still
from tests.support.commands import add_setting


@pytest.fixture
def screen(
    go: Callable[[str], Any], ask: Callable[[Callable[[Session], Any]], Any]
) -> TransfersScreen:
    """The screen with one child who moves to secondary school."""

    def add(session: Session) -> None:
        fields = {"surname": "Moves", "forename": "Ada", "born": date(2015, 10, 1)}
        came = session.submit(do.AddChild(fields))
        assert isinstance(came, Done)
        (child,) = came.child_ids
        session.carry_out(do.RecordFact(child, 1, "plan_sent", date(2024, 3, 1)))

    ask(add)
    found: TransfersScreen = go("transfers")
    return found


def opened(window: MainWindow, qtbot: QtBot, action: str, kind: type[Any]) -> Any:
    window.run_action(action)
    qtbot.waitUntil(lambda: bool(shown(kind)), timeout=PATIENCE_MS)
    return dialog(kind)


def accept(box: Any, window: MainWindow, qtbot: QtBot) -> None:
    box.accept()
    wait_until_still(window, qtbot)


def test_settings_are_consulted_at_once_answer_and_one_is_named(
    screen: TransfersScreen, window: MainWindow, qtbot: QtBot
) -> None:
    def row() -> Any:
        (found,) = screen.model.rows()
        return found

    assert (row().next_phase, row().step) == ("Secondary, Year 7", "consult settings")
    box = opened(window, qtbot, "transfer.consult", ConsultDialog)
    wait_until_still(window, qtbot)
    assert re.fullmatch(r"[A-Z]+, .* \u00b7 born \d+ \w+ \d{4} \u00b7 .+", box.top.text())
    named = box.top.text()
    box.picker.search.setText("mile")
    assert [box.picker.list.item(at).isHidden() for at in range(2)] == [True, False]
    for one in box._settings:
        box.picker.tick(one)
    accept(box, window, qtbot)
    qtbot.waitUntil(lambda: len(row().asked) == 2, timeout=PATIENCE_MS)
    box = opened(window, qtbot, "transfer.reply", ReplyDialog)
    qtbot.waitUntil(lambda: box.top.text() == named, timeout=PATIENCE_MS)
    box.answer.setCurrentIndex(box.answer.findData("yes"))
    accept(box, window, qtbot)
    qtbot.waitUntil(lambda: "Ben Jonson: yes" in row().answers, timeout=PATIENCE_MS)
    assert row().step == "wait for 1 reply"
    box = opened(window, qtbot, "transfer.name", NameSettingDialog)
    box.setting.setCurrentIndex(box.setting.findData("Ben Jonson"))
    accept(box, window, qtbot)
    qtbot.waitUntil(lambda: row().named == "Ben Jonson", timeout=PATIENCE_MS)
    assert screen.cards._cards["settled"].accessibleName().startswith("1 ")
    for _ in range(3):
        window.run_action("undo")
        wait_until_still(window, qtbot)
    qtbot.waitUntil(lambda: not row().asked and not row().named, timeout=PATIENCE_MS)


def test_what_was_ticked_or_answered_is_kept_as_a_draft_and_opens_again(
    screen: TransfersScreen, window: MainWindow, qtbot: QtBot
) -> None:
    def leave_and_open_again(box: Any, typed: str) -> Any:
        kind = type(box)
        qtbot.keyClick(box, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not shown(kind), timeout=PATIENCE_MS)
        window.run_action("drafts")
        drafts = dialog(DraftList)
        qtbot.waitUntil(lambda: drafts.model.total == 1, timeout=PATIENCE_MS)
        (row,) = drafts.model.all_rows()
        assert (row.child, row.typed) == ("Moves, Ada", typed)
        press_main(drafts)
        qtbot.waitUntil(lambda: bool(shown(kind)), timeout=PATIENCE_MS)
        again = dialog(kind)
        qtbot.waitUntil(again.offer.isVisible, timeout=PATIENCE_MS)
        again.offer.go_on.click()
        return again

    box = opened(window, qtbot, "transfer.consult", ConsultDialog)
    (first, *_) = box._settings
    box.picker.tick(first)
    box = leave_and_open_again(box, "Ben Jonson")
    assert box.picker.chosen() == (first,)
    accept(box, window, qtbot)
    qtbot.waitUntil(lambda: len(screen.model.rows()[0].asked) == 1, timeout=PATIENCE_MS)
    box = opened(window, qtbot, "transfer.reply", ReplyDialog)
    box.reasons.setPlainText("Full until July")
    box = leave_and_open_again(box, "Full until July")
    assert box.reasons.toPlainText() == "Full until July"
    accept(box, window, qtbot)
    window.run_action("drafts")
    drafts = dialog(DraftList)
    wait_until_still(window, qtbot)
    assert drafts.model.total == 0
    drafts.reject()


def test_a_cohort_and_a_setting_filter_the_list(screen: TransfersScreen) -> None:
    assert screen.cohort.currentData() == "2027 february"
    assert screen.context().counts == "1 move · 15 February 2027 (1)"
    screen.cards._cards["settled"].click()
    assert screen.model.shown == 0
    screen.chips.removed.emit("card")
    assert screen.model.shown == 1


def test_a_reply_goes_on_top_of_what_somebody_else_changed(
    screen: TransfersScreen,
    window: MainWindow,
    ask: Callable[[Callable[[Session], Any]], Any],
    qtbot: QtBot,
) -> None:
    box = opened(window, qtbot, "transfer.consult", ConsultDialog)
    qtbot.keyClicks(box.picker.search, "mile")
    qtbot.keyClick(box.picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(box.picker.list, Qt.Key.Key_Space)
    qtbot.keyClick(box.picker.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(screen.model.rows()[0].asked) == 1, timeout=PATIENCE_MS)
    box = opened(window, qtbot, "transfer.reply", ReplyDialog)
    asked = next(iter(box._asked.values()))

    def change(session: Session) -> None:
        session.carry_out(
            do.ChangeRecord("consultation", asked.id, asked.version, {"reasons": "Full"})
        )

    ask(change)
    box.reasons.setPlainText("No room")
    box.accept()
    qtbot.waitUntil(box._latest.isVisible, timeout=PATIENCE_MS)
    box._latest.click()
    wait_until_still(window, qtbot)
    (row,) = ask(lambda session: session.record_rows("consultation"))
    assert row.record.reasons == "No room"


def test_every_cohort_stays_chosen_when_the_list_is_read_again(
    screen: TransfersScreen, window: MainWindow, qtbot: QtBot
) -> None:
    screen.cohort.setCurrentIndex(0)
    window.run_action("refresh")
    wait_until_still(window, qtbot)
    assert screen.cohort.currentData() == ""
    assert screen.model.shown == 1


def test_a_filter_whose_choice_is_gone_hides_nobody(
    screen: TransfersScreen,
    window: MainWindow,
    ask: Callable[[Callable[[Session], Any]], Any],
    qtbot: QtBot,
) -> None:
    worker = screen.boxes[1][1]
    worker.setCurrentIndex(worker.findText("Unassigned"))
    (row,) = screen.model.rows()
    (first, *_) = ask(lambda session: session.caseworkers())
    window.jobs.submit(do.ChangeChild(row.child_id, row.version, {"caseworker_id": first.id}))
    wait_until_still(window, qtbot)
    assert worker.currentText() == "All"
    assert [one.caseworker for one in screen.model.rows()] == [first.name]


def test_it_is_said_whose_move_cannot_be_told_as_long_as_that_is_so(
    screen: TransfersScreen,
    window: MainWindow,
    ask: Callable[[Callable[[Session], Any]], Any],
    qtbot: QtBot,
) -> None:
    def add(session: Session) -> str:
        elm = next(one.id for one in session.settings() if one.name == "Elm First")
        fields = {"surname": "Untold", "forename": "Bo", "setting_id": elm}
        came = session.carry_out(do.AddChild({**fields, "born": date(2019, 3, 3)}))
        (child,) = came.child_ids
        session.carry_out(do.RecordFact(child, 1, "plan_sent", date(2024, 3, 1)))
        return child

    window.jobs.submit(add_setting("Elm First", "first"))
    child = ask(add)
    window.run_action("refresh")
    wait_until_still(window, qtbot)
    assert "Untold, Bo: the last year Elm First teaches is not recorded" in screen.untold.text()
    version = ask(lambda session: session.case(child).child.version)
    window.jobs.submit(do.ChangeChild(child, version, {"setting_id": None}))
    wait_until_still(window, qtbot)
    assert screen.untold.isHidden()
