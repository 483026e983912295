"""Records that families were asked what they thought, each with a code of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.declarations.families import WAYS_SENT
from caseworker_app.domain.families import DueRow
from caseworker_app.services.commands import Together
from caseworker_app.services.families.families import invitations
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import choices


class InviteDialog(CommandDialog):
    """The day and the way, for one family or for all selected."""

    guide = "Families"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, rows: Sequence[DueRow], parent: QWidget | None = None) -> None:
        names = "; ".join(row.name for row in rows[:3])
        rest = f" and {len(rows) - 3:,} more" if len(rows) > 3 else ""
        super().__init__(frame, "Invite families", "Record", parent, f"{names}{rest}")
        self._rows = tuple(rows)
        self.way = self.form.add("&Way", choices(list(WAYS_SENT.items())), key="way")
        hint = "Each gets a code: put it in the link or letter, and the answer finds its case."
        self.on = self.form.add("&Sent on", DateField(frame.today, frame.today()), hint, "sent_on")
        self.way.setFocus()

    def command(self) -> Together | None:
        """The invitations."""
        day = self.on.value
        if day is None:
            self.form.show_problem("sent_on", self.on.problem or "Say on which day.")
            return None
        return invitations(self._rows, day, str(self.way.currentData()))

    def rebase(self, then: Callable[[], None]) -> None:
        """A new invitation rests on nothing that could have changed."""
        then()
