"""Loads the modules of pages and dialogs once the window is at rest, so that all open at once.

A module at a time: all of them together would hold the window for as long as drawing five pages.
"""

from __future__ import annotations

import importlib
import pkgutil

from PySide6.QtCore import QObject, QTimer

from caseworker_app.ui import dialogs, screens
from caseworker_app.ui.screens import specs

_PAUSE_MS = 15
_FIRST = "case"
"""What the modules of the case page are called, which is opened most."""


class Warming(QObject):
    """Loads until there is no more to load, unless its parent goes before."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting = _in_order()[::-1]
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._load)
        self._timer.start()

    def _load(self) -> None:
        if self._waiting:
            importlib.import_module(self._waiting.pop())
        else:
            self._timer.stop()


def _in_order() -> list[str]:
    """The case page first, then the places from top to bottom, then what is left, then dialogs.

    Of a page its parts come first, and the page itself, which needs all of them, last.
    """
    of_places = dict.fromkeys(one.make.partition(":")[0] for one in specs.screens())
    firsts = (_FIRST, *of_places, "")
    left = {one.name for one in pkgutil.iter_modules(screens.__path__)}
    order: list[str] = []
    for first in firsts:
        mine = sorted(
            (one for one in left if one.startswith(first)), key=lambda one: (-len(one), one)
        )
        left.difference_update(mine)
        order += (f"{screens.__name__}.{one}" for one in mine)
    forms = sorted(one.name for one in pkgutil.iter_modules(dialogs.__path__))
    return [*order, *(f"{dialogs.__name__}.{one}" for one in forms)]
