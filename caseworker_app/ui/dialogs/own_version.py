"""Add a version of a rule from a day on, as when the law or its source changes."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.own_version import can_recount, period_words
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.domain.ways_to_count import COUNTED
from caseworker_app.services.commands import AddRecord
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.dialogs.new_rules import offer_change
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import choices

_WHAT_HEIGHT = 66
_FIELDS = (*("since", "title", "what", "number", "period", "source", "address", "checked_on"),)


class OwnVersionDialog(FormDialog):
    """First day, duty, period and source, filled from the version that stands now.

    Signals:
        saved: the version can be; which dates move is shown next.
    """

    def __init__(self, frame: Frame, base: RuleVersion, parent: QWidget | None = None) -> None:
        """Make the dialog; `base` is the version to start from."""
        super().__init__("New version of a rule", "Add the version", parent)
        self._frame, self._base = frame, base
        about = QLabel(
            f"{base.rule}, from {long_date(base.since)}: {base.title}, {base.period}. What starts "
            "before the new version's first day is still counted by the old one."
        )
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.since = self.form.add(
            "&From",
            DateField(frame.today, coming=True),
            "The first day it is in force.",
            "since",
        )
        self.title = self.form.add("&Title", QLineEdit(base.title), key="title")
        self.what = self.form.add("Wh&at", QPlainTextEdit(base.what), key="what")
        self.what.setFixedHeight(_WHAT_HEIGHT)
        self.what.setTabChangesFocus(True)
        self.number = QLineEdit("" if base.number is None else str(base.number))
        self.number.setFixedWidth(70)
        self.unit = choices(list(COUNTED.items()), base.primitive)
        self.unit.setAccessibleName("Unit")
        self._add_count()
        self.period = self.form.add(
            "In &words", QLineEdit(base.period), "As lists and letters say it.", "period"
        )
        self.source = self.form.add("&Source", QLineEdit(base.source), key="source")
        self.address = self.form.add(
            "Add&ress", QLineEdit(base.address), "Where it can be read.", "address"
        )
        self.checked = self.form.add(
            "Chec&ked on",
            DateField(frame.today, frame.today()),
            "The day you held it against its source.",
            "checked_on",
        )
        self.number.textEdited.connect(self._word)
        self.unit.currentIndexChanged.connect(self._word)
        self.since.setFocus()

    def accept(self) -> None:
        """Show what the version would move, or say what is missing."""
        self.form.clear_problems()
        if self.since.value is None:
            why = self.since.problem or "Enter the first day it is in force."
            self.form.show_problem("since", why)
            return
        if self.checked.value is None:
            why = self.checked.problem or "Enter the day it was checked."
            self.form.show_problem("checked_on", why)
            return
        counted = can_recount(self._base)
        fields = {
            "rule": self._base.rule,
            "since": self.since.value,
            "title": self.title.text(),
            "what": " ".join(self.what.toPlainText().split()),
            "number": _whole(self.number.text()) if counted else None,
            "unit": str(self.unit.currentData()) if counted else "",
            "period": self.period.text(),
            "source": self.source.text(),
            "address": self.address.text().strip(),
            "checked_on": self.checked.value,
        }
        self.busy(on=True)
        command = AddRecord("own_version", fields)
        offer_change(self._frame, command, self.parentWidget() or self, self, self._failed)

    def _add_count(self) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.number)
        row.addWidget(self.unit)
        row.addStretch(1)
        both.setFocusProxy(self.number)
        self.form.add("&Number", both, "Counted from the same day as before.", "number")
        self.form.set_row_visible("number", can_recount(self._base))

    def _word(self) -> None:
        """Word the period anew as it is counted."""
        number = _whole(self.number.text())
        if number:
            self.period.setText(period_words(self._base, number, str(self.unit.currentData())))

    def _failed(self, failed: Failed) -> None:
        self.busy(on=False)
        field = "number" if failed.field == "unit" else failed.field
        self.form.show_problem(field if field in _FIELDS else "since", failed.sentence)


def _whole(text: str) -> int | None:
    typed = text.strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else None
