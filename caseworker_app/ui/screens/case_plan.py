"""The versions of a child's plan, and what changed from any of them to any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.plan_changes import PlanChange, plan_changes
from caseworker_app.domain.plan_history import finals
from caseworker_app.domain.plan_templates import same
from caseworker_app.domain.plan_thread import SECTIONS, Thread
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.plans.templates import newest_template
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import Column, long_date, no_date_last
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_records import CaseRecords, Line
from caseworker_app.ui.widgets.doubt import DoubtLabel
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.form import labelled
from caseworker_app.ui.widgets.table import RowsTable

_FILED, _HIGH = "filed", 210

COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "number",
        "Version",
        lambda line: line.words("number"),
        lambda line: line.row.record.number,
        "right",
        width=76,
    ),
    Column("kind", "Kind", lambda line: line.words("kind"), width=150, style="strong"),
    Column(
        "on",
        "Date",
        lambda line: long_date(line.on) or "It is no longer recorded",
        lambda line: no_date_last(line.on),
        width=118,
    ),
    Column("template", "Template", lambda line: line.words("template"), width=120),
    Column("sections", "Sections changed", lambda line: line.words("sections"), width=140),
    Column(_FILED, "Documents", lambda line: line.words(_FILED), stretch=True, style="dim"),
)


CHANGES: tuple[Column[PlanChange], ...] = (
    Column("section", "Section", lambda row: f"{row.letter} {SECTIONS[row.letter]}", width=170),
    Column("what", "What", lambda row: row.what, width=90, style="strong"),
    Column("before", "Before", lambda row: row.before, width=250, stretch=True),
    Column("after", "Now", lambda row: row.after, width=250, stretch=True),
    Column("beside", "Beside that", lambda row: row.beside, width=170, style="dim"),
)


class CasePlan(CaseRecords):
    """The newest version first. A version has the day of the fact it points at.

    Below stands what is another in the version selected than in an earlier one.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            "Plan",
            "Each version with the day it was served or sent.",
            ("plan_version",),
            COLUMNS,
            "No version of the plan is recorded yet. Record that it was sent, then add the "
            "version with its template.",
        )
        self._filed: dict[str, list[str]] = {}
        self._thread, self._newest, self._template = Thread(), "", ""
        self.dates = QLabel()
        self.dates.setObjectName("dim")
        self.dates.setWordWrap(True)
        self.old = DoubtLabel()
        self.column.insertWidget(0, self.dates)
        self.column.insertWidget(1, self.old)
        self.before = FilterBox()
        self.before.currentIndexChanged.connect(self._compare)
        row = QHBoxLayout()
        row.addWidget(labelled("Changed since", self.before))
        row.addWidget(self.before)
        row.addStretch()
        self.column.addLayout(row)
        self.changes: RowsModel[PlanChange] = RowsModel(CHANGES, _key, lambda row: row.after)
        self.changed = RowsTable(
            self.changes, frame.theme, "What changed in the plan", "From one version to another"
        )
        self.column.addWidget(self.changed, 1)
        self.nothing = EmptyState(self.changed)
        self.table.setMaximumHeight(_HIGH)
        self.chosen.connect(self._offer)
        self._case: CaseFile | None = None
        self._paths: list[tuple[str, str]] = []
        self.comparing = stands_for(QPushButton("Compare documents…"), "plan.compare")
        self.put_button(self.comparing, self.compare)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered = dict(super().offers())
        if self._case is not None:
            offered["plan.compare"] = self.compare
        return offered

    def compare(self) -> None:
        """Compare two Word documents of the plan."""
        from caseworker_app.ui.dialogs.compare_documents import CompareDialog

        if self._case is not None:
            CompareDialog(self.frame, self._case, self._paths, self.window()).open()

    def show_plan(self, thread: Thread, case: CaseFile) -> None:
        """Take what the plan says now, with the events that date it and the template it is on."""
        self._case, self._thread, self._template = case, thread, case.child.template
        sent = finals(case.facts)
        said = [f"First final plan {long_date(sent[0].on)}."] if sent else []
        if len(sent) > 1:
            said.append(f"Plan in force since {long_date(sent[-1].on)}, final plan {len(sent)}.")
        self.dates.setText(" ".join(said))
        self.dates.setVisible(bool(said))
        self._say_template()
        self._offer()
        self.frame.jobs.ask(newest_template, self._take_newest, owner=self)

    def _take_newest(self, newest: str) -> None:
        self._newest = newest
        self._say_template()

    def _say_template(self) -> None:
        now, newest = self._template, self._newest
        old = bool(now and newest) and not same(now, newest)
        self.old.ask(f"The plan is on template {now}; {newest} is the newest." if old else "")

    def _offer(self) -> None:
        """Offer the versions before the one selected to compare it with."""
        line, kept = self.current(), self.before.currentData()
        on = line.on if line is not None else None
        older = [
            (one.on.isoformat(), f"{one.words('kind')}, {long_date(one.on)}")
            for one in self.model.rows()
            if one.on is not None and on is not None and one.on < on
        ]
        with QSignalBlocker(self.before):
            self.before.clear()
            for key, words in older:
                self.before.addItem(words, key)
            self.before.setCurrentIndex(max(0, self.before.findData(kept)) if older else -1)
        self._compare()

    def _compare(self) -> None:
        line, key = self.current(), self.before.currentData()
        if line is None or line.on is None or not key:
            self.changes.set_rows([])
            self.nothing.say("Select a later version to see what changed since an earlier one.")
            return
        found = plan_changes(self._thread, date.fromisoformat(str(key)), line.on)
        self.changes.set_rows(found)
        self.nothing.say(
            "" if found else "Nothing that is recorded of the plan changed between the two."
        )

    def show_rows(
        self,
        child_id: str,
        rows: Sequence[tuple[str, RecordRow]],
        days: Mapping[str, date] | None = None,
    ) -> None:
        """Show the versions, each with the documents that point at it."""
        self._filed = {}
        for name, row in rows:
            if name == "document" and row.record.plan_version_id:
                held = self._filed.setdefault(row.record.plan_version_id, [])
                held.append(row.words["title"])
        filed = [row for name, row in rows if name == "document"]
        filed.sort(key=lambda row: row.record.on, reverse=True)
        self._paths = [
            (row.record.where, f"{row.words['title']}, {long_date(row.record.on)}")
            for row in filed
            if row.record.where.lower().endswith(".docx")
        ]
        super().show_rows(child_id, rows, days)

    def line(self, name: str, row: RecordRow, days: Mapping[str, date]) -> Line:
        """A version with its day and its documents."""
        words = {**row.words, _FILED: ", ".join(self._filed.get(row.id, ()))}
        return Line(kind_named(name), replace(row, words=words), days.get(row.record.fact_id))

    def in_order(self, lines: list[Line]) -> list[Line]:
        """The newest version first."""
        return sorted(lines, key=lambda line: -line.row.record.number)


def _key(change: PlanChange) -> str:
    return f"{change.letter}|{change.before}|{change.after}"
