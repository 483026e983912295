"""Taking a change back, or bringing it again, and the question where one key is too few."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.outcome import Failed, Outcome
from caseworker_app.ui.screens.base import Frame

if TYPE_CHECKING:
    from caseworker_app.services.commands import Redo, Undo

_YES = {"Undo": "&Take it back", "Redo": "&Bring it back"}
_TITLES = {"Undo": "Taking it back", "Redo": "Bringing it back"}


def take_back(frame: Frame, group: str, parent: QWidget) -> None:
    """Take a change back, asking first where it is somebody else's or touches many cases.

    Args:
        frame: the window.
        group: the change, or "" for the person's own latest.
        parent: what the question stands over.
    """
    from caseworker_app.services.commands import Undo

    _submit(frame, Undo(group), parent)


def bring_again(frame: Frame, group: str, parent: QWidget) -> None:
    """Bring a change again, the one the person undid last when `group` is ""; as `take_back`."""
    from caseworker_app.services.commands import Redo

    _submit(frame, Redo(group), parent)


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
