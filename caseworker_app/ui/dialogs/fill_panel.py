"""Puts cases before a panel that wait for one: those ticked, in one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from caseworker_app.domain.declarations.panels import QUESTIONS
from caseworker_app.services.commands import AddRecord, Together
from caseworker_app.services.panels.panels import PanelRow
from caseworker_app.services.panels.what_waits import WaitingLine, waiting
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import choices

if TYPE_CHECKING:
    from caseworker_app.domain.outcome import Outcome

_SOON = timedelta(days=14)
"""A date so soon after the panel can wait for no later one: it is ticked at first."""

_PAPERS_BEFORE = timedelta(days=7)


class FillPanelDialog(FormDialog):
    """A tick a case, the most urgent first; Space ticks and unticks.

    What every panel is asked, and what one left open, is ticked at first; of reviews, placements,
    top-up and ceasing a person says which go before it.
    """

    guide = "Panels"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        panel: PanelRow,
        lines: Sequence[WaitingLine],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"Put before the {panel.words}", "Put before the panel", parent)
        self.frame, self._panel = frame, panel
        self._lines = {one.id: one for one in lines}
        self.narrowed = self.form.add("&Question", choices(_questions(lines)), key="question")
        self.narrowed.currentIndexChanged.connect(self._narrow)
        self.list = self.form.add("&Cases", QListWidget(), "Space ticks one.", "cases")
        self.list.setMinimumHeight(300)
        self.list.setWordWrap(True)
        for one in lines:
            item = QListWidgetItem(_line(one), self.list)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            soon = one.sure and (one.due is None or one.due <= panel.panel.on + _SOON)
            item.setCheckState(Qt.CheckState.Checked if soon else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.papers = self.form.add(
            "&Papers in by", DateField(frame.today, coming=True), key="papers_by"
        )
        by = panel.panel.on - _PAPERS_BEFORE
        self.papers.set_value(by if by >= frame.today() else None)
        self.resize(720, 480)
        self.list.setFocus()

    def _narrow(self) -> None:
        """Show the cases of one question; what is ticked and not shown stays ticked."""
        wanted = self.narrowed.currentData()
        for row in range(self.list.count()):
            item = self.list.item(row)
            line = self._lines[str(item.data(Qt.ItemDataRole.UserRole))]
            item.setHidden(bool(wanted) and line.question != wanted)
        shown = (row for row in range(self.list.count()) if not self.list.item(row).isHidden())
        self.list.setCurrentRow(next(shown, -1))

    def chosen(self) -> list[WaitingLine]:
        """The cases ticked, of every question."""
        items = (self.list.item(row) for row in range(self.list.count()))
        ticked = (one for one in items if one.checkState() is Qt.CheckState.Checked)
        return [self._lines[str(one.data(Qt.ItemDataRole.UserRole))] for one in ticked]

    def accept(self) -> None:
        """Put those ticked before the panel."""
        self.form.clear_problems()
        lines = self.chosen()
        if not lines:
            self.form.show_problem("cases", "Tick the cases that go before this panel.")
            return
        if self.papers.problem:
            self.form.show_problem("papers_by", self.papers.problem)
            return
        items = tuple(
            AddRecord(
                "panel_item",
                {
                    "panel_id": self._panel.id,
                    "child_id": one.child_id,
                    "question": one.question,
                    "papers_by": self.papers.value,
                },
            )
            for one in lines
        )
        self.busy(on=True)
        many = "1 case" if len(items) == 1 else f"{len(items):,} cases"
        what = f"{many} put before the {self._panel.words}"
        self.frame.jobs.submit(Together(items, what), self, self._came)

    def _came(self, outcome: Outcome) -> None:
        from caseworker_app.domain.outcome import Failed

        self.busy(on=False)
        if isinstance(outcome, Failed):
            if not self.form.show_failed(outcome):
                self.frame.tell_failed(outcome)
        else:
            self.succeed()


def _questions(lines: Sequence[WaitingLine]) -> list[tuple[str, str]]:
    """What the list can be narrowed to: every question that waits, with how many."""
    many = Counter(one.question for one in lines)
    some = [(key, f"{words} ({many[key]:,})") for key, words in QUESTIONS.items() if many[key]]
    return [("", f"Every question ({len(lines):,})"), *some]


def _line(one: WaitingLine) -> str:
    due = f"by {long_date(one.due)}" if one.due else ""
    said = " \u00b7 ".join(filter(None, (QUESTIONS[one.question], due, one.why)))
    return f"{one.child} ({one.reference}): {said}"


def open_fill(frame: Frame, panel: PanelRow, parent: QWidget) -> None:
    """Read what waits, then ask; says so where nothing does."""

    def show(lines: Sequence[WaitingLine]) -> None:
        if lines:
            FillPanelDialog(frame, panel, lines, parent).open()
        else:
            frame.say("Nothing waits for a panel that is not before one already.")

    frame.jobs.ask(waiting, show, frame.tell_failed, parent)
