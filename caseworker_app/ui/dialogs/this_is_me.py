"""Say who is at the keyboard, for lists of one's own cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app.domain.people import Caseworker
from caseworker_app.domain.whose import Scope
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.runtime.preferences import AHEAD
from caseworker_app.ui.widgets.form import choices

if TYPE_CHECKING:
    from caseworker_app.ui.screens.base import Frame

_SCOPES = [
    (Scope.MINE.value, "My cases, and those I cover"),
    (Scope.TEAM.value, "My team's cases"),
    (Scope.EVERYONE.value, "Everyone's cases"),
]
_AHEAD = [(days, f"{days} days ahead") for days in AHEAD.choices]
_ABOUT = (
    "Every list and count then shows your cases. It is kept on this computer for you alone, and "
    "changes nothing for anybody else."
)


class ThisIsMeDialog(FormDialog):
    """Asks who one is among the caseworkers, and how far one looks."""

    guide = "Today"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, caseworkers: Sequence[Caseworker], parent: QWidget) -> None:
        super().__init__("This is me", "Show these cases", parent)
        self._whose = frame.whose
        choice = self._whose.now.choice
        people = [(one.id, one.name) for one in caseworkers if one.active]
        about = QLabel(_ABOUT)
        about.setObjectName("dim")
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.who = self.form.add("&I am", choices(people, choice.me or _named(people, frame)))
        scope = choice.scope if choice.me else Scope.MINE
        self.scope = self.form.add("&Show", choices(_SCOPES, scope.value))
        self._preferences = frame.preferences
        self.ahead = self.form.add(
            "&Warn me",
            choices(_AHEAD, self._preferences.get(AHEAD)),
            "A date turns amber on Today so many days ahead. The council's thresholds, under "
            "Rules, apply to everyone and may be sooner.",
        )
        self.go.setEnabled(bool(people))
        self.who.setFocus()

    def accept(self) -> None:
        """Show those cases from now on."""
        self._preferences.keep(AHEAD, str(self.ahead.currentData()))
        self._whose.changed.emit()
        self._whose.choose(Scope(self.scope.currentData()), str(self.who.currentData()))
        self.succeed()


def _named(people: Sequence[tuple[str, str]], frame: Frame) -> str:
    """The id of the caseworker who has the name of the person signed in, or ""."""
    name = frame.person.name.casefold()
    return next((one for one, theirs in people if theirs.casefold() == name), "")


def open_this_is_me(frame: Frame, parent: QWidget) -> None:
    """Fetch the caseworkers, then ask."""

    def ask(caseworkers: Sequence[Caseworker]) -> None:
        ThisIsMeDialog(frame, caseworkers, parent).open()

    frame.jobs.ask(lambda session: session.caseworkers(), ask, owner=parent)
