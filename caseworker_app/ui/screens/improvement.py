"""Improvement plan: what was promised and how it stands, who owes what, workstreams, progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.declarations.promised import PlanAction
from caseworker_app.domain.declarations.promised import Progress as Note
from caseworker_app.domain.improvement.highlight import highlight_report
from caseworker_app.domain.improvement.standing import Standing, Stream, noted, refs_of
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import Result
from caseworker_app.domain.outcome import Done, Failed, Outcome
from caseworker_app.domain.paper import Paper
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.yeargroup import school_year
from caseworker_app.services import commands as do
from caseworker_app.services.improvement.following import Followed, followed
from caseworker_app.services.improvement.ready_plans import READY
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.list_printing import export_list, foot
from caseworker_app.ui.printing import print_paper
from caseworker_app.ui.screens import improvement_columns as columns
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.quality import Listed
from caseworker_app.ui.widgets.files import ask_save
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.form import labelled
from caseworker_app.ui.widgets.refilled import refill
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import Tabs
from caseworker_app.ui.widgets.tool_row import ToolRow

KINDS = frozenset(
    {"improvement_plan", "workstream", "plan_action", "success_measure", "progress", "hand_value"}
)
"""The kinds of record that change what stands here."""

_NO_PLAN = "There is no improvement plan yet. Load a ready plan, or add one of your own with New."


class ImprovementScreen(Screen):
    """Four lists on tabs, of one plan or of all; measures are counted when it is first shown."""

    key = "improvement"
    title = "Improvement plan"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.area = "improvement"
        self.found = Followed()
        self._results: tuple[Result, ...] | None = None
        self._make_lists()
        self._build()
        for one in self.lists:
            one.chosen.connect(self._chosen)
        self.tabs.currentChanged.connect(self._chosen)

    @property
    def table(self) -> RowsTable:
        """The list in front."""
        return self.front().table

    def front(self) -> Listed:
        """The tab in front."""
        found = self.tabs.currentWidget()
        return found if isinstance(found, Listed) else self.measures

    def refresh(self) -> None:
        """Read every plan anew, and count the measures they name anew."""
        self._results = None
        self._read()

    def _read(self) -> None:
        """Read every plan anew; figures stand as they were counted last."""
        results = self._results
        self.frame.jobs.ask(
            lambda session: followed(session, results), self._show, self.frame.tell_failed, self
        )

    def apply(self, done: Done) -> None:
        """Read anew where a plan, or progress, changed: that moves no figure."""
        if done.everything:
            self.mark_stale()
        elif KINDS & set(done.kinds) or done.gone.keys() & KINDS:
            self._read()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row in front."""
        offered: dict[str, Callable[[], None]] = {"find": self._find}
        row = self.front().row()
        if self.table.rows_model.shown:
            offered["export"] = lambda: export_list(self.frame, self)
            offered["copy"] = self.table.copy
        if self.found.records.measures:
            offered["improve.count"] = self.count_measures
        if self._stream(row) is not None:
            offered["improve.report"] = self.print_report
            offered["improve.word"] = self.write_report
        if not self.frame.may("improvement", Right.WRITE):
            return offered
        offered["improve.load"] = self.load
        offered["entry.new"] = self._new
        offered["improve.new_plan"] = lambda: self._open_new("improvement_plan")
        if self.found.plans:
            offered["improve.new_action"] = lambda: self._open_new("plan_action", row)
        if isinstance(row, Standing):
            offered["improve.action"] = lambda: self._change_action(row)
            offered["improve.note"] = lambda: self._note(row)
        if isinstance(row, (columns.Note, Standing, Stream)):
            offered["entry.change"] = lambda: self._change(row)
            offered["entry.remove"] = lambda: self._remove(row)
        return offered

    def context(self) -> Context:
        """How many rows there are."""
        return Context((), self.count.text())

    def take_focus(self) -> None:
        """Work starts in the list in front, or where one goes on when there is none."""
        self.tabs.take_focus()

    def count_measures(self) -> None:
        """Count the measures of the catalogue, and let those that are named stand by them."""
        since = date(school_year(self.frame.today()), 9, 1)
        application, today = self.frame.application, self.frame.today()

        def count(session: Session, progress: Progress) -> Followed:
            made = application.board(
                session, since, today, edition=Audience.TEAM, progress=progress
            )
            self._results = made.measures
            return followed(session, made.measures)

        self.frame.jobs.long(
            "Counting the measures", count, self._show, self.frame.tell_failed, self
        )

    def load(self) -> None:
        """Offer the ready plans; the one chosen is loaded, never a second time in silence."""
        self.ready.popup(self.loader.mapToGlobal(self.loader.rect().bottomLeft()))

    def _load(self, name: str, _: bool = False) -> None:
        def loaded(outcome: Outcome) -> None:
            if isinstance(outcome, Failed):
                self.frame.tell_failed(outcome)
            else:
                self.frame.say(outcome.message, outcome.undo)
                self.count_measures()

        self.frame.jobs.submit(do.LoadPlan(name), self, loaded, "Loading the plan")

    def print_report(self) -> None:
        """Print the highlight report of the workstream in front, or write it as a PDF."""
        self._with_report(
            lambda paper, leaving: print_paper(self.frame, paper, leaving, self), "printed"
        )

    def write_report(self) -> None:
        """Write it as a Word page."""
        self._with_report(self._write_word, "written")

    def _with_report(self, go: Callable[[Paper, Leaving], None], way: str) -> None:
        stream = self._stream(self.front().row())
        if stream is None:
            self.frame.say("Choose a workstream, or a success measure of one, first.")
            return
        found, today = self.found, self.frame.today()
        plan = found.plan_of(stream.workstream)

        def make(session: Session) -> Paper:
            made = foot(self.frame, session.who)
            return highlight_report(stream, found.records.notes, plan, today, made)

        def show(paper: Paper) -> None:
            go(paper, Leaving(paper.title, "improvement", (), paper.words(), way))

        self.frame.jobs.ask(make, show, self.frame.tell_failed, self)

    def _write_word(self, paper: Paper, leaving: Leaving) -> None:
        def save(name: str) -> None:
            target = Path(name)

            def make(session: Session, progress: Progress) -> None:
                self.frame.application.write_paper(
                    session, paper, target, area="improvement", progress=progress
                )

            self.frame.jobs.long(
                "Writing the report",
                make,
                lambda _: self.frame.say(f"Wrote {target.name}."),
                self.frame.tell_failed,
                self,
            )

        def ask() -> None:
            name = f"{paper.title.replace(':', '')} {self.frame.today().isoformat()}.docx"
            ask_save(self, "Write the highlight report", name, "Word documents (*.docx)", save)

        before_leaving(self.frame, leaving, ask, self)

    def _make_lists(self) -> None:
        frame = self.frame
        self.overdue_alone = QCheckBox("&Overdue or without news")
        self.overdue_alone.setToolTip("Only what is overdue, red, or of which nobody said anything")
        self.overdue_alone.toggled.connect(self._keep)
        self.measures = Listed(
            frame,
            "Success measures",
            columns.MEASURES,
            "Enter adds a progress note",
            _NO_PLAN,
            (self.overdue_alone,),
            ("success measure", "success measures"),
        )
        self.owed = Listed(
            frame,
            "Owed",
            columns.OWED,
            "Enter adds a progress note",
            "Nothing is overdue, and every lead has said something in the last two months.",
            rows=("measure owed", "measures owed"),
        )
        self.streams = Listed(
            frame,
            "Workstreams",
            columns.STREAMS,
            "Enter prints the highlight report",
            _NO_PLAN,
            rows=("workstream", "workstreams"),
        )
        self.notes = Listed(
            frame,
            "Progress",
            columns.NOTES,
            "Enter changes a note",
            "No progress has been noted yet.",
            rows=("note", "notes"),
        )
        self.lists = (self.measures, self.owed, self.streams, self.notes)
        self.measures.begun.connect(lambda: self.measures.table.spare("owes", "stream"))
        self.owed.begun.connect(lambda: self.owed.table.spare("owes"))
        for one in (self.measures, self.owed):
            one.opened.connect(self._note)
        self.streams.opened.connect(lambda _: self.print_report())
        self.notes.opened.connect(self._change)

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.plan = FilterBox()
        self.plan.activated.connect(lambda _: self._fill())
        self.ready = QMenu("Ready plans", self)
        for name, words in READY.items():
            self.ready.addAction(words).triggered.connect(partial(self._load, name))
        self.new = QPushButton("New")
        self.new.setAccessibleDescription("A success measure, an action, a workstream, a plan")
        self.menu = QMenu(self.new)
        for words, action in (
            ("As the &list in front…", "entry.new"),
            ("&Action…", "improve.new_action"),
            ("&Improvement plan…", "improve.new_plan"),
        ):
            entry = self.menu.addAction(words)
            entry.triggered.connect(lambda _=False, action=action: self._do(action))
        self.new.setMenu(self.menu)
        self.loader = QPushButton("Load a ready plan…")
        self.loader.clicked.connect(self.load)
        bar = ToolRow()
        for part in (title, labelled("Pla&n", self.plan), self.plan):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.count)
        bar.addWidget(stands_for(self.new, "improve.new_plan"))
        bar.addWidget(stands_for(self.loader, "improve.load"))
        for words, action, go in (
            ("Count measures", "improve.count", self.count_measures),
            ("Word report…", "improve.word", self.write_report),
            ("Highlight report…", "improve.report", self.print_report),
            ("Progress note…", "improve.note", lambda: self._do("improve.note")),
        ):
            button = QPushButton(words)
            button.clicked.connect(go)
            if action == "improve.note":
                button.setObjectName("primary")
            bar.addWidget(stands_for(button, action))
        self.tabs = Tabs(self)
        self.tabs.setAccessibleName("Parts of the improvement plan")
        self.tabs.setDocumentMode(True)
        titles = ("&Success measures", "O&wed", "Wor&kstreams", "&Progress")
        for one, said in zip(self.lists, titles, strict=True):
            self.tabs.addTab(one, said)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.tabs, 1)

    def _do(self, action: str) -> None:
        go = self.offers().get(action)
        if go is not None:
            go()
        elif action == "improve.new_action":
            self.frame.say("Add an improvement plan and a workstream first: an action is of one.")
        else:
            self.frame.say("Choose a success measure first.")

    def _show(self, found: Followed) -> None:
        self.found = found
        plans = [("", "All plans"), *((one.id, one.name) for one in found.plans)]
        refill(self.plan, plans)
        self._fill()
        if not found.fed and any(one.measure for one in found.records.measures):
            self.count_measures()

    def _fill(self) -> None:
        found, chosen = self.found, str(self.plan.currentData() or "")
        rows = [row for row in found.rows if not chosen or row.workstream.plan_id == chosen]
        streams = [one for one in found.streams if not chosen or one.workstream.plan_id == chosen]
        self.measures.show_rows(rows)
        self.owed.show_rows(
            sorted(filter(_is_owed, rows), key=lambda row: (row.owes, -row.days_over))
        )
        self.streams.show_rows(streams)
        self.notes.show_rows(self._notes(rows))
        self._keep()
        self._chosen()

    def _notes(self, rows: Sequence[Standing]) -> list[columns.Note]:
        refs = refs_of(rows)
        found = [
            columns.Note(one, refs[noted(one)])
            for one in self.found.records.notes
            if noted(one) in refs
        ]
        return sorted(found, key=lambda one: (one.note.on, one.note.id), reverse=True)

    def _keep(self) -> None:
        on = self.overdue_alone.isChecked()
        self.measures.model.set_keep(_presses if on else None)
        self.measures.table.go_first()

    def _stream(self, row: object) -> Stream | None:
        """The workstream of a row."""
        if isinstance(row, Stream):
            return row
        if isinstance(row, Standing):
            return next((one for one in self.found.streams if one.id == row.workstream.id), None)
        return None

    def _note(self, row: object) -> None:
        """The form for a progress note, begun as of the success measure in front."""
        if not isinstance(row, Standing) or not self.frame.may("improvement", Right.WRITE):
            return
        begin = Note(
            measure_id=row.id,
            on=self.frame.today(),
            status=row.note.status if row.note is not None else "on_track",
            words="",
            by=self.frame.person.name,
        )
        open_record_dialog(self.frame, kind_named("progress"), None, self.window(), begin=begin)

    def _new(self) -> None:
        """A new record of what the tab in front lists."""
        kinds = {
            self.measures: "success_measure",
            self.owed: "success_measure",
            self.streams: "workstream",
            self.notes: "progress",
        }
        self._open_new(kinds[self.front()] if self.found.plans else "improvement_plan")

    def _open_new(self, name: str, row: object = None) -> None:
        """The form of a new record; an action begins in the workstream of a row."""
        begin, stream = None, self._stream(row)
        if name == "plan_action" and stream is not None:
            begin = PlanAction(workstream_id=stream.id, ref="", words="")
        open_record_dialog(self.frame, kind_named(name), None, self.window(), begin=begin)

    def _change_action(self, row: Standing) -> None:
        """The form of the action that a success measure is of."""
        open_record_dialog(self.frame, kind_named("plan_action"), row.action, self.window())

    def _change(self, row: object) -> None:
        if self.frame.may("improvement", Right.WRITE):
            kind, record = _record_of(row)
            open_record_dialog(self.frame, kind_named(kind), record, self.window())

    def _remove(self, row: object) -> None:
        name, record = _record_of(row)
        kind = kind_named(name)
        shown = RecordRow(record, {"title": kind.title(record)})
        RemoveRecordDialog(self.frame, kind, shown, self.window()).open()

    def _chosen(self) -> None:
        front = self.front()
        row = front.row()
        if isinstance(row, Standing):
            parts = (f"{row.action.ref} {row.action.words}", row.counts, columns.said(row))
            front.said.setText("\n".join(one for one in parts if one))
        elif isinstance(row, Stream):
            front.said.setText(row.workstream.weakness)
        shown, total = front.model.shown, front.model.total
        words = f"{total:,} {front.one if total == 1 else front.many}"
        self.count.setText(words if shown == total else f"{shown:,} of {words}")
        self.changed.emit()

    def _find(self) -> None:
        self.front().search.setFocus()
        self.front().search.selectAll()


def _is_owed(row: Standing) -> bool:
    return bool(row.days_over) or row.wants_news


def _presses(row: Standing) -> bool:
    return row.rag == "red" or _is_owed(row)


def _record_of(row: object) -> tuple[str, Any]:
    """The kind and the record behind a row."""
    if isinstance(row, columns.Note):
        return "progress", row.note
    if isinstance(row, Stream):
        return "workstream", row.workstream
    assert isinstance(row, Standing)
    return "success_measure", row.measure
