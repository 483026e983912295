"""A store whose dates were counted by other rules, opened in the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.domain import signing_in
from caseworker_app.domain.permissions import Person
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.new_rules import NewRulesDialog, changes_words
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.starting import open_window
from tests.support import borough as town
from tests.support.borough import (
    PASSPHRASE,
    PATIENCE_MS,
    TODAY,
    Borough,
    dialog,
    shown,
    wait_until_still,
)
from tests.support.packs import pack


@pytest.fixture
def borough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Borough:
    """Its decisions after a review were due after three weeks."""
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    with monkeypatch.context() as other:
        quicker = {"rules/AR-07.toml": ("number = 4", "number = 3")}
        other.setattr(bootstrap, "PACK", pack(quicker, version="2026.1.1", application="0.0.1"))
        return town.found(tmp_path / "borough.store")


@pytest.fixture
def window(borough: Borough, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window(
        bootstrap.application(), borough.where, TODAY, Preferences(tmp_path / "options")
    )
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.jobs.is_open, timeout=PATIENCE_MS)
    wait_until_still(made, qtbot)
    yield made
    made.jobs.close()


def due(window: MainWindow, borough: Borough, qtbot: QtBot) -> date:
    found: list[date] = []

    def ask(session: Session) -> date:
        case = session.case(borough.ids["Okafor"])
        return next(one.due for one in case.deadlines if one.rule == "AR-07" and not one.met_on)

    window.jobs.ask(ask, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    return found[0]


def test_what_changes_is_shown_before_it_does(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    shown = dialog(NewRulesDialog)
    changes = [change for _, change in shown.model.rows()]
    assert {change.rule for change in changes} == {"AR-07"}
    assert (date(2026, 11, 6), date(2026, 11, 13)) in {(one.old, one.new) for one in changes}
    assert shown.said.text().startswith("The rules are newer than the dates in this store.")
    assert due(window, borough, qtbot) == date(2026, 11, 6)
    shown.reject()


def test_agreeing_counts_every_date_anew(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        dialog(NewRulesDialog).go.click()
    wait_until_still(window, qtbot)
    assert due(window, borough, qtbot) == date(2026, 11, 13)
    assert "counted anew" in window.bar.words.text()


def test_who_may_not_change_the_rules_is_told_and_asked_nothing(
    borough: Borough, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        signing_in, "Person", lambda who, **_: Person(who, frozenset({"caseworker"}))
    )
    made = open_window(
        bootstrap.application(), borough.where, TODAY, Preferences(tmp_path / "options")
    )
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.jobs.is_open, timeout=PATIENCE_MS)
    wait_until_still(made, qtbot)
    assert not shown(NewRulesDialog)
    assert "has to put them in force" in made.bar.words.text()
    assert due(made, borough, qtbot) == date(2026, 11, 6)
    made.jobs.close()


def test_newer_rules_that_move_no_date_are_asked_about_too() -> None:
    assert changes_words(()) == (
        "The rules are newer than the dates in this store. They move no date; nothing has changed "
        "yet."
    )
