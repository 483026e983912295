"""How many keys the two commonest jobs take, counted at the real window beside a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.reviews import ReviewsScreen
from tests.support.borough import TODAY, wait_until_still
from tests.support.grid import ENTER, row
from tests.support.sessions import reviewed
from tests.support.window import activate

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
MEETING_IN_A_SHEET, TEN_DECISIONS_IN_A_SHEET = 18, 30
"""As counted in a spreadsheet: find the child, go to the column, type the date; type and fill."""
SURNAMES = ("Ames", "Bell", "Cole", "Dunn", "Ekin", "Frost", "Gale", "Hale", "Iles", "Judd")


class Keys:
    """Presses keys wherever the keyboard is, and counts them; a chord counts as one."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.count = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        self.count += 1
        QTest.keyClick(QApplication.focusWidget() or self._window, key, held)

    def type(self, text: str) -> None:
        for sign in text:
            self.count += 1
            QTest.keyClicks(QApplication.focusWidget() or self._window, sign)


def test_a_meeting_held_takes_fewer_keys_than_in_a_spreadsheet(
    window: MainWindow, go: Callable[[str], Any], qtbot: QtBot
) -> None:
    reviews = go("reviews")
    go("today")
    activate(window, qtbot)
    keys = Keys(window)
    keys.press(Qt.Key.Key_3, CONTROL)
    keys.press(Qt.Key.Key_F, CONTROL)
    keys.type("pat")
    keys.press(ENTER)
    keys.type("t")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        keys.press(ENTER)
    wait_until_still(window, qtbot)
    assert row(reviews, "Patel").meeting == TODAY
    print(f"meeting held: {keys.count} keys, in a spreadsheet about {MEETING_IN_A_SHEET}")  # noqa: T201
    assert keys.count == 8 < MEETING_IN_A_SHEET


def test_ten_decisions_take_fewer_keys_than_in_a_spreadsheet(
    window: MainWindow,
    ask: Callable[[Callable[[Any], Any]], Any],
    go: Callable[[str], Any],
    qtbot: QtBot,
) -> None:
    ask(lambda session: [reviewed(session, surname) for surname in SURNAMES])
    reviews: ReviewsScreen = go("reviews")
    go("today")
    activate(window, qtbot)
    keys = Keys(window)
    keys.press(Qt.Key.Key_3, CONTROL)
    for _ in range(9):
        keys.press(Qt.Key.Key_Down, SHIFT)
    keys.type("t m")
    with qtbot.waitSignal(window.hub.done, timeout=20_000):
        keys.press(ENTER, CONTROL)
    wait_until_still(window, qtbot)
    decided = [one for one in reviews.model.rows() if one.decision == TODAY]
    assert [one.outcome for one in decided] == ["maintain"] * 10
    print(f"ten decisions: {keys.count} keys, in a spreadsheet about {TEN_DECISIONS_IN_A_SHEET}")  # noqa: T201
    assert keys.count == 14 < TEN_DECISIONS_IN_A_SHEET
