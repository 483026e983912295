"""Finding and working controls as somebody does who only hears their names."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.support.borough import PATIENCE_MS

W = TypeVar("W", bound=QWidget)


def named(parent: QWidget, kind: type[W], name: str) -> W:
    """The one control of a class with this accessible name."""
    found = [one for one in parent.findChildren(kind) if one.accessibleName() == name]
    assert len(found) == 1, [one.accessibleName() for one in parent.findChildren(kind)]
    return found[0]


def activate(window: QWidget, qtbot: QtBot) -> None:
    """Let the keyboard go to the window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def answer(qtbot: QtBot, words: str) -> str:
    """Press the button with these words in the question that comes; the value is the question."""
    qtbot.waitUntil(lambda: bool(_questions()), timeout=PATIENCE_MS)
    (box,) = _questions()
    asked = box.text()
    (button,) = (one for one in box.buttons() if one.text().replace("&", "") == words)
    button.click()
    qtbot.waitUntil(lambda: not _questions(), timeout=PATIENCE_MS)
    return asked


def _questions() -> list[QMessageBox]:
    held = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
    return [one for one in held if one.isVisible()]


def choose(parent: QWidget, name: str, code: str) -> None:
    """Choose an entry of the combo box with this accessible name, by its code."""
    box = named(parent, QComboBox, name)
    box.setCurrentIndex(box.findData(code))
