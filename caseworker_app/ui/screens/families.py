"""Families: who is to be asked, what they said, figures, themes, and what was done about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain import families as counting
from caseworker_app.domain.declarations.families import Feedback, Invitation, Response
from caseworker_app.domain.families import DueRow, Theme
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.measures.suppression import LARGEST
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.yeargroup import school_year
from caseworker_app.services.families.families import (
    KINDS,
    AnswerRow,
    AskedRow,
    Families,
    families,
    kind_shown,
    to_invite,
)
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.bring_in import ask_bring_in
from caseworker_app.ui.dialogs.invite import InviteDialog
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.list_printing import export_list
from caseworker_app.ui.screens import families_columns as columns
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.quality import Listed
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import Tabs
from caseworker_app.ui.widgets.tool_row import ToolRow

_PERIODS = [("year", "Last 12 months"), ("school", "This school year"), ("all", "All")]
_YEAR = timedelta(days=365)
Counted = tuple[Sequence[counting.Figure], Sequence[Theme], int]
"""The figures of a period, its themes, and how many themes are too few to be told."""


class FamiliesScreen(Screen):
    """Six lists on tabs; who is to be asked is read when it is first looked at."""

    key = "families"
    title = "Families"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.area = "feedback"
        self.found = Families()
        self.period = choices(_PERIODS)
        self.period.currentIndexChanged.connect(self._count)
        self._make_lists()
        self._build()
        for one in self.lists:
            one.chosen.connect(self._chosen)
            one.opened.connect(lambda _: self._enter())
        self.tabs.currentChanged.connect(self._turned)

    @property
    def table(self) -> RowsTable:
        """The list in front."""
        return self.front().table

    def front(self) -> Listed:
        """The tab in front."""
        found = self.tabs.currentWidget()
        return found if isinstance(found, Listed) else self.answers

    def refresh(self) -> None:
        """Read everything anew, and who is to be asked where that is in front."""
        self.frame.jobs.ask(families, self._show, self.frame.tell_failed, self)
        self.due.read = False
        self._turned()

    def apply(self, done: Done) -> None:
        """Read anew where an answer or an invitation changed."""
        if KINDS & done.kinds:
            self.mark_stale()
        elif done.child_ids:
            self.due.read = False
            self._turned()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row in front, and with all of it."""
        offered: dict[str, Callable[[], None]] = {"find": self._find, "entry.new": self._new}
        if self.table.rows_model.shown:
            offered["export"] = lambda: export_list(self.frame, self)
        if self.frame.may("bulk", Right.WRITE, own=False):
            kind = kind_named("invitation" if self.front() is self.asked else "feedback")
            offered["entry.import"] = lambda: ask_bring_in(self.frame, kind, self)
        if self.front() is self.due and self.table.selected_rows():
            offered["family.invite"] = self._invite
        return offered | self._of_row(self.front().row())

    def context(self) -> Context:
        """The child in front, where the row leads to one."""
        child = _child_of(self.front().row())
        return Context((child,) if child else (), self.count.text())

    def take_focus(self) -> None:
        """Work starts in the list in front."""
        self.table.setFocus()

    def _of_row(self, row: object) -> dict[str, Callable[[], None]]:
        offered: dict[str, Callable[[], None]] = {}
        if row is None:
            return offered
        offered["copy"] = self.table.copy
        child = _child_of(row)
        if child:
            offered["case.open"] = lambda: self.frame.open_case(child)
        if isinstance(row, AnswerRow | AskedRow | Response):
            offered["entry.change"] = lambda: self._change(row)
            offered["entry.remove"] = lambda: self._remove(row)
        return offered

    def _make_lists(self) -> None:
        frame = self.frame
        self.answers = Listed(
            frame,
            "Answers",
            columns.ANSWERS,
            "Enter changes an answer; its case opens only where the family agreed",
            "Nobody has answered yet. Enter an answer, or bring in the file of the form service.",
            rows=("answer", "answers"),
        )
        self.due = Listed(
            frame,
            "To invite",
            columns.DUE,
            "Enter records that the families selected were asked",
            "Nobody is to be asked: no plan was issued and no review decided without an invitation "
            "in the last six months.",
            rows=("family to ask", "families to ask"),
            holder=lambda row: row.caseworker_id,
        )
        self.asked = Listed(
            frame,
            "Invitations",
            columns.ASKED,
            "Enter opens the case",
            "Nobody has been asked yet. To invite lists who is to be.",
            rows=("invitation", "invitations"),
            holder=lambda row: row.caseworker_id,
        )
        self.figures = Listed(
            frame,
            "Figures",
            columns.FIGURES,
            "What families said, in figures",
            "",
            (labelled("&Period", self.period), self.period),
            ("figure", "figures"),
        )
        self.themes = Listed(
            frame,
            "Themes",
            columns.THEMES,
            "Enter records what was done about a theme",
            f"No theme was said in {LARGEST + 1} answers or more.",
            rows=("theme", "themes"),
        )
        self.did = Listed(
            frame,
            "You said, we did",
            columns.RESPONSES,
            "Enter changes one",
            "Nothing yet. Enter on a theme records what was done about it.",
            rows=("answer to families", "answers to families"),
        )
        self.lists = (self.answers, self.due, self.asked, self.figures, self.themes, self.did)

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.count = QLabel()
        self.count.setObjectName("dim")
        bar = ToolRow()
        bar.setSpacing(8)
        bar.addWidget(title)
        bar.addStretch(1)
        bar.addWidget(self.count)
        for action, words in (
            ("entry.import", "Bring in…"),
            ("family.invite", "Invite…"),
            ("entry.new", "New…"),
        ):
            button = stands_for(QPushButton(words), action)
            button.clicked.connect(lambda _=False, action=action: self._do(action))
            bar.addWidget(button)
        button.setObjectName("primary")
        self.tabs = Tabs(self)
        self.tabs.setAccessibleName("Parts of families")
        self.tabs.setDocumentMode(True)
        names = (
            "&Answers",
            "To i&nvite",
            "Invitat&ions",
            "Fi&gures",
            "The&mes",
            "&You said, we did",
        )
        for part, words in zip(self.lists, names, strict=True):
            self.tabs.addTab(part, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.tabs, 1)

    def _do(self, action: str) -> None:
        go = self.offers().get(action)
        if go is not None:
            go()
        else:
            self.frame.say("Choose a family under To invite first.")

    def _show(self, found: Families) -> None:
        self.found = found
        self.answers.show_rows(found.answers)
        self.asked.show_rows(found.asked)
        self.did.show_rows(found.responses)
        self._count()
        self._chosen()

    def _count(self) -> None:
        """Count the period anew, away from the window's thread: there may be many answers."""
        since, found = self._since(), self.found

        def count(_: Session) -> Counted:
            said = [one.record for one in found.answers if one.record.on >= since]
            sent = [one.record for one in found.asked if one.record.sent_on >= since]
            tokens = [one.record.token for one in found.answers]
            figures = counting.figures(said, sent, tokens)
            return figures, *counting.themes(said, found.responses)

        def show(made: Counted) -> None:
            if found is self.found and since == self._since():
                self._show_counted(*made)

        self.frame.jobs.ask(count, show, self.frame.tell_failed, self)

    def _show_counted(
        self, figures: Sequence[counting.Figure], themes: Sequence[Theme], few: int
    ) -> None:
        self.figures.show_rows(figures)
        self.figures.said.setText(
            f"Figures that would show fewer than {LARGEST + 1} families, or give them away, are "
            "hidden."
        )
        self.themes.show_rows(themes)
        more = counted(few, "further theme", "further themes")
        self.themes.said.setText(
            f"{more}, said in fewer than {LARGEST + 1} answers." if few else ""
        )
        self._chosen()

    def _since(self) -> date:
        today, chosen = self.frame.today(), str(self.period.currentData())
        if chosen == "school":
            return date(school_year(today), 9, 1)
        return today - _YEAR if chosen == "year" else date.min

    def _turned(self) -> None:
        """Read who is to be asked when that comes to the front."""
        if self.front() is self.due and not self.due.read:
            self.due.read = True
            self.frame.jobs.ask(to_invite, self._show_due, self.frame.tell_failed, self)
        self._chosen()

    def _show_due(self, rows: Sequence[DueRow]) -> None:
        self.due.show_rows(rows)
        self._chosen()

    def _chosen(self) -> None:
        front = self.front()
        row = front.row()
        if isinstance(row, AnswerRow):
            front.said.setText(columns.in_full(row))
        elif isinstance(row, Response):
            front.said.setText(row.done)
        shown, total = front.model.shown, front.model.total
        words = f"{total:,} {front.one if total == 1 else front.many}"
        self.count.setText(words if shown == total else f"{shown:,} of {words}")
        self.changed.emit()

    def _enter(self) -> None:
        """What Enter does in the list in front."""
        row = self.front().row()
        if isinstance(row, DueRow):
            self._invite()
        elif isinstance(row, AskedRow):
            self.frame.open_case(row.child_id)
        elif isinstance(row, Theme):
            self._new()
        elif row is not None and self.front() is not self.figures:
            self._change(row)

    def _invite(self) -> None:
        rows: list[Any] = self.due.table.selected_rows() or [self.due.row()]
        InviteDialog(self.frame, [one for one in rows if one is not None], self.window()).open()

    def _new(self) -> None:
        """A new one of what is in front: an answer, an invitation, or what was done."""
        today, row = self.frame.today(), self.front().row()
        begin: Any = Feedback(about="", on=today)
        if self.front() in (self.themes, self.did):
            theme = row.words if isinstance(row, Theme) else ""
            begin = Response(theme=theme, done="", on=today)
        elif self.front() is self.asked:
            begin = Invitation(child_id="", about="", sent_on=today, way="")
        name = {Feedback: "feedback", Response: "response", Invitation: "invitation"}[type(begin)]
        open_record_dialog(self.frame, kind_named(name), None, self.window(), begin=begin)

    def _change(self, row: AnswerRow | AskedRow | Response) -> None:
        if self.frame.may("feedback", Right.WRITE):
            record = row if isinstance(row, Response) else row.record
            open_record_dialog(self.frame, kind_shown(row), record, self.window())

    def _remove(self, row: AnswerRow | AskedRow | Response) -> None:
        kind, record = kind_shown(row), row if isinstance(row, Response) else row.record
        words = {"title": kind.title(record)}
        RemoveRecordDialog(self.frame, kind, RecordRow(record, words), self.window()).open()

    def _find(self) -> None:
        self.front().search.setFocus()
        self.front().search.selectAll()


def _child_of(row: object) -> str:
    """Whose a row is; "" where it leads to nobody."""
    return str(getattr(row, "child_id", "") or "")
