"""TERM to a window: it closes as by its own menu, and the store is let go of."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier


class Ending(QObject):
    """Calls `end` on the window's thread when the process is told to end, until `forget`.

    Python hears of a signal only when it runs next, and Qt may let it wait for long; the system
    writes to a socket meanwhile, which wakes Qt up.
    """

    def __init__(self, end: Callable[[], None]) -> None:
        super().__init__()
        self._end = end
        self._read, self._write = socket.socketpair()
        self._read.settimeout(0)
        self._write.settimeout(0)
        self._woken = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._before = signal.signal(signal.SIGTERM, self._told)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def forget(self) -> None:
        """Leave signals to whoever had them before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._woken)
        signal.signal(signal.SIGTERM, self._before)
        self._read.close()
        self._write.close()

    def _hear(self) -> None:
        # Whatever it says: Python has called `_told` by the time this runs.
        with contextlib.suppress(OSError):
            self._read.recv(64)

    def _told(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._end()
