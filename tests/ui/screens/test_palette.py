from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.palette import Palette
from tests.support.borough import Borough, dialog, wait_until_still
from tests.support.window import activate


@pytest.fixture
def palette(window: MainWindow, qtbot: QtBot) -> Palette:
    activate(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    made = dialog(Palette)
    wait_until_still(window, qtbot)
    return made


def test_a_few_letters_and_enter_go_to_a_child(
    window: MainWindow, palette: Palette, borough: Borough, qtbot: QtBot
) -> None:
    qtbot.keyClicks(palette.search, "roh pat")
    assert [goal.title for goal in palette.model.rows()] == ["Patel, Rohan"]
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    wait_until_still(window, qtbot)
    page = window.page()
    assert page is not None
    assert page.context().child_ids == (borough.ids["Patel"],)


def test_what_enter_goes_to_is_the_first_of_the_list_and_a_child_before_an_action(
    palette: Palette, qtbot: QtBot
) -> None:
    first = []
    for letter in "pat":
        qtbot.keyClicks(palette.search, letter)
        chosen = palette.table.current_row()
        assert chosen == palette.model.rows()[0]
        first.append(getattr(chosen, "title", ""))
    assert first == ["Patel, Rohan"] * 3
    palette.reject()


def test_an_action_can_be_found_and_done(
    window: MainWindow, palette: Palette, qtbot: QtBot
) -> None:
    qtbot.keyClicks(palette.search, "annual reviews")
    assert [goal.id for goal in palette.model.rows()] == ["go.reviews"]
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    wait_until_still(window, qtbot)
    page = window.page()
    assert page is not None
    assert page.key == "reviews"


def test_only_what_can_be_done_now_is_there(window: MainWindow, palette: Palette) -> None:
    ids = {goal.id for goal in palette.model.all_rows() if goal.of == "action"}
    # What can be undone is found out a moment after the window is there.
    assert ids | {"undo"} == set(window.offered()) - {"palette"} | {"undo"}
    assert "case.next" not in ids


def test_enter_on_nothing_found_does_nothing(
    window: MainWindow, palette: Palette, qtbot: QtBot
) -> None:
    qtbot.keyClicks(palette.search, "nobody of that name")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.reject()
