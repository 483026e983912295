from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.services.commands import AddRecord
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.autism import AutismScreen
from caseworker_app.ui.screens.figures import FiguresScreen
from tests.support.borough import PATIENCE_MS, wait_until_still


def test_a_figure_told_stands_with_its_trend_and_below_by_itself(
    go: Callable[[str], Any], window: MainWindow, qtbot: QtBot
) -> None:
    screen: FiguresScreen = go("figures")
    qtbot.waitUntil(lambda: screen.upper.rows_model.total > 0, timeout=PATIENCE_MS)
    for on, value in ((date(2026, 6, 30), "900"), (date(2026, 9, 30), "1100")):
        fields = {"measure": "W4.2c", "on": on, "value": value, "source": "Site", "by": "Ann"}
        window.jobs.submit(AddRecord("hand_value", fields))
        wait_until_still(window, qtbot)
    assert screen.upper.select_id("W4.2c")
    row: Any = screen.upper.current_row()
    assert (row.latest, len(row.figures), row.rating.words) == ("1,100", 2, "On target")
    assert screen.model.shown == 2
    assert "Up from 900" in screen.said.text()
    screen.upper.select_id("W4.3a")
    assert screen.model.shown == 0


def test_a_month_of_the_autism_path_shows_its_referrals(
    go: Callable[[str], Any], window: MainWindow, qtbot: QtBot
) -> None:
    screen: AutismScreen = go("autism")
    qtbot.waitUntil(lambda: screen.upper.rows_model.total == 24, timeout=PATIENCE_MS)
    fields = {"reference": "R1", "referred_on": date(2026, 6, 3), "triaged_on": date(2026, 6, 5)}
    window.jobs.submit(AddRecord("autism_referral", fields))
    wait_until_still(window, qtbot)
    assert screen.upper.select_id("2026-06-01")
    assert screen.model.shown == 1
    months: Any = screen.upper.rows_model.rows()
    assert [one.best for one in months][-1] == 1
    screen.upper.select_id("2026-07-01")
    assert screen.model.shown == 0
