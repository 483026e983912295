"""Work off the window's thread: one database thread, and a pool for files. Results come by signal.

Every call that touches the store runs on the one database thread, in the order it was asked, so
nothing in the window ever waits for the disk and no two threads share a connection.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from caseworker_app.domain.errors import Cancelled, CaseworkerError, Refused
from caseworker_app.domain.outcome import Done, Failed, Outcome
from caseworker_app.ui.runtime.collecting import Collector
from caseworker_app.ui.runtime.early_opening import EarlyOpening, Opened, open_and_look
from caseworker_app.ui.runtime.guarding import unless_deleted
from caseworker_app.ui.runtime.hub import Hub
from caseworker_app.ui.runtime.painting import paint_now
from caseworker_app.ui.runtime.problems import failed_by

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from caseworker_app.services.commands import Command
    from caseworker_app.services.drafts import Place
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.session import Session
    from caseworker_app.ui.widgets.progress import ProgressDialog

T = TypeVar("T")
WhenDone = Callable[[Any], None]
WhenFailed = Callable[[Failed], None]
_NOT_DONE = "Another store was opened before this could be done. Nothing was changed."
_CLOSED = "The store is closed: open it again. Nothing was changed."
PATIENCE_MS = 250
"""Work that ends sooner shows no dialog."""

_NOT_READ = "Another store was opened before this could be read."


class Jobs(QObject):
    """Runs calls elsewhere and brings their results back to the window's thread.

    Signals:
        trouble: a `Failed` that nobody who asked wanted to handle.
        working: how many jobs are under way or wait.
    """

    trouble = Signal(object)
    working = Signal(int)
    _arrived = Signal(int, object, bool)
    _told = Signal(int, int, int, str)

    def __init__(
        self, hub: Hub, parent: QObject | None = None, early: EarlyOpening | None = None
    ) -> None:
        """Start the threads, or go on with the one that opens a store already."""
        super().__init__(parent)
        self._hub = hub
        self._session: Session | None = None
        self._seen: Session | None = None
        """Of the store that the window shows, which hears of another a moment after it is open."""
        self._database = (
            ThreadPoolExecutor(1, thread_name_prefix="database") if early is None else early.pool
        )
        self._files = ThreadPoolExecutor(2, thread_name_prefix="files")
        self._stops: set[threading.Event] = set()
        self._running = 0
        self._closed = False
        # Kept on this thread: a dialog whose last name another lets go of is destroyed there.
        self._numbers = count()
        self._followed: dict[int, tuple[WhenDone, WhenFailed]] = {}
        self._shown: dict[int, ProgressDialog] = {}
        self._collector = Collector(self)
        self.working.connect(self._collector.count)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def is_open(self) -> bool:
        """Whether a store is open."""
        return self._session is not None

    @property
    def is_busy(self) -> bool:
        """Whether something is under way or waits."""
        return self._running > 0

    def open(
        self,
        title: str,
        call: Callable[[Progress], Session],
        then: Callable[[Opened | CaseworkerError], None],
        failed: WhenFailed | None = None,
        *,
        instead: bool = False,
    ) -> None:
        """Open a store on the database thread; the one open before is closed once this one stands.

        Args:
            title: of the progress dialog, should it take long.
            call: makes the session, or raises; the store open before then stays open.
            then: gets the first look into it, or why it could not be opened.
            failed: told of a bug.
            instead: close the one open before first, as what takes its place must.
        """

        def work(told: Progress) -> Opened | CaseworkerError:
            if instead:
                self._release()
            return self._swap(open_and_look(call, told))

        self._long(title, work, self._seeing(then), failed, None)

    def adopt(
        self,
        title: str,
        early: EarlyOpening,
        then: Callable[[Opened | CaseworkerError], None],
        failed: WhenFailed | None = None,
    ) -> None:
        """Take over a store that began to open before; see `open`."""

        def take(told: Progress) -> Opened | CaseworkerError:
            del told
            return self._swap(early.result())

        self._long(title, take, self._seeing(then), failed, None, early.listen)

    def ask(
        self,
        call: Callable[[Session], T],
        then: Callable[[T], None],
        failed: WhenFailed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Ask the store something.

        Args:
            call: runs on the database thread and gets the session.
            then: gets the answer on the window's thread.
            failed: told why there is none; without it `trouble` is emitted.
            owner: once deleted, the answer is dropped; a method's own QObject where not given.
        """
        session = self._its_session(_NOT_READ)
        self._start(self._database, lambda: call(session()), then, failed, owner)

    def afterwards(self, then: Callable[[], None], owner: QWidget) -> None:
        """Call something once all that is being asked now has been answered and painted.

        It is not called when its owner has been deleted by then.
        """

        def go(_: object) -> None:
            paint_now(owner)
            then()

        follow = unless_deleted(go, owner)

        def wait() -> None:
            self._start(
                self._database,
                lambda: None,
                lambda _: QTimer.singleShot(0, lambda: follow(None)),
                None,
                owner,
            )

        QTimer.singleShot(0, wait)

    def submit(
        self,
        command: Command,
        initiator: QObject | None = None,
        then: Callable[[Outcome], None] | None = None,
        title: str = "",
        ends: Collection[Place] = (),
    ) -> None:
        """Carry a command out; the hub tells every screen what it came to, and who asked.

        Args:
            command: what to do.
            initiator: who asked.
            then: gets the outcome, done or failed; without it `trouble` tells a failure.
            title: of a progress dialog with Cancel, for a command that may take long.
            ends: where the drafts are kept that go when it is carried out.
        """
        session = self._its_session(_NOT_DONE)
        if title:
            self._long(
                title,
                lambda told: session().submit(command, told, ends),
                lambda outcome: self._tell(outcome, initiator, then),
                then,
                initiator,
            )
            return
        self._start(
            self._database,
            lambda: session().submit(command, ends=ends),
            lambda outcome: self._tell(outcome, initiator, then),
            then,
            initiator,
        )

    def tell(self, done: Done, initiator: QObject | None = None) -> None:
        """Let every screen know of a change that did not come by `submit`, an import say."""
        self._hub.done.emit(done, initiator)

    def files(
        self,
        call: Callable[[], T],
        then: Callable[[T], None],
        failed: WhenFailed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Do something with files, away from both the window's and the database's thread."""
        self._start(self._files, call, then, failed, owner)

    def long(
        self,
        title: str,
        call: Callable[[Session, Progress], T],
        then: Callable[[T], None],
        failed: WhenFailed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Long work on the store, with a progress dialog and Cancel.

        `call` gets the session and a progress callable that raises `Cancelled` once Cancel was
        pressed; `failed` then gets that sentence.
        """
        session = self._its_session(_NOT_DONE)
        self._long(title, lambda told: call(session(), told), then, failed, owner)

    def _long(
        self,
        title: str,
        call: Callable[[Progress], T],
        then: Callable[[T], None],
        failed: WhenFailed | None,
        owner: QObject | None,
        listen: Callable[[Progress], None] | None = None,
    ) -> None:
        stop, shown, waiting = threading.Event(), next(self._numbers), QTimer(self)
        self._stops.add(stop)

        def show(after: int = 0) -> None:
            from caseworker_app.ui.widgets.progress import ProgressDialog

            if not self._closed:
                parent = owner or self.parent()
                self._shown[shown] = ProgressDialog(title, stop.set, parent, after)

        def progress(done: int, total: int, words: str) -> None:
            if stop.is_set():
                raise Cancelled("Stopped. Nothing was changed.")
            self._told.emit(shown, done, total, words)

        def ended(follow: Callable[[Any], None]) -> Callable[[Any], None]:
            def end(value: Any) -> None:  # noqa: ANN401
                self._stops.discard(stop)
                waiting.stop()
                waiting.deleteLater()
                if (dialog := self._shown.pop(shown, None)) is not None:
                    dialog.finish()
                follow(value)

            return end

        if listen is None:
            show(PATIENCE_MS)
        else:
            listen(progress)
            # Every start opens a store, and few take so long that a dialog has to be made of it.
            waiting.setSingleShot(True)
            waiting.timeout.connect(show)
            waiting.start(PATIENCE_MS)
        tell = self.trouble.emit if failed is None else unless_deleted(failed, owner)
        follow = ended(unless_deleted(then, owner))
        self._start(self._database, lambda: call(progress), follow, ended(tell))

    def close(self, last: Callable[[Session], None] | None = None) -> None:
        """Stop long work, let the rest end, close the store and join every thread.

        Args:
            last: is called with the session, if there is one, before it is closed; raises nothing.
        """
        if self._closed:
            return
        self._closed = True
        for stop in self._stops:
            stop.set()
        if last is not None and self._session is not None:
            self._database.submit(last, self._session).result()
        self._database.submit(self._release).result()
        self._database.shutdown()
        self._files.shutdown()
        self._collector.stop()

    def _swap(self, found: Opened | CaseworkerError) -> Opened | CaseworkerError:
        if isinstance(found, Opened):
            before, self._session = self._session, found.session
            if before is not None:
                before.close()
        return found

    def _release(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _seeing(
        self, then: Callable[[Opened | CaseworkerError], None]
    ) -> Callable[[Opened | CaseworkerError], None]:
        follow = unless_deleted(then, None)

        def came(found: Opened | CaseworkerError) -> None:
            if isinstance(found, Opened):
                self._seen = found.session
            follow(found)

        return came

    def _its_session(self, refusal: str) -> Callable[[], Session]:
        """Gives the session on the database thread, if that is of the store the window shows now.

        Children and records of two stores have the same numbers: what was asked of one must not be
        done to another that was opened before its turn came.
        """
        seen = self._seen

        def session() -> Session:
            now = self._session
            if now is None:
                if seen is not None:
                    raise Refused(_CLOSED)
                raise RuntimeError("no store is open")
            if seen is not None and now is not seen:
                raise Refused(refusal)
            return now

        return session

    def _tell(
        self,
        outcome: Outcome,
        initiator: QObject | None,
        then: Callable[[Outcome], None] | None,
    ) -> None:
        if isinstance(outcome, Done):
            self._hub.done.emit(outcome, initiator)
        if then is not None:
            unless_deleted(then, initiator)(outcome)
        elif isinstance(outcome, Failed):
            self.trouble.emit(outcome)

    def _untold(self, failed: Failed) -> None:
        """Tell what nobody handles; a screen reads anew from another store, whatever it missed."""
        if failed.sentence != _NOT_READ:
            self.trouble.emit(failed)

    def _start(
        self,
        pool: ThreadPoolExecutor,
        call: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Failed], None] | None,
        owner: QObject | None = None,
    ) -> None:
        if self._closed:
            return
        self._running += 1
        self.working.emit(self._running)

        number, arrived = next(self._numbers), self._arrived
        tell = self._untold if failed is None else unless_deleted(failed, owner)
        self._followed[number] = (unless_deleted(then, owner), tell)

        def finished(future: Future[T]) -> None:
            error = future.exception()
            if error is None:
                arrived.emit(number, future.result(), True)  # noqa: FBT003
            else:
                arrived.emit(number, failed_by(error), False)  # noqa: FBT003

        pool.submit(call).add_done_callback(finished)

    @Slot(int, object, bool)
    def _deliver(self, number: int, value: Any, done: bool) -> None:  # noqa: ANN401
        self._running -= 1
        self.working.emit(self._running)
        then, failed = self._followed.pop(number)
        if not self._closed:
            (then if done else failed)(value)

    @Slot(int, int, int, str)
    def _show_progress(self, shown: int, done: int, total: int, words: str) -> None:
        dialog = self._shown.get(shown)
        if dialog is not None and isValid(dialog):
            dialog.told.emit(done, total, words)
