"""The real window on a small store."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.services.session import Session
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.starting import open_window
from tests.support import borough as town
from tests.support.borough import PASSPHRASE, PATIENCE_MS, TODAY, Borough, wait_until_still


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Borough:
    """Made once; each test gets a copy of it, with the key beside."""
    return town.found(tmp_path_factory.mktemp("borough") / "borough.store")


@pytest.fixture
def borough(founded: Borough, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Borough:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    folder = shutil.copytree(Path(founded.where).parent, tmp_path / "borough")
    return Borough(str(folder / Path(founded.where).name), founded.ids)


@pytest.fixture
def window(borough: Borough, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window(
        bootstrap.application(), borough.where, TODAY, Preferences(tmp_path / "options")
    )
    qtbot.addWidget(made)
    # To Qt the Ctrl of a test before is still held, so that choosing a row would take it away.
    qtbot.keyRelease(made, Qt.Key.Key_Control)
    qtbot.waitUntil(lambda: made.jobs.is_open, timeout=PATIENCE_MS)
    wait_until_still(made, qtbot)
    yield made
    made.jobs.close()


@pytest.fixture
def ask(window: MainWindow, qtbot: QtBot) -> Callable[[Callable[[Session], Any]], Any]:
    """Ask the open store something, and wait for the answer."""

    def answer(call: Callable[[Session], Any]) -> Any:
        got: list[Any] = []
        window.jobs.ask(call, got.append)
        qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
        return got[0]

    return answer


@pytest.fixture
def go(window: MainWindow, qtbot: QtBot) -> Callable[[str], Any]:
    """Go to a screen and wait until what it asked has come."""

    def show(key: str) -> Any:
        screen = window.show_screen(key)
        wait_until_still(window, qtbot)
        return screen

    return show
