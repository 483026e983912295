"""An audit by keyboard in one pass, its action on Today, moderation, a sample and a new edition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caseworker_app.services.quality import to_audit
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.audit import AuditDialog, ModerateDialog
from caseworker_app.ui.dialogs.audit_actions import ActionDialog
from caseworker_app.ui.dialogs.audit_tool import ToolDialog
from caseworker_app.ui.dialogs.sample import SampleDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.quality import QualityScreen
from tests.support.borough import (
    PATIENCE_MS,
    Borough,
    dialog,
    seen_unread,
    shown,
    wait_until_still,
)

Ask = Callable[[Callable[[Session], Any]], Any]


def opened(window: MainWindow, qtbot: QtBot, action: str, kind: type[Any]) -> Any:
    window.run_action(action)
    qtbot.waitUntil(lambda: bool(shown(kind)), timeout=PATIENCE_MS)
    return dialog(kind)


def actions_done(ask: Ask) -> list[str]:
    """What stands under Done today of actions."""
    lines = ask(lambda session: session.today_lines(7))
    return [one.what for one in lines if one.record.startswith("done/audit_action/")]


def test_a_plan_is_audited_by_keyboard_and_what_it_asks_for_stands_on_today(
    window: MainWindow, qtbot: QtBot, go: Callable[[str], Any], borough: Borough, ask: Ask
) -> None:
    screen: QualityScreen = go("quality")
    screen.tabs.setCurrentWidget(screen.waits)
    wait_until_still(window, qtbot)
    assert screen.waits.table.select_id(borough.ids["Okafor"])
    box = opened(window, qtbot, "audit.new", AuditDialog)
    # One key a question; the first gets a note and an action.
    qtbot.keyClick(box.marks, Qt.Key.Key_N)
    box.marks.item(0, 3).setText("Section C is missing")
    box.marks.setCurrentCell(0, 1)
    qtbot.keyClick(box.marks, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bool(shown(ActionDialog)), timeout=PATIENCE_MS)
    action = dialog(ActionDialog)
    assert action.words.text() == "Section C is missing"
    action.by_when.set_value(date(2026, 11, 25))
    action.accept()
    box.marks.setCurrentCell(1, 1)
    qtbot.keyClick(box.marks, Qt.Key.Key_M)
    assert box.marks.currentRow() == 2
    # Escape keeps it as a draft, and the form takes it up again.
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(AuditDialog), timeout=PATIENCE_MS)
    box = opened(window, qtbot, "audit.new", AuditDialog)
    qtbot.waitUntil(box.offer.isVisible, timeout=PATIENCE_MS)
    box.offer.go_on.click()
    assert [one.mark for one in box.marks.marks()] == ["not", "met"]
    assert box.marks.marks()[0].note == "Section C is missing"
    assert len(box.asked_for.wanted()) == 1
    box.accept()
    assert box.isVisible(), "it is not complete yet"
    assert box.marks.currentRow() == 2
    for _ in range(box.marks.rowCount() - 2):
        qtbot.keyClick(box.marks, Qt.Key.Key_M)
    assert box.comes_to.text().startswith("Good. ")
    box.accept()
    qtbot.waitUntil(lambda: bool(screen.found.audits), timeout=PATIENCE_MS)
    (row,) = screen.found.audits
    assert (row.result.grade, row.result.meets) == ("good", True)
    lines = ask(lambda session: session.today_lines(7))
    assert [one.what for one in lines if one.record.startswith("audit_action/")] == [
        "Action: Section C is missing"
    ]
    # F8 on Today ends it.
    today = go("today")
    (line,) = (one for one in lines if one.record.startswith("audit_action/"))
    qtbot.waitUntil(lambda: today.table.select_id(line.record), timeout=PATIENCE_MS)
    window.run_action("record.today")
    qtbot.waitUntil(lambda: bool(actions_done(ask)), timeout=PATIENCE_MS)
    go("quality")
    # Findings open the cases that are not fully met, of the time asked for.
    screen.tabs.setCurrentWidget(screen.themes)
    finding = next(row for row in screen.themes.model.rows() if row.child_ids)
    screen.themes.table.select_id(finding.key)
    assert screen.trail() == finding.child_ids == (borough.ids["Okafor"],)
    assert "case.open" in screen.offers()
    screen.when.setCurrentIndex(screen.when.findData("school"))
    assert screen.themes.model.total
    # A second look that differs in one mark.
    screen.tabs.setCurrentWidget(screen.audits)
    second = opened(window, qtbot, "audit.moderate", ModerateDialog)
    second.moderator.setText("B. Osei")
    second.marks.setCurrentCell(0, 1)
    qtbot.keyClick(second.marks, Qt.Key.Key_P)
    second.accept()
    qtbot.waitUntil(lambda: bool(screen.found.looks), timeout=PATIENCE_MS)
    (looks,) = screen.found.looks
    assert looks.differing_words == ("Every section says something",)
    assert "16 of 17 marks alike" in screen.looks.said.text()


def test_a_sample_is_drawn_and_the_questions_are_changed_as_a_new_edition(
    window: MainWindow, qtbot: QtBot, go: Callable[[str], Any], ask: Ask
) -> None:
    screen: QualityScreen = go("quality")
    box = opened(window, qtbot, "audit.sample", SampleDialog)
    box.how_many.setText("1")
    box.seed.setText("no number")
    box.accept()
    assert box.isVisible()
    box.seed.setText("42")
    box.accept()
    qtbot.waitUntil(lambda: screen.sample.model.total == 1, timeout=PATIENCE_MS)
    tool = opened(window, qtbot, "audit.tool", ToolDialog)
    tool.criteria.add_new()
    last = tool.criteria.rowCount() - 1
    tool.criteria.item(last, 2).setText("The plan is on the newest template")
    tool.accept()
    qtbot.waitUntil(lambda: screen.found.tool is not None, timeout=PATIENCE_MS)
    (kept,) = ask(lambda session: session.record_rows("audit_tool"))
    assert kept.record.criteria[-1].words == "The plan is on the newest template"
    assert kept.record.edition == 1


def test_what_waits_stands_before_every_plan_was_looked_at_and_does_not_leave_till_then(
    window: MainWindow,
    qtbot: QtBot,
    go: Callable[[str], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(to_audit, "AT_ONCE", 1)
    monkeypatch.setattr(to_audit, "FIRST", 1)
    screen: QualityScreen = go("quality")
    said = seen_unread(window, screen)
    screen.tabs.setCurrentWidget(screen.waits)
    qtbot.waitUntil(lambda: bool(said) and not screen.unread, timeout=PATIENCE_MS)
    assert said[0] == "1 plan waits so far: 1 of 3 children looked at"
    assert said[1].startswith("Live plans are still being looked at")
    assert (screen.unread, screen.count.text()) == ("", "2 plans wait")
    # Read again, the list and the row one is on stand till the whole is there.
    (_, last) = screen.waits.model.rows()
    screen.waits.table.select_id(last.id)
    many: list[int] = []
    screen.waits.model.modelReset.connect(lambda: many.append(screen.waits.model.shown))
    screen.refresh()
    qtbot.waitUntil(lambda: bool(many), timeout=PATIENCE_MS)
    assert (many, screen.waits.row().id) == ([2], last.id)
