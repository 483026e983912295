from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.screens.rules import RulesScreen, rule_html, rule_lines


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
