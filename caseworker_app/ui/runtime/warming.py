"""Loads the modules of pages and dialogs once the window is at rest, so that all open at once.

A module at a time, and what it needs before it: all of them together would hold the window for as
long as drawing five pages, and one with all it needs for as long as drawing one.
"""

from __future__ import annotations

import dis
import importlib
import pkgutil
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec

from PySide6.QtCore import QObject, QTimer

from caseworker_app.ui import dialogs, screens
from caseworker_app.ui.screens import specs

_PAUSE_MS = 15
_LOOK_S = 0.004
"""So long at a time it reads what modules need; a larger one it loads at the next turn."""
_OURS = "caseworker_app."
_FIRST = "case"
"""What the modules of the case page are called, which is opened most."""


class Warming(QObject):
    """Loads until there is no more to load, unless its parent goes before."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting = _in_order()[::-1]
        self._looked: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._load)
        self._timer.start()

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to load."""
        return not self._waiting

    def _load(self) -> None:
        until = time.perf_counter() + _LOOK_S
        while self._waiting:
            if time.perf_counter() > until:
                return
            name = self._waiting[-1]
            needs = [] if name in self._looked else [*needed_by(name)]
            self._looked.add(name)
            if needs:
                self._waiting += reversed(needs)
                continue
            self._waiting.pop()
            if name not in sys.modules:
                importlib.import_module(name)
                return
        self._timer.stop()


def needed_by(name: str) -> Iterator[str]:
    """Those of our modules that a module of ours loads as it is loaded, and that are not there yet.

    It is read from the code, which the stand-alone program has too. What stands under
    TYPE_CHECKING is passed over, and so is what functions load.
    """
    if name in sys.modules:
        return
    spec = find_spec(name)
    code = getattr(None if spec is None else spec.loader, "get_code", lambda _: None)(name)
    if code is None:
        return
    over, checking = 0, False
    for step in dis.get_instructions(code):
        if checking and "JUMP" in step.opname and "IF_FALSE" in step.opname:
            over = int(step.argval)
        checking = step.argval == "TYPE_CHECKING" and step.opname.startswith("LOAD")
        if step.offset < over or step.opname != "IMPORT_NAME":
            continue
        if step.argval.startswith(_OURS) and step.argval not in sys.modules:
            yield step.argval


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
