"""TERM to a window: it closes as by its own menu, and the store is let go of."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    import socket


class Ending(QObject):
    """Calls `end` on the window's thread when the process is told to end, until `forget`.

    Python hears of a signal only when it runs next, and Qt may let it wait for long once the window
    is at rest; after `listen` the system writes to a socket meanwhile, which wakes Qt up.
    """

    def __init__(self, end: Callable[[], None]) -> None:
        super().__init__()
        self._end = end
        self._before = signal.signal(signal.SIGTERM, self._told)
        self._woken = -1
        self._pair: tuple[socket.socket, socket.socket] | None = None
        self._notifier: QSocketNotifier | None = None

    def listen(self) -> None:
        """Be woken from now on. A second time does nothing."""
        if self._pair is not None:
            return
        # Here, for until the window is painted Python runs all the time and hears by itself.
        import socket

        read, write = self._pair = socket.socketpair()
        read.settimeout(0)
        write.settimeout(0)
        self._woken = signal.set_wakeup_fd(write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda: _hear(read))

    def forget(self) -> None:
        """Leave signals to whoever had them before."""
        signal.signal(signal.SIGTERM, self._before)
        if self._pair is not None and self._notifier is not None:
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(self._woken)
            for end in self._pair:
                end.close()

    def _told(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._end()


def _hear(read: socket.socket) -> None:
    # Whatever it says: Python has called `_told` by the time this runs.
    with contextlib.suppress(OSError):
        read.recv(64)
