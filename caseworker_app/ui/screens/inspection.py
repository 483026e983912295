"""Inspection list: the children with plans an inspection asks for, and what its checks find."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from caseworker_app.domain.inspection.checks import TITLES
from caseworker_app.domain.inspection.list_rows import KINDS
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns.inspection import InspectionList, made_again
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.protect import ask_save_protected
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.checks_list import ChecksList, listed
from caseworker_app.ui.screens.figured_list import dim_line
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import labelled

_NONE = "The checks find nothing in the list."
_LOOK = "The list is as of November 2024: look at the handbook before it is sent."


class InspectionScreen(ChecksList):
    """The list of children with plans on a day."""

    key = "inspection"
    title = "Inspection list"
    follows = frozenset(KINDS)

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        self._made: InspectionList | None = None
        self._day: date | None = None
        self.day = DateField(frame.today, frame.today())
        self.state = dim_line("About the list")
        super().__init__(frame, listed(TITLES, _NONE), parent)
        self.day.line.returnPressed.connect(self.refresh)
        button = stands_for(QPushButton("Export…"), "export")
        button.setObjectName("primary")
        button.clicked.connect(self.export)
        self.bar.addWidget(button)
        self.column.insertWidget(1, self.state)

    def before_filters(self) -> tuple[QWidget, ...]:
        """The day of the list."""
        self.day.understood.hide()
        label: QLabel = labelled("As at &day", self.day)
        return label, self.day

    def make(self, session: Session, progress: Progress) -> InspectionList:
        """The list of the day chosen."""
        of = self.frame.application.inspection_list
        return of(session, self._day, progress=progress)

    def make_again(
        self, session: Session, old: InspectionList, changed: Collection[str]
    ) -> InspectionList:
        """The same after some cases changed."""
        return made_again(session, old, changed)

    def keep(self, made: InspectionList) -> None:
        """Keep the list."""
        self._made = made

    def refresh(self) -> None:
        """Make the list anew and check it."""
        self._day = self.day.value
        super().refresh()

    def export(self) -> None:
        """Ask where to, and write the list."""
        if self._made is not None:
            name = f"Inspection list {self._made.as_at.isoformat()}.xlsx"
            ask_save_protected(
                self.frame,
                self.window(),
                "Inspection list",
                name,
                "Excel workbooks (*.xlsx)",
                lambda chosen: self.write(Path(chosen)),
            )

    def write(self, target: Path) -> None:
        """Write the list, with progress."""
        application, day = self.frame.application, self.day.value

        def make(session: Session, progress: Progress) -> Path:
            made = application.inspection_list(session, day, progress=progress)
            application.write_inspection(session, made, target, progress=progress)
            return target

        self.frame.jobs.long(
            "Writing the list", make, self.tell_saved, self.frame.tell_failed, self
        )

    def _show_totals(self) -> None:
        super()._show_totals()
        if self._made is not None:
            told = f"{len(self._made.rows):,} children with a plan on {long_date(self._made.as_at)}"
            self.state.setText(f"{told}. {_LOOK}")
