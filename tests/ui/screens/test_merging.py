"""Merging and splitting in the window, by the names a screen reader gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.services import commands as do
from caseworker_app.ui.dialogs.child import ChildDialog
from caseworker_app.ui.dialogs.merge import MergeDialog
from caseworker_app.ui.dialogs.split import SplitDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.cases import CasesScreen
from tests.a11y.test_names import faults
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still

Ask = Callable[[Callable[[Any], Any]], Any]


def named(root: QWidget, name: str) -> Any:
    """The one control a screen reader gives this name."""
    found = [one for one in root.findChildren(QWidget) if one.accessibleName() == name]
    assert len(found) == 1, (name, found)
    return found[0]


def press(root: QWidget, words: str) -> None:
    """Click the button with these words."""
    buttons = root.findChildren(QPushButton)
    found = [one for one in buttons if one.text().replace("&", "") == words]
    assert len(found) == 1, [one.text() for one in buttons]
    found[0].click()


def problems(root: QDialog) -> list[str]:
    labels = root.findChildren(QLabel, "problem")
    return [one.text() for one in labels if one.text() and one.isVisibleTo(root)]


def open_case(window: MainWindow, qtbot: QtBot, child_id: str) -> CaseScreen:
    window.open_case(child_id)
    wait_until_still(window, qtbot)
    page = window.page()
    assert isinstance(page, CaseScreen)
    return page


@pytest.fixture
def twice(window: MainWindow, borough: Borough, ask: Ask) -> tuple[str, str]:
    """Okafor, and the same child under another reference with an event of its own."""
    fields = {"surname": "Okafor", "forename": "Gracie", "born": date(2014, 3, 3)}
    command = do.AddChild(fields | {"reference": "NB77", "upn": "A000000000077"})
    other = ask(lambda session: session.submit(command)).child_ids[0]
    fact = do.RecordFact(other, 1, "review_report_received", date(2026, 11, 2))
    ask(lambda session: session.submit(fact))
    window.refresh()
    return borough.ids["Okafor"], other


def test_a_case_is_merged_with_another_found_by_its_birthday(
    window: MainWindow, qtbot: QtBot, twice: tuple[str, str], ask: Ask
) -> None:
    keep, other = twice
    page = open_case(window, qtbot, keep)
    window.run_action("case.merge")
    wait_until_still(window, qtbot)
    form = dialog(MergeDialog)
    assert faults(form) == []
    assert not form.go.isEnabled()
    named(form, "Find the other case").setText("3/3/2014")
    assert [row.reference for row in form.model.rows()] == ["NB77"]
    form.table.go_first()
    wait_until_still(window, qtbot)
    said = named(form, "What would be").toPlainText()
    assert "Okafor, Gracie, NB77, is merged into Okafor, Grace, TH-Okafor" in said
    assert "Forename: Grace stands, Gracie goes" in said
    assert "Report of the review received 2 Nov 2026" in said
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        press(form, "Merge Gracie into Grace Okafor")
    wait_until_still(window, qtbot)
    assert window.page() is page
    assert page.child_id == keep
    assert "NB77" in page.details.fields._fields["comment"].toPlainText()
    assert any("NB77: " in row.what for _, row in page.history.model.rows())
    assert "merged into Okafor, Grace" in window.bar.words.text()
    assert other not in {row.id for row in ask(lambda session: session.cases())}

    window.run_action("undo")
    wait_until_still(window, qtbot)
    box = dialog(QMessageBox)
    assert "NB77 merged into TH-Okafor" in box.text()
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        press(box, "Take it back")
    assert other in {row.id for row in ask(lambda session: session.cases())}


def test_the_other_case_may_be_the_one_that_stays(
    window: MainWindow, qtbot: QtBot, twice: tuple[str, str]
) -> None:
    keep, other = twice
    open_case(window, qtbot, keep)
    window.run_action("case.merge")
    wait_until_still(window, qtbot)
    form = dialog(MergeDialog)
    form.table.select_id(other)
    wait_until_still(window, qtbot)
    named(form, "What stays").setCurrentIndex(1)
    wait_until_still(window, qtbot)
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        press(form, "Merge Grace into Gracie Okafor")
    wait_until_still(window, qtbot)
    page = window.page()
    assert isinstance(page, CaseScreen)
    assert page.child_id == other
    assert "NB77" in page.banner.facts.text()
    assert "merged into Okafor, Gracie" in window.bar.words.text()


def test_two_cases_selected_in_the_list_are_merged_at_once(
    window: MainWindow, qtbot: QtBot, twice: tuple[str, str]
) -> None:
    screen = window.show_screen("cases")
    wait_until_still(window, qtbot)
    assert isinstance(screen, CasesScreen)
    screen.table._select([screen.model.line_of(one) for one in twice])
    screen.table.setFocus()
    window.run_action("case.merge")
    wait_until_still(window, qtbot)
    form = dialog(MergeDialog)
    assert form.go.isEnabled()
    assert "is merged into" in named(form, "What would be").toPlainText()
    form.reject()


def test_a_merge_of_what_changed_meanwhile_is_shown_anew(
    window: MainWindow, qtbot: QtBot, twice: tuple[str, str], ask: Ask
) -> None:
    keep, other = twice
    open_case(window, qtbot, keep)
    window.run_action("case.merge")
    wait_until_still(window, qtbot)
    form = dialog(MergeDialog)
    form.table.select_id(other)
    wait_until_still(window, qtbot)
    seen = ask(lambda session: session.case(other)).child.version
    fact = do.RecordFact(other, seen, "plan_sent", date(2024, 1, 1))
    ask(lambda session: session.submit(fact))
    form.go.click()
    wait_until_still(window, qtbot)
    assert form.isVisible()
    assert "Below is what a merge would do now" in problems(form)[0]
    assert "Final plan sent 1 Jan 2024" in named(form, "What would be").toPlainText()
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        form.go.click()
    wait_until_still(window, qtbot)
    assert shown(MergeDialog) == []


def test_a_case_is_split_by_keyboard(
    window: MainWindow, qtbot: QtBot, borough: Borough, ask: Ask
) -> None:
    key = borough.ids["Okafor"]
    before = ask(lambda session: session.case(key)).facts
    page = open_case(window, qtbot, key)
    window.run_action("case.split")
    form = dialog(SplitDialog)
    wait_until_still(window, qtbot)
    assert faults(form) == []
    pane = named(form, "What would be")
    assert pane.toPlainText() == "Choose the events that go to the new case."
    events = named(form, "Events that go to the new case")
    assert events.count() == len(before)
    qtbot.keyClick(events, Qt.Key.Key_Down)
    qtbot.keyClick(events, Qt.Key.Key_Space)
    assert events.item(1).checkState() == Qt.CheckState.Checked
    named(form, "Forename").setText("Gloria")
    qtbot.waitUntil(lambda: "is made for Okafor, Gloria" in pane.toPlainText(), timeout=PATIENCE_MS)
    assert "Go to CW000001" in pane.toPlainText()
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        press(form, "Make the case of Gloria Okafor")
    wait_until_still(window, qtbot)
    assert window.page() is page
    assert page.banner.name.text() == "OKAFOR, Gloria"
    assert [fact.id for fact in page.clock.timeline.model.rows()] == [before[1].id]

    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        window.run_action("undo")
    wait_until_still(window, qtbot)
    assert window.page() is not page
    assert ask(lambda session: session.case(key)).facts == before


def test_a_split_that_cannot_be_is_told_beside_its_field(
    window: MainWindow, qtbot: QtBot, borough: Borough
) -> None:
    open_case(window, qtbot, borough.ids["Okafor"])
    window.run_action("case.split")
    form = dialog(SplitDialog)
    wait_until_still(window, qtbot)
    events = named(form, "Events that go to the new case")
    for change, sentence in (
        (
            lambda: named(form, "Forename").setText("Gloria"),
            "Choose the events that go to the new case.",
        ),
        (lambda: events.item(0).setCheckState(Qt.CheckState.Checked), ""),
        (lambda: named(form, "Born").setText("31/02/2014"), "February 2014 has 28 days."),
        (lambda: named(form, "Born").setText("3/3/2014"), ""),
        (lambda: named(form, "Surname").setText(" "), "The surname is needed."),
        (lambda: named(form, "Surname").setText("Okafor"), ""),
        (
            lambda: named(form, "Reference").setText("th-okafor"),
            "The reference th-okafor is another child's.",
        ),
    ):
        change()
        if not sentence:
            continue
        form.go.click()
        wait_until_still(window, qtbot)
        assert problems(form) == [sentence]
        assert form.isVisible()
    form.reject()


def test_a_new_child_who_is_here_is_asked_about(
    window: MainWindow, qtbot: QtBot, borough: Borough, ask: Ask
) -> None:
    def type_in() -> ChildDialog:
        window.run_action("case.new")
        wait_until_still(window, qtbot)
        form = dialog(ChildDialog)
        named(form, "Surname").setText("okafor")
        named(form, "Forename").setText("Grace")
        named(form, "Born").setText("3/3/2014")
        form.go.click()
        wait_until_still(window, qtbot)
        return form  # type: ignore[no-any-return]

    form = type_in()
    box = dialog(QMessageBox)
    assert box.text() == "Already here: TH-Okafor, Okafor, Grace."
    press(box, "Cancel")
    wait_until_still(window, qtbot)
    assert form.isVisible()
    form.go.click()
    wait_until_still(window, qtbot)
    press(dialog(QMessageBox), "Open it")
    wait_until_still(window, qtbot)
    page = window.page()
    assert isinstance(page, CaseScreen)
    assert page.child_id == borough.ids["Okafor"]
    assert len(ask(lambda session: session.cases())) == 3

    type_in()
    press(dialog(QMessageBox), "Make a second case")
    wait_until_still(window, qtbot)
    assert len(ask(lambda session: session.cases())) == 4
    assert page.child_id != borough.ids["Okafor"]
