"""The council's own rules of this computer, brought into the store when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.folder_rules import FolderBox
from caseworker_app.ui.dialogs.new_rules import NewRulesDialog
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


@pytest.fixture
def borough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Borough:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "readings.toml").write_text('A2 = "anniversary"\n', "utf-8")
    monkeypatch.setenv("CASEWORKER_RULES", str(folder))
    return town.found(tmp_path / "borough.store")


def opened(borough: Borough, qtbot: QtBot, folder: Path) -> MainWindow:
    made = open_window(bootstrap.application(), borough.where, TODAY, Preferences(folder))
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.jobs.is_open, timeout=PATIENCE_MS)
    wait_until_still(made, qtbot)
    return made


@pytest.fixture
def window(borough: Borough, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = opened(borough, qtbot, tmp_path / "options")
    yield made
    made.jobs.close()


def reads(window: MainWindow, qtbot: QtBot) -> str:
    found: list[str] = []

    def ask(session: Session) -> str:
        return session.rulebook().reads("A2")

    window.jobs.ask(ask, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    return found[0]


def test_a_yes_shows_what_moves_and_then_brings_them_in(window: MainWindow, qtbot: QtBot) -> None:
    assert reads(window, qtbot) == "day_before"
    dialog(FolderBox).yes.click()
    qtbot.waitUntil(lambda: bool(shown(NewRulesDialog)), timeout=PATIENCE_MS)
    changes = [change for _, change in dialog(NewRulesDialog).model.rows()]
    assert (date(2026, 10, 29), date(2026, 10, 30)) in {(one.old, one.new) for one in changes}
    with qtbot.waitSignal(window.hub.done, timeout=PATIENCE_MS):
        dialog(NewRulesDialog).go.click()
    wait_until_still(window, qtbot)
    assert reads(window, qtbot) == "anniversary"
    assert "brought in from a folder" in window.bar.words.text()


def test_a_no_is_kept_for_this_store_and_changes_nothing(
    window: MainWindow, borough: Borough, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog(FolderBox).no.click()
    assert reads(window, qtbot) == "day_before"
    window.preferences.save()
    window.jobs.close()
    again = opened(borough, qtbot, tmp_path / "options")
    assert not shown(FolderBox)
    again.jobs.close()
