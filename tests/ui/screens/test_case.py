from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import AddRecord, ChangeChild, RecordFact
from caseworker_app.services.drafts import drafts
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.change_fact import ChangeFactDialog, RemoveFactDialog
from caseworker_app.ui.dialogs.record import RecordDialog, RemoveRecordDialog
from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.dialog_keys import press_main
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.widgets.date_field import DateField
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still
from tests.support.window import activate, choose

Ask = Callable[[Callable[[Any], Any]], Any]


@pytest.fixture
def case(window: MainWindow, borough: Borough, qtbot: QtBot) -> CaseScreen:
    """Okafor's case, opened from the list of cases."""
    window.show_screen("cases")
    wait_until_still(window, qtbot)
    window.open_case(borough.ids["Okafor"])
    wait_until_still(window, qtbot)
    screen = window.page()
    assert isinstance(screen, CaseScreen)
    return screen


def deadlines(case: CaseScreen) -> dict[str, str]:
    return {row.deadline.rule: row.chip for row in case.clock.model.rows() if row.is_open}


def facts(case: CaseScreen) -> list[tuple[str, date]]:
    return [(fact.kind, fact.on) for fact in case.clock.timeline.model.rows()]


def cancel(record: QDialog) -> QPushButton:
    return next(one for one in record.findChildren(QPushButton) if "Cancel" in one.text())


def test_the_banner_says_whose_case_it_is(case: CaseScreen) -> None:
    assert case.banner.name.text() == "OKAFOR, Grace"
    assert "3 Mar 2014" in case.banner.born.text()
    assert "12 · Year 8" in case.banner.born.text()
    for words in ("TH-Okafor", "Mile End Gate", "Speech, language", "R. Haque"):
        assert words in case.banner.facts.text()


def test_open_deadlines_come_first_and_say_how_late_they_are(case: CaseScreen) -> None:
    chips = deadlines(case)
    assert chips["AR-07"] == "9 days late"
    assert chips["AR-02"] == "24 days late"
    states = [row.is_open for row in case.clock.model.rows()]
    assert states == sorted(states, reverse=True)


def test_the_panel_explains_the_deadline_selected(case: CaseScreen) -> None:
    rows = {row.deadline.rule: row for row in case.clock.model.rows() if row.is_open}
    case.clock.table.select_id(rows["AR-07"].key)
    text = case.clock.why.toPlainText()
    assert text.startswith("Why 13 November 2026?")
    assert "16 October 2026" in text
    assert "20(10)" in text
    assert "Department" in text
    assert "To turn this green" in text
    case.clock.table.select_id(rows["AR-02"].key)
    assert case.clock.why.toPlainText().startswith("Why 29 October 2026?")


def test_every_deadline_has_a_reason(case: CaseScreen) -> None:
    case.clock.folded.setChecked(True)
    for row in case.clock.model.rows():
        case.clock.table.select_id(row.key)
        text = case.clock.why.toPlainText()
        assert text.startswith("Why ")
        assert row.deadline.version.source in text


def test_what_was_replaced_is_folded_away(case: CaseScreen) -> None:
    folded = {row.key for row in case.clock.model.all_rows()} - {
        row.key for row in case.clock.model.rows()
    }
    case.clock.folded.setChecked(True)
    assert {row.key for row in case.clock.model.rows()} >= folded


def test_recording_the_decision_clears_the_late_deadline(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    assert record.kind_box.kind == "review_report_received"
    record.kind_box.choose("review_decision_sent")
    record.on.line.setText("20/11")
    qtbot.keyClick(record.on.line, Qt.Key.Key_Return)
    assert record.form._problems["review_decision_sent:outcome"].text() == (
        "Outcome: this is needed."
    )
    choose(record, "Outcome", "maintain")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        qtbot.keyClick(record.on.line, Qt.Key.Key_Return)
    wait_until_still(window, qtbot)
    assert ("review_decision_sent", date(2026, 11, 20)) in facts(case)
    assert "AR-07" not in deadlines(case)
    assert "20 Nov 2026" in window.bar.words.text()


def test_a_bad_date_is_told_beside_its_field_and_stays(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    record.on.line.setText("31/02/2026")
    qtbot.mouseClick(record.go, Qt.MouseButton.LeftButton)
    assert record.isVisible()
    assert record.on.line.text() == "31/02/2026"
    said = [label.text() for label in record.form._problems.values() if label.text()]
    assert said == ["February 2026 has 28 days."]
    record.reject()


def test_a_kind_asks_for_what_it_needs(case: CaseScreen, window: MainWindow, qtbot: QtBot) -> None:
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    record.kind_box.choose("review_meeting_fixed")
    record.on.line.setText("t")
    qtbot.mouseClick(record.go, Qt.MouseButton.LeftButton)
    assert record.isVisible()
    assert record.form._problems["review_meeting_fixed:meeting"].text()
    record.reject()


def test_record_another_stays_open_with_the_next_step(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    record.on.line.setText("30/10/2026")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        record.another.click()
    qtbot.waitUntil(lambda: record.kind_box.kind == "review_decision_sent", timeout=20_000)
    record.on.line.setText("13/11/2026")
    choose(record, "Outcome", "amend")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        record.go.click()
    wait_until_still(window, qtbot)
    assert {kind for kind, on in facts(case) if on.year == 2026} == {
        "review_meeting_held",
        "review_report_received",
        "review_decision_sent",
    }


def test_record_done_offers_what_meets_the_deadline(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    rows = {row.deadline.rule: row for row in case.clock.model.rows() if row.is_open}
    case.clock.table.select_id(rows["AR-07"].key)
    window.run_action("record.done")
    record = dialog(RecordFactDialog)
    assert record.kind_box.kind == "review_decision_sent"
    record.reject()


def test_a_fact_is_changed_where_it_stands(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    case.clock.timeline.table.selectRow(0)
    window.run_action("fact.change")
    change = dialog(ChangeFactDialog)
    assert change.on.value == date(2026, 10, 16)
    change.on.line.setText("19 Oct 2026")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        change.go.click()
    wait_until_still(window, qtbot)
    assert facts(case)[0] == ("review_meeting_held", date(2026, 10, 19))
    assert deadlines(case)["AR-07"] == "6 days late"


def test_a_fact_is_removed_only_with_a_reason_and_comes_back_by_undo(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    case.clock.timeline.table.selectRow(0)
    window.run_action("fact.remove")
    remove = dialog(RemoveFactDialog)
    remove.go.click()
    assert remove.isVisible()
    remove.why.setText("typed in the wrong case")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        remove.go.click()
    wait_until_still(window, qtbot)
    assert facts(case)[0] == ("review_decision_sent", date(2025, 10, 30))
    assert "typed in the wrong case" in {line[1].why for line in case.history.model.rows()}
    window.run_action("undo")
    wait_until_still(window, qtbot)
    assert facts(case)[0] == ("review_meeting_held", date(2026, 10, 16))


def test_details_are_saved_and_refused_beside_the_field(
    case: CaseScreen, window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.run_action("case.edit")
    fields = case.details.fields
    assert fields is not None
    surname = fields._fields["surname"]
    surname.setText("")
    case.details.save()
    assert fields._forms[0]._problems["surname"].text() == "Enter the surname."
    surname.setText("Okafor-Bell")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        case.details.save()
    wait_until_still(window, qtbot)
    assert case.banner.name.text() == "OKAFOR-BELL, Grace"
    assert not case.details.has_changes


def test_a_change_by_somebody_else_keeps_what_was_typed(
    case: CaseScreen, window: MainWindow, borough: Borough, qtbot: QtBot, ask: Ask
) -> None:
    fields = case.details.fields
    assert fields is not None
    fields._fields["upn"].setText("A820432111001")
    child = ask(lambda session: session.case(borough.ids["Okafor"])).child
    theirs = {"upn": "B820432111002", "comment": "Rang home"}
    ask(lambda session: session.submit(ChangeChild(child.id, child.version, theirs)))
    case.details.save()
    qtbot.waitUntil(lambda: not case.details._mine.isHidden(), timeout=20_000)
    assert "still here" in case.details._trouble.text()
    assert fields._fields["upn"].text() == "A820432111001"
    # Both stand side by side, where both were changed and nowhere else.
    forms = fields._forms
    qtbot.waitUntil(lambda: any(form._theirs for form in forms), timeout=20_000)
    assert [name for form in forms for name in form._theirs] == ["upn"]
    (theirs,) = (form._theirs["upn"] for form in forms if form._theirs)
    assert "“B820432111002”" in theirs.said.text()
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        case.details._mine.click()
    wait_until_still(window, qtbot)
    child = ask(lambda session: session.case(borough.ids["Okafor"])).child
    assert (child.upn, child.comment) == ("A820432111001", "Rang home")


def test_what_somebody_else_put_there_is_taken_field_by_field(
    case: CaseScreen, window: MainWindow, borough: Borough, qtbot: QtBot, ask: Ask
) -> None:
    fields = case.details.fields
    assert fields is not None
    fields._fields["upn"].setText("A820432111001")
    fields._fields["comment"].setPlainText("Rang school")
    child = ask(lambda session: session.case(borough.ids["Okafor"])).child
    theirs = {"upn": "B820432111002", "comment": "Rang home"}
    ask(lambda session: session.submit(ChangeChild(child.id, child.version, theirs)))
    case.details.save()
    forms = fields._forms
    qtbot.waitUntil(lambda: any(form._theirs for form in forms), timeout=20_000)
    taken = next(form for form in forms if "upn" in form._theirs)
    taken._theirs["upn"].take.click()
    assert fields._fields["upn"].text() == "B820432111002"
    assert "upn" not in taken._theirs
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        case.details._mine.click()
    wait_until_still(window, qtbot)
    child = ask(lambda session: session.case(borough.ids["Okafor"])).child
    assert (child.upn, child.comment) == ("B820432111002", "Rang school")


def test_theirs_may_be_a_setting_added_after_the_case_was_opened(
    case: CaseScreen, window: MainWindow, borough: Borough, qtbot: QtBot, ask: Ask
) -> None:
    fields = case.details.fields
    assert fields is not None
    box = fields._fields["setting_id"]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(0 if box.currentIndex() else 1)

    def theirs(session: Session) -> str:
        session.carry_out(AddRecord("setting", {"name": "Rowan Academy"}))
        new = next(one.id for one in session.settings() if one.name == "Rowan Academy")
        child = session.case(borough.ids["Okafor"]).child
        session.carry_out(ChangeChild(child.id, child.version, {"setting_id": new}))
        return new

    new = ask(theirs)
    case.details.save()
    forms = fields._forms
    qtbot.waitUntil(lambda: any(form._theirs for form in forms), timeout=20_000)
    (line,) = (line for form in forms for line in form._theirs.values())
    assert "“Rowan Academy”" in line.said.text()
    line.take.click()
    assert fields.value("setting_id") == new
    case.details._take_back()
    assert not any(form._theirs for form in forms)


def test_details_left_half_typed_are_offered_again_and_saved_by_keys(
    case: CaseScreen, window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    fields = case.details.fields
    assert fields is not None
    fields._fields["comment"].setPlainText("Half a sentence")
    window.run_action("case.next")
    wait_until_still(window, qtbot)
    assert "kept as a draft" in window.bar.words.text()
    window.run_action("case.previous")
    wait_until_still(window, qtbot)
    assert case.tabs.tabText(case.tabs.indexOf(case.details)) == "&Details •"
    assert case.details.offer.words.text().startswith("You began this on 22 November 2026")
    case.details.offer.go_on.click()
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        window.run_action("save")
    wait_until_still(window, qtbot)
    assert ask(lambda session: session.case(case.child_id)).child.comment == "Half a sentence"
    assert ask(drafts) == ()


def test_previous_and_next_follow_the_list(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    trail = case.context().trail
    assert trail[0] == case.child_id
    assert not case.banner.back.isEnabled()
    window.run_action("case.next")
    wait_until_still(window, qtbot)
    assert case.child_id == trail[1]
    assert not case.banner.name.text().startswith("OKAFOR")
    window.run_action("case.previous")
    wait_until_still(window, qtbot)
    assert case.banner.name.text() == "OKAFOR, Grace"


def test_reviews_and_history_are_listed(case: CaseScreen) -> None:
    lines = case.reviews.model.rows()
    assert [line.number for line in lines] == [2, 1]
    assert lines[1].pace == "28 days"
    assert case.history.model.total >= 4


def test_a_fact_typed_while_somebody_else_saved_is_recorded_on_top(
    case: CaseScreen, window: MainWindow, borough: Borough, qtbot: QtBot, ask: Ask
) -> None:
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    record.on.line.setText("30/10/2026")
    child = ask(lambda session: session.case(borough.ids["Okafor"])).child
    theirs = RecordFact(child.id, child.version, "review_report_received", date(2026, 10, 29))
    ask(lambda session: session.submit(theirs))
    record.go.click()
    qtbot.waitUntil(lambda: not record._latest.isHidden(), timeout=20_000)
    assert "still here" in record._trouble.text()
    assert record.on.value == date(2026, 10, 30)
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        record._latest.click()
    wait_until_still(window, qtbot)
    assert ("review_report_received", date(2026, 10, 30)) in facts(case)
    assert ("review_report_received", date(2026, 10, 29)) in facts(case)


def test_the_same_fact_twice_is_refused_where_it_was_typed(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    record.kind_box.choose("review_meeting_held")
    record.on.line.setText("16/10/2026")
    record.go.click()
    qtbot.waitUntil(
        lambda: bool(record._trouble.text() or record.form._problems["on"].text()), timeout=20_000
    )
    assert record.isVisible()
    assert record.on.line.text() == "16/10/2026"
    record.reject()


def test_a_form_left_half_typed_comes_back_and_goes_once_it_is_recorded(
    case: CaseScreen, window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    record.kind_box.choose("review_decision_sent")
    choose(record, "Outcome", "amend")
    qtbot.keyClicks(record.on.line, "fri")
    qtbot.keyClick(record, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(RecordFactDialog), timeout=20_000)
    assert "kept as a draft" in window.bar.words.text()
    (draft,) = ask(drafts)
    assert (draft.form, draft.child_id) == ("record", case.child_id)
    window.run_action("record.fact")
    again = dialog(RecordFactDialog)
    qtbot.waitUntil(again.offer.isVisible, timeout=20_000)
    assert again.offer.words.text() == "You began this on 22 November 2026 at 12:00."
    press_main(again)
    assert (again.kind_box.kind, again.on.value) == ("review_decision_sent", date(2026, 11, 20))
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        press_main(again)
    wait_until_still(window, qtbot)
    assert ("review_decision_sent", date(2026, 11, 20)) in facts(case)
    assert ask(drafts) == ()


def test_what_is_typed_is_in_the_store_before_the_form_is_left(
    case: CaseScreen, window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    qtbot.keyClicks(record.on.line, "3 oct")
    qtbot.waitUntil(lambda: len(ask(drafts)) == 1, timeout=20_000)
    cancel(record).click()
    assert ask(drafts) == ()


def test_enter_is_the_main_button_also_where_the_keyboard_is_on_another(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    activate(window, qtbot)
    window.run_action("record.fact")
    record = dialog(RecordFactDialog)
    activate(record, qtbot)
    qtbot.keyClicks(record.on.line, "30/10")
    cancel(record).setFocus()
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        qtbot.keyClick(cancel(record), Qt.Key.Key_Return)
    wait_until_still(window, qtbot)
    assert ("review_report_received", date(2026, 10, 30)) in facts(case)


@pytest.mark.parametrize("place", ["today", "cases", "reviews", "forecast"])
def test_every_list_opens_a_case_on_why_its_date(
    place: str, window: MainWindow, qtbot: QtBot
) -> None:
    window.run_action(f"go.{place}")
    wait_until_still(window, qtbot)
    screen: Any = window.page()
    screen.table.setFocus()
    screen.table.go_first()
    row = screen.table.current_row()
    due = row.next_due if place == "cases" else row.due
    window.run_action("case.why")
    wait_until_still(window, qtbot)
    case: Any = window.page()
    assert case.key == "case"
    selected = case.clock.deadline()
    assert selected.deadline.due == due
    assert selected.is_open
    assert f"Why {due.day} {due:%B} {due.year}?" in case.clock.why.toPlainText()


def test_an_exception_says_what_it_would_excuse_before_it_is_recorded(
    window: MainWindow, borough: Borough, qtbot: QtBot, ask: Ask
) -> None:
    child = ask(lambda session: session.case(borough.ids["Silva"])).child
    request = RecordFact(child.id, child.version, "request_received", date(2026, 10, 26), {})
    ask(lambda session: session.submit(request))
    window.open_case(child.id)
    wait_until_still(window, qtbot)
    window.run_action("record.fact")
    form = dialog(RecordFactDialog)
    form.kind_box.choose("exception")
    assert form.effect.text() == "Choose the ground to see what it would excuse."
    ground = form._fields._fields["exception:ground"]
    ground.setCurrentIndex(ground.findData("EXC-C"))
    assert form.effect.text() == "Enter the date to see what it would excuse."
    form.on.line.setText("2/11/2026")
    qtbot.waitUntil(lambda: form.effect.text().startswith("It would excuse: "), timeout=20_000)
    assert "(7 Dec 2026)" in form.effect.text()
    assert "The dates stay where they are." in form.effect.text()
    assert "Say in the note what happened" in form.effect.text()
    ground.setCurrentIndex(ground.findData("EXC-A"))
    qtbot.waitUntil(lambda: "no closure of 28 days" in form.effect.text(), timeout=20_000)
    ground.setCurrentIndex(ground.findData("EXC-C"))
    form.go.click()
    wait_until_still(window, qtbot)
    screen: Any = window.page()
    said = screen.clock.note.text()
    assert said == "Exceptions: 6 weeks EXC-C · 16 weeks EXC-C · 20 weeks EXC-C"


def test_what_held_over_time_is_listed_added_changed_and_taken_out(
    case: CaseScreen, window: MainWindow, qtbot: QtBot
) -> None:
    case.tabs.setCurrentWidget(case.over_time)
    lines = {line.what: line for line in case.over_time.model.rows()}
    assert lines["Primary need"].since == "As far as is known"
    assert lines["Case holder"].value == "R. Haque"

    # What only the child says is given its first day.
    case.over_time.table.select_id(lines["Primary need"].key)
    window.run_action("entry.change")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    assert "child_id" not in form.fields
    since = form.fields["since"]
    assert isinstance(since, DateField)
    since.line.setText("1/9/2025")
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        form.go.click()
    wait_until_still(window, qtbot)
    line = next(one for one in case.over_time.model.rows() if one.kind.name == "need")
    assert (line.since, line.row.record.type) == ("1 Sep 2025", "SLCN")

    case.over_time.kinds.setCurrentIndex(case.over_time.kinds.findData("address"))
    window.run_action("entry.new")
    wait_until_still(window, qtbot)
    form = dialog(RecordDialog)
    postcode = form.fields["postcode"]
    assert isinstance(postcode, QLineEdit)
    postcode.setText("E1 4NS")
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        form.go.click()
    wait_until_still(window, qtbot)
    line = next(one for one in case.over_time.model.rows() if one.kind.name == "address")
    assert line.value == "E1 4NS"
    assert any("Address added" in row[1].what for row in case.history.model.rows())
    case.over_time.table.select_id(line.key)
    window.run_action("entry.remove")
    wait_until_still(window, qtbot)
    ask_why = dialog(RemoveRecordDialog)
    ask_why.why.setText("another child's")
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        ask_why.go.click()
    wait_until_still(window, qtbot)
    assert not [one for one in case.over_time.model.rows() if one.kind.name == "address"]
