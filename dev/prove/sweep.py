"""Every screen and dialog at three sizes in three themes: names, words, room, colours and keys."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from caseworker_app.bootstrap import application
from caseworker_app.domain.rows import CaseRow
from caseworker_app.services import commands as do
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.pictures import wait_until_still
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.screens.specs import PLACES
from caseworker_app.ui.starting import open_window, qt_application
from caseworker_app.ui.theme import tokens
from tests.support import sweeping
from tests.support.sweeping_walk import DIALOGS, Walk

COUNT = 3
"""How many sizes are looked at."""

_TODAY = date(2026, 11, 22)
_PASSPHRASE = "invented children"  # noqa: S105  (no secret)
_CHILDREN = 150
_LONG_NAMED = {
    "surname": "Featherstonehaugh-Wolstenholme",
    "forename": "Maximiliana Rosalind",
    "born": date(2014, 3, 3),
    "reference": "L1",
}


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Look at everything at so many sizes; the figures, and a line for each thing wrong."""
    os.environ["CASEWORKER_PASSPHRASE"] = _PASSPHRASE
    given = application()
    qt_application()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        where = str(Path(folder) / "sweep.store")
        given.demo(where, children=_CHILDREN, seed=seed, today=_TODAY, passphrase=_PASSPHRASE)
        window = open_window(given, where, _TODAY, Preferences(Path(folder)))
        try:
            return _sweep(window, count)
        finally:
            window.close()


def _sweep(window: MainWindow, count: int) -> list[str]:
    still = partial(wait_until_still, window)
    still()
    window.jobs.submit(do.AddChild(_LONG_NAMED))
    still()
    cases: list[CaseRow] = []
    window.jobs.ask(lambda session: session.cases(), cases.extend)
    still()
    child = next(row for row in cases if row.next_due is not None)
    lines: list[str] = []
    looked = Counter[str]()
    for name, room in list(sweeping.SIZES.items())[:count]:
        # A theme takes long to put on: once for all screens. Names and room are as in the first.
        for theme in tokens.NAMES:
            first = theme == tokens.NAMES[0]
            window.theme.choose(theme)
            with Walk(window, room, still, sweeping.faults if first else _colours) as walk:
                found = _walk(walk, child.id, keys=first)
            looked[name] += len(walk.looked)
            lines += [f"WRONG {name}, {theme}: {one}" for one in dict.fromkeys(found)]
    told = ", ".join(f"{many} at {name}" for name, many in looked.items())
    return [f"screens, tabs and dialogs looked at in {len(tokens.NAMES)} themes: {told}", *lines]


def _walk(walk: Walk, child_id: str, *, keys: bool) -> list[str]:
    """Go to every screen, to the case of a child, and to each dialog where it is offered first."""
    found, left = list[str](), list(DIALOGS)
    for key in (*PLACES, "case"):
        case = key == "case"
        found += walk.case(child_id, keys=keys) if case else walk.screen(key, keys=keys)
        offered = [one for one in left if one in walk.window.offered()]
        found += walk.dialogs(offered)
        left = [one for one in left if one not in offered]
    return found


def _colours(root: QWidget, room: QSize) -> list[str]:
    del room
    return sweeping.pale(root)
