"""Places: pupils beside places, a forecast worked out on request, its past, and a scenario kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pytestqt.qtbot import QtBot

from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.record import RecordDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.places import PlacesScreen
from tests.support.borough import PATIENCE_MS, dialog, shown, wait_until_still
from tests.support.sessions import add_child, done, record

Ask = Callable[[Callable[[Session], Any]], Any]


def at_a_special_school(session: Session) -> None:
    """Four children with plans of some years at one special school with three places."""
    done(session, do.AddRecord("setting", {"name": "Elm Tree", "kind": "special"}))
    place = next(one.id for one in session.settings() if one.name == "Elm Tree")
    fields = {"setting_id": place, "year": 2026, "kind": "special", "places": 3}
    done(session, do.AddRecord("commissioned", fields))
    for number in range(4):
        born = date(2013 + number, 2, 1)
        child = add_child(session, f"Placed {'abcd'[number]}", born=born, setting_id=place)
        record(session, child, "plan_sent", date(2022 + number // 2, 6, 2))


def test_places_a_forecast_its_past_and_a_scenario(
    window: MainWindow, qtbot: QtBot, go: Callable[[str], Any], ask: Ask
) -> None:
    ask(at_a_special_school)
    screen: PlacesScreen = go("places")
    screen.refresh()
    wait_until_still(window, qtbot)
    row = next(one for one in screen.filled.model.rows() if one.setting == "Elm Tree")
    assert (row.kind, row.stands) == ("special", "1 over")

    # What is commissioned there is changed, not added a second time.
    screen.filled.table.select_id(row.id)
    window.run_action("entry.change")
    qtbot.waitUntil(lambda: bool(shown(RecordDialog)), timeout=PATIENCE_MS)
    form: RecordDialog = dialog(RecordDialog)
    assert (form.form.texts()["places"], form.form.texts()["year"]) == ("3", "2026")
    form.fields["places"].setText("4")
    form.accept()
    wait_until_still(window, qtbot)
    row = next(one for one in screen.filled.model.rows() if one.setting == "Elm Tree")
    assert "4 of 4" in [one.words for one in row.years]

    screen.simulations = 60
    screen.growth.setValue(10)
    window.run_action("places.forecast")
    wait_until_still(window, qtbot)
    assert screen.front() is screen.ahead
    lines = {one.name: one for one in screen.ahead.model.rows()}
    assert lines["Special school"].words(2026) == "4"
    assert set(lines["All plans"].bands) == set(range(2026, 2032))
    assert "New plans +10 % a year" in screen.ahead.said.text()
    screen.by.setCurrentIndex(screen.by.findData("years_taught"))
    assert "Year 4" in {one.name for one in screen.ahead.model.rows()}
    assert screen.past.model.total
    assert "there were" in screen.past.said.text()

    window.run_action("places.keep")
    screen.name.setText("Growth of a tenth")
    window.run_action("places.keep")
    wait_until_still(window, qtbot)
    screen.growth.setValue(0)
    kept = [one.name for one in screen.scenarios.model.rows()]
    assert kept == ["This page", "Growth of a tenth"]
    screen.tabs.setCurrentWidget(screen.scenarios)
    assert screen.table.select_id(screen.scenarios.model.rows()[1].id)
    screen.scenarios.opened.emit(screen.scenarios.row())
    assert screen.growth.value() == 10
