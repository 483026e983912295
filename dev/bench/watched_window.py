"""A window that is watched while somebody works in it: what holds its thread, and for how long.

Arguments: the store, its passphrase being in CASEWORKER_PASSPHRASE, the day, and a folder for
preferences. One line of JSON is the answer: see `work`.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseworker_app import bootstrap
from caseworker_app.ui.application import begin

if TYPE_CHECKING:
    from watchdog import Watchdog

    from caseworker_app.ui.main_window import MainWindow

WORDS = ("oko", "primary", "smith j")
PAGES = 40
SAVES = 3
_UNUSED = 20
"""So many days back nothing was recorded yet by the window that worked on the store before."""


def main(store: str, today: str, folder: str) -> None:
    """Begin to open the store before Qt is loaded, as the program does."""
    gc.disable()
    day = date.fromisoformat(today)
    early = begin(lambda told: bootstrap.open_session(store, today=day, progress=told))
    import window_work
    from watchdog import Watchdog

    from caseworker_app.ui.runtime.preferences import Preferences
    from caseworker_app.ui.starting import open_window

    watch = Watchdog()
    window_work.turn = watch.turn
    watch.doing = "start"
    window = open_window(bootstrap.application(), store, day, Preferences(Path(folder)), early)
    window_work.settle(window)
    told = work(window, watch, day)
    window.close()
    print(json.dumps(told), flush=True)


def work(window: MainWindow, watch: Watchdog, day: date) -> dict[str, Any]:
    """Go through the window; what was measured.

    Returns:
        `steps`: by screen the median seconds of the window's thread until it is painted, of a
        `keystroke`, a `sort` and a `page down`; `calls`: the longest calls on that thread, seconds
        and words, longest first; `each`: the longest of each thing that was done.
    """
    from watched_places import everywhere, paste
    from window_work import save, settle

    found: list[Any] = []
    window.jobs.ask(lambda session: session.reviews()[:1], found.extend)
    settle(window)
    everywhere(window, watch, found[0].child_id)
    steps: dict[str, dict[str, float]] = {}
    for key in ("today", "reviews", "cases"):
        screen: Any = window.show_screen(key)
        settle(window)
        ways = {"keystroke": _keystrokes, "sort": _sorts, "page down": _pages}
        steps[key] = {
            name: _median(watch, f"a {name} in {key}", way(screen)) for name, way in ways.items()
        }
    watch.do("case, a further time", lambda: window.open_case(found[0].child_id))
    settle(window)
    watch.doing = "a save"
    for back in range(SAVES):
        save(window, day - timedelta(days=_UNUSED + back))
    settle(window)
    watch.do("undo", lambda: window.run_action("undo"))
    settle(window)
    paste(window, watch, day)
    return {"steps": steps, "calls": watch.longest(), "each": watch.longest_of_each()}


def _median(watch: Watchdog, what: str, steps: Iterator[Callable[[], object]]) -> float:
    """The median of steps, each until it is painted, in seconds of the window's thread."""
    return statistics.median([watch.until_painted(what, step) for step in steps])


def _keystrokes(screen: Any) -> Iterator[Callable[[], object]]:  # noqa: ANN401
    from PySide6.QtTest import QTest

    for word in WORDS:
        for letter in word:
            yield lambda letter=letter: QTest.keyClicks(screen.search, letter)
        for _ in word:
            yield screen.search.backspace


def _sorts(screen: Any) -> Iterator[Callable[[], object]]:  # noqa: ANN401
    from PySide6.QtCore import Qt

    orders = (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder)
    # The first time a column is sorted its keys are made; what counts is each time.
    for _ in range(2):
        for column in range(screen.model.columnCount()):
            for order in orders:
                yield lambda column=column, order=order: screen.table.sortByColumn(column, order)


def _pages(screen: Any) -> Iterator[Callable[[], object]]:  # noqa: ANN401
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    for _ in range(PAGES):
        yield lambda: QTest.keyClick(screen.table, Qt.Key.Key_PageDown)


if __name__ == "__main__":
    main(*sys.argv[1:])
