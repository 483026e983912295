"""Whatever can be reached by keys has a name, and every field has its label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.dialog_keys import main_button
from caseworker_app.ui.screens.first_start import FirstStart
from caseworker_app.ui.screens.specs import PLACES
from caseworker_app.ui.stores.dialogs import (
    ChangePassphraseDialog,
    NewStoreDialog,
    PassphraseDialog,
)
from tests.support.borough import Borough, wait_until_still
from tests.support.sweeping import focusable, nameless, spoken, unlabelled, unnamed_views
from tests.support.window import activate

DIALOGS = (
    "school.pack",
    "calendar",
    "case.handover",
    "case.new",
    "record.fact",
    "record.done",
    "import",
    "store.new",
    "store.passphrase",
    "palette",
    "history",
    "help.keys",
    "help.guide",
    "help.about",
    "tools.calculator",
)


_PARTS = 6
"""In so many windows the screens are gone through, so that the tests spread over the cores."""


def faults(root: QWidget) -> list[str]:
    return nameless(root) + unlabelled(root) + unnamed_views(root)


def enter_by_place(dialog: QDialog, qtbot: QtBot) -> set[QPushButton | None]:
    """What Enter means as one tabs round a dialog; what has no button at all is left out."""
    activate(dialog, qtbot)
    meant = set()
    for _ in range(len(list(focusable(dialog))) + 1):
        at = QApplication.focusWidget()
        qtbot.keyClick(at or dialog, Qt.Key.Key_Tab)
        if not isinstance(dialog, QMessageBox | QFileDialog):
            meant.add(main_button(dialog))
    return meant


def test_every_control_of_a_screen_has_a_name(go: Callable[[str], Any]) -> None:
    for key in PLACES:
        screen = go(key)
        assert faults(screen) == [], key
        assert spoken(screen), key
        assert len(list(focusable(screen))) > 1, key


def test_every_control_of_a_case_has_a_name(
    window: MainWindow, borough: Borough, qtbot: QtBot
) -> None:
    window.open_case(borough.ids["Okafor"])
    wait_until_still(window, qtbot)
    case = window.page()
    assert case is not None
    for tab in range(case.tabs.count()):  # type: ignore[attr-defined]
        case.tabs.setCurrentIndex(tab)  # type: ignore[attr-defined]
        wait_until_still(window, qtbot)
        assert faults(case) == []


def test_every_control_around_the_screens_has_a_name(window: MainWindow) -> None:
    window.say("Something was recorded.", "group")
    assert faults(window) == []


@pytest.mark.parametrize("action", DIALOGS)
def test_every_control_of_a_dialog_has_a_name(
    window: MainWindow, go: Callable[[str], Any], qtbot: QtBot, action: str
) -> None:
    activate(window, qtbot)
    go("today")
    before = set(QApplication.topLevelWidgets())
    window.run_action(action)
    wait_until_still(window, qtbot)
    opened = [
        one
        for one in QApplication.topLevelWidgets()
        if one not in before and one.isVisible() and isinstance(one, QDialog)
    ]
    assert len(opened) == 1
    dialog = opened[0]
    assert dialog.windowTitle()
    assert faults(dialog) == []
    assert enter_by_place(dialog, qtbot) <= {main_button(dialog)}
    dialog.close()


@pytest.mark.parametrize(
    "make",
    [
        lambda: NewStoreDialog("new.store", None),
        lambda: PassphraseDialog("old.store", None),
        lambda: ChangePassphraseDialog(None),
        FirstStart,
    ],
)
def test_every_control_before_a_store_is_open_has_a_name(
    qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    widget = make()
    widget.show()
    assert faults(widget) == []
    widget.close()
    widget.deleteLater()


@pytest.mark.parametrize("part", range(_PARTS))
def test_tab_goes_through_every_control_of_a_screen_and_comes_back(
    window: MainWindow, go: Callable[[str], Any], qtbot: QtBot, part: int
) -> None:
    for key in PLACES[part::_PARTS]:
        screen = go(key)
        activate(window, qtbot)
        wanted = set(focusable(screen))
        screen.take_focus()
        seen: list[QWidget] = []
        for _ in range(2 * len(list(focusable(window)))):
            at = QApplication.focusWidget()
            assert at is not None
            seen.append(at)
            qtbot.keyClick(at, Qt.Key.Key_Tab)
        missed = {spoken(widget) for widget in wanted} - {spoken(widget) for widget in seen}
        assert not missed, key


def test_no_screen_has_two_controls_with_one_mnemonic(
    window: MainWindow, go: Callable[[str], Any], borough: Borough, qtbot: QtBot
) -> None:
    menus = set(_mnemonics(action.text() for action in window.menuBar().actions()))
    found = []
    for key in (*PLACES, "case"):
        if key == "case":
            window.open_case(borough.ids["Okafor"])
            wait_until_still(window, qtbot)
        screen = go(key)
        signs = _mnemonics(_texts(screen))
        if len(signs) != len(set(signs)) or menus & set(signs):
            found.append((key, signs, menus & set(signs)))
    assert found == []


def _texts(screen: QWidget) -> Iterator[str]:
    """The words of every label, button and tab that can be seen."""
    for widget in screen.findChildren(QWidget):
        if not widget.isVisibleTo(screen):
            continue
        if isinstance(widget, QAbstractButton) or (
            isinstance(widget, QLabel) and widget.buddy() is not None
        ):
            yield widget.text()
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(number) for number in range(widget.count()))


def _mnemonics(texts: Iterable[str]) -> list[str]:
    return [text[text.index("&") + 1].lower() for text in texts if "&" in text.replace("&&", "")]
