"""Set a target of the council's own beside a rule."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from caseworker_app.domain.declarations.own_rules import LocalTarget
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.domain.ways_to_count import UNITS
from caseworker_app.services.commands import AddRecord, ChangeRecord
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.dialogs.new_rules import offer_change
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import choices, labelled

_FIELDS = ("title", "number", "since", "source")
_TOO_MANY = 10_000


class LocalTargetDialog(FormDialog):
    """Title, number and unit, first day, and where it was decided.

    Signals:
        saved: the target can be; which dates move is shown next.
    """

    def __init__(
        self,
        frame: Frame,
        base: RuleVersion,
        parent: QWidget | None = None,
        now: LocalTarget | None = None,
    ) -> None:
        """Make the dialog beside a rule; `now` is the target that stands there already."""
        super().__init__("Our own target", "Set the target", parent)
        self._now = now
        self._frame = frame
        self._base = base
        about = QLabel(f"{base.rule}: {base.title}, {base.period}. The legal date stays beside it.")
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.title = self.form.add("&Title", QLineEdit(f"{base.title}: our target"), key="title")
        self.number = QLineEdit()
        self.number.setFixedWidth(70)
        self.unit = choices(list(UNITS.items()), base.primitive)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.number)
        row.addWidget(labelled("&Unit", self.unit))
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
        """Show what the target would date, or say what is missing."""
        self.form.clear_problems()
        number = self.number.text().strip()
        if not (number.isascii() and number.isdecimal() and 0 < int(number) < _TOO_MANY):
            self.form.show_problem("number", "The number has to be 1 or more.")
            return
        if self.since.value is None:
            why = self.since.problem or "Enter the first day it counts for."
            self.form.show_problem("since", why)
            return
        fields = {
            "rule": self._base.rule,
            "title": self.title.text(),
            "number": int(number),
            "unit": str(self.unit.currentData()),
            "since": self.since.value,
            "source": self.source.text(),
            "set_on": self._frame.today(),
        }
        kind, now = "local_target", self._now
        command = (
            AddRecord(kind, fields)
            if now is None
            else ChangeRecord(kind, now.id, now.version, fields)
        )
        self.busy(on=True)
        offer_change(self._frame, command, self.parentWidget() or self, self, self._failed)

    def _failed(self, failed: Failed) -> None:
        self.busy(on=False)
        here = failed.field if failed.field in _FIELDS else "number"
        self.form.show_problem(here, failed.sentence)
