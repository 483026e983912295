"""Opening a store while the window is still being loaded, and the first look into it.

Nothing here needs Qt, so that the store's key and pages are read while Qt is.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import NamedTuple

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.domain.folding import fold
from caseworker_app.domain.permissions import Person
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session

WITHIN = 6
"""How many days ahead the first look goes: what is overdue or due this week is drawn first."""


class Opened(NamedTuple):
    """A store that was opened, with what the window needs to show Today.

    Attributes:
        session: the open store; only the database thread may call it.
        day: the day by its clock.
        alerts: what is overdue or due within `WITHIN` days, a line each child and step.
        person: who is at the keyboard, with their roles.
        notices: what is to be told of the opening, a sentence each.
    """

    session: Session
    day: date
    alerts: tuple[AlertRow, ...]
    person: Person
    notices: tuple[str, ...] = ()


def open_and_look(call: Callable[[Progress], Session], told: Progress) -> Opened | CaseworkerError:
    """Open a store and take the first look, or say why that cannot be; nothing stays open then."""
    try:
        session = call(told)
        try:
            # Here: of a large council these are so many that the window would stand still.
            alerts = fold(session.alerts(WITHIN))
            return Opened(session, session.today(), alerts, session.person, session.notices)
        except BaseException:
            session.close()
            raise
    except CaseworkerError as refusal:
        return refusal


class EarlyOpening:
    """A store that began to open before there was a window.

    Attributes:
        pool: the database thread, for `Jobs` to go on with.
    """

    def __init__(self, call: Callable[[Progress], Session]) -> None:
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._told: Progress | None = None
        self._future: Future[Opened | CaseworkerError] = self.pool.submit(
            open_and_look, call, self._progress
        )

    def listen(self, told: Progress) -> None:
        """Tell `told` of the progress from now on."""
        self._told = told

    def result(self) -> Opened | CaseworkerError:
        """What it came to; waits for it. Raises what nobody foresaw."""
        return self._future.result()

    def _progress(self, done: int, total: int, words: str) -> None:
        if self._told is not None:
            self._told(done, total, words)
