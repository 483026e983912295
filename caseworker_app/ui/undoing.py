"""Undo and redo in the window: what they would do now, and the question where one key is too few.

Which change is meant is decided by the store, not here: another window may have gone on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.outcome import Failed, Outcome
from caseworker_app.services.session import Session
from caseworker_app.ui.screens.base import Frame

if TYPE_CHECKING:
    from caseworker_app.services.commands import Redo, Undo
    from caseworker_app.ui.main_window import MainWindow

Named = tuple[str, str]
"""A change's audit group and its words."""

_YES = {"Undo": "&Take it back", "Redo": "&Bring it back"}
_TITLES = {"Undo": "Taking it back", "Redo": "Bringing it back"}
_WORDS = {"undo": "&Undo", "redo": "&Redo"}


class Undoing:
    """Keeps the Edit menu's Undo and Redo true, and carries them out."""

    def __init__(self, window: MainWindow) -> None:
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
        self._window.bar.hide()

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
        from caseworker_app.services.commands import Redo

        _submit(self._window, Redo(group), self._window)

    def _set(self, found: dict[str, Named | None]) -> None:
        self._on = {key for key, named in found.items() if named is not None}
        for key, words in _WORDS.items():
            named = found.get(key)
            # A name may hold an ampersand, which a menu would take for a mnemonic.
            beside = f": {named[1].replace('&', '&&')}" if named else ""
            self._window.binder.actions[key].setText(words + beside)
        self._window.offer()

    def _show_history(self) -> None:
        from caseworker_app.ui.dialogs.history import HistoryDialog

        HistoryDialog(self._window, self._window).open()


def take_back(frame: Frame, group: str, parent: QWidget) -> None:
    """Take a change back, asking first where it is somebody else's or touches many cases.

    Args:
        frame: the window.
        group: the change, or "" for the person's own latest.
        parent: what the question stands over.
    """
    from caseworker_app.services.commands import Undo

    _submit(frame, Undo(group), parent)


def _submit(frame: Frame, command: Undo | Redo, parent: QWidget) -> None:
    name = type(command).__name__

    def came(outcome: Outcome) -> None:
        if not isinstance(outcome, Failed):
            return
        if outcome.why == "unsure":
            sure = type(command)(outcome.group, sure=True)
            _ask(outcome.sentence, _YES[name], parent, lambda: _submit(frame, sure, parent))
        else:
            frame.tell_failed(outcome)

    # One key's worth is done before a dialog could be read, and must not take the keyboard away.
    frame.jobs.submit(command, parent, came, _TITLES[name] if command.sure else "")


def _ask(question: str, words: str, parent: QWidget, go: Callable[[], None]) -> None:
    """Ask a question whose first answer is no."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setWindowTitle("Caseworker")
    box.setAccessibleName("Question")
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(question)
    yes = box.addButton(words, QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton("&Leave it as it is", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    yes.clicked.connect(go)
    box.finished.connect(box.deleteLater)
    box.open()
