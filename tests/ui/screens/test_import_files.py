from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.import_files import ImportDialog
from caseworker_app.ui.widgets.progress import ProgressDialog
from tests.imports.process.conftest import children, slow_tracker
from tests.support.borough import PATIENCE_MS, dialog, shown, wait_until_still
from tests.support.window import answer

Ask = Callable[[Callable[[Any], Any]], Any]


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Autumn"
    sheet.append(["Pupil surname", "Forename", "DOB", "School", "AR meeting", "RAG status"])
    sheet.append(["Warsame", "Idris", date(2012, 5, 4), "New City", date(2026, 10, 2), "G"])
    sheet.append(["Yilmaz", "Ezra", "5/6/2021", "Regent's Nursery", "31/02/2026", "R"])
    sheet.append(["Nobody", "Anne", None, "New City", None, ""])
    path = tmp_path / "tracker.xlsx"
    book.save(path)
    return path


@pytest.fixture
def importing(window: MainWindow) -> ImportDialog:
    window.run_action("import")
    shown: ImportDialog = dialog(ImportDialog)
    return shown


def read(importing: ImportDialog, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(importing.read, timeout=PATIENCE_MS):
        importing.read_paths([path])


def test_what_was_understood_and_what_not_is_shown_before_anything_is_stored(
    importing: ImportDialog, qtbot: QtBot, tracker: Path, ask: Ask
) -> None:
    read(importing, qtbot, tracker)
    review = importing.review
    assert review.files.text() == "tracker.xlsx: 3 rows with a child"
    assert review.result.text().startswith("Importing makes 2 new cases")
    faults = [(row.kind, row.place.row, row.value) for row in review.faults.rows()]
    assert ("Cell not read", 3, "31/02/2026") in faults
    assert review.accounts.text() == "3 rows read = 2 new cases + 1 row left out."
    assert [row.child for row in review.faults.rows() if row.kind == "Row left out"] == [
        "Nobody, Anne"
    ]
    assert [row for row in faults if row[0] == "Row left out"] == [("Row left out", 4, "")]
    assert {(row.heading, row.field) for row in review.headings_part.model.rows()} >= {
        ("Pupil surname", "surname"),
        ("DOB", "born"),
        ("AR meeting", "review_meeting_held"),
    }
    assert {case.surname for _, case in review.cases.rows()} == {"Warsame", "Yilmaz"}
    assert len(ask(lambda session: session.cases())) == 3
    importing.reject()


def test_applying_stores_it_and_undo_takes_it_back(
    importing: ImportDialog, window: MainWindow, qtbot: QtBot, tracker: Path, ask: Ask
) -> None:
    read(importing, qtbot, tracker)
    with qtbot.waitSignal(importing.applied, timeout=PATIENCE_MS):
        importing.apply_button.click()
    wait_until_still(window, qtbot)
    assert window.bar.words.text().startswith("Imported: 2 new cases")
    assert {row.surname for row in ask(lambda session: session.cases())} >= {"Warsame", "Yilmaz"}
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        window.run_action("undo")
        asked = answer(qtbot, "Take it back")
    assert asked == "This takes back the import of tracker.xlsx: 2 cases made. Take it back?"
    assert len(ask(lambda session: session.cases())) == 3


def test_importing_again_has_nothing_to_do(
    importing: ImportDialog, window: MainWindow, qtbot: QtBot, tracker: Path
) -> None:
    read(importing, qtbot, tracker)
    with qtbot.waitSignal(importing.applied, timeout=PATIENCE_MS):
        importing.apply_button.click()
    wait_until_still(window, qtbot)
    window.run_action("import")
    again = dialog(ImportDialog)
    read(again, qtbot, tracker)
    assert again.review.result.text().startswith("Nothing new")
    assert not again.apply_button.isEnabled()
    again.reject()


def test_a_file_that_is_none_is_one_sentence(
    importing: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook at all")
    importing.read_paths([path])
    qtbot.waitUntil(lambda: bool(importing.problem.text()), timeout=PATIENCE_MS)
    assert "broken.xlsx" in importing.problem.text()
    assert importing.apply_button.isHidden()
    importing.reject()


def test_cancel_ends_the_reading_at_once(
    importing: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    importing.read_paths([slow_tracker(tmp_path / "slow.csv")])
    qtbot.waitUntil(lambda: bool(children(os.getpid())), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(shown(ProgressDialog)), timeout=PATIENCE_MS)
    dialog(ProgressDialog).reject()
    qtbot.waitUntil(importing.problem.isVisible, timeout=PATIENCE_MS)
    assert importing.problem.text() == "Stopped. Nothing was changed."
    assert not children(os.getpid())


def test_what_was_not_taken_can_be_kept(
    importing: ImportDialog, qtbot: QtBot, tracker: Path, tmp_path: Path
) -> None:
    read(importing, qtbot, tracker)
    target = tmp_path / "not taken.csv"
    importing.save_faults(target)
    qtbot.waitUntil(lambda: "Saved" in importing.review.faults_said.text(), timeout=PATIENCE_MS)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + importing.review.faults.total + importing.review.doubts_part.model.total
    importing.save_faults(tmp_path)
    qtbot.waitUntil(lambda: "is a folder" in importing.problem.text(), timeout=PATIENCE_MS)
    importing.reject()


def test_a_column_read_wrongly_is_read_again_as_the_person_says(
    importing: ImportDialog, qtbot: QtBot, tracker: Path
) -> None:
    read(importing, qtbot, tracker)
    review = importing.review
    row = next(row for row in review.headings_part.model.rows() if row.heading == "RAG status")
    assert row.field == ""
    review.headings_part.table.select_id(str(row.number))
    assert not review.headings_part.read_again.isEnabled()
    review.headings_part.field.setCurrentIndex(review.headings_part.field.findData("comment"))
    with qtbot.waitSignal(importing.read, timeout=PATIENCE_MS):
        review.headings_part.read_again.click()
    assert {row.heading: row.field for row in review.headings_part.model.rows()}[
        "RAG status"
    ] == "comment"
    assert "G" in {case.comment for _, case in review.cases.rows()}
    importing.reject()


@pytest.fixture
def turned(tmp_path: Path) -> Path:
    """A tracker that a machine set to American dates has half turned round."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Autumn"
    sheet.append(["Surname", "Forename", "DOB", "AR meeting"])
    sheet.append(["Warsame", "Idris", "25/03/2015", "19/03/2026"])
    sheet.append(["Yilmaz", "Ezra", date(2014, 11, 5), "20/03/2026"])
    sheet.append(["Quill", "Anne", "30/08/2013", "21/03/2026"])
    sheet.append(["Hale", "Jo", date(2012, 4, 7), "22/03/2026"])
    path = tmp_path / "turned.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("day and month swapped", [date(2014, 5, 11), date(2012, 7, 4)]),
        ("as shown", [date(2014, 11, 5), date(2012, 4, 7)]),
        ("left out", []),
    ],
)
def test_a_doubtful_column_is_answered_where_it_is_told(
    importing: ImportDialog, qtbot: QtBot, turned: Path, word: str, days: list[date]
) -> None:
    read(importing, qtbot, turned)
    review = importing.review
    assert review.tabs.currentIndex() == 1
    assert {case.surname for _, case in review.cases.rows()} == {"Warsame", "Quill"}
    shown = [one for one, button in review.doubts_part.answers.items() if not button.isHidden()]
    assert shown == ["day and month swapped", "as shown", "left out"]
    with qtbot.waitSignal(importing.read, timeout=PATIENCE_MS):
        review.doubts_part.answers[word].click()
    born = {case.surname: case.born for _, case in review.cases.rows()}
    assert [born[name] for name in ("Yilmaz", "Hale") if name in born] == days
    assert review.tabs.tabText(1) == "&Doubts (0)"
    (row,) = review.doubts_part.model.rows()
    assert (row.said, row.why.partition(",")[0]) == (word, _TOLD[word])
    assert not review.doubts_part.answers[word].isEnabled()
    not_taken = [row.value for row in review.faults.rows() if row.kind == "Cell not read"]
    assert not_taken == ([] if days else ["05/11/2014", "07/04/2012"])
    importing.reject()


_TOLD = {
    "day and month swapped": "Taken with day and month swapped",
    "as shown": "Taken as shown",
    "left out": "Left out",
}


def test_files_dropped_are_read(importing: ImportDialog, qtbot: QtBot, tracker: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tracker))])
    at, nothing = QPoint(10, 10), Qt.KeyboardModifier.NoModifier
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(at, copy, data, left, nothing)
    importing.dragEnterEvent(entering)
    assert entering.isAccepted()
    with qtbot.waitSignal(importing.read, timeout=PATIENCE_MS):
        importing.dropEvent(QDropEvent(at.toPointF(), copy, data, left, nothing))
    assert importing.review.cases.total == 2
    importing.reject()
