"""Add a version of a rule from a day on, as when the law or its source changes."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.own_version import COUNTED, OwnVersion, can_recount, period_words
from caseworker_app.domain.rules import Rulebook, RuleVersion
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import choices

_WHAT_HEIGHT = 66


class OwnVersionDialog(FormDialog):
    """First day, duty, period and source, filled from the version that stands now.

    Signals:
        saved: the version was added; dates wait until they are counted anew.
    """

    def __init__(
        self, frame: Frame, book: Rulebook, base: RuleVersion, parent: QWidget | None = None
    ) -> None:
        """Make the dialog; `base` is the version to start from, `book` every other."""
        super().__init__("New version of a rule", "Add the version", parent)
        self._frame, self._book, self._base = frame, book, base
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
        """Add the version, or say what is missing."""
        self.form.clear_problems()
        since, checked = self.since.value, self.checked.value
        if since is None:
            self.form.show_problem("since", "Enter the first day it is in force.")
            return
        if checked is None:
            self.form.show_problem("checked_on", "Enter the day it was checked.")
            return
        version = self._version(since, checked)
        try:
            version.check()
        except Refused as refused:
            self.form.show_problem(refused.field, refused.sentence)
            return
        own = self._frame.application.own
        self.busy(on=True)
        self._frame.jobs.ask(
            lambda _: own.add_version(version), lambda _: self.succeed(), self._failed, self
        )

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

    def _version(self, since: date, checked: date) -> OwnVersion:
        return OwnVersion(
            base=self._book.in_force(self._base.rule, since) or self._base,
            since=since,
            title=self.title.text(),
            what=" ".join(self.what.toPlainText().split()),
            number=_whole(self.number.text()),
            unit=str(self.unit.currentData()),
            period=self.period.text(),
            source=self.source.text(),
            address=self.address.text(),
            checked_on=checked,
        )

    def _failed(self, failed: Failed) -> None:
        self.busy(on=False)
        self.form.show_problem("since", failed.sentence)


def _whole(text: str) -> int | None:
    typed = text.strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else None
