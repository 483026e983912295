"""Give children to another caseworker."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from caseworker_app.domain.people import Caseworker
from caseworker_app.services.commands import AddCaseworker, Reassign
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices


class ReassignDialog(CommandDialog):
    """Asks who takes over."""

    def __init__(
        self,
        frame: Frame,
        child_ids: Sequence[str],
        caseworkers: Sequence[Caseworker],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, "Reassign", "Reassign", parent)
        self._child_ids = tuple(child_ids)
        count = len(self._child_ids)
        self.form.add_wide(QLabel("1 child" if count == 1 else f"{count} children"))
        people = [("", "Nobody"), *((one.id, one.name) for one in caseworkers if one.active)]
        self.who = self.form.add("&To", choices(people), key="caseworker_id")
        self.who.setFocus()

    def command(self) -> Reassign:
        """The hand-over."""
        return Reassign(self._child_ids, str(self.who.currentData()) or None)

    def rebase(self, then: Callable[[], None]) -> None:
        """A hand-over rests on no version."""
        then()


class CaseworkerDialog(CommandDialog):
    """Adds somebody who holds cases."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, "New caseworker", "Add", parent)
        self.name = self.form.add("&Name", QLineEdit(), key="name")
        self.email = self.form.add("&E-mail", QLineEdit(), "May be left empty.", "email")
        self.name.setFocus()

    def command(self) -> AddCaseworker | None:
        """The caseworker as typed."""
        if not self.name.text().strip():
            self.form.show_problem("name", "Enter the name.")
            return None
        return AddCaseworker(self.name.text().strip(), self.email.text().strip())

    def rebase(self, then: Callable[[], None]) -> None:
        """A new caseworker rests on nothing that could have changed."""
        then()


def open_reassign_dialog(frame: Frame, child_ids: Sequence[str], parent: QWidget) -> None:
    """Fetch the caseworkers, then ask who takes the children over."""

    def ask(caseworkers: Sequence[Caseworker]) -> None:
        ReassignDialog(frame, child_ids, caseworkers, parent).open()

    frame.jobs.ask(lambda desk: desk.caseworkers(), ask, owner=parent)
