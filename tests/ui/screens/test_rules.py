from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.domain.alerts import BirthdayThreshold
from caseworker_app.ui.dialogs.alert_threshold import AlertThresholdDialog
from caseworker_app.ui.dialogs.local_target import LocalTargetDialog
from caseworker_app.ui.dialogs.new_rules import NewRulesDialog
from caseworker_app.ui.dialogs.own_version import OwnVersionDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.rules import RulesScreen
from caseworker_app.ui.screens.rules_alerts import AlertsList
from caseworker_app.ui.screens.rules_points import standing_words
from caseworker_app.ui.screens.rules_text import rule_html, rule_lines
from tests.support.borough import PATIENCE_MS, Borough, dialog, shown, wait_until_still


@pytest.fixture
def rules(go: Callable[[str], Any], qtbot: QtBot) -> RulesScreen:
    screen: RulesScreen = go("rules")
    qtbot.waitUntil(lambda: screen.model.total > 0, timeout=20_000)
    return screen


def test_every_rule_of_the_pack_is_listed_once(rules: RulesScreen) -> None:
    _, versions = bootstrap.application().rules()
    assert [row.version.rule for row in rules.model.rows()] == list(
        dict.fromkeys(version.rule for version in versions)
    )


def test_each_shows_its_text_source_and_check(rules: RulesScreen) -> None:
    for row in rules.model.rows():
        rules.table.select_id(row.version.rule)
        text = rules.text.toPlainText()
        assert row.version.what in text
        assert row.version.source in text
        assert "checked" in text


def test_rules_are_found_by_words_and_by_kind(rules: RulesScreen) -> None:
    rules.search.setText("AR-07")
    assert "AR-07" in {row.version.rule for row in rules.model.rows()}
    rules.search.clear()
    rules.show_.setCurrentIndex(rules.show_.findData("text"))
    assert rules.model.shown > 0
    assert all(not row.dated for row in rules.model.rows())


def test_the_version_in_force_stands_in_the_list_and_old_checks_are_marked() -> None:
    _, versions = bootstrap.application().rules()
    old = next(one for one in versions if one.rule == "AR-07")
    now = replace(old, since=date(2027, 1, 1), period="within 3 weeks")
    then = replace(old, until=date(2026, 12, 31), checked_on=date(2025, 1, 1))
    (before,) = rule_lines((then, now), date(2026, 11, 22))
    (after,) = rule_lines((then, now), date(2027, 2, 1))
    assert (before.version.period, before.stale) == ("within 4 weeks", True)
    assert (after.version.period, after.stale) == ("within 3 weeks", False)
    assert "to 31 Dec 2026" in rule_html(after, "#000000")
    assert "within 3 weeks" in rule_html(after, "#000000")


def test_the_window_goes_there_by_its_action(window: MainWindow) -> None:
    window.run_action("go.rules")
    page = window.page()
    assert page is not None
    assert page.key == "rules"


def okafor(ask: Callable[[Callable[[Any], Any]], Any], borough: Borough) -> dict[str, date]:
    case = ask(lambda session: session.case(borough.ids["Okafor"]))
    return {one.rule: one.due for one in case.deadlines if one.met_on is None}


def test_a_target_is_set_and_its_dates_come_after_they_were_shown(
    rules: RulesScreen,
    window: MainWindow,
    borough: Borough,
    qtbot: QtBot,
    ask: Callable[[Callable[[Any], Any]], Any],
) -> None:
    rules.table.select_id("AR-07")
    rules.set_target()
    form = dialog(LocalTargetDialog)
    form.go.click()
    assert form.form._problems["number"].text() == "The number has to be 1 or more."
    form.number.setText("3")
    form.since.line.setText("1/9/2026")
    form.source.setText("Cabinet, 4 March 2026")
    form.go.click()
    qtbot.waitUntil(lambda: bool(shown(NewRulesDialog)), timeout=PATIENCE_MS)
    changes = dialog(NewRulesDialog)
    rows = [change for _, change in changes.model.rows()]
    assert {(one.rule, one.old, one.new) for one in rows} == {
        ("OWN-AR-07", None, date(2026, 11, 6))
    }
    assert "OWN-AR-07" not in okafor(ask, borough)
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        changes.go.click()
    wait_until_still(window, qtbot)
    found = okafor(ask, borough)
    assert (found["OWN-AR-07"], found["AR-07"]) == (date(2026, 11, 6), date(2026, 11, 13))
    qtbot.waitUntil(lambda: rules.model.line_of("OWN-AR-07") >= 0, timeout=PATIENCE_MS)
    rules.table.select_id("OWN-AR-07")
    rules.remove_own()
    qtbot.waitUntil(lambda: bool(shown(NewRulesDialog)), timeout=PATIENCE_MS)
    assert dialog(NewRulesDialog).said.text().startswith("This moves ")
    dialog(NewRulesDialog).reject()
    assert okafor(ask, borough)["OWN-AR-07"] == date(2026, 11, 6)
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        window.run_action("undo")
    wait_until_still(window, qtbot)
    assert "OWN-AR-07" not in okafor(ask, borough)
    qtbot.waitUntil(lambda: rules.model.line_of("OWN-AR-07") < 0, timeout=PATIENCE_MS)


def test_a_version_is_added_from_a_day_on_and_taken_away_again(
    rules: RulesScreen,
    window: MainWindow,
    borough: Borough,
    qtbot: QtBot,
    ask: Callable[[Callable[[Any], Any]], Any],
) -> None:
    rules.table.select_id("AR-07")
    window.run_action("rules.version")
    qtbot.waitUntil(lambda: bool(shown(OwnVersionDialog)), timeout=PATIENCE_MS)
    form = dialog(OwnVersionDialog)
    form.go.click()
    assert form.form._problems["since"].text() == "Enter the first day it is in force."
    form.since.line.setText("1/9/2014")
    form.number.setText("3")
    form.number.textEdited.emit("3")
    assert form.period.text() == "within 3 weeks"
    form.go.click()
    problems = form.form._problems
    said = "There is a version from 2014-09-01 already"
    qtbot.waitUntil(lambda: said in problems["since"].text(), timeout=PATIENCE_MS)
    form.since.line.setText("1/9/2026")
    form.address.setText("a book")
    form.go.click()
    said_then = "Give the address of the source"
    qtbot.waitUntil(lambda: said_then in problems["address"].text(), timeout=PATIENCE_MS)
    form.address.setText("https://example.org/regulations")
    form.go.click()
    qtbot.waitUntil(lambda: bool(shown(NewRulesDialog)), timeout=PATIENCE_MS)
    changes = dialog(NewRulesDialog)
    rows = [change for _, change in changes.model.rows()]
    assert ("AR-07", date(2026, 11, 13), date(2026, 11, 6)) in {
        (one.rule, one.old, one.new) for one in rows
    }
    assert okafor(ask, borough)["AR-07"] == date(2026, 11, 13)
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        changes.go.click()
    wait_until_still(window, qtbot)
    assert okafor(ask, borough)["AR-07"] == date(2026, 11, 6)
    rules.table.select_id("AR-07")
    assert "added here" in rules.text.toPlainText()
    window.run_action("rules.remove")
    qtbot.waitUntil(lambda: bool(shown(NewRulesDialog)), timeout=PATIENCE_MS)
    back = [change for _, change in dialog(NewRulesDialog).model.rows()]
    assert {(one.old, one.new) for one in back} >= {(date(2026, 11, 6), date(2026, 11, 13))}
    dialog(NewRulesDialog).reject()


def test_another_reading_shows_what_it_changes_and_says_that_it_is_our_choice(
    rules: RulesScreen, window: MainWindow, qtbot: QtBot
) -> None:
    points = rules.points
    points.table.select_id("A2")
    assert "in use, recommended" in points.text.toPlainText()
    assert not points.use.isEnabled()
    points.options.setCurrentIndex(points.options.findData("anniversary"))
    points.use.click()
    qtbot.waitUntil(lambda: bool(shown(NewRulesDialog)), timeout=PATIENCE_MS)
    changes = [change for _, change in dialog(NewRulesDialog).model.rows()]
    assert (date(2026, 10, 29), date(2026, 10, 30)) in {(one.old, one.new) for one in changes}
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        dialog(NewRulesDialog).go.click()
    wait_until_still(window, qtbot)
    # A tab behind takes over what changed once it is asked for.
    assert rules.points is points
    points.table.select_id("A2")
    reading = points.reading()
    assert reading is not None
    assert standing_words(reading) == "our own choice"
    rules.table.select_id("AR-02")
    assert "The anniversary, as most councils count." in rules.text.toPlainText()


def test_an_alert_is_changed_and_taken_back_and_moves_no_date(
    rules: RulesScreen, window: MainWindow, qtbot: QtBot
) -> None:
    alerts = rules.alerts
    qtbot.waitUntil(lambda: alerts.model.total > 0, timeout=PATIENCE_MS)
    rules.tabs.setCurrentWidget(alerts)
    (line,) = [
        one
        for one in alerts.model.rows()
        if "AR-07" in one.rules.split(", ") and one.of.level.words == "red"
    ]
    assert (line.when, line.words) == ("7 days before", "3 weeks since the meeting, no decision")
    alerts.table.select_id(str(line.place))
    window.run_action("alerts.change")
    form = dialog(AlertThresholdDialog)
    form.number.setText("many")
    form.go.click()
    assert form.form._problems["number"].text() == "The number has to be from 0 to 366."
    form.number.setText("10")
    form.words.setText("18 days and no decision")
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        form.go.click()
    wait_until_still(window, qtbot)
    qtbot.waitUntil(lambda: "18 days and no decision" in words(alerts), timeout=PATIENCE_MS)
    assert not shown(NewRulesDialog)
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        window.run_action("alerts.reset")
    wait_until_still(window, qtbot)
    qtbot.waitUntil(lambda: "18 days and no decision" not in words(alerts), timeout=PATIENCE_MS)


def words(alerts: AlertsList) -> list[str]:
    return [line.words for line in alerts.model.rows()]


def test_a_birthday_alert_is_changed_in_its_place(
    rules: RulesScreen, window: MainWindow, qtbot: QtBot
) -> None:
    alerts = rules.alerts
    qtbot.waitUntil(lambda: alerts.model.total > 0, timeout=PATIENCE_MS)
    rules.tabs.setCurrentWidget(alerts)
    before = alerts.lines
    last = before[-1]
    assert isinstance(last.of, BirthdayThreshold)
    for months in ("2", "1"):
        alerts.table.select_id(str(last.place))
        window.run_action("alerts.change")
        form = dialog(AlertThresholdDialog)
        form.number.setText(months)
        with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
            form.go.click()
        wait_until_still(window, qtbot)
    assert [one.of for one in alerts.lines[:-1]] == [one.of for one in before[:-1]]
    assert alerts.lines[-1].of == replace(last.of, months=1)
    assert all(one.record is not None for one in alerts.lines)
