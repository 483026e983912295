from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app.domain.whose import Scope
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.forecast import ForecastScreen
from caseworker_app.ui.screens.forecast_columns import WEEKS, monday
from tests.support.borough import PATIENCE_MS, TODAY, Borough, wait_until_still


@pytest.fixture
def forecast(go: Callable[[str], Any], qtbot: QtBot) -> ForecastScreen:
    screen: ForecastScreen = go("forecast")
    qtbot.waitUntil(lambda: screen.model.total > 0, timeout=PATIENCE_MS)
    return screen


def steps(screen: ForecastScreen) -> set[tuple[str, str, date]]:
    return {(row.child, row.words, row.latest) for row in screen.model.rows()}


def test_each_step_still_to_take_has_its_last_day(forecast: ForecastScreen) -> None:
    # Patel's first review is due on 1 February 2027, the day before the anniversary of the plan.
    found = steps(forecast)
    assert ("Patel, Rohan", "Hold the meeting", date(2027, 1, 4)) in found
    assert ("Patel, Rohan", "Fix the meeting and invite", date(2026, 12, 21)) in found
    # Silva's plan is due 20 weeks after 1 October 2026; the draft goes out 15 days before.
    assert ("Silva, Leo", "Send the decision", date(2026, 11, 12)) in found


def test_the_grid_counts_the_steps_by_week_and_adds_up(forecast: ForecastScreen) -> None:
    every, *others = forecast.lines.rows()
    assert every.name == "All"
    assert every.total == sum(line.total for line in others) == forecast.model.total
    assert every.passed == sum(row.passed for row in forecast.model.all_rows())
    weeks = [column.key for column in forecast.lines.columns[2:-1]]
    assert weeks[0] == monday(TODAY).isoformat()
    assert len(weeks) == WEEKS


def test_a_number_opens_its_steps(forecast: ForecastScreen) -> None:
    forecast.by.setCurrentIndex(forecast.by.findData("setting"))
    line = next(line for line in forecast.lines.rows() if line.name == "Ben Jonson")
    at = forecast.lines.rows().index(line)
    forecast.grid.setCurrentIndex(forecast.lines.index(at, 0))
    forecast._choose()
    assert {row.setting for row in forecast.model.rows()} == {"Ben Jonson"}
    assert forecast.model.shown == line.total
    forecast.grid.setCurrentIndex(forecast.lines.index(at, 1))
    forecast._choose()
    assert forecast.model.shown == line.passed
    assert all(row.passed for row in forecast.model.rows())
    week = max(line.counts, key=lambda day: line.counts[day])
    column = 2 + (week - monday(TODAY)).days // 7
    forecast.grid.setCurrentIndex(forecast.lines.index(at, column))
    forecast._choose()
    assert forecast.model.shown == line.counts[week]
    forecast.chips.removed.emit("line")
    assert forecast.model.shown == forecast.model.total


def test_a_step_opens_its_case(
    forecast: ForecastScreen, window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    row = next(row for row in forecast.model.rows() if row.child == "Silva, Leo")
    forecast.table.opened.emit(row)
    wait_until_still(window, qtbot)
    page = window.page()
    assert page is not None
    assert page.context().child_ids == (borough.ids["Silva"],)


def test_it_shows_and_counts_the_steps_of_the_cases_shown_alone(
    window: MainWindow, forecast: ForecastScreen, qtbot: QtBot
) -> None:
    total = forecast.model.total
    window.whose.choose(Scope.UNASSIGNED)
    qtbot.waitUntil(lambda: forecast.model.total < total)
    nobodys = forecast.model.total
    assert not {row.caseworker for row in forecast.model.all_rows()} - {""}
    assert forecast.lines.rows()[0].total == nobodys
    window.whose.choose(Scope.EVERYONE)
    qtbot.waitUntil(lambda: forecast.model.total == total)
