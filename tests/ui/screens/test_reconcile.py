"""The Reconcile screen: they say, we say, accepted by row and in bulk, and undone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.reconcile import ReconcileScreen
from caseworker_app.ui.widgets.progress import ProgressDialog
from tests.imports.process.conftest import children, slow_tracker
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still

Ask = Callable[[Callable[[Any], Any]], Any]


@pytest.fixture
def extract(ask: Ask, tmp_path: Path) -> Path:
    """Everybody but the last child, with other needs and ULNs; one more, and one not to be read."""
    files = ask(lambda session: session.caseload())
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Case ref", "Surname", "Forename", "DOB", "Primary need", "ULN", "Worker"])
    for number, file in enumerate(files[:-1]):
        child = file.child
        sheet.append(
            [
                *(child.reference, child.surname, child.forename, child.born),
                *("PMLD", f"123456789{number}", ""),
            ]
        )
    sheet.append(["NEW1", "Zebra", "Quill", date(2012, 2, 2), "", "twelve", ""])
    path = tmp_path / "extract.xlsx"
    book.save(path)
    return path


@pytest.fixture
def screen(window: MainWindow, qtbot: QtBot, go: Callable[[str], Any]) -> ReconcileScreen:
    found: ReconcileScreen = go("reconcile")
    return found


def _read(screen: ReconcileScreen, window: MainWindow, qtbot: QtBot, path: Path) -> None:
    screen.read_path(path, anew=True)
    qtbot.waitUntil(lambda: screen.extract is not None, timeout=PATIENCE_MS)
    wait_until_still(window, qtbot)


def test_rows_are_accepted_by_selection_and_by_field_and_undo_takes_all_back(
    screen: ReconcileScreen, window: MainWindow, qtbot: QtBot, extract: Path, ask: Ask
) -> None:
    assert screen.empty.text().startswith("Choose the extract")
    assert "reconcile.accept" not in screen.offers()
    before = ask(lambda session: session.caseload())
    _read(screen, window, qtbot, extract)
    total = 2 * (len(before) - 1)
    assert screen.model.total == total
    assert [row.reference for row in screen.there.rows()] == ["NEW1"]
    assert [row.reference for row in screen.here.rows()] == [before[-1].child.reference]
    assert [row.value for row in screen.faults.rows()] == ["twelve"]
    assert screen.tabs.tabText(0) == f"They say, &we say ({total})"
    screen.field.setCurrentIndex(screen.field.findData("uln"))
    assert screen.model.shown == len(before) - 1

    screen.select_shown()
    assert screen.accept_button.text() == f"Accept {len(before) - 1}"
    window.run_action("reconcile.accept")
    wait_until_still(window, qtbot)

    assert window.bar.words.text().startswith(f"{len(before) - 1} differences accepted")
    assert {row.field for row in screen.model.all_rows()} == {"need"}
    assert screen.model.shown == len(before) - 1
    assert all(one.child.uln for one in ask(lambda session: session.caseload())[:-1])
    screen.search.setText(before[0].child.reference)
    assert screen.accept_button.text() == "Accept"
    screen.accept_button.click()
    wait_until_still(window, qtbot)
    assert screen.model.total == len(before) - 2
    for _ in range(2):
        window.run_action("undo")
        wait_until_still(window, qtbot)
    assert screen.model.total == total
    assert [one.child.uln for one in ask(lambda session: session.caseload())] == [
        one.child.uln for one in before
    ]


def test_enter_opens_the_case_and_what_is_left_is_handed_back(
    screen: ReconcileScreen,
    window: MainWindow,
    qtbot: QtBot,
    extract: Path,
    tmp_path: Path,
) -> None:
    _read(screen, window, qtbot, extract)
    target = tmp_path / "rest.xlsx"
    window.run_action("reconcile.export")
    wait_until_still(window, qtbot)
    dialog(QFileDialog).fileSelected.emit(str(target))
    wait_until_still(window, qtbot)
    rows = load_workbook(target)["They say, we say"].iter_rows(min_row=5, values_only=True)
    assert [row[0] for row in rows] == [row.case for row in screen.model.rows()]
    row = screen.model.rows()[0]
    screen.table.select_id(row.id)
    assert screen.line.text().startswith(f"{row.name}, {row.case}. ")
    window.run_action("case.open")
    wait_until_still(window, qtbot)
    case = window.page()
    assert isinstance(case, CaseScreen)
    assert case.child_id == row.child_id


def test_a_heading_corrected_is_remembered_by_name(
    screen: ReconcileScreen, window: MainWindow, qtbot: QtBot, extract: Path
) -> None:
    _read(screen, window, qtbot, extract)
    screen.tabs.setCurrentIndex(5)
    part = screen.headings.part()
    heading = next(row for row in part.model.rows() if row.heading == "Primary need")
    part.table.select_id(str(heading.number))
    part.field.setCurrentIndex(part.field.findData(""))
    part.read_again.click()
    wait_until_still(window, qtbot)
    assert {row.field for row in screen.model.all_rows()} == {"uln"}
    screen.name.setText("Big system")
    screen.keep.click()
    wait_until_still(window, qtbot)
    assert screen.mapping.currentText() == "Big system"
    screen.read_path(extract, anew=True)
    wait_until_still(window, qtbot)
    assert {row.field for row in screen.model.all_rows()} == {"uln"}
    screen.mapping.setCurrentIndex(0)
    screen.read_path(extract, anew=True)
    wait_until_still(window, qtbot)
    assert {row.field for row in screen.model.all_rows()} == {"need", "uln"}


def test_cancel_ends_the_reading_at_once(
    screen: ReconcileScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.read_path(slow_tracker(tmp_path / "slow.csv"))
    qtbot.waitUntil(lambda: bool(children(os.getpid())), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(shown(ProgressDialog)), timeout=PATIENCE_MS)
    dialog(ProgressDialog).reject()
    wait_until_still(window, qtbot)
    assert screen.extract is None
    assert window.bar.words.text() == "Stopped. Nothing was changed."
    assert not children(os.getpid())


def test_another_store_forgets_the_extract(
    screen: ReconcileScreen,
    window: MainWindow,
    qtbot: QtBot,
    extract: Path,
    founded: Borough,
    tmp_path: Path,
) -> None:
    _read(screen, window, qtbot, extract)
    assert screen.model.total
    other = shutil.copytree(Path(founded.where).parent, tmp_path / "other")
    window.keeper.open(str(other / Path(founded.where).name))
    qtbot.waitUntil(lambda: screen.extract is None, timeout=PATIENCE_MS)
    assert screen.model.total == 0
