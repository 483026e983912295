"""Finding and working controls as somebody does who only hears their names."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

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
