"""The cycle collector, on the window's thread alone.

Python collects cycles on whichever thread happens to make the next object. A widget that is part of
one would then be destroyed on the database thread, and Qt ends the process for that. So while the
threads live, collecting by itself is off and a timer of the window's thread does it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 2_000


class Collector(QObject):
    """Collects cycles now and then on the thread it was made on, until it is stopped."""

    _at_work = 0
    _was_on = True

    def __init__(self, parent: QObject | None = None) -> None:
        """Take over from Python; several at once share that."""
        super().__init__(parent)
        if Collector._at_work == 0:
            Collector._was_on = gc.isenabled()
            gc.disable()
        Collector._at_work += 1
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(collect)
        self._timer.start()

    def stop(self) -> None:
        """Give collecting back to Python once nobody needs it here. Call it once."""
        self._timer.stop()
        Collector._at_work -= 1
        if Collector._at_work == 0 and Collector._was_on:
            gc.enable()


def collect() -> None:
    """Collect as old a generation as Python would have by now, or nothing."""
    due = [held > limit for held, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if due[0]:
        gc.collect(2 if due[2] else 1 if due[1] else 0)
