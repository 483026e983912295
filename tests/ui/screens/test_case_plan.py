"""The Plan tab: typed in the tree, tied, moved, ended, kept as a draft, and judged at a review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import AddRecord, RecordFact, SetOver, Together
from caseworker_app.ui.dialogs.compare_documents import CompareDialog
from caseworker_app.ui.dialogs.plan_lines import EndDialog, TieDialog
from caseworker_app.ui.dialogs.plan_review import PlanReviewDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.case_plan_cells import COST, HOW, MARKS, MISSING, WHO, WORDS
from caseworker_app.ui.screens.case_plan_tab import CasePlanTab
from tests.support.borough import Borough, dialog, wait_until_still

ON = date(2024, 11, 14)


@pytest.fixture
def plan(window: MainWindow, borough: Borough, qtbot: QtBot, go: Callable[[str], Any]) -> Any:
    """The plan of Okafor, with a need, and provision that nothing is behind."""
    child = borough.ids["Okafor"]
    lines = (
        AddRecord(
            "described_need", {"child_id": child, "section": "B", "words": "Is seldom understood"}
        ),
        AddRecord(
            "provision",
            {"child_id": child, "section": "F", "what": "Therapy as required", "who": "SLT",
             "since": ON},
        ),
        AddRecord(
            "provision",
            {"child_id": child, "section": "F", "what": "A timetable in pictures, every day",
             "who": "School", "since": ON},
        ),
    )  # fmt: skip
    window.jobs.submit(Together(lines, "a plan"))
    wait_until_still(window, qtbot)
    go("cases")
    window.open_case(child)
    wait_until_still(window, qtbot)
    page = window.page()
    assert isinstance(page, CaseScreen)
    page.show_plan()
    return page.plan


def text(plan: CasePlanTab, key: str, column: int = WORDS) -> str:
    return plan.tree._items[key].text(column)


def editor(plan: CasePlanTab) -> QWidget:
    assert plan.tree._open is not None
    return plan.tree._open[2]


def test_an_outcome_is_typed_in_the_tree_tied_and_undone(
    plan: CasePlanTab, window: MainWindow, qtbot: QtBot
) -> None:
    assert "outcome" in text(plan, "described_need/1", MISSING)
    assert "purpose, cost, funder" in text(plan, "provision/1", MISSING)
    assert "\u201cas required\u201d" in text(plan, "provision/1", MISSING)
    same = {key: plan.tree._items[key] for key in ("B", "described_need/1", "new/E")}
    plan.tree.begin("E")
    qtbot.keyClicks(editor(plan), "Is understood by strangers")
    qtbot.keyClick(editor(plan), Qt.Key.Key_Return)
    # What else is needed is asked for at once.
    qtbot.waitUntil(lambda: isinstance(plan.tree._open and editor(plan), QComboBox))
    # Where the rows are the same they are written over: none is made and laid out again.
    assert text(plan, "new/E") == "Is understood by strangers"
    assert all(plan.tree._items[key] is one for key, one in same.items())
    box = editor(plan)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("choice"))
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    # While the line is being kept the next cell is typed into, and nothing typed is lost.
    qtbot.keyClicks(editor(plan), "31/7/2027")
    wait_until_still(window, qtbot)
    assert editor(plan).isVisible()
    qtbot.keyClick(editor(plan), Qt.Key.Key_Return)
    wait_until_still(window, qtbot)
    assert text(plan, "outcome/1") == "Is understood by strangers"
    assert text(plan, "new/E", HOW) == "31/7/2027"
    assert "Not kept yet" in text(plan, "new/E", MISSING)
    plan.tree.go_to("new/E")
    window.run_action("entry.remove")
    assert text(plan, "new/E", HOW) == ""
    plan.tree.go_to("outcome/1")
    window.run_action("plan.tie")
    form: TieDialog = dialog(TieDialog)
    for at in range(form.list.count()):
        form.list.item(at).setCheckState(Qt.CheckState.Checked)
    form.accept()
    wait_until_still(window, qtbot)
    assert text(plan, "described_need/1", MISSING) == ""
    assert text(plan, "outcome/1", MISSING) == "aspiration, SMART"
    window.run_action("undo")
    wait_until_still(window, qtbot)
    assert "need" in text(plan, "outcome/1", MISSING)


def test_a_line_is_moved_marked_ended_and_what_cannot_be_read_stays_typed(
    plan: CasePlanTab, window: MainWindow, qtbot: QtBot, borough: Borough
) -> None:
    plan.tree.go_to("provision/2")
    window.run_action("plan.up")
    wait_until_still(window, qtbot)
    order = [node.key for node, _ in plan.tree.every("line")]
    assert order.index("provision/2") < order.index("provision/1")
    plan.tree.setCurrentItem(plan.tree._items["provision/1"], COST)
    qtbot.keyClick(plan.tree.viewport(), Qt.Key.Key_4)
    qtbot.keyClicks(editor(plan), "00 a week")
    qtbot.keyClick(editor(plan), Qt.Key.Key_Return)
    assert "is not an amount" in plan.wrong.text()
    # The mouse leaves the cell: what was typed stays, is said to be not kept, and is a draft.
    plan.tree.commitData(editor(plan))
    plan.tree.closeEditor(editor(plan), plan.tree.delegate.EndEditHint.NoHint)
    plan.tree._closed()
    qtbot.waitUntil(lambda: "not kept yet" in text(plan, "provision/1", MISSING))
    window.open_case(borough.ids["Patel"])
    wait_until_still(window, qtbot)
    assert plan.tree.typed == {}
    window.open_case(borough.ids["Okafor"])
    wait_until_still(window, qtbot)
    assert plan.tree.typed == {("provision/1", "cost"): "400 a week"}
    plan.tree.give_up(("provision/1", "cost"))
    plan.tree.go_to("provision/1")
    window.run_action("plan.end")
    form: EndDialog = dialog(EndDialog)
    form.why.setText("Achieved")
    form.on.line.setText("1/11/2026")
    form.accept()
    wait_until_still(window, qtbot)
    assert "provision/1" not in plan.tree._items
    plan.ended.setChecked(True)
    assert "ended 1 Nov 2026: Achieved" in text(plan, "provision/1")


def test_a_review_is_done_by_keys_alone(
    plan: CasePlanTab, window: MainWindow, qtbot: QtBot, borough: Borough
) -> None:
    aim = {"child_id": borough.ids["Okafor"], "area": "choice", "set_on": ON}
    for words in ("Is understood", "Rides a bus"):
        window.jobs.submit(AddRecord("outcome", {**aim, "words": words}))
    wait_until_still(window, qtbot)
    window.run_action("plan.review")
    form: PlanReviewDialog = dialog(PlanReviewDialog)
    wait_until_still(window, qtbot)
    table = form.table
    for key in (Qt.Key.Key_S, Qt.Key.Key_R):
        qtbot.keyClick(table, key)
    qtbot.waitUntil(lambda: table.state() == table.State.EditingState)
    anew = next(one for one in table.viewport().findChildren(QWidget) if one.isVisible())
    qtbot.keyClicks(anew, "Is understood by strangers")
    qtbot.keyClick(anew, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.state() != table.State.EditingState)
    table.setCurrentCell(1, 0)
    for key in (Qt.Key.Key_A, Qt.Key.Key_K, Qt.Key.Key_Y, Qt.Key.Key_N):
        qtbot.keyClick(table, key)
    form.views["child"].setPlainText("Likes the bus")
    form.accept()
    wait_until_still(window, qtbot)
    standing = {item.text(WORDS): item for node, item in plan.tree.every("line")}
    assert "Is understood by strangers" in standing
    assert "Is understood" not in standing
    assert "Achieved, 16 Oct 2026" in standing["Rides a bus"].text(WHO)
    assert standing["Rides a bus"].text(MARKS) == "?????"
    page = window.page()
    assert isinstance(page, CaseScreen)
    (note,) = page.notes.model.rows()
    assert "Likes the bus" in note.row.record.words
    assert "not right any more: A timetable" in note.row.record.words


def test_versions_say_what_changed_between_them_and_which_template_is_old(
    plan: CasePlanTab, window: MainWindow, qtbot: QtBot, borough: Borough
) -> None:
    child = borough.ids["Okafor"]
    versions = plan.versions
    page = window.page()
    assert isinstance(page, CaseScreen)
    sent = date(2026, 11, 20)
    for command in (
        RecordFact(child, page._case.child.version, "amended_plan_sent", sent, {}),  # type: ignore[union-attr]
        AddRecord("provision", {"child_id": child, "section": "G", "what": "Physiotherapy",
                                "who": "NHS", "since": sent}),
        AddRecord("choice", {"of_list": "plan templates", "code": "v4", "words": "V4"}),
        SetOver({child: None}, {"template": "V2"}),
    ):  # fmt: skip
        window.jobs.submit(command)
        wait_until_still(window, qtbot)
    plan.parts.setCurrentWidget(versions)
    versions.table.go_first()
    assert [one.words("kind") for one in versions.model.rows()] == ["Final amended", "First final"]
    (change,) = versions.changes.rows()
    assert (change.letter, change.what, change.after) == ("G", "Added", "Physiotherapy")
    assert versions.dates.text() == (
        "First final plan 14 Nov 2024. Plan in force since 20 Nov 2026, final plan 2."
    )
    assert "V2; V4 is the newest" in versions.old.text()


def test_two_documents_are_compared_and_the_less_specific_shown_alone(
    plan: CasePlanTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for name, words in (
        ("old.docx", ("Section F", "Therapy for 45 minutes once a week at school", "A laptop")),
        ("new.docx", ("Section F", "Therapy once a week at school", "A quiet corner of the class")),
    ):
        document = docx.Document()
        for line in words:
            document.add_paragraph(line)
        document.save(str(tmp_path / name))
    plan.parts.setCurrentWidget(plan.versions)
    window.run_action("plan.compare")
    form: CompareDialog = dialog(CompareDialog)
    form.before.setEditText(str(tmp_path / "old.docx"))
    form.after.setEditText(str(tmp_path / "missing.docx"))
    form.compare()
    qtbot.waitUntil(lambda: "missing.docx cannot be read" in form.said.text())
    assert not form.printing.isEnabled()
    form.after.setEditText(str(tmp_path / "new.docx"))
    form.compare()
    qtbot.waitUntil(lambda: form.said.text() == "3 changes, 1 less specific.")
    assert form.printing.isEnabled()
    form.only.setChecked(True)
    (row,) = form.model.rows()
    assert (row.letter, row.what) == ("F", "Changed")
    form.reject()
