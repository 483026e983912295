"""Buttons that stand for an action: gone where one may not do it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

_ACTION = "caseworker.action"


def stands_for(button: QPushButton, action_id: str) -> QPushButton:
    """Say that a button does what an action does."""
    button.setProperty(_ACTION, action_id)
    return button


def hide_all_but(let: Callable[[str], bool], within: QWidget) -> None:
    """Hide the buttons of a page that stand for what one may not do; `let` gets an action's id."""
    for button in within.findChildren(QPushButton):
        action_id = button.property(_ACTION)
        if isinstance(action_id, str) and not let(action_id):
            button.hide()
