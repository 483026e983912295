"""Give children to another caseworker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from caseworker_app.domain.people import Caseworker
from caseworker_app.services.commands import AddRecord, Reassign
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices
from caseworker_app.ui.widgets.lines_shown import LinesShown


class ReassignDialog(CommandDialog):
    """Asks who takes over."""

    def __init__(
        self,
        frame: Frame,
        children: Mapping[str, int],
        caseworkers: Sequence[Caseworker],
        parent: QWidget | None = None,
        held: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            frame: the window around it.
            children: by id, the version that the person saw.
            caseworkers: who can take over.
            parent: the window it stands over.
            held: by id, the child's name and who has the case now, to be shown before.
        """
        super().__init__(frame, "Reassign", "Reassign", parent)
        self._children: dict[str, int | None] = dict(children)
        count = len(self._children)
        self.form.add_wide(QLabel("1 child" if count == 1 else f"{count} children"))
        if held:
            lines = [f"{name}, now {who or 'unassigned'}" for name, who in held.values()]
            self.form.add_wide(LinesShown("Who would move", lines))
        if count == 1:
            self.name_children(children)
        people = [("", "Unassigned"), *((one.id, one.name) for one in caseworkers if one.active)]
        self.who = self.form.add("&To", choices(people), key="caseworker_id")
        self.who.setFocus()

    def command(self) -> Reassign:
        """The hand-over."""
        return Reassign(self._children, str(self.who.currentData()) or None)

    def rebase(self, then: Callable[[], None]) -> None:
        """Hand over, whoever held them meanwhile."""
        self._children = dict.fromkeys(self._children)
        then()


class CaseworkerDialog(CommandDialog):
    """Adds somebody who holds cases."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, "New caseworker", "Add", parent)
        self.name = self.form.add("&Name", QLineEdit(), key="name")
        self.email = self.form.add("&E-mail", QLineEdit(), "May be left empty.", "email")
        self.name.setFocus()

    def command(self) -> AddRecord | None:
        """The caseworker as typed."""
        if not self.name.text().strip():
            self.form.show_problem("name", "Enter the name.")
            return None
        name, email = self.name.text().strip(), self.email.text().strip()
        return AddRecord("caseworker", {"name": name, "email": email})

    def rebase(self, then: Callable[[], None]) -> None:
        """A new caseworker rests on nothing that could have changed."""
        then()


def open_reassign_dialog(
    frame: Frame,
    children: Mapping[str, int],
    parent: QWidget,
    held: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    """Fetch the caseworkers, then ask who takes the children over, each with the version seen.

    With `held`, by id the child's name and who has the case now, all of them are listed.
    """

    def ask(caseworkers: Sequence[Caseworker]) -> None:
        ReassignDialog(frame, children, caseworkers, parent, held).open()

    frame.jobs.ask(lambda session: session.caseworkers(), ask, owner=parent)
