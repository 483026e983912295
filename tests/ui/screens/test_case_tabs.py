"""The case page's tabs of records, its way through a list, and the guard over what leaves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from caseworker_app.domain.wrong_child import Part
from caseworker_app.services.commands import AddRecord
from caseworker_app.ui.dialogs.bulk import NoteOverDialog, SetDialog
from caseworker_app.ui.dialogs.note import NoteDialog
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.dialogs.stopped import StoppedDialog
from caseworker_app.ui.leaving import look_through_all
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.case_people import CasePeople
from tests.support.borough import PATIENCE_MS, TODAY, Borough, dialog, wait_until_still
from tests.support.window import activate

Go = Callable[[str], Any]


@pytest.fixture
def case(window: MainWindow, borough: Borough, qtbot: QtBot, go: Go) -> CaseScreen:
    """Okafor's case, opened from the list of cases."""
    cases = go("cases")
    cases.search.setText("TH-")
    window.open_case(borough.ids["Okafor"])
    wait_until_still(window, qtbot)
    screen = window.page()
    assert isinstance(screen, CaseScreen)
    return screen


def test_the_letter_of_a_tab_takes_the_keyboard_along(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    activate(window, qtbot)
    for letter, where in (("P", case.plan.table), ("D", None), ("O", case.clock.table)):
        case.banner.setFocus()
        press = QKeySequence(f"Alt+{letter}")[0]
        qtbot.keyClick(window, press.key(), press.keyboardModifiers())
        focus = QApplication.focusWidget()
        assert focus is where or (where is None and case.details.isAncestorOf(focus))


def add(window: MainWindow, qtbot: QtBot, name: str, /, **fields: Any) -> None:
    window.jobs.submit(AddRecord(name, fields))
    wait_until_still(window, qtbot)


def test_it_says_where_one_came_from_and_goes_back_to_the_row(
    case: CaseScreen, window: MainWindow, qtbot: QtBot, borough: Borough, go: Go
) -> None:
    assert case.banner.place.text() == "1 of 3 in Cases, \u201cTH-\u201d"
    assert window.side.list.currentItem().text() == "Cases"
    window.run_action("case.next")
    wait_until_still(window, qtbot)
    assert case.child_id == borough.ids["Patel"]
    assert case.banner.place.text().startswith("2 of 3 in Cases")
    window.run_action("case.back")
    page = window.page()
    assert page is not None
    assert page.context().child_ids == (borough.ids["Patel"],)
    reviews = go("reviews")
    first = next(iter(reviews.model.rows()))
    reviews.table.select_id(first.child_id)
    window.open_case(first.child_id)
    wait_until_still(window, qtbot)
    assert case.banner.place.text().startswith("1 of 2 in Annual reviews")
    assert window.side.list.currentItem().text() == "Annual reviews"
    window.run_action("case.next")
    wait_until_still(window, qtbot)
    window.run_action("case.back")
    assert reviews.row().child_id != first.child_id


def test_a_note_with_a_promise_is_one_step_and_stands_on_top(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("note.new")
    wait_until_still(window, qtbot)
    form: NoteDialog = dialog(NoteDialog)
    form.words.setPlainText("Rohan Patel was there")
    # Another child's name is asked about beside the field, and hinders nothing.
    qtbot.waitUntil(lambda: "another child" in form.form.asked("words"), timeout=PATIENCE_MS)
    form.words.setPlainText("She asked about transport")
    qtbot.waitUntil(lambda: form.form.asked("words") == "", timeout=PATIENCE_MS)
    form.with_whom.setText("Ms Okafor")
    form.pinned.setChecked(True)
    form.what.setText("Ring the school")
    form.accept()
    wrong = [one.text() for one in form.findChildren(QLabel) if one.objectName() == "problem"]
    assert any("by when" in one.lower() for one in wrong)
    form.by_when.line.setText("24/11/2026")
    qtbot.keyClick(form.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_until_still(window, qtbot)
    lines = case.notes.model.rows()
    assert [line.what for line in lines] == ["Promise", "Note"]
    assert lines[0].row.record.to_whom == "Ms Okafor"
    said = [one.text() for one in case.pinned.findChildren(QLabel)]
    assert any("Ring the school" in one for one in said)
    assert any("She asked about transport" in one for one in said)
    case.tabs.setCurrentWidget(case.notes)
    case.notes.table.select_id(lines[0].key)
    window.run_action("promise.kept")
    wait_until_still(window, qtbot)
    assert {line.row.record.id for line in case.notes.model.rows()} == {"1"}
    assert "promise.kept" not in case.offers()
    window.run_action("undo")
    wait_until_still(window, qtbot)
    window.run_action("undo")
    wait_until_still(window, qtbot)
    assert case.notes.model.total == 0
    assert case.pinned.isHidden()


def test_the_chronology_has_all_of_it_by_date_and_goes_to_where_it_is_changed(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    child = case.child_id
    fact = case.clock.timeline.model.rows()[-1]
    for kind, fields in (
        ("note", {"on": date(2026, 11, 2), "kind": "call", "words": "Rang"}),
        ("document", {"on": date(2024, 11, 14), "title": "Plan", "kind": "plan", "where": "/no"}),
        ("plan_version", {"number": 1, "kind": "first", "fact_id": fact.id}),
    ):
        add(window, qtbot, kind, child_id=child, **fields)
    add(window, qtbot, "letter_template", name="Invitation", file="/no.docx", kind="invitation")
    sent = {"sent_on": date(2026, 10, 5), "to_whom": "Ms Okafor", "way": "e-mail"}
    add(window, qtbot, "letter", child_id=child, template_id="1", **sent)
    lines = case.chronology.model.rows()
    assert lines[0].what == "Call"
    sorts = {"fact", "note", "document", "letter", "plan_version"}
    assert {line.sort for line in lines} == sorts
    shown = [
        [case.documents.model.columns[at].text(one) for at in (1, 2, 5)]
        for one in case.documents.model.rows()
    ]
    assert shown == [
        ["Invitation, to Ms Okafor", "Letter sent", "Sent by e-mail; no file is kept"],
        ["Plan", "Plan", "/no"],
    ]
    days = [line.on for line in lines if line.on is not None]
    assert days == sorted(days, reverse=True)
    assert case.plan.versions.model.rows()[0].on == fact.on
    case.tabs.setCurrentWidget(case.chronology)
    case.chronology.sort.setCurrentIndex(case.chronology.sort.findData("note"))
    assert [line.what for line in case.chronology.model.rows()] == ["Call"]
    case.chronology.table.opened.emit(lines[0])
    assert case.tabs.currentWidget() is case.notes
    # A file that is not where it was is told.
    case.tabs.setCurrentWidget(case.documents)
    case.documents.table.select_id("document/1/")
    window.run_action("document.open")
    qtbot.waitUntil(lambda: "There is no file at" in window.bar.words.text(), timeout=PATIENCE_MS)


def test_a_brother_is_one_from_both_sides_and_is_opened(
    case: CaseScreen, window: MainWindow, qtbot: QtBot, borough: Borough
) -> None:
    other = borough.ids["Patel"]
    add(window, qtbot, "sibling", child_id=other, sibling_id=case.child_id)
    people: CasePeople = case.people
    (line,) = people.model.rows()
    assert line.words("name").startswith("Patel, Rohan")
    case.tabs.setCurrentWidget(people)
    people.table.select_id(line.key)
    window.run_action("case.open")
    wait_until_still(window, qtbot)
    assert case.child_id == other


def test_what_names_another_child_does_not_leave_without_a_reason(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    note = {"on": TODAY, "kind": "call", "words": "Rohan Patel moves school"}
    add(window, qtbot, "note", child_id=case.child_id, **note)
    QApplication.clipboard().setText("before")
    case.tabs.setCurrentWidget(case.chronology)
    case.chronology.table.select_id("note/1")
    window.run_action("copy")
    wait_until_still(window, qtbot)
    stopped: StoppedDialog = dialog(StoppedDialog)
    assert "Patel, Rohan (TH-Patel)" in stopped.found.item(0).text()
    stopped.go_on()
    assert QApplication.clipboard().text() == "before"
    stopped.why.setText("they share a taxi")
    stopped.go_on()
    wait_until_still(window, qtbot)
    assert "Rohan Patel" in QApplication.clipboard().text()
    first = case.history.model.rows()[0][1]
    assert "names another child" in first.what
    assert first.why == "they share a taxi"
    # Of nobody else: it is copied at once.
    case.tabs.setCurrentWidget(case.clock)
    window.run_action("copy")
    wait_until_still(window, qtbot)
    assert "Annual review" in QApplication.clipboard().text()


def test_a_document_that_names_another_child_is_not_attached_without_a_reason(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    case.tabs.setCurrentWidget(case.documents)
    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form: RecordDialog = dialog(RecordDialog)
    for name, words in (("title", "Plan"), ("where", "S:/plans/RohanPatel_final.pdf")):
        field: Any = form.fields[name]
        field.setText(words)
    day: Any = form.fields["on"]
    day.line.setText("1/11/2026")
    form.accept()
    wait_until_still(window, qtbot)
    stopped: StoppedDialog = dialog(StoppedDialog)
    assert stopped.found.item(0).text().startswith("Where it is: ")
    assert case.documents.model.total == 0
    stopped.why.setText("a joint plan")
    stopped.go_on()
    wait_until_still(window, qtbot)
    assert case.documents.model.total == 1


def test_pages_of_several_cases_leave_together_with_one_reason(
    case: CaseScreen, window: MainWindow, qtbot: QtBot, borough: Borough
) -> None:
    okafor, patel, silva = (borough.ids[one] for one in ("Okafor", "Patel", "Silva"))
    pages = [
        (okafor, [Part("OKAFOR, Grace\nLeo Silva rang", "OKAFOR, Grace")]),
        (patel, [Part("PATEL, Rohan\nborn 2 January 2018", "PATEL, Rohan")]),
        (silva, [Part("SILVA, Leo\nborn 2 January 2018")]),
    ]
    gone: list[bool] = []
    look_through_all(window, "Handover printed", pages, lambda: gone.append(True), case)
    wait_until_still(window, qtbot)
    stopped: StoppedDialog = dialog(StoppedDialog)
    assert stopped.found.count() == 2
    stopped.why.setText("read and meant")
    stopped.go_on()
    wait_until_still(window, qtbot)
    assert gone == [True]
    got: list[Any] = []
    window.jobs.ask(
        lambda session: [session.case(key).history[0].why for key in (okafor, patel, silva)],
        got.append,
    )
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
    assert got == [["read and meant", "read and meant", ""]]


def test_history_shows_what_became_of_one_field(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    field = case.history.field
    field.setCurrentIndex(field.findData("Setting"))
    (line,) = case.history.model.rows()
    assert case.history.what(line[1]) == "nothing \u2192 Mile End Gate"


def test_a_field_is_set_and_a_note_written_over_a_selection(
    window: MainWindow, qtbot: QtBot, go: Go, borough: Borough
) -> None:
    cases = go("cases")
    cases.table.selectAll()
    window.run_action("case.set")
    wait_until_still(window, qtbot)
    form: SetDialog = dialog(SetDialog)
    form.field.setCurrentIndex(form.field.findData("need"))
    made: Any = form.made["need"]
    made.setCurrentIndex(made.findData("ASD"))
    wait_until_still(window, qtbot)
    assert "Okafor, Grace" in form.pane.toPlainText()
    form.accept()
    wait_until_still(window, qtbot)
    assert {row.need for row in cases.model.rows()} == {"ASD"}
    window.run_action("undo")
    wait_until_still(window, qtbot)
    assert {row.need for row in cases.model.rows()} == {"SLCN"}
    cases.table.selectAll()
    window.run_action("note.new")
    over: NoteOverDialog = dialog(NoteOverDialog)
    over.words.setPlainText("The office is closed over Christmas")
    over.accept()
    wait_until_still(window, qtbot)
    got: list[Any] = []
    window.jobs.ask(lambda session: session.record_rows("note"), got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
    assert {row.record.child_id for row in got[0]} == set(borough.ids.values())


def test_a_note_goes_into_the_cases_selected_in_any_list(
    window: MainWindow, qtbot: QtBot, go: Go, borough: Borough
) -> None:
    reviews = go("reviews")
    reviews.table.selectAll()
    window.run_action("note.new")
    wait_until_still(window, qtbot)
    over: NoteOverDialog = dialog(NoteOverDialog)
    over.words.setPlainText("Taxi contract ends")
    over.accept()
    wait_until_still(window, qtbot)
    got: list[Any] = []
    window.jobs.ask(lambda session: session.record_rows("note"), got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
    noted = {row.record.child_id for row in got[0]}
    assert noted == {borough.ids["Okafor"], borough.ids["Patel"]}


def test_a_program_is_never_started_as_a_document(
    case: CaseScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    there = tmp_path / "x.bat"
    there.write_text("echo")
    fields = {"on": TODAY, "title": "x", "kind": "other", "where": str(there)}
    add(window, qtbot, "document", child_id=case.child_id, **fields)
    case.tabs.setCurrentWidget(case.documents)
    case.documents.table.select_id("document/1/")
    case.documents.open_file()
    assert "is a program" in window.bar.words.text()
