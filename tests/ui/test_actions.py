from __future__ import annotations

import collections

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from caseworker_app.domain.permissions import ROLES, Person
from caseworker_app.ui.actions.binder import Binder
from caseworker_app.ui.actions.catalogue import HERE, MENUS, every_action
from caseworker_app.ui.screens.specs import PLACES


def test_no_two_actions_share_an_id_or_keys(qapp: QApplication) -> None:
    ids = collections.Counter(spec.id for spec in every_action())
    keys = collections.Counter(QKeySequence(spec.keys).toString() for spec in every_action())
    del keys[""]
    assert max(ids.values()) == 1
    assert [found for found, count in keys.items() if count > 1] == []


def test_every_action_can_be_reached_by_keys_and_every_shortcut_is_one(qapp: QApplication) -> None:
    for spec in every_action():
        assert spec.keys or spec.hint, spec.id
        assert not spec.keys or QKeySequence(spec.keys).count() == 1, spec.id
        assert spec.menu.split("/")[0] in MENUS, spec.id


def test_no_two_entries_of_a_menu_share_a_mnemonic() -> None:
    for menu in {spec.menu for spec in every_action()}:
        signs = [
            spec.text[spec.text.index("&") + 1].lower()
            for spec in every_action()
            if spec.menu == menu and "&" in spec.text
        ]
        below = {spec.menu for spec in every_action() if spec.menu.startswith(f"{menu}/")}
        signs += [path[path.index("/&") + 2].lower() for path in below]
        assert len(signs) == len(set(signs)), (menu, sorted(signs))


def test_every_action_is_offered_to_somebody() -> None:
    every = Person("A. Ali", frozenset(ROLES))
    asked = (spec for spec in every_action() if spec.asks is not None and spec.asks.area != HERE)
    for spec in asked:
        assert every.may(*spec.asks.wanted, own=spec.asks.own), spec.id


def test_every_place_can_be_gone_to() -> None:
    assert {f"go.{place}" for place in PLACES} <= {spec.id for spec in every_action()}


@pytest.fixture
def binder(qtbot: QtBot) -> Binder:
    window = QMainWindow()
    qtbot.addWidget(window)
    ran = []
    made = Binder(window, ran.append, lambda: ran.append("filled"))
    made.ran, made.window = ran, window
    return made


def test_the_titles_are_there_at_once_and_the_rest_when_it_is_filled(binder: Binder) -> None:
    titles = binder.window.menuBar().actions()
    assert [one.text() for one in titles] == list(MENUS)
    assert [one for one in titles if not one.menu().isEmpty()] == []
    binder.say("undo", "Undo: a note")
    binder.tick("view.side", on=True)
    binder.switch({"undo": None})
    assert binder.permit(Person("Ann", roles=frozenset()))
    assert binder.ran == []
    binder.fill()
    assert binder.ran == ["filled"]
    assert binder.actions["undo"].text() == "Undo: a note"
    assert binder.actions["undo"].isEnabled()
    assert binder.actions["view.side"].isChecked()
    assert binder.actions["undo"].isVisible()
    assert not binder.actions["tools.people"].isVisible()


def test_only_what_is_offered_is_on(binder: Binder) -> None:
    binder.switch({"undo": None, "case.open": None})
    on = {action_id for action_id, action in binder.actions.items() if action.isEnabled()}
    assert on == {"undo", "case.open"}


def test_an_action_tells_its_id(binder: Binder) -> None:
    binder.actions["go.cases"].trigger()
    assert binder.ran == ["filled", "go.cases"]


def test_keys_a_list_handles_itself_stand_beside_the_entry(binder: Binder) -> None:
    action = binder.actions["case.open"]
    assert action.text().endswith("\tEnter")
    assert action.shortcut().isEmpty()


def test_a_menu_opened_before_it_is_filled_shows_what_stands_in_it(binder: Binder) -> None:
    menu = binder._menus[MENUS[0]]
    assert not menu.actions()
    menu.aboutToShow.emit()
    assert menu.actions()
    assert binder.ran == ["filled"]
