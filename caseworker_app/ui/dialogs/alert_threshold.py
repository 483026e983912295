"""Change from when on a date is amber, red or goes up, and the words Today says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from caseworker_app.domain.alerts import LONGEST, BirthdayThreshold
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.levels import Level
from caseworker_app.domain.outcome import Failed, Outcome
from caseworker_app.services.commands import AddRecord, ChangeRecord, Command, Together
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.rules_alerts import AlertLine, fields_of
from caseworker_app.ui.widgets.form import choices, labelled

_LEVELS = [(one.name, one.words) for one in (Level.AMBER, Level.RED, Level.ESCALATE)]
_BEFORE, _AFTER, _MONTHS = "before", "after", "months"


class AlertThresholdDialog(FormDialog):
    """Level, number and side of the legal date, and words.

    Signals:
        saved: the alerts are kept as changed.
    """

    def __init__(
        self,
        frame: Frame,
        line: AlertLine,
        lines: Sequence[AlertLine],
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog for one of all lines."""
        super().__init__("Change the alert", "Keep", parent)
        self._frame, self._line, self._lines = frame, line, lines
        self.form.add_wide(QLabel(f"For {line.rules}."))
        self.level = self.form.add("A&lert", choices(_LEVELS, line.of.level.name), key="level")
        self.number = QLineEdit()
        self.number.setFixedWidth(70)
        self.side = choices(self._sides())
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.number)
        row.addWidget(labelled("&counted in", self.side))
        row.addWidget(self.side)
        row.addStretch(1)
        both.setFocusProxy(self.number)
        self.form.add(
            "&From",
            both,
            "Counted from the legal date, which does not change.",
            "number",
        )
        self.words = self.form.add("&What Today says", QLineEdit(line.words), key="words")
        self.form.set_row_visible("words", not isinstance(line.of, BirthdayThreshold))
        self._fill()
        self.number.setFocus()

    def accept(self) -> None:
        """Keep the alert, or say what is wrong."""
        self.form.clear_problems()
        typed = self.number.text().strip()
        if not (typed.isascii() and typed.isdecimal() and int(typed) <= LONGEST):
            self.form.show_problem("number", f"The number has to be from 0 to {LONGEST}.")
            return
        if not isinstance(self._line.of, BirthdayThreshold) and not self.words.text().strip():
            self.form.show_problem("words", "Type what Today should say.")
            return
        self.busy(on=True)
        self._frame.jobs.submit(self._command(int(typed)), self, self._came)

    def _command(self, number: int) -> Command:
        """Change the alert, and with the first change keep all that came along as our own."""
        changed = self._changed(number)
        if changed.record is not None:
            kept = changed.record
            return ChangeRecord(kind_of(kept).name, kept.id, kept.version, fields_of(changed))
        lines = [changed if one.place == changed.place else one for one in self._lines]
        added = tuple(AddRecord("alert_threshold", fields_of(one)) for one in lines)
        return Together(added, f"the alert for {changed.rules} changed")

    def _came(self, outcome: Outcome) -> None:
        if isinstance(outcome, Failed):
            self._failed(outcome)
        else:
            self.succeed()

    def _sides(self) -> list[tuple[str, str]]:
        of = self._line.of
        if isinstance(of, BirthdayThreshold) or of.months is not None:
            return [(_MONTHS, "months before")]
        return [(_BEFORE, "days before"), (_AFTER, "days after")]

    def _fill(self) -> None:
        of = self._line.of
        if isinstance(of, BirthdayThreshold) or of.months is not None:
            self.number.setText(str(of.months))
        else:
            self.number.setText(str(abs(of.days)))
            self.side.setCurrentIndex(self.side.findData(_AFTER if of.days < 0 else _BEFORE))

    def _changed(self, number: int) -> AlertLine:
        of, level = self._line.of, Level[str(self.level.currentData())]
        if isinstance(of, BirthdayThreshold):
            return replace(self._line, of=replace(of, level=level, months=number))
        words = " ".join(self.words.text().split())
        if of.months is not None:
            return replace(self._line, of=replace(of, level=level, words=words, months=number))
        days = -number if self.side.currentData() == _AFTER else number
        return replace(self._line, of=replace(of, level=level, words=words, days=days))

    def _failed(self, failed: Failed) -> None:
        self.busy(on=False)
        self.form.show_problem("number", failed.sentence)
