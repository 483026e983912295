"""After an end by itself, or a bug: what is kept is said, the report is read and saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from caseworker_app.crash_report import Report
from caseworker_app.services.drafts import save_draft
from caseworker_app.ui.dialogs.crash import ReportDialog, tell_ended
from caseworker_app.ui.main_window import MainWindow
from tests.support.borough import PATIENCE_MS, dialog, shown
from tests.ui.screens.conftest import ask, borough, founded, window

__all__ = ["ask", "borough", "founded", "window"]


def test_the_next_start_says_what_was_kept_and_says_it_once(
    window: MainWindow, ask: object, qtbot: QtBot, tmp_path: Path
) -> None:
    ask(lambda session: save_draft(session, "note", {"text": "call back"}))  # type: ignore[operator]
    path = tmp_path / "window-00000000.running"
    path.write_text("", encoding="utf-8")
    tell_ended(window, [Report("at jobs.py:12", broke=True, path=path)], window)
    qtbot.waitUntil(lambda: bool(shown(ReportDialog)), timeout=PATIENCE_MS)
    found = dialog(ReportDialog)
    words = " ".join(label.text() for label in found.findChildren(QLabel))
    assert "1 form you had begun is kept" in words
    assert not path.exists()

    found.save(tmp_path / "no folder" / "report.txt")
    assert "cannot be written" in found.problem.text()
    found.save(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == "at jobs.py:12"
    assert not found.isVisible()


def test_of_an_end_from_outside_the_bar_says_what_was_kept(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "window-00000000.running"
    path.write_text("", encoding="utf-8")
    tell_ended(window, [Report("no word", broke=False, path=path)], window)
    qtbot.waitUntil(lambda: "ended from outside" in window.bar.words.text(), timeout=PATIENCE_MS)
    assert not shown(ReportDialog)
    assert not path.exists()


def test_a_bug_can_be_read_before_it_is_reported(window: MainWindow, qtbot: QtBot) -> None:
    window.show_bug("AB12CD34", "Something went wrong.")
    box = dialog(QMessageBox)
    report = next(one for one in box.buttons() if "report" in one.text())
    qtbot.mouseClick(report, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(shown(ReportDialog)), timeout=PATIENCE_MS)
    assert "AB12CD34" in dialog(ReportDialog).text.toPlainText()
