"""New rules: which dates they change, shown before they take effect."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.outcome import Done, Failed, Outcome
from caseworker_app.domain.records import DeadlineChange
from caseworker_app.services.commands import Command
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.table import RowsTable

Numbered = tuple[int, DeadlineChange]

COLUMNS: tuple[Column[Numbered], ...] = (
    Column("reference", "Reference", lambda row: row[1].reference, width=104, style="dim"),
    Column("name", "Child", lambda row: row[1].name, width=170, style="strong"),
    Column("rule", "Rule", lambda row: row[1].rule, width=78, style="dim"),
    Column("title", "Deadline", lambda row: row[1].title, stretch=True),
    Column("old", "Now", lambda row: long_date(row[1].old) or "none", width=104),
    Column("new", "By the new rules", lambda row: long_date(row[1].new) or "none", width=128),
)


class NewRulesDialog(FittingDialog):
    """Lists the dates that move; they stay as they are until the person agrees."""

    guide = "Forecast and rules"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        changes: Sequence[DeadlineChange],
        parent: QWidget | None = None,
        command: Command | None = None,
    ) -> None:
        """Make the dialog; `command` changes the rules, None takes those of this application."""
        super().__init__(parent)
        self._frame = frame
        self._command = command
        self.setWindowTitle("New rules")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(880, 520)
        self.said = QLabel(changes_words(changes, newer=command is None))
        self.said.setWordWrap(True)
        self.model = RowsModel(
            COLUMNS, lambda row: str(row[0]), lambda row: f"{row[1].name} {row[1].title}", self
        )
        self.model.set_rows(enumerate(changes))
        self.table = RowsTable(self.model, frame.theme, "Dates that change")
        self.buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.go = self.buttons.addButton("Bring the dates up to date", role.AcceptRole)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.buttons.addButton("Later" if command is None else "Leave it", role.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        for part in (self.said, self.table, self.buttons):
            column.addWidget(part)

    def accept(self) -> None:
        """Change the rules and count every date by them, with progress."""
        carry_out(self._frame, self._command, self.parentWidget() or self)
        super().accept()


def changes_words(changes: Sequence[DeadlineChange], *, newer: bool = True) -> str:
    """How many dates of how many children change, in a sentence."""
    children = len({one.child_id for one in changes})
    dates = "1 date" if len(changes) == 1 else f"{len(changes):,} dates"
    whose = "1 child" if children == 1 else f"{children:,} children"
    if not newer:
        return f"This moves {dates} of {whose}; nothing has changed yet."
    newer_ones = "The rules are newer than the dates in this store."
    if not changes:
        return f"{newer_ones} They move no date; nothing has changed yet."
    return f"{newer_ones} They change {dates} of {whose}; nothing has changed yet."


def offer_new_rules(frame: Frame, parent: QWidget) -> None:
    """For a store that other rules bind than came with this program: show what moves, and ask.

    A store that keeps no rules yet takes these where no date moves by them.
    """

    def compare(session: Session, progress: Progress) -> Sequence[DeadlineChange] | None:
        return None if session.adopt_rules(progress) else session.changes_by_new_rules(progress)

    def compared(changes: Sequence[DeadlineChange] | None) -> None:
        if changes is not None:
            NewRulesDialog(frame, changes, parent).open()

    frame.jobs.long("Comparing dates", compare, compared, frame.tell_failed, parent)


def offer_change(
    frame: Frame,
    command: Command,
    parent: QWidget,
    form: FormDialog | None = None,
    failed: Callable[[Failed], None] | None = None,
) -> None:
    """Show which dates move by a change of the rules, then carry it out where the person agrees.

    Args:
        frame: the window.
        command: the change.
        parent: what the dialog stands over.
        form: what asked for the change; it is done with once it is known that the change can be.
        failed: told why it cannot.
    """

    def compare(session: Session, progress: Progress) -> Sequence[DeadlineChange]:
        return session.changes_by(command, progress)

    def compared(changes: Sequence[DeadlineChange]) -> None:
        if form is not None:
            form.succeed()
        if changes:
            NewRulesDialog(frame, changes, parent, command).open()
        else:
            carry_out(frame, command, parent)

    frame.jobs.long(
        "Comparing dates", compare, compared, failed or frame.tell_failed, form or parent
    )


def carry_out(frame: Frame, command: Command | None, owner: QWidget) -> None:
    """Change the rules, count every date by them and tell every screen."""

    def count(session: Session, progress: Progress) -> Outcome:
        if command is not None:
            return session.submit(command, progress)
        changed = session.recompute(progress)
        dates = "1 date" if changed == 1 else f"{changed:,} dates"
        return Done(f"{dates} counted anew by the new rules.", everything=True)

    def counted(outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            frame.jobs.tell(outcome)
        else:
            frame.tell_failed(outcome)

    frame.jobs.long("Counting dates by the new rules", count, counted, frame.tell_failed, owner)
