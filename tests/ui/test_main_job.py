"""The main job, start to finish, in the real window on a real encrypted store.

A data officer on a fresh machine imports the tracker the team keeps, sees which review is overdue
and why, records that the decision was sent, sees the alert go, and exports the board's workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.import_files import ImportDialog
from caseworker_app.ui.screens.returns import ReturnsScreen
from caseworker_app.ui.screens.today import TodayScreen
from caseworker_app.ui.starting import open_window
from caseworker_app.ui.stores.dialogs import NewStoreDialog
from tests.support.borough import PASSPHRASE, PATIENCE_MS, TODAY, dialog, wait_until_still


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """One sheet as teams keep them: a title line, a decision column beside its outcome, a total."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "AR tracker 26-27"
    sheet.append(["Annual review tracker 2026/27"])
    sheet.append([])
    sheet.append(
        [
            *("Case ref", "Surname", "First name", "DOB", "Need", "School", "Case officer"),
            *("EHCP issued", "AR meeting held", "Report rec'd", "AR decision", "Decision"),
        ]
    )
    where = ("Mile End Gate Academy", "R. Haque")
    for who, days in (
        (
            ("TH100482", "Okafor", "Grace", date(2014, 3, 3), "SLCN"),
            (date(2025, 11, 14), date(2026, 10, 16), "30/10/26", None, None),
        ),
        (
            ("TH100483", "Ahmed", "Zara", "4.5.2016", "Autism"),
            (date(2025, 12, 1), date(2026, 10, 5), "16 Oct 2026", date(2026, 10, 30), "Maintain"),
        ),
        (
            ("TH100484", "Miah", "Tariq", "12/9/2012", "SEMH"),
            (date(2026, 3, 2), None, None, None, None),
        ),
    ):
        sheet.append([*who, *where, *days])
    sheet.append(["Total", 3])
    path = tmp_path / "AR tracker.xlsx"
    book.save(path)
    return path


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window of somebody who has no store yet."""
    where = str(tmp_path / "team.store")
    made = open_window(bootstrap.application(), where, TODAY, Preferences(tmp_path / "options"))
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.pages.currentWidget() is made.first, timeout=PATIENCE_MS)
    yield made
    made.jobs.close()


def test_the_main_job(window: MainWindow, tracker: Path, qtbot: QtBot, tmp_path: Path) -> None:
    make_a_store(window, qtbot, tmp_path / "team.store")
    import_the_tracker(window, qtbot, tracker)
    see_what_is_overdue(window, qtbot)
    see_why(window, qtbot)
    record_the_decision(window, qtbot)
    see_the_alert_gone(window, qtbot)
    export_the_workbook(window, qtbot, tmp_path / "board.xlsx")


def make_a_store(window: MainWindow, qtbot: QtBot, where: Path) -> None:
    window.run_action("store.new")
    ask = dialog(NewStoreDialog)
    ask.where.setText(str(where))
    ask.passphrase.setText(PASSPHRASE)
    ask.again.setText(PASSPHRASE)
    ask.go.click()
    qtbot.waitUntil(lambda: window.jobs.is_open, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)
    assert where.read_bytes()[:6] != b"SQLite"


def import_the_tracker(window: MainWindow, qtbot: QtBot, tracker: Path) -> None:
    window.run_action("import")
    importing = dialog(ImportDialog)
    with qtbot.waitSignal(importing.read, timeout=PATIENCE_MS):
        importing.read_paths([tracker])
    assert importing.review.result.text().startswith("Importing makes 3 new cases")
    assert importing.review.fault_rows == ()
    with qtbot.waitSignal(importing.applied, timeout=PATIENCE_MS):
        qtbot.mouseClick(importing.apply_button, Qt.MouseButton.LeftButton)
    wait_until_still(window, qtbot)


def late_on_today(window: MainWindow) -> set[tuple[str, str, int]]:
    today = window.page()
    assert isinstance(today, TodayScreen)
    rows = today.model.all_rows()
    return {(row.surname, row.rule, row.days) for row in rows if row.days < 0}


def see_what_is_overdue(window: MainWindow, qtbot: QtBot) -> None:
    window.run_action("go.today")
    wait_until_still(window, qtbot)
    assert late_on_today(window) == {("Okafor", "AR-07", -9)}


def see_why(window: MainWindow, qtbot: QtBot) -> None:
    today = window.page()
    assert isinstance(today, TodayScreen)
    row = next(one for one in today.model.all_rows() if one.rule == "AR-07")
    today.table.opened.emit(row)
    wait_until_still(window, qtbot)
    case = window.page()
    assert isinstance(case, CaseScreen)
    assert case.banner.name.text() == "OKAFOR, Grace"
    decision = next(
        one for one in case.clock.model.rows() if one.is_open and one.deadline.rule == "AR-07"
    )
    case.clock.table.select_id(decision.key)
    why = case.clock.why.toPlainText()
    assert why.startswith("Why 13 November 2026?")
    assert "Friday 16 October 2026" in why
    assert "To turn this green: Record the decision" in why


def record_the_decision(window: MainWindow, qtbot: QtBot) -> None:
    window.run_action("record.done")
    record = dialog(RecordFactDialog)
    assert record.kind_box.currentText() == "Decision after review sent"
    record.on.line.setText("20/11")
    outcome = record._fields._fields["review_decision_sent:outcome"]
    outcome.setCurrentIndex(outcome.findData("maintain"))
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        qtbot.keyClick(record.on.line, Qt.Key.Key_Return)
    wait_until_still(window, qtbot)


def see_the_alert_gone(window: MainWindow, qtbot: QtBot) -> None:
    case = window.page()
    assert isinstance(case, CaseScreen)
    chips = {row.deadline.rule: row.chip for row in case.clock.model.rows()}
    assert chips["AR-07"] == "met 7 days late"
    window.run_action("go.today")
    wait_until_still(window, qtbot)
    assert late_on_today(window) == set()


def export_the_workbook(window: MainWindow, qtbot: QtBot, target: Path) -> None:
    window.run_action("go.returns")
    wait_until_still(window, qtbot)
    returns = window.page()
    assert isinstance(returns, ReturnsScreen)
    qtbot.waitUntil(lambda: returns.measures.model.total > 0, timeout=PATIENCE_MS)
    returns.edition.setCurrentIndex(returns.edition.findData("team"))
    window.run_action("export")
    save = dialog(QFileDialog)
    save.fileSelected.emit(str(target))
    save.reject()
    qtbot.waitUntil(lambda: "Saved" in window.bar.words.text(), timeout=PATIENCE_MS)
    dialog(QMessageBox).reject()
    book = load_workbook(target)
    figures = {
        row[0]: row for row in book["Measures"].iter_rows(values_only=True) if row and row[0]
    }
    decided_in_four_weeks = figures["W1.4g"]
    assert 1 in decided_in_four_weeks
    assert 2 in decided_in_four_weeks
    about = [
        row
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        if "TH100482" in row and "maintain" in str(row).lower()
    ]
    sent = {value.date() for row in about for value in row if isinstance(value, datetime)}
    assert date(2026, 11, 20) in sent
