"""Kept returns in the window: counted again, compared, commented on, sent on, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from caseworker_app.ui.dialogs.kept_return import CommentDialog, SentDialog, WithdrawDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.returns import ReturnsScreen
from caseworker_app.ui.screens.returns_runs import RunsView
from tests.support.borough import PATIENCE_MS, dialog, shown, wait_until_still


@pytest.fixture
def view(go: Callable[[str], Any], window: MainWindow, qtbot: QtBot, tmp_path: Path) -> RunsView:
    """The list of kept returns, with two that were published as rows."""
    screen: ReturnsScreen = go("returns")
    qtbot.waitUntil(lambda: screen.measures.model.total > 0, timeout=PATIENCE_MS)
    window.run_action("returns.comment")
    wait_until_still(window, qtbot)
    assert "Select a kept return first" in window.bar.words.text()
    assert "No return has been written yet" in screen.runs.empty.text()
    for name in ("first.csv", "second.json"):
        window.run_action("returns.tidy")
        save = dialog(QFileDialog)
        save.fileSelected.emit(str(tmp_path / name))
        save.reject()
        qtbot.waitUntil(lambda name=name: name in window.bar.words.text(), timeout=PATIENCE_MS)
        dialog(QMessageBox).reject()
    wait_until_still(window, qtbot)
    runs = screen.runs
    qtbot.waitUntil(lambda: runs.model.total == 2, timeout=PATIENCE_MS)
    return runs


def test_a_kept_return_is_counted_again_compared_and_written(
    view: RunsView, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    view.table.select_id("1")
    window.run_action("returns.again")
    qtbot.waitUntil(lambda: "same figures" in view.heading.text(), timeout=PATIENCE_MS)
    assert view.heading.text() == "The same figures as were kept of return 1."
    window.run_action("returns.compare")
    qtbot.waitUntil(lambda: "today" in view.heading.text(), timeout=PATIENCE_MS)
    assert view.heading.text() == "Return 1 and today: No figure differs."
    window.run_action("undo")
    wait_until_still(window, qtbot)
    window.run_action("returns.compare")
    qtbot.waitUntil(lambda: "figures differ" in view.heading.text(), timeout=PATIENCE_MS)
    assert any(row.case for row in view.found.rows())
    view.table.selectAll()
    view.compare()
    qtbot.waitUntil(lambda: "and return 2" in view.heading.text(), timeout=PATIENCE_MS)
    view.table.select_id("1")
    window.run_action("returns.write_kept")
    save = dialog(QFileDialog)
    save.fileSelected.emit(str(tmp_path / "again.csv"))
    save.reject()
    qtbot.waitUntil(lambda: "again.csv" in window.bar.words.text(), timeout=PATIENCE_MS)
    first = (tmp_path / "first.csv").read_bytes()
    assert (tmp_path / "again.csv").read_bytes() == first


def test_what_is_said_of_a_kept_return_stands_in_the_list(
    view: RunsView, window: MainWindow, qtbot: QtBot
) -> None:
    view.table.select_id("2")
    window.run_action("returns.comment")
    qtbot.waitUntil(lambda: bool(shown(CommentDialog)), timeout=PATIENCE_MS)
    comment: CommentDialog = dialog(CommentDialog)
    comment.measure.setCurrentIndex(comment.measure.findData("W1.4g"))
    comment.words.setPlainText("All are sent now.")
    comment.accept()
    qtbot.waitUntil(lambda: "Commentary on return 2" in view.heading.text(), timeout=PATIENCE_MS)
    assert [(row.figure, row.what) for row in view.found.rows()] == [("W1.4g", "All are sent now.")]
    window.run_action("returns.sent")
    sent: SentDialog = dialog(SentDialog)
    sent.to.setText("The Board")
    sent.accept()
    qtbot.waitUntil(lambda: "The Board" in _cells(view, "sent"), timeout=PATIENCE_MS)
    window.run_action("returns.withdraw")
    gone: WithdrawDialog = dialog(WithdrawDialog)
    gone.accept()
    assert gone.isVisible()
    gone.why.setText("A slip in the period")
    gone.never_left.setChecked(True)
    gone.accept()
    qtbot.waitUntil(lambda: "never left" in _cells(view, "state"), timeout=PATIENCE_MS)
    assert "A slip in the period" in view.heading.text()
    window.run_action("returns.withdraw")
    assert "withdrawn already" in window.bar.words.text()


def _cells(view: RunsView, key: str) -> str:
    (column,) = (one for one in view.model.columns if one.key == key)
    return "\n".join(column.text(row) for row in view.model.rows())
