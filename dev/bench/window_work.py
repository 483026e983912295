"""A window that somebody works in: what memory it holds, and how long a save takes.

It opens Today, Cases and Reviews on a store, opens a case, and records events there by the
keyboard. One line of JSON is the answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from caseworker_app import bootstrap
from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.runtime.early_opening import EarlyOpening
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.starting import open_window, qt_application

SAVES = 15
PATIENCE = 300.0
"""So many seconds of the processor a window has to come to rest: others may want it too."""
_REST_S = 0.0005


turn: Callable[[], object] = QApplication.processEvents
"""Lets the event loop turn once."""


class Paints(QObject):
    """Counts the times that the tables of a window are painted.

    Attributes:
        count: how often one of them was.
        ends: when the window had been painted each time, and how many of those there were by then.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.count = 0
        self.ends: list[tuple[float, int]] = []
        self._window = window
        window.installEventFilter(self)
        for view in window.findChildren(QAbstractItemView):
            view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Count and let through; the window itself paints within this, to know when it has."""
        if watched is not self._window:
            self.count += event.type() == QEvent.Type.Paint
        elif event.type() == QEvent.Type.UpdateRequest:
            self._window.event(event)
            self.ends.append((time.perf_counter(), self.count))
            return True
        return False

    def end(self, after: int) -> float:
        """When the window had first been painted with more tables than so many; 0 where not yet."""
        return next((at for at, count in self.ends if count > after), 0.0)


def until(said: Callable[[], Any]) -> None:
    """Let the window work until something is so."""
    end = time.process_time() + PATIENCE
    while not said():
        turn()
        # A window at rest waits and leaves the processor to what it asked for.
        time.sleep(_REST_S)
        if time.process_time() > end:
            raise SystemExit("the window did not come to rest")


def settle(window: MainWindow) -> None:
    """Wait until everything that was asked is there and drawn."""
    asked: list[date] = []
    until(lambda: window.jobs.is_open)
    for count in range(1, 7):
        window.jobs.ask(lambda session: session.today(), asked.append)
        until(lambda count=count: len(asked) == count and not window.jobs.is_busy)
    for _ in range(5):
        turn()


def resident() -> float:
    """How much memory the process holds now, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    raise SystemExit("this system does not say what memory a process holds")


def save(window: MainWindow, on: date) -> float:
    """Record an event in the case shown: from the key to its table painted anew, in seconds."""
    window.run_action("record.fact")
    dialog = next(one for one in window.findChildren(RecordFactDialog) if one.isVisible())
    dialog.kind_box.choose("consultation_replied")
    dialog.on.line.setText(f"{on:%d/%m/%Y}")
    turn()
    paints = Paints(window)
    shown: list[int] = []
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    screen: Any = window.page()

    def told() -> None:
        shown.append(paints.count)

    screen.changed.connect(told)
    started = time.perf_counter()
    QTest.keyClick(dialog.on.line, Qt.Key.Key_Return)
    until(lambda: closed and shown and paints.end(shown[0]))
    seconds = paints.end(shown[0]) - started
    screen.changed.disconnect(told)
    paints.deleteLater()
    settle(window)
    return seconds


def work(early: EarlyOpening, store: str, day: date, folder: Path) -> None:
    """Open the window on a store that is being opened, work in it, and tell."""
    qt_application()
    window = open_window(bootstrap.application(), store, day, Preferences(folder), early)
    settle(window)
    for key in ("cases", "reviews", "today"):
        window.show_screen(key)
        settle(window)
    held = resident()
    found: list[Any] = []
    window.jobs.ask(lambda session: session.reviews()[:1], found.extend)
    settle(window)
    window.open_case(found[0].child_id)
    settle(window)
    times = sorted(save(window, day - timedelta(days=back)) for back in range(SAVES))
    window.close()
    print(json.dumps({"memory": held, "save": times[len(times) // 2]}), flush=True)
