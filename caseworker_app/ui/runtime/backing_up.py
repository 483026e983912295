"""Backups by itself: every hour of use and at the end, and once a year one is tried."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from caseworker_app.domain.backup_times import EVERY, KeptBackup
from caseworker_app.ui.runtime.preferences import BACKUP_TROUBLE, SECOND_PLACE
from caseworker_app.ui.runtime.problems import failed_by

if TYPE_CHECKING:
    from caseworker_app.services.session import Session
    from caseworker_app.ui.runtime.jobs import Jobs
    from caseworker_app.ui.runtime.preferences import Preferences


class BackingUp(QObject):
    """Keeps backups of the store that a window has open; only real trouble is told."""

    def __init__(
        self, jobs: Jobs, preferences: Preferences, say: Callable[[str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._preferences, self._say = jobs, preferences, say
        self._hourly = QTimer(self)
        self._hourly.setInterval(int(EVERY.total_seconds()) * 1000)
        self._hourly.timeout.connect(self.back_up)

    def begin(self) -> None:
        """A store is open: from now on, every hour; what went wrong at the last end is told."""
        self._hourly.start()
        if (second := self._second()) is not None:
            self._jobs.ask(partial(send_to, second), lambda _: None, owner=self)
        trouble = self._preferences.get(BACKUP_TROUBLE)
        if trouble:
            self._preferences.keep(BACKUP_TROUBLE, "")
            self._say(trouble)

    def back_up(self) -> None:
        """Back up now, if anything is new, and hold the yearly drill if it is due."""
        second = self._second()

        def work(session: Session) -> tuple[str, KeptBackup | None, str]:
            if second is not None:
                send_to(second, session)
            return session.sign_end("backup"), session.keep_backup(second), session.drill()

        def told(found: tuple[str, KeptBackup | None, str]) -> None:
            unsigned, kept, drill = found
            for words in (unsigned, kept.trouble if kept is not None else "", drill):
                if words:
                    self._say(words)

        self._jobs.ask(work, told, owner=self)

    def at_the_end(self, session: Session) -> None:
        """Back up before the store is let go of. Runs on the database thread; raises nothing."""
        unsigned = ""
        if (second := self._second()) is not None:
            send_to(second, session)
        try:
            unsigned = session.sign_end()
            kept = session.keep_backup(second)
        except Exception as error:  # noqa: BLE001  (the store has to be let go of all the same)
            why = failed_by(error).sentence
            trouble = f"No backup was made when Caseworker was last closed. {why}"
        else:
            told = (unsigned, kept.trouble if kept is not None else "")
            trouble = " ".join(filter(None, told))
        self._preferences.keep(BACKUP_TROUBLE, trouble)

    def _second(self) -> Path | None:
        folder = self._preferences.get(SECOND_PLACE)
        return Path(folder) if folder else None


def send_to(second: Path | None, session: Session) -> None:
    """Have the ends of the trail sent to the second place that a preference names, or to none."""
    session.second_place = second
