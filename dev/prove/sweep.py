"""Every screen and dialog at three sizes in three themes: names, words, room, colours and keys."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

COUNT = 3
"""How many sizes are looked at."""

_TODAY = date(2026, 11, 22)
_PASSPHRASE = "invented children"  # noqa: S105  (no secret)
_CHILDREN = 150


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Look at everything at so many sizes; the figures, and a line for each thing wrong."""
    os.environ["CASEWORKER_PASSPHRASE"] = _PASSPHRASE
    from caseworker_app.bootstrap import application

    given = application()
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        where = str(Path(folder) / "sweep.store")
        given.demo(where, children=_CHILDREN, seed=seed, today=_TODAY, passphrase=_PASSPHRASE)
        lines += _sweep(given, where, Path(folder), count)
    return lines


def _sweep(given: object, where: str, folder: Path, count: int) -> list[str]:
    from caseworker_app.domain.rows import CaseRow
    from caseworker_app.services import commands as do
    from caseworker_app.ui.pictures import wait_until_still
    from caseworker_app.ui.runtime.preferences import Preferences
    from caseworker_app.ui.screens.specs import PLACES
    from caseworker_app.ui.starting import open_window, qt_application
    from caseworker_app.ui.theme import tokens
    from tests.support.sweeping import SIZES
    from tests.support.sweeping_walk import DIALOGS, Walk

    qt_application()
    window = open_window(given, where, _TODAY, Preferences(folder))  # type: ignore[arg-type]
    window.theme.choose(tokens.LIGHT)
    still = lambda: wait_until_still(window)  # noqa: E731
    still()
    long_named = {"surname": "Featherstonehaugh-Wolstenholme", "forename": "Maximiliana Rosalind"}
    window.jobs.submit(do.AddChild({**long_named, "born": date(2014, 3, 3), "reference": "L1"}))
    still()
    cases: list[CaseRow] = []
    window.jobs.ask(lambda session: session.cases(), cases.extend)
    still()
    busiest = next(row for row in cases if row.next_due is not None)
    lines, looked = [], Counter[str]()
    for name, room in list(SIZES.items())[:count]:
        left = set(DIALOGS)
        with Walk(window, room, still, tokens.NAMES) as walk:
            found = []
            for key in PLACES:
                found += walk.screen(key, keys=True)
                offered = [one for one in DIALOGS if one in left & set(window.offered())]
                found += walk.dialogs(offered)
                left -= set(offered)
            found += walk.case(busiest.id, keys=True)
            found += walk.dialogs([one for one in DIALOGS if one in left])
            looked[name] = len(walk.looked)
        lines += [f"WRONG {name}: {one}" for one in dict.fromkeys(found)]
    window.close()
    told = ", ".join(f"{many} at {name}" for name, many in looked.items())
    return [f"screens, tabs and dialogs looked at in {len(tokens.NAMES)} themes: {told}", *lines]
