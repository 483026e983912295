"""How many keys the two commonest jobs take, counted at the real window beside a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.reviews import ReviewsScreen
from tests.support.borough import TODAY
from tests.support.grid import row
from tests.support.hands import Hands
from tests.support.sessions import reviewed

MEETING_IN_A_SHEET, TEN_DECISIONS_IN_A_SHEET = 18, 30
"""As counted in a spreadsheet: find the child, go to the column, type the date; type and fill."""
SURNAMES = ("Ames", "Bell", "Cole", "Dunn", "Ekin", "Frost", "Gale", "Hale", "Iles", "Judd")


def test_a_meeting_held_takes_fewer_keys_than_in_a_spreadsheet(
    window: MainWindow, go: Callable[[str], Any], qtbot: QtBot
) -> None:
    reviews = go("reviews")
    go("today")
    hands = Hands(window, qtbot)
    hands.press("Ctrl+3", "Ctrl+F")
    hands.type("pat")
    hands.press("Return")
    hands.type("t")
    hands.press("Return")
    assert row(reviews, "Patel").meeting == TODAY
    assert hands.keys == 8 < MEETING_IN_A_SHEET


def test_ten_decisions_take_fewer_keys_than_in_a_spreadsheet(
    window: MainWindow,
    ask: Callable[[Callable[[Any], Any]], Any],
    go: Callable[[str], Any],
    qtbot: QtBot,
) -> None:
    ask(lambda session: [reviewed(session, surname) for surname in SURNAMES])
    reviews: ReviewsScreen = go("reviews")
    go("today")
    hands = Hands(window, qtbot)
    hands.press("Ctrl+3", "Alt+W")
    hands.type("h")
    hands.press("Return")
    assert hands.where == "Annual reviews"
    hands.press("Shift+Down", times=9)
    hands.type("t m")
    hands.press("Ctrl+Return")
    decided = [one for one in reviews.model.rows() if one.decision == TODAY]
    assert [one.outcome for one in decided] == ["maintain"] * 10
    assert hands.keys == 17 < TEN_DECISIONS_IN_A_SHEET
