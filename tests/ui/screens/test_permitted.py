"""What one may not do is not offered in the window: no action, no screen, no button, no copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from caseworker_app import bootstrap
from caseworker_app.domain.permissions import Person
from caseworker_app.services.session import Session
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.screens import specs
from caseworker_app.ui.starting import open_window
from tests.support.borough import PATIENCE_MS, TODAY, Borough, wait_until_still

RETURNS = specs.ScreenSpec(
    "replies", "&Replies", "house", "Ctrl+9", "work", "returns", kind="setting"
)
WRITING = ("case.new", "entry.new", "record.fact", "import", "store.backup", "tools.recompute")


@pytest.fixture
def roles() -> str:
    return "caseworker"


@pytest.fixture
def window(
    borough: Borough,
    qtbot: QtBot,
    tmp_path: Path,
    roles: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    opens = bootstrap.open_session

    def as_somebody(*given: Any, **named: Any) -> Session:
        session = opens(*given, **named)
        person = Person("Ann Lee", frozenset(roles.split()))
        return Session(session.store, session.rules, session.clock, person)

    application = bootstrap.application()
    monkeypatch.setattr(bootstrap, "open_session", as_somebody)
    with specs.only_here(RETURNS):
        made = open_window(application, borough.where, TODAY, Preferences(tmp_path / "options"))
        qtbot.addWidget(made)
        qtbot.waitUntil(lambda: made.jobs.is_open, timeout=PATIENCE_MS)
        wait_until_still(made, qtbot)
        yield made
        made.jobs.close()


def shown(window: MainWindow) -> set[str]:
    return {key for key, action in window.binder.actions.items() if action.isVisible()}


def places(window: MainWindow) -> list[str]:
    items = [window.side.list.item(at) for at in range(window.side.list.count())]
    return [one.text() for one in items if not one.isHidden()]


@pytest.mark.parametrize("roles", ["reader"])
def test_who_may_only_read_is_offered_nothing_that_writes(
    window: MainWindow, go: Callable[[str], Any], borough: Borough, qtbot: QtBot
) -> None:
    caseworkers = go("caseworkers")
    assert not {"case.new", "record.fact", "import", "store.backup"} & shown(window)
    assert not set(WRITING) & window.offered().keys()
    assert {"copy", "find", "history"} <= window.offered().keys()
    assert caseworkers.new.isHidden()
    assert caseworkers.change.isHidden()
    menus = [one.text() for one in window.menuBar().actions() if one.isVisible()]
    assert "&Case" in menus
    assert "&Record" not in menus or "entry.new" in shown(window)
    assert "Replies" in places(window)
    rules = go("rules")
    offered = {one.text() for one in rules.findChildren(QPushButton) if not one.isHidden()}
    assert not {"New versio&n…", "Our own tar&get…", "Use this reading…", "Chan&ge…"} & offered
    reviews = go("reviews")
    assert not any(
        reviews.model.flags(reviews.model.index(0, at)) & Qt.ItemFlag.ItemIsEditable
        for at in range(reviews.model.columnCount())
    )
    window.open_case(borough.ids["Okafor"])
    wait_until_still(window, qtbot)
    pressed = {one.text() for one in window.page().findChildren(QPushButton) if not one.isHidden()}
    assert not {"Record…  Ctrl+R", "Save", "Change…", "Remove…"} & pressed
    assert pressed & {"Next \u203a", "\u203a"}


def test_a_caseworker_is_offered_what_is_theirs_and_copies_no_list_of_others(
    window: MainWindow, go: Callable[[str], Any], qtbot: QtBot
) -> None:
    assert {"case.new", "record.fact", "case.reassign"} <= shown(window)
    assert not {"store.backup", "caseworker.new", "go.replies"} & shown(window)
    assert "Replies" not in places(window)
    cases = go("cases")
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("nothing")
    cases.table.selectAll()
    window.run_action("copy")
    wait_until_still(window, qtbot)
    assert clipboard.text() == "nothing"
    assert "but for your own cases" in window.bar.words.text()
    cases.table.clearSelection()
    cases.table.go_first()
    window.run_action("copy")
    assert "Okafor" in clipboard.text()
