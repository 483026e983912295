"""Set a target of the council's own beside a rule."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.local_target import UNITS, LocalTarget
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import choices


class LocalTargetDialog(FormDialog):
    """Title, number and unit, first day, and where it was decided.

    Signals:
        saved: the target was set; dates wait until they are counted anew.
    """

    def __init__(self, frame: Frame, base: RuleVersion, parent: QWidget | None = None) -> None:
        super().__init__("Our own target", "Set the target", parent)
        self._frame = frame
        self._base = base
        about = QLabel(f"{base.rule}: {base.title}, {base.period}. The legal date stays beside it.")
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.title = self.form.add("&Title", QLineEdit(f"{base.title}: our target"), key="title")
        self.number = QLineEdit()
        self.number.setFixedWidth(70)
        self.unit = choices(list(UNITS.items()), base.primitive)
        self.unit.setAccessibleName("Unit")
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.number)
        row.addWidget(self.unit)
        row.addStretch(1)
        both.setFocusProxy(self.number)
        self.form.add("&Within", both, "Counted from the same day as the rule.", "number")
        self.since = self.form.add(
            "&From",
            DateField(frame.today, frame.today()),
            "For what starts on that day or later.",
            "since",
        )
        self.source = self.form.add(
            "&Decided by", QLineEdit(), "Committee and date, or the policy it stands in.", "source"
        )
        self.number.setFocus()

    def accept(self) -> None:
        """Set the target, or say what is missing."""
        self.form.clear_problems()
        since = self.since.value
        if since is None:
            self.form.show_problem("since", "Enter the first day it counts for.")
            return
        target = self._target(since)
        try:
            target.check()
        except Refused as refused:
            self.form.show_problem(refused.field or "number", refused.sentence)
            return
        own, today = self._frame.application.own, self._frame.today()
        self.busy(on=True)
        self._frame.jobs.ask(
            lambda _: own.add_target(target, today), lambda _: self.succeed(), self._failed, self
        )

    def _target(self, since: date) -> LocalTarget:
        typed = self.number.text().strip()
        return LocalTarget(
            base=self._base,
            title=self.title.text().strip(),
            number=int(typed) if typed.isdecimal() and len(typed) < 5 else 0,
            unit=str(self.unit.currentData()),
            since=since,
            source=self.source.text().strip(),
        )

    def _failed(self, failed: Failed) -> None:
        self.busy(on=False)
        self.form.show_problem("source", failed.sentence)
