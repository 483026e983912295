"""Follows what others do to the same store, every two seconds, and tells when it is out of reach.

The store is asked how long its trail is, which takes a file or a server next to nothing and works
through any pooler of connections; only where it has grown is anything read.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services.session import Session
from caseworker_app.ui.runtime.hub import Hub
from caseworker_app.ui.runtime.jobs import Jobs

_EVERY_MS = 2000
_LOST = "{} Nothing typed is lost: Caseworker tries again every two seconds."


class FollowingOthers(QObject):
    """Tells the hub of changes that were made in other windows.

    Signals:
        lost: the store is out of reach; one sentence, told once.
        back: it is in reach again.
    """

    lost = Signal(str)
    back = Signal()

    def __init__(self, jobs: Jobs, hub: Hub, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._hub = jobs, hub
        self._out_of_reach = self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """A store is open: what is done from now on is followed."""
        self._out_of_reach = self._asking = False
        self.look()
        self._timer.start()

    def end(self) -> None:
        """Follow no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look once now, unless a look is still under way."""
        if self._asking or not self._jobs.is_open:
            return
        self._asking = True
        self._jobs.ask(_ask, self._came, self._failed, self)

    def _came(self, done: Done | None) -> None:
        self._asking = False
        if self._out_of_reach:
            self._out_of_reach = False
            self.back.emit()
        elif done is not None:
            self._hub.done.emit(done, self)

    def _failed(self, failed: Failed) -> None:
        self._asking = False
        if failed.why == "unavailable" and not self._out_of_reach:
            self._out_of_reach = True
            self.lost.emit(_LOST.format(failed.sentence))


def _ask(session: Session) -> Done | None:
    return session.others_did()
