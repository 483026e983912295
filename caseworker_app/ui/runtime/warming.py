"""Loads the case page's modules once the window is at rest, so that the first case opens at once.

A module at a time: all of them together would hold the window for as long as drawing five pages.
"""

from __future__ import annotations

import importlib
import pkgutil

from PySide6.QtCore import QObject, QTimer

from caseworker_app.ui import screens

_PAUSE_MS = 25
_FIRST = "case"
"""What the modules' names begin with; the page itself, which needs all others, comes last."""


class Warming(QObject):
    """Loads until there is no more to load, unless its parent goes before."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        names = [one.name for one in pkgutil.iter_modules(screens.__path__)]
        self._waiting = sorted((one for one in names if one.startswith(_FIRST)), key=len)
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._load)
        self._timer.start()

    def _load(self) -> None:
        # The longest name first, and so the page itself last.
        if self._waiting:
            importlib.import_module(f"{screens.__name__}.{self._waiting.pop()}")
        else:
            self._timer.stop()
