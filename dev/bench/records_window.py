"""A window on a store with a million records: how long what is asked for takes to be there.

Arguments: the store, its passphrase being in CASEWORKER_PASSPHRASE, the day, and a folder for
preferences. One line of JSON is the answer: see `work`.

Seconds are those of the processor, of the window's thread and the database's together, so that
others on the machine add none.
"""

from __future__ import annotations

import gc
import json
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseworker_app import bootstrap
from caseworker_app.ui.application import begin

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from caseworker_app.ui.main_window import MainWindow

REFERENCE = "a reference: 200,000 words sorted"
CASES = 12
TYPED = "Reads a page aloud, twice a week"
KEPT = 5
PATIENCE_MS = 300_000
WHOLE = ", until the whole of it is there"
_STILL = 3
"""So many turns of the event loop without anything asked: all is there, and painted."""


def main(store: str, today: str, folder: str) -> None:
    """Begin to open the store before Qt is loaded, as the program does."""
    gc.disable()
    day = date.fromisoformat(today)
    early = begin(lambda told: bootstrap.open_session(store, today=day, progress=told))

    from caseworker_app.ui.runtime.preferences import Preferences
    from caseworker_app.ui.runtime.warming import Warming
    from caseworker_app.ui.starting import open_window, qt_application

    qt_application()
    window = open_window(bootstrap.application(), store, day, Preferences(Path(folder)), early)
    wait(lambda: window.jobs.is_open)
    come_to_rest(window)
    # What is measured is the work of a window that has been open for some seconds.
    wait(lambda: all(one.is_done for one in window.findChildren(Warming)))
    # A dialog that told of the opening has the keyboard still, where no desktop gives it back.
    window.activateWindow()
    told = work(window)
    window.close()
    print(json.dumps(told), flush=True)


def work(window: MainWindow) -> dict[str, float]:
    """Do what is measured; by its words the seconds that each took."""
    return {
        REFERENCE: reference(),
        **_case(window),
        **_plan(window),
        **_adulthood(window),
        **_quality(window),
        **_lists(window),
    }


def reference() -> float:
    """Seconds of the processor for something plain, to hold the other figures against."""
    words = [f"{number * 7919 % 200_003:06}" for number in range(200_000)]
    started = time.process_time()
    sorted(words)
    return time.process_time() - started


def wait(said: Callable[[], Any]) -> None:
    """Let the window work until something is so, asleep while nothing comes."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    late = QTimer(singleShot=True)
    late.start(PATIENCE_MS)
    while not said():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if not late.isActive():
            raise SystemExit("the window did not come to rest")


def come_to_rest(window: MainWindow) -> None:
    """Wait until all that was asked is there, what follows it too, and painted."""
    from PySide6.QtWidgets import QApplication

    still = 0
    while still < _STILL:
        wait(lambda: not window.jobs.is_busy)
        QApplication.processEvents()
        still = 0 if window.jobs.is_busy else still + 1


def taken(window: MainWindow, act: Callable[[], object]) -> float:
    """Seconds until what an action asks for is there and painted, with all that follows it."""
    started = time.process_time()
    act()
    come_to_rest(window)
    return time.process_time() - started


def shown(
    window: MainWindow,
    words: str,
    act: Callable[[], object],
    model: Any = None,  # noqa: ANN401
) -> dict[str, float]:
    """Seconds until the list in front has rows that are painted, and until all of it is there.

    Args:
        window: the window.
        words: what is done.
        act: does it.
        model: the list's, where it has rows that others replace; else they are awaited in what is
            in front then.
    """
    from PySide6.QtWidgets import QApplication

    replaced: list[bool] = []
    if model is not None:
        model.modelReset.connect(lambda: replaced.append(True))
    started = time.process_time()
    act()
    page: Any = window.page()
    wait(
        lambda: (
            not window.jobs.is_busy or (page.table.rows_model.shown and (model is None or replaced))
        )
    )
    QApplication.processEvents()
    first = time.process_time() - started
    come_to_rest(window)
    return {words: first, f"{words}{WHOLE}": time.process_time() - started}


def _case(window: MainWindow) -> dict[str, float]:
    found: list[Any] = []
    window.jobs.ask(lambda session: session.reviews()[: CASES * 7 : 7], found.extend)
    come_to_rest(window)
    ids = [one.child_id for one in found]
    first = taken(window, lambda: window.open_case(ids[0]))
    each = [taken(window, lambda one=one: window.open_case(one)) for one in ids[1:]]
    return {"case page, the first": first, "case page, another": statistics.median(each)}


def _plan(window: MainWindow) -> dict[str, float]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    page: Any = window.page()
    turned = taken(window, page.show_plan)
    tree = page.plan.tree
    lines = [node.key for node, _ in tree.every("line") if node.line.record is not None]
    keys: list[float] = []
    kept: list[float] = []
    for at in range(KEPT):
        tree.go_to(lines[at % len(lines)])
        come_to_rest(window)
        started = time.process_time()
        QTest.keyClick(tree.viewport(), Qt.Key.Key_F2)
        QApplication.processEvents()
        keys.append(time.process_time() - started)
        # Nothing that stands there already, which would keep nothing.
        words = f"{secrets.token_hex(2)} {TYPED}"
        for letter in words:
            started = time.process_time()
            QTest.keyClicks(_editor(tree), letter)
            QApplication.processEvents()
            keys.append(time.process_time() - started)
        done: list[object] = []
        window.hub.done.connect(lambda *_, done=done: done.append(True))
        started = time.process_time()
        QTest.keyClick(_editor(tree), Qt.Key.Key_Return)
        wait(lambda done=done: done)
        QApplication.processEvents()
        kept.append(time.process_time() - started)
        come_to_rest(window)
        if words not in tree.currentItem().text(0):
            raise SystemExit("what was typed in the plan is not shown")
    return {
        "Plan tab, turned to": turned,
        "Plan tab, a key typed": statistics.median(keys),
        "Plan tab, the slowest key": max(keys),
        "Plan tab, Enter until kept and shown": statistics.median(kept),
    }


def _editor(tree: Any) -> QWidget:  # noqa: ANN401
    """The field that is typed into."""
    from PySide6.QtWidgets import QApplication

    found = QApplication.focusWidget()
    if found is None or found is tree or not tree.isAncestorOf(found):
        raise SystemExit("no cell of the plan is typed into")
    return found


def _adulthood(window: MainWindow) -> dict[str, float]:
    found = shown(window, "Adulthood, the first time", lambda: window.show_screen("adulthood"))
    screen: Any = window.page()
    years: dict[str, dict[str, float]] = {}
    for at in range(screen.years.count()):
        words = screen.years.itemText(at)

        def turn(at: int = at) -> None:
            screen.years.setCurrentIndex(at)
            screen.years.activated.emit(at)

        years[words] = shown(window, "Adulthood, every year", turn, screen.model)
        _say(screen, words)
    every = years.pop(screen.years.itemText(screen.years.findData("")))
    groups = [next(iter(one.values())) for one in years.values()]
    return {
        **found,
        "Adulthood, a year group": statistics.median(groups),
        "Adulthood, the largest year group": max(groups),
        **every,
    }


def _quality(window: MainWindow) -> dict[str, float]:
    told = shown(window, "Quality, the first time", lambda: window.show_screen("quality"))
    screen: Any = window.page()
    for at in range(1, screen.tabs.count()):
        words = _plain(screen.tabs.tabText(at))
        told |= shown(window, f"Quality, {words}", lambda at=at: screen.tabs.setCurrentIndex(at))
        _say(screen, words)
    return told


def _lists(window: MainWindow) -> dict[str, float]:
    found = {}
    for key in ("costs", "places"):
        found |= shown(
            window,
            f"{key.capitalize()}, the first time",
            lambda key=key: window.show_screen(key),
        )
        _say(window.page(), key)
    costs: Any = window.show_screen("costs")
    come_to_rest(window)
    for at in range(1, costs.by.count()):
        words = f"Costs, by {costs.by.itemText(at).lower()}"
        found |= shown(window, words, lambda at=at: costs.by.setCurrentIndex(at), costs.model)
    return found


def _say(screen: Any, words: str) -> None:  # noqa: ANN401
    """Tell on the side how many rows there were, so that none is measured empty unseen."""
    print(f"{words}: {screen.table.rows_model.shown} rows", file=sys.stderr)


def _plain(words: str) -> str:
    return words.replace("&", "").removesuffix(" \u2022")


if __name__ == "__main__":
    main(*sys.argv[1:])
