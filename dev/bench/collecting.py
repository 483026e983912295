"""How long the cycle collector holds the window while many deadlines are made on another thread."""

from __future__ import annotations

import gc
import threading
import time

from data import borough
from dates import children
from figures import Figure

from caseworker_app.bootstrap import PACK

CHILDREN, FACTS = 5000, 60_000
MOST = 0.05


def measure() -> Figure:
    """The longest collection on the window's thread, its event loop running, against 50 ms."""
    from PySide6.QtWidgets import QApplication

    from caseworker_app.ui.runtime.collecting import Collector

    app = QApplication.instance() or QApplication([])
    people = children(borough(CHILDREN), FACTS)
    kept: list[object] = []
    pauses = [0.0]
    started = 0.0

    def watch(phase: str, _info: dict[str, int]) -> None:
        nonlocal started
        # Seconds of this thread: others on the machine do not make a collection longer.
        if phase == "start":
            started = time.thread_time()
        else:
            pauses.append(time.thread_time() - started)

    def count() -> None:
        for child, setting, facts in people:
            kept.append(PACK.deadlines(child, setting, facts))

    collector = Collector()
    gc.callbacks.append(watch)
    work = threading.Thread(target=count)
    work.start()
    end = None
    while end is None or time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)
        if end is None and not work.is_alive():
            # Twice as long as the collector lets pass between two looks.
            end = time.monotonic() + 2.5
    gc.callbacks.remove(watch)
    collector.stop()
    longest = max(pauses)
    what = f"longest pause of the collector while {CHILDREN:,} children are counted"
    return Figure(what, longest, "50 ms", longest / MOST, 1)
