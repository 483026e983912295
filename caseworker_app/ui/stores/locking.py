"""Locking the window: everything is hidden until the same person gives their passphrase again.

The store stays open and what is half typed stays where it is, out of sight: a lock keeps a
colleague who walks past from reading and typing, and nobody who takes the computer away.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseworker_app.domain.outcome import Failed
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.runtime.preferences import LOCK_AFTER, Preferences
from caseworker_app.ui.runtime.session_lock import SessionLock
from caseworker_app.ui.widgets.form import Form, choices
from caseworker_app.ui.widgets.passphrase_field import PassphraseField

if TYPE_CHECKING:
    from caseworker_app.ui.stores.keeper import StoreKeeper

_LOOK_MS = 5_000
_USED = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class LockPage(QWidget):
    """Says that the window is locked, and asks for the passphrase."""

    def __init__(self, who: str, go: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("screen")
        title = QLabel(f"Locked. Signed in: {who}")
        title.setObjectName("title")
        self.form = Form()
        self.form.setMaximumWidth(520)
        self.passphrase = self.form.add("&Passphrase", PassphraseField(), key="passphrase")
        self.go = QPushButton("&Unlock")
        self.go.setObjectName("primary")
        self.go.clicked.connect(go)
        self.passphrase.line.returnPressed.connect(go)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for one in (title, self.form, self.go):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)


class Locking(QObject):
    """Locks a window, after a while without a key or click by itself, and unlocks it."""

    def __init__(
        self,
        keeper: StoreKeeper,
        preferences: Preferences,
        window: QMainWindow,
        changed: Callable[[], None],
    ) -> None:
        """Begin to watch.

        Args:
            keeper: knows the store.
            preferences: say after how long.
            window: the main window.
            changed: called when it was locked or unlocked.
        """
        super().__init__(window)
        self._keeper, self._preferences, self._window = keeper, preferences, window
        self._changed = changed
        self._page: LockPage | None = None
        self._content: QWidget | None = None
        self._hidden: list[QWidget] = []
        self.used()
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
        self.session = SessionLock(window)
        self.session.locked.connect(self.lock_with_session)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()

    @property
    def locked(self) -> bool:
        """Whether the window is locked."""
        return self._page is not None

    def used(self) -> None:
        """Somebody is there."""
        self._last = time.monotonic(), time.time()

    def look(self) -> None:
        """Lock where nobody was there for as long as the person chose; sleep counts."""
        minutes = int(self._preferences.get(LOCK_AFTER))
        idle = max(time.monotonic() - self._last[0], time.time() - self._last[1])
        if minutes and idle >= minutes * 60 and self._keeper.is_file and self._keeper.jobs.is_open:
            self.lock()

    def lock_with_session(self) -> None:
        """Lock as the computer's own session is locked, where there is something to hide."""
        if self._keeper.is_file and self._keeper.jobs.is_open:
            self.lock()

    def lock(self) -> None:
        """Hide everything, and ask for the passphrase."""
        if self.locked:
            return
        window = self._window
        self._hide_others()
        self._content = window.takeCentralWidget()
        if self._content is not None:
            self._content.setParent(window)
            self._content.hide()
        self._page = LockPage(self._keeper.person.name, self.unlock)
        window.setCentralWidget(self._page)
        window.statusBar().hide()
        window.menuBar().setEnabled(False)
        self._changed()
        self._page.passphrase.setFocus()

    def unlock(self) -> None:
        """Show everything again, if the passphrase is that of whoever is signed in."""
        page = self._page
        if page is None:
            return
        typed = page.passphrase.text()
        page.form.clear_problems()
        page.go.setEnabled(False)

        def failed(failure: Failed) -> None:
            page.go.setEnabled(True)
            page.form.show_problem("passphrase", failure.sentence)
            page.passphrase.selectAll()
            page.passphrase.setFocus()

        self._keeper.jobs.ask(
            lambda session: self._keeper.application.prove(session, typed),
            lambda _: self.open_up(),
            failed,
            owner=page,
        )

    def open_up(self) -> None:
        """Show everything again: the passphrase was right, or another store is open."""
        page, self._page = self._page, None
        if page is None:
            return
        window = self._window
        window.takeCentralWidget()
        page.hide()
        page.deleteLater()
        if self._content is not None:
            window.setCentralWidget(self._content)
            self._content.show()
            self._content = None
        window.statusBar().show()
        window.menuBar().setEnabled(True)
        hidden, self._hidden = self._hidden, []
        for one in hidden:
            # What came to its end meanwhile, as work and its progress do, is gone.
            if isValid(one):
                one.show()
        self.used()
        self._changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; nothing is kept from anybody."""
        if event.type() in _USED:
            self.used()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWindow | None) -> None:
        """Watch a window that the keyboard has gone to; behind a lock, hide it instead."""
        self.used()
        if self.locked:
            self._hide_others()
        elif window is not None:
            # Of one that is watched already Qt makes no second watch.
            window.installEventFilter(self)

    def _hide_others(self) -> None:
        """Hide the dialogs: what they hold stays as it is."""
        for one in QApplication.topLevelWidgets():
            if one is not self._window and one.isVisible() and one.window() is one:
                one.hide()
                if one not in self._hidden:
                    self._hidden.append(one)


_AFTER = {
    "0": "Never",
    "2": "2 minutes",
    "5": "5 minutes",
    "10": "10 minutes",
    "15": "15 minutes",
    "30": "30 minutes",
    "60": "An hour",
}


class LockAfterDialog(FormDialog):
    """Asks after how long the window locks."""

    guide = "The passphrase"
    """The section of the guide that F1 opens."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__("Lock afterwards", "Keep it", parent)
        self._preferences = preferences
        self.after = self.form.add(
            "&Lock after",
            choices(list(_AFTER.items()), preferences.get(LOCK_AFTER)),
            "Without a key or click. Kept on this computer, for you alone.",
            "after",
        )
        self.after.setFocus()

    def accept(self) -> None:
        """Keep what was chosen."""
        self._preferences.keep(LOCK_AFTER, str(self.after.currentData()))
        self.succeed()


def ask_lock_after(preferences: Preferences, parent: QWidget) -> None:
    """Ask after how long the window locks."""
    LockAfterDialog(preferences, parent).open()
