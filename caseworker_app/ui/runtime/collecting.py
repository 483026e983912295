"""The cycle collector, on the window's thread alone, and never for long.

Python collects cycles on whichever thread happens to make the next object. A widget that is part of
one would then be destroyed on the database thread, and Qt ends the process for that. So while the
threads live, collecting by itself is off and a timer of the window's thread does it.

How long a collection takes depends on how many objects it walks. What many rows or dates are made
of holds no cycles: where so many objects are new at once they are put aside, unwalked, and so is
what outlived a collection that took long. Objects put aside are freed as ever when nobody holds
them; only a cycle among them waits until nobody needs collecting here any more.

Nor does it collect while somebody waits for what was asked of the store, a save say: the few
milliseconds would be added to it.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 1_000
_FEW, _MANY = 700, 20_000
"""New objects from which on a collection is worth it, and from which on it would take too long."""

_LONG_S = 0.015
_PUT_OFF = 2
"""How often in a row it waits for what is under way: a save is over by then, an import is not."""


class Collector(QObject):
    """Collects cycles now and then on the thread it was made on, until it is stopped."""

    _at_work = 0
    _was_on = True

    def __init__(self, parent: QObject | None = None) -> None:
        """Take over from Python; several at once share that."""
        super().__init__(parent)
        self._running = self._put_off = 0
        if Collector._at_work == 0:
            Collector._was_on = gc.isenabled()
            gc.disable()
            # What was loaded so far stays until the end.
            gc.freeze()
        Collector._at_work += 1
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot(int)
    def count(self, running: int) -> None:
        """Know how many things are under way that somebody waits for."""
        self._running = running

    def look(self) -> None:
        """Collect, but not while somebody waits, unless they have waited often."""
        if self._running and self._put_off < _PUT_OFF:
            self._put_off += 1
            return
        self._put_off = 0
        collect()

    def stop(self) -> None:
        """Give collecting back to Python once nobody needs it here. Call it once."""
        self._timer.stop()
        Collector._at_work -= 1
        if Collector._at_work == 0:
            gc.unfreeze()
            if Collector._was_on:
                gc.enable()


def collect() -> None:
    """Collect what is not put aside, where that is neither too little nor too much."""
    new = gc.get_count()[0]
    if new > _MANY:
        gc.freeze()
    elif new > _FEW:
        started = time.perf_counter()
        gc.collect()
        if time.perf_counter() - started > _LONG_S:
            gc.freeze()
