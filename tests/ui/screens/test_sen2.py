"""SEN2 and the inspection list: findings that open where they are mended, codes, files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.domain.sen2.check_rows import CheckRow
from caseworker_app.services.commands import AddRecord
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.child_fields import ChildFields
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.dialogs.sen2_codes import CodesDialog
from caseworker_app.ui.dialogs.sen2_differences import DifferencesDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.inspection import InspectionScreen
from caseworker_app.ui.screens.sen2 import Sen2Screen
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still

Go = Callable[[str], Any]
Ask = Callable[[Callable[[Session], Any]], Any]


def _row(screen: Any, rule: str, surname: str = "", field: str = "") -> CheckRow:
    for row in screen.model.all_rows():
        of_child = row.name.startswith(surname) and (not field or row.hit.field == field)
        if row.hit.rule == rule and of_child:
            found: CheckRow = row
            return found
    raise AssertionError((rule, surname, [row.id for row in screen.model.all_rows()]))


def _say_ethnicity(child_id: str, session: Session) -> Any:
    return session.submit(AddRecord("child_details", {"child_id": child_id, "ethnicity": "ABAN"}))


def _there(screen: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: screen.model.total > 0, timeout=PATIENCE_MS)


def _open(screen: Any, row: CheckRow) -> None:
    screen.table.opened.emit(row)


def test_a_finding_is_mended_in_place_and_goes(window: MainWindow, qtbot: QtBot, go: Go) -> None:
    screen: Sen2Screen = go("sen2")
    _there(screen, qtbot)
    assert "survey day 21 Jan 2027" in screen.state.text()
    before = screen.model.total
    _open(screen, _row(screen, "P01", "Patel", "Ethnicity"))
    qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
    form = dialog(RecordDialog)
    box = form.fields["ethnicity"]
    box.setCurrentIndex(box.findText("Bangladeshi"))
    form.accept()
    qtbot.waitUntil(lambda: screen.model.total == before - 1, timeout=PATIENCE_MS)
    assert window.page() is screen


def test_two_changes_right_after_each_other_are_both_seen(
    window: MainWindow, qtbot: QtBot, go: Go, ask: Ask
) -> None:
    screen: Sen2Screen = go("sen2")
    _there(screen, qtbot)
    rows = [one for one in screen.model.all_rows() if one.hit.field == "Ethnicity"][:2]
    assert len({row.child_id for row in rows}) == 2
    told = [ask(partial(_say_ethnicity, row.child_id)) for row in rows]
    for done in told:
        screen.apply(done)
    wait_until_still(window, qtbot)
    assert not {row.id for row in rows} & {row.id for row in screen.model.all_rows()}


def test_what_stands_in_the_details_opens_the_case_at_its_field(
    window: MainWindow, qtbot: QtBot, go: Go
) -> None:
    screen: Sen2Screen = go("sen2")
    _there(screen, qtbot)
    _open(screen, _row(screen, "P04", "Okafor"))
    wait_until_still(window, qtbot)
    case = window.page()
    assert isinstance(case, CaseScreen)
    assert case.tabs.currentWidget() is case.details
    fields = case.details.fields
    assert isinstance(fields, ChildFields)
    assert window.focusWidget() is fields._fields["upn"]
    number: Any = fields._fields["upn"]
    number.setText("A801123400001")
    number.editingFinished.emit()
    assert fields._forms[0].asked("upn").startswith("This UPN cannot be right: the check letter")
    number.setText("M801123400001")
    number.editingFinished.emit()
    assert fields._forms[0].asked("upn") == ""
    learner: Any = fields._fields["uln"]
    learner.setText("9276308687")
    learner.editingFinished.emit()
    assert fields._forms[0].asked("uln").startswith("This ULN cannot be right: the last figure")


def test_findings_are_counted_by_rule_and_narrowed(qtbot: QtBot, go: Go) -> None:
    screen: Sen2Screen = go("sen2")
    _there(screen, qtbot)
    box = next(box for one, box in screen.boxes if one.label == "R&ule")
    offered = [box.itemText(at) for at in range(box.count())]
    rows = screen.model.all_rows()
    many = sum(row.hit.rule == "P01" for row in rows)
    assert f"P01 ({many})" in offered
    box.setCurrentIndex(box.findData("P01"))
    assert screen.model.shown == many


def test_codes_are_confirmed_before_a_file_is_written(
    window: MainWindow, qtbot: QtBot, go: Go, tmp_path: Path, ask: Ask
) -> None:
    screen: Sen2Screen = go("sen2")
    _there(screen, qtbot)
    assert "No file is written before an administrator" in screen.state.text()
    target = tmp_path / "sen2.xlsx"
    screen.confirm()
    qtbot.waitUntil(lambda: bool(shown(CodesDialog)), timeout=PATIENCE_MS)
    form = dialog(CodesDialog)
    form.lines["DP"].setText("education E, health E")
    form.accept()
    assert shown(CodesDialog)
    form.lines["DP"].setText("education E, health X")
    form.seen_in.setText("guide")
    form.accept()
    qtbot.waitUntil(lambda: "The XML is a draft" in screen.state.text(), timeout=PATIENCE_MS)
    screen.write(target)
    qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    kept = ask(lambda session: session.record_rows("sen2_reading"))
    assert len(kept) == 5
    wait_until_still(window, qtbot)
    screen.compare_with(target)
    qtbot.waitUntil(lambda: bool(shown(DifferencesDialog)), timeout=PATIENCE_MS)
    assert dialog(DifferencesDialog).model.total == 0


def test_the_council_s_own_findings_open_its_form(qtbot: QtBot, go: Go) -> None:
    screen: Sen2Screen = go("sen2")
    _there(screen, qtbot)
    _open(screen, _row(screen, "H01"))
    qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
    assert "la_number" in dialog(RecordDialog).fields


def test_the_inspection_list_is_checked_and_written(
    window: MainWindow, qtbot: QtBot, go: Go, tmp_path: Path, borough: Borough
) -> None:
    screen: InspectionScreen = go("inspection")
    _there(screen, qtbot)
    assert "2 children with a plan on 22 Nov 2026" in screen.state.text()
    assert _row(screen, "103", "Okafor").child_id == borough.ids["Okafor"]
    target = tmp_path / "list.xlsx"
    screen.write(target)
    qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
