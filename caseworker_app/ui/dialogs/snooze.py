"""Put a line off Today until a day, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.today import is_overdue
from caseworker_app.services.commands import AddRecord
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField

_WEEK = timedelta(days=7)
_ABOUT = (
    "It moves no date: the line goes to Snoozed and comes back by itself on the day. "
    "What is overdue stays overdue in every figure."
)


class SnoozeDialog(CommandDialog):
    """Asks until when, and why."""

    def __init__(self, frame: Frame, row: AlertRow, parent: QWidget | None = None) -> None:
        super().__init__(frame, "Snooze", "Snooze", parent, row.name)
        self.name_children([row.child_id])
        self._row = row
        late = "overdue since" if is_overdue(row) else "due"
        about = QLabel(f"{row.what}: {late} {day_words(row.due)}. {_ABOUT}")
        about.setObjectName("dim")
        about.setWordWrap(True)
        self.form.add_wide(about)
        until = frame.today() + _WEEK
        self.until = self.form.add(
            "&Until", DateField(frame.today, until, coming=True), key="until"
        )
        self.why = self.form.add("&Why", QLineEdit(), "Kept with the case.", "why")
        self.why.setFocus()

    def command(self) -> AddRecord | None:
        """The snooze as typed."""
        until, why = self.until.value, self.why.text().strip()
        if until is None or until <= self.frame.today():
            self.form.show_problem("until", "Enter a day after today.")
            return None
        if not why:
            self.form.show_problem("why", "Say why it can wait.")
            return None
        row = self._row
        kind, _, key = row.record.partition("/")
        of = {"promise_id": key} if kind == "promise" else {"rule": row.rule}
        fields = {"child_id": row.child_id, "episode": row.episode, "until": until, "why": why}
        return AddRecord("snooze", {**fields, **of})

    def rebase(self, then: Callable[[], None]) -> None:
        """A new snooze rests on nothing that could have changed."""
        then()
