"""The Edit menu's Undo and Redo: what they would do now.

Which change is meant is decided by the store, not here: another window may have gone on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from caseworker_app.services.session import Session
from caseworker_app.ui.taking_back import bring_again, take_back
from caseworker_app.ui.window import Window

Named = tuple[str, str]
"""A change's audit group and its words."""

_WORDS = {"undo": "&Undo", "redo": "&Redo"}


class Undoing:
    """Keeps the Edit menu's Undo and Redo true, and carries them out."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._on: set[str] = set()
        self._asks = False

    def offers(self) -> dict[str, Callable[[], None]]:
        """Those of the two that can be done now, and the history."""
        offered: dict[str, Callable[[], None]] = {"history": self._show_history}
        if "undo" in self._on:
            offered["undo"] = self.undo
        if "redo" in self._on:
            offered["redo"] = self.redo
        return offered

    def forget(self) -> None:
        """Another store is open: nothing of the one before can be undone in it."""
        self._set({})
        self._window.hide_bar()

    def ask(self) -> None:
        """Ask what can be undone and redone, also from before a restart."""
        if not self._asks:
            self._asks = True
            self._window.jobs.afterwards(self._ask, self._window)

    def _ask(self) -> None:
        self._asks = False
        if not self._window.jobs.is_open:
            return

        def look(session: Session) -> dict[str, Named | None]:
            with session.moment():
                return {"undo": session.last_undo(), "redo": session.last_redo()}

        self._window.jobs.ask(look, self._set, owner=self._window)

    def undo(self, group: str = "") -> None:
        """Take a change back, the person's own latest when none is named."""
        take_back(self._window, group, self._window)

    def redo(self, group: str = "") -> None:
        """Bring a change again, the one the person undid last when none is named."""
        bring_again(self._window, group, self._window)

    def _set(self, found: dict[str, Named | None]) -> None:
        self._on = {key for key, named in found.items() if named is not None}
        for key, words in _WORDS.items():
            named = found.get(key)
            # A name may hold an ampersand, which a menu would take for a mnemonic.
            beside = f": {named[1].replace('&', '&&')}" if named else ""
            self._window.binder.say(key, words + beside)
        self._window.offer()

    def _show_history(self) -> None:
        from caseworker_app.ui.dialogs.history import HistoryDialog

        HistoryDialog(self._window, self._window).open()
