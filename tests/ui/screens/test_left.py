"""What is left to a person, decided on the case page and in the list, by spoken names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.ui.dialogs.left import LeftDialog
from caseworker_app.ui.dialogs.merge import MergeDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.case import CaseScreen
from caseworker_app.ui.screens.import_files import ImportDialog
from tests.a11y.test_names import faults
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still

Ask = Callable[[Callable[[Any], Any]], Any]

# Another birthday for Okafor, and Patel again under another reference.
ROWS = """Ref,Surname,Forename,DOB
TH-Okafor,Okafor,Grace,4/3/2014
NB88,Patel,Rohan,6/5/2019
"""


def answer(root: QWidget, words: str) -> None:
    """Press the one button whose name begins so."""
    found = [
        one
        for one in root.findChildren(QPushButton)
        if (one.accessibleName() or one.text().replace("&", "")).startswith(words)
        and one.isVisibleTo(root)
    ]
    assert len(found) == 1, [one.text() for one in found]
    assert found[0].isEnabled()
    found[0].click()


@pytest.fixture
def left(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> LeftDialog:
    """The list that opens after an import that leaves something to a person."""
    path = tmp_path / "autumn.csv"
    path.write_text(ROWS, encoding="utf-8")
    window.run_action("import")
    importing = dialog(ImportDialog)
    with qtbot.waitSignal(importing.read, timeout=PATIENCE_MS):
        importing.read_paths([path])
    assert importing.review.doubts_part.model.total == 2
    assert "+" in importing.review.accounts.text()
    assert faults(importing) == []
    with qtbot.waitSignal(importing.applied, timeout=PATIENCE_MS):
        importing.apply_button.click()
    wait_until_still(window, qtbot)
    assert "2 rows read = 1 new case + 1 case with nothing new." in window.bar.words.text()
    found: LeftDialog = dialog(LeftDialog)
    return found


def decided(window: MainWindow, qtbot: QtBot, do: Callable[[], None]) -> None:
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        do()
    wait_until_still(window, qtbot)


def test_the_list_grows_shorter_with_every_answer(
    left: LeftDialog, window: MainWindow, qtbot: QtBot, borough: Borough, ask: Ask
) -> None:
    assert faults(left) == []
    assert left.count.text() == "2 things left to you"
    left.table.select_id(next(row.id for row in left.model.rows() if row.field == "born"))
    assert "A file says the birthday is 4 Mar 2014 (autumn.csv" in left.words.text()
    assert not left.buttons["merge"].isEnabled()
    decided(window, qtbot, lambda: answer(left, "Take it"))
    key = borough.ids["Okafor"]
    assert str(ask(lambda session: session.case(key)).child.born) == "2014-03-04"
    assert left.count.text() == "1 thing left to you"
    assert "Perhaps the same child as Patel, Rohan" in left.words.text()
    assert not left.buttons["take"].isEnabled()
    decided(window, qtbot, lambda: answer(left, "They are two children"))
    assert left.model.total == 0
    assert "Nothing is left" in left._empty.text()
    left.reject()
    window.run_action("tools.left")
    wait_until_still(window, qtbot)
    assert shown(LeftDialog) == []
    assert "Nothing is left to decide" in window.bar.words.text()


def test_two_in_the_list_are_merged_from_it(
    left: LeftDialog, window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    left.table.select_id(next(row.id for row in left.model.rows() if row.other_id))
    answer(left, "Merge")
    wait_until_still(window, qtbot)
    form = dialog(MergeDialog)
    assert form.go.isEnabled()
    decided(window, qtbot, form.go.click)
    assert len(ask(lambda session: session.cases())) == 3
    assert left.count.text() == "1 thing left to you"
    left.reject()


def test_a_case_says_what_is_left_and_takes_the_answer(
    left: LeftDialog, window: MainWindow, qtbot: QtBot, borough: Borough
) -> None:
    left.reject()
    window.open_case(borough.ids["Okafor"])
    wait_until_still(window, qtbot)
    page = window.page()
    assert isinstance(page, CaseScreen)
    assert not page.left.isHidden()
    assert faults(page) == []
    decided(window, qtbot, lambda: answer(page.left, "Leave it: A file says the birthday is 4 Mar"))
    assert page.left.isHidden()
    assert "stays 3 Mar 2014" in window.bar.words.text()

    window.open_case(borough.ids["Patel"])
    wait_until_still(window, qtbot)
    answer(page.left, "Merge…: Perhaps the same child")
    wait_until_still(window, qtbot)
    dialog(MergeDialog).reject()
    decided(window, qtbot, lambda: answer(page.left, "They are two children: Perhaps"))
    assert page.left.isHidden()
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        window.run_action("undo")
    wait_until_still(window, qtbot)
    assert not page.left.isHidden()
