"""Quality: audits of plans, what waits to be audited, samples, findings, moderation, actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.auditing import back_to_services, themes
from caseworker_app.domain.auditing.agreement import agreement
from caseworker_app.domain.auditing.scoring import Result
from caseworker_app.domain.auditing.themes import Tally
from caseworker_app.domain.auditing.waiting import Waiting
from caseworker_app.domain.declarations.auditing import DRAWN_FROM, AuditSample
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.paper import Paper, together
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.yeargroup import school_year
from caseworker_app.services import commands as do
from caseworker_app.services.progress import Progress
from caseworker_app.services.quality.audits import (
    AT_ONCE,
    ActionRow,
    AuditRow,
    Quality,
    quality,
    sample_rows,
)
from caseworker_app.services.quality.to_audit import (
    ToAudit,
    first_waiting,
    more_waiting,
    most_pressing,
)
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.audit import open_audit, open_moderation
from caseworker_app.ui.dialogs.audit_tool import open_tool
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.dialogs.sample import open_sample
from caseworker_app.ui.leaving import Leaving
from caseworker_app.ui.list_printing import export_list, foot
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.printing import print_paper
from caseworker_app.ui.screens import quality_columns as columns
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.late_tabs import TabPlace
from caseworker_app.ui.widgets.refilled import refill
from caseworker_app.ui.widgets.search import FilterChips, SearchField
from caseworker_app.ui.widgets.table import RowsTable, with_line
from caseworker_app.ui.widgets.tabs import Tabs
from caseworker_app.ui.widgets.tool_row import ToolRow

_WHEN = {"": "At any time", "school": "This school year", "year": "Last 12 months"}
_A_YEAR = timedelta(days=365)

KINDS = frozenset({"plan_audit", "audit_action", "moderation", "audit_sample", "audit_tool"})
"""The kinds of record that change what stands here."""

_EVERY = "every"
_NONE_WAITS = "Every live plan has been audited since it was last amended."
_LOOKING = "Live plans are still being looked at; what waits stands here in a moment."
_COUNTED = {"audits": "plan_audit", "actions": "audit_action"}
"""By what the rows of a list are called, the kind of which there may be more than are listed."""


class Listed(TabPlace[QWidget]):
    """One list of the screen, with what stands above it and a line about the row.

    It is made when it is first seen or asked for: six lists at once would take long.

    Signals:
        opened: Enter or a double click on a row.
        chosen: another row is selected.
    """

    opened = Signal(object)
    chosen = Signal()

    def __init__(
        self,
        frame: Frame,
        name: str,
        shown: Sequence[Column[Any]],
        hint: str,
        nothing: str,
        above: Sequence[QWidget] = (),
        rows: tuple[str, str] = ("row", "rows"),
        holder: Callable[[Any], str] | None = None,
    ) -> None:
        """Make an empty list.

        Args:
            frame: the window.
            name: of the list.
            shown: its columns.
            hint: what Enter does.
            nothing: what an empty list says.
            above: what stands above it, in a row.
            rows: what one of them is called, and several.
            holder: a row's caseworker by id, where the list goes by whose cases are shown.
        """
        super().__init__(self._inside, lambda _: self._put_in())
        self.one, self.many = rows
        self.nothing, self.read = nothing, False
        self._rows: Sequence[Any] | None = None
        self._of = frame, name, shown, hint, above
        self._holder = holder
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.said.setWordWrap(True)
        self.said.setAccessibleName(f"About {name.lower()}")

    @property
    def model(self) -> RowsModel[Any]:
        """The rows."""
        self.part()
        return self._model

    @property
    def table(self) -> RowsTable:
        """The list itself."""
        self.part()
        return self._table

    @property
    def empty(self) -> EmptyState:
        """What it says while it is empty."""
        self.part()
        return self._empty

    @property
    def search(self) -> SearchField:
        """The field to filter by."""
        self.part()
        return self._search

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show rows, now or when it is seen."""
        self.read, self._rows = True, rows
        self.renew()

    def _put_in(self) -> None:
        if self._rows is not None:
            self._model.set_rows(self._rows)
            self._say_empty()
            self._table.go_first()

    def _say_empty(self) -> None:
        unseen = self._of[0].whose.unseen(self._model) if self._holder else ""
        self._empty.say("" if self._model.total or self._rows is None else unseen or self.nothing)

    def _inside(self) -> QWidget:
        frame, name, shown, hint, above = self._of
        self._model: RowsModel[Any] = RowsModel(shown, _identity, _words(shown), self)
        self._table = RowsTable(self._model, frame.theme, name, hint)
        self._empty = EmptyState(self._table)
        self._search = SearchField(self._table, "Find", f"Filters {name.lower()}", 220)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        for part in (*above, self._search):
            row.addWidget(part)
        if self._holder:
            row.addWidget(FilterChips(frame.whose))
            frame.whose.follow(self._model, self._holder)
            self._model.counted.connect(self._say_empty)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(with_line(self._table), 1)
        column.addWidget(self.said)
        self._table.opened.connect(self.opened)
        self._table.chosen.connect(self.chosen)
        self._model.counted.connect(self.chosen)
        return inside

    def row(self) -> Any:  # noqa: ANN401  (a row of this list)
        """The row in front, or None."""
        return self.table.current_row()


class QualityScreen(Screen):
    """Six lists on tabs; what waits is read when it is first looked at."""

    key = "quality"
    title = "Quality"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.area = "audits"
        self.found = Quality()
        self.by = choices(list(themes.BY.items()))
        self.by.currentIndexChanged.connect(self._gather)
        self.when = choices(list(_WHEN.items()))
        self.when.currentIndexChanged.connect(self._gather)
        self.extent = choices([("", f"The {AT_ONCE:,} recorded last"), (_EVERY, "Every one")])
        self.extent.setToolTip("Which audits are listed and gathered; of actions the next due")
        self.extent.activated.connect(lambda _: self.refresh())
        self.which = FilterBox()
        self.which.activated.connect(lambda _: self._read_sample())
        self._looks, self._looked = 0, ""
        self._make_lists()
        self._build()
        for one in self.lists:
            one.chosen.connect(self._chosen)
        self.tabs.currentChanged.connect(self._turned)

    @property
    def table(self) -> RowsTable:
        """The list in front."""
        return self.front().table

    def front(self) -> Listed:
        """The tab in front."""
        found = self.tabs.currentWidget()
        return found if isinstance(found, Listed) else self.audits

    def refresh(self) -> None:
        """Read the audits anew, and what waits where it is in front."""
        if self.extent.currentData() == _EVERY:
            self._read_every(self._show)
        else:
            self.frame.jobs.ask(quality, self._show, self.frame.tell_failed, self)
        self._forget_waiting()
        self._turned()

    def apply(self, done: Done) -> None:
        """Read anew where an audit, or what hangs on one, changed."""
        if KINDS & set(done.kinds) or done.gone.keys() & KINDS:
            # Of a large council nobody waits for every audit after each that is kept.
            self.extent.setCurrentIndex(0)
            self.mark_stale()
        elif done.child_ids:
            self._forget_waiting()
            self._turned()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row in front, and with all of it."""
        offered: dict[str, Callable[[], None]] = {"find": self._find}
        if self.table.rows_model.shown:
            offered["export"] = lambda: export_list(self.frame, self)
        if self.frame.may("audits", Right.WRITE, own=False):
            offered["audit.sample"] = self._draw
            offered["audit.tool"] = lambda: open_tool(self.frame, self.window())
        if self.found.audits:
            offered["audit.services"] = self._send_back
        offered |= self._of_row(self.front().row())
        return offered

    def context(self) -> Context:
        """The child in front, and how many rows there are."""
        child = _child_of(self.front().row())
        return Context((child,) if child else (), self.count.text())

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order, each once; of a finding, those not fully met."""
        row = self.front().row()
        if isinstance(row, Tally):
            return row.child_ids
        found = (_child_of(row) for row in self.table.rows_model.rows())
        return tuple(dict.fromkeys(one for one in found if one))

    def take_focus(self) -> None:
        """Work starts in the list in front, or where one goes on when there is none."""
        self.tabs.take_focus()

    def _of_row(self, row: object) -> Mapping[str, Callable[[], None]]:
        child = _child_of(row)
        offered: dict[str, Callable[[], None]] = {}
        if row is not None:
            offered["copy"] = self.table.copy
        if isinstance(row, Tally) and row.child_ids:
            offered["case.open"] = lambda: self._open_finding(row)
        if child:
            offered["case.open"] = lambda: self.frame.open_case(child)
            offered["audit.new"] = lambda: open_audit(self.frame, child, self.window())
        if isinstance(row, AuditRow):
            audit = row.result.audit
            offered["entry.change"] = lambda: open_audit(self.frame, child, self.window(), audit)
            offered["audit.moderate"] = lambda: open_moderation(self.frame, audit, self.window())
            offered["entry.remove"] = lambda: self._remove("plan_audit", audit)
        if isinstance(row, ActionRow):
            action = row.action
            if action.done_on is None:
                done = do.FinishAction(action.id, action.version, self.frame.today())
                offered["record.today"] = lambda: self.frame.jobs.submit(done, self)
            offered["entry.change"] = lambda: self._change_action(row)
            offered["entry.remove"] = lambda: self._remove("audit_action", action)
        return offered

    def _make_lists(self) -> None:
        frame = self.frame
        self.audits = Listed(
            frame,
            "Audits",
            columns.AUDITS,
            "Enter opens the audit",
            "No plan has been audited yet. To audit lists what waits; Enter there begins one.",
            rows=("audit", "audits"),
        )
        self.waits = Listed(
            frame,
            "To audit",
            columns.WAITING,
            "Enter audits the plan",
            _NONE_WAITS,
            rows=("plan waits", "plans wait"),
        )
        self.sample = Listed(
            frame,
            "Sample",
            columns.SAMPLE,
            "Enter audits the plan",
            "No sample has been drawn yet: draw one, and it is kept with its number.",
            (labelled("Sample dra&wn", self.which), self.which),
            ("plan", "plans"),
        )
        self.themes = Listed(
            frame,
            "Themes",
            columns.THEMES,
            "What audits found, the weakest first; Enter opens the cases not fully met, one by one",
            "Nothing to gather: there is no audit of that time.",
            (
                *(labelled("Gathered &by", self.by), self.by),
                *(labelled("Au&dited", self.when), self.when),
            ),
            ("finding", "findings"),
        )
        self.looks = Listed(
            frame,
            "Moderation",
            columns.LOOKS,
            "Audits that were looked at twice",
            "No audit has been looked at twice yet. Moderate one from the list of audits.",
            rows=("second look", "second looks"),
        )
        self.to_do = Listed(
            frame,
            "Actions",
            columns.action_columns(frame.today()),
            "Enter changes an action; F8 says that it was done today",
            "No audit has asked for an action yet.",
            rows=("action", "actions"),
        )
        self.lists = (
            *(self.audits, self.waits, self.sample),
            *(self.themes, self.looks, self.to_do),
        )
        self.audits.opened.connect(self._open_audit)
        for one in (self.waits, self.sample):
            one.opened.connect(lambda row: open_audit(self.frame, _child_of(row), self.window()))
        self.to_do.opened.connect(self._change_action)
        self.looks.opened.connect(lambda row: self.frame.open_case(row.audit.child_id))
        self.themes.opened.connect(self._open_finding)

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.count = QLabel()
        self.count.setObjectName("dim")
        bar = ToolRow()
        bar.setSpacing(8)
        bar.addWidget(title)
        self.extent_label = labelled("&List", self.extent)
        for one in (self.extent_label, self.extent):
            bar.addWidget(one)
            one.hide()
        bar.addStretch(1)
        bar.addWidget(self.count)
        for action in ("audit.services", "audit.tool", "audit.sample", "audit.new"):
            bar.addWidget(self._button(action))
        self.tabs = Tabs(self)
        self.tabs.setAccessibleName("Parts of quality")
        self.tabs.setDocumentMode(True)
        for part, words in zip(
            self.lists,
            ("&Audits", "To a&udit", "Sam&ple", "The&mes", "M&oderation", "Act&ions"),
            strict=True,
        ):
            self.tabs.addTab(part, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.tabs, 1)

    def _button(self, action: str) -> QWidget:
        words = {
            "audit.services": "Back to services…",
            "audit.tool": "Audit tool…",
            "audit.sample": "Draw a sample…",
            "audit.new": "Audit…",
        }
        button = QPushButton(words[action])
        button.clicked.connect(lambda: self._do(action))
        if action == "audit.new":
            button.setObjectName("primary")
        return stands_for(button, action)

    def _do(self, action: str) -> None:
        go = self.offers().get(action)
        if go is not None:
            go()
        elif action == "audit.services":
            self.frame.say("There is no audit yet whose findings could go back to services.")
        else:
            self.frame.say("Choose a plan in one of the lists first.")

    def _read_every(self, then: Callable[[Quality], None]) -> None:
        """Read every audit, with a progress and Cancel; stopped, those recorded last are listed."""

        def read(session: Session, progress: Progress) -> Quality:
            return quality(session, whole=True, progress=progress)

        def stopped(why: Failed) -> None:
            self.extent.setCurrentIndex(0)
            self.frame.tell_failed(why)

        self.frame.jobs.long("Reading every audit", read, then, stopped, self)

    def _show(self, found: Quality) -> None:
        self.found = found
        for one in (self.extent_label, self.extent):
            one.setVisible(found.is_large)
        listed = len(found.audits)
        of = f"Of the {listed:,} audits recorded last." if listed < found.many["plan_audit"] else ""
        self.themes.said.setText(of)
        self.audits.show_rows(found.audits)
        self.to_do.show_rows(found.actions)
        self.looks.show_rows(found.looks)
        pairs = [(one, other) for look in found.looks for _, one, other in look.pairs]
        self.looks.said.setText(f"All together: {agreement(pairs).words} {of}".strip())
        self._gather()
        refill(self.which, [(one.id, _sample_words(one)) for one in found.samples])
        self._read_sample()
        self._turned()

    def _gather(self) -> None:
        """Gather what audits found, where it is in front; else when it comes there."""
        self.themes.read = self.front() is self.themes
        if not self.themes.read:
            return
        today, when = self.frame.today(), str(self.when.currentData())
        results: Sequence[Result] = self.found.results
        if when:
            since = today - _A_YEAR if when == "year" else date(school_year(today), 9, 1)
            results = themes.in_time(results, since, today)
        self.themes.show_rows(themes.gathered(results, str(self.by.currentData())))

    def _read_sample(self) -> None:
        chosen = str(self.which.currentData() or "")
        sample = next((one for one in self.found.samples if one.id == chosen), None)
        if sample is None:
            self.sample.show_rows(())
            return
        self.frame.jobs.ask(
            lambda session: sample_rows(session, sample), self.sample.show_rows, owner=self
        )

    def _turned(self) -> None:
        """Read what waits, or gather what was found, when it comes to the front."""
        front = self.front()
        if front is self.waits and not front.read:
            front.read = True
            self._ask_waiting(first_waiting, self._begin_waiting)
        elif front is self.themes and not front.read:
            self._gather()
        self._chosen()

    def _forget_waiting(self) -> None:
        """What waits may be another now: nothing that is still being read of it is shown."""
        self.waits.read, self._looked = False, ""
        self._looks += 1

    def _ask_waiting(
        self, call: Callable[[Session], ToAudit], then: Callable[[ToAudit], None]
    ) -> None:
        """Look at live plans; where the list was read anew meanwhile, nothing comes of it."""
        looks = self._looks

        def came(found: ToAudit) -> None:
            if looks == self._looks:
                then(found)

        def failed(why: Failed) -> None:
            self._forget_waiting()
            self.frame.tell_failed(why)

        self.frame.jobs.ask(call, came, failed, self)

    def _begin_waiting(self, first: ToAudit) -> None:
        """Show what was found first, and go on with the plans that were not looked at yet.

        Of a large council the list stands before every plan was looked at. It says so, and is
        replaced but once, when all of them were: rows must not move under the hand. Where there is
        a list already it stands till then.
        """
        found = [first]

        def show() -> None:
            self._tell_looked(first.of, sum(one.looked for one in found))
            if not self._looked or not self.waits.model.total:
                self.waits.nothing = _LOOKING if self._looked else _NONE_WAITS
                self.waits.show_rows(most_pressing(found))
            self._chosen()
            if self._looked:
                piece = first.rest[len(found) - 1]
                self._ask_waiting(lambda session: more_waiting(session, piece), came)

        def came(more: ToAudit) -> None:
            found.append(more)
            show()

        show()

    def _tell_looked(self, of: int, looked: int) -> None:
        """Say how far it is, while there are children at whose plan nobody looked yet."""
        self._looked = f"so far: {looked:,} of {of:,} children looked at" if looked < of else ""

    def _chosen(self) -> None:
        front = self.front()
        row = front.row()
        if isinstance(row, AuditRow):
            front.said.setText(row.result.why)
        elif isinstance(row, Waiting):
            front.said.setText(row.why)
        shown, total = front.model.shown, front.model.total
        there = max(total, self.found.many.get(_COUNTED.get(front.many, ""), 0))
        words = f"{there:,} {front.one if there == 1 else front.many}"
        words = words if shown == there else f"{shown:,} of {words}"
        so_far = self._looked if front is self.waits else ""
        self.count.setText(" ".join(filter(None, (words, so_far))))
        self.unread = _LOOKING if so_far else ""
        self.changed.emit()

    def _open_finding(self, row: Tally) -> None:
        """Open the first of the cases that a finding is of; Next goes to the others."""
        if row.child_ids:
            self.frame.open_case(row.child_ids[0])

    def _open_audit(self, row: AuditRow) -> None:
        open_audit(self.frame, row.child_id, self.window(), row.result.audit)

    def _change_action(self, row: ActionRow) -> None:
        kind = kind_named("audit_action")
        open_record_dialog(self.frame, kind, row.action, self.window(), row.child_id)

    def _remove(self, name: str, record: Any) -> None:  # noqa: ANN401  (a record of that kind)
        kind = kind_named(name)
        row = RecordRow(record, {"title": kind.title(record)})
        RemoveRecordDialog(self.frame, kind, row, self.window()).open()

    def _find(self) -> None:
        self.front().search.setFocus()
        self.front().search.selectAll()

    def _draw(self) -> None:
        def show() -> None:
            self.which.setCurrentIndex(-1)
            self.tabs.setCurrentWidget(self.sample)

        open_sample(self.frame, self.window(), show)

    def _send_back(self) -> None:
        """A page a service, of what audits found of its part, as a document."""
        today = self.frame.today()

        def make(session: Session, progress: Progress) -> tuple[Quality, Paper]:
            found = quality(session, whole=True, progress=progress)
            actions = [one.action for one in found.actions]
            made = foot(self.frame, session.who)
            pages = [
                back_to_services.service_page(
                    one, found.results, actions, found.references, today, made
                )
                for one in back_to_services.services_of(found.results, actions)
            ]
            return found, together("Audits of plans, by service", pages)

        def show(ready: tuple[Quality, Paper]) -> None:
            found, paper = ready
            ids = tuple(found.references)
            leaving = Leaving(paper.title, "audits", ids, paper.words(), "printed")
            print_paper(self.frame, paper, leaving, self)

        self.frame.jobs.long("Gathering by service", make, show, self.frame.tell_failed, self)


def _child_of(row: object) -> str:
    """Whose a row is, or ""."""
    if isinstance(row, Waiting):
        return row.plan.child_id
    plan = getattr(row, "plan", None)
    if plan is not None:
        return str(plan.child_id)
    audit = getattr(row, "audit", None)
    return str(getattr(row if audit is None else audit, "child_id", ""))


def _identity(row: Any) -> str:  # noqa: ANN401  (a row of any of the lists)
    key = getattr(row, "id", "") or getattr(row, "key", "")
    return str(key) or f"{row.audit.id} {row.other} {row.pairs}"


def _words(shown: Sequence[Column[Any]]) -> Callable[[Any], str]:
    def words(row: Any) -> str:  # noqa: ANN401
        return "\n".join(one.text(row) for one in shown)

    return words


def _sample_words(one: AuditSample) -> str:
    which = f", {one.which}" if one.which else ""
    return (
        f"{long_date(one.on)}: {len(one.cases)} of {one.how_many} · "
        f"{DRAWN_FROM[one.drawn_from]}{which} · number {one.seed}"
    )
