"""New rules: which dates they change, shown before they take effect."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.outcome import Done
from caseworker_app.domain.records import DeadlineChange
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
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


class NewRulesDialog(QDialog):
    """Lists the changes; the dates stay as they are until the person agrees."""

    def __init__(
        self, frame: Frame, changes: Sequence[DeadlineChange], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._frame = frame
        self.setWindowTitle("New rules")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(880, 520)
        self.said = QLabel(changes_words(changes))
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
        self.buttons.addButton("Later", role.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        for part in (self.said, self.table, self.buttons):
            column.addWidget(part)

    def accept(self) -> None:
        """Count every date by the new rules, with progress."""
        bring_up_to_date(self._frame, self)
        super().accept()


def changes_words(changes: Sequence[DeadlineChange]) -> str:
    """How many dates of how many children change, in a sentence."""
    children = len({one.child_id for one in changes})
    dates = "1 date" if len(changes) == 1 else f"{len(changes):,} dates"
    whose = "1 child" if children == 1 else f"{children:,} children"
    return (
        f"The rules are newer than the dates in this store. They change {dates} of {whose}; "
        "nothing has changed yet."
    )


def offer_new_rules(frame: Frame, parent: QWidget) -> None:
    """For a store whose dates were counted by other rules: show what changes, and ask."""

    def compare(session: Session, progress: Progress) -> Sequence[DeadlineChange]:
        return session.changes_by_new_rules(progress)

    def compared(changes: Sequence[DeadlineChange]) -> None:
        if changes:
            NewRulesDialog(frame, changes, parent).open()
        else:
            frame.jobs.ask(lambda session: session.recompute(), lambda _: None, owner=parent)

    frame.jobs.long("Comparing dates", compare, compared, frame.tell_failed, parent)


def bring_up_to_date(frame: Frame, parent: QWidget) -> None:
    """Count every date by the rules in force and tell every screen."""

    def count(session: Session, progress: Progress) -> int:
        return session.recompute(progress)

    def counted(changed: int) -> None:
        dates = "1 date" if changed == 1 else f"{changed:,} dates"
        frame.jobs.tell(Done(f"{dates} counted anew by the new rules.", everything=True))

    owner = parent.parentWidget() or parent
    frame.jobs.long("Counting dates by the new rules", count, counted, frame.tell_failed, owner)
