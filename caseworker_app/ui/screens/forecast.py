"""Forecast: the last day for each step still to take, week by week, so that no date is missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain import forecast as ahead
from caseworker_app.domain.forecast import Remaining
from caseworker_app.domain.outcome import Done
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.models.covered import with_cover
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.forecast_columns import (
    WEEKS,
    Line,
    StepRow,
    line_columns,
    lines_of,
    monday,
    step_columns,
    step_rows,
)
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.search import FilterChips, SearchField
from caseworker_app.ui.widgets.table import RowsTable, with_line
from caseworker_app.ui.widgets.tool_row import ToolRow

_NOTE = (
    "Take each step by the day shown here, and there is time enough for the steps after it. "
    "Only the legal date is law."
)


_BY = {"caseworker": "By caseworker", "setting": "By setting"}


@dataclass(frozen=True, slots=True)
class Made:
    """What is shown of the cases that are shown.

    Attributes:
        rows: the steps.
        hay: what a search looks in, a text a row.
        lines: of the grid, by what they are grouped by.
    """

    rows: list[StepRow]
    hay: list[str]
    lines: Mapping[str, list[Line]]


class ForecastScreen(Screen):
    """A grid of weeks over the steps behind it; every number opens its cases."""

    key = "forecast"
    title = "Forecast"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._every: Sequence[Remaining] = ()
        self._made = Made([], [], {})
        first = monday(frame.today())
        self._weeks = [first + timedelta(weeks=week) for week in range(WEEKS)]
        self.lines = RowsModel(line_columns(self._weeks), _line_key, attrgetter("name"), self)
        self.grid = RowsTable(
            self.lines, frame.theme, "Weeks ahead", "Enter or a click on a number shows its steps"
        )
        self.model = RowsModel(
            with_cover(step_columns(), lambda: frame.whose.now.covered),
            attrgetter("key"),
            lambda row: row.search,
            self,
        )
        self.table = RowsTable(
            self.model, frame.theme, "Steps to take", "Soonest first; Enter opens the case"
        )
        # A week without room is scrolled to: a hidden one would be missed.
        self.grid.widths.hides = False
        self._loaded = False
        self._build()
        self.grid.clicked.connect(self._choose)
        self.grid.opened.connect(self._choose)
        self.table.opened.connect(lambda row: frame.open_case(row.child_id))
        self.table.chosen.connect(self.changed)
        self.model.counted.connect(self._counted)
        frame.whose.changed.connect(self._take_theirs)

    def refresh(self) -> None:
        """Work the steps out anew."""
        today, weeks = self.frame.today(), set(self._weeks)

        def look(session: Session, progress: Progress) -> Sequence[Remaining]:
            found = ahead.forecast(session.caseload(progress), today, WEEKS)
            return [one for one in found if one.breaches or one.week in weeks]

        self.frame.jobs.long("Looking ahead", look, self._read, self.frame.tell_failed, self)

    def apply(self, done: Done) -> None:
        """Say that something changed since; looking ahead again is for the person."""
        del done
        if self._loaded:
            self.count.setText("Changed since: F5 refreshes")

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {"find": self.search.setFocus}
        row = self.table.current_row()
        if isinstance(row, StepRow):
            offered["case.open"] = lambda: self.frame.open_case(row.child_id)
            offered["case.why"] = lambda: self.frame.open_case(row.child_id, row.due)
            offered["copy"] = self.table.copy
        return offered

    def context(self) -> Context:
        """The counts."""
        return Context(counts=" · ".join([self.count.text(), *self.chips.words()]))

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order, each once."""
        return tuple(dict.fromkeys(row.child_id for row in self.model.rows()))

    def take_focus(self) -> None:
        """Work starts in the grid."""
        self.grid.setFocus()

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.by = choices(list(_BY.items()))
        self.by.currentIndexChanged.connect(self._group)
        self.search = SearchField(self.table, "Find a step", "Filters by child, step and setting")
        self.chips = FilterChips(self.frame.whose)
        self.chips.removed.connect(lambda _: self._keep(None, None))
        self.count = QLabel()
        self.count.setObjectName("dim")
        again = QPushButton("Refresh")
        again.setToolTip("Work the forecast out again (F5)")
        again.clicked.connect(self.refresh)
        note = QLabel(_NOTE)
        note.setObjectName("dim")
        note.setWordWrap(True)
        bar = ToolRow()
        bar.setSpacing(8)
        for part in (title, self.search, labelled("&Group", self.by), self.by, self.chips):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.count)
        bar.addWidget(again)
        self.empty = EmptyState(self.table)
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.addWidget(self.grid)
        both.addWidget(with_line(self.table))
        both.setSizes([240, 360])
        both.setHandleWidth(10)
        both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(note)
        column.addWidget(both, 1)

    def _read(self, steps: Sequence[Remaining]) -> None:
        self._loaded = True
        self._every = steps
        self._take_theirs()

    def _take_theirs(self) -> None:
        """Show and count the steps of the cases shown alone; sorted off the window's thread."""
        every, whose, today = self._every, self.frame.whose.now, self.frame.today()

        def make(_: Session) -> Made:
            steps = [one for one in every if whose.has(one.caseworker_id)]
            rows = step_rows(steps, today)
            lines = {by: lines_of(steps, attrgetter(by)) for by in _BY}
            return Made(rows, self.model.haystacks(rows), lines)

        def show(made: Made) -> None:
            if every is self._every and whose == self.frame.whose.now:
                self._made = made
                self.model.set_rows(made.rows, made.hay)
                self._group()
                self.table.go_first()

        self.frame.jobs.ask(make, show, owner=self)

    def _group(self) -> None:
        self.lines.set_rows(self._made.lines.get(str(self.by.currentData()), []))
        self._keep(None, None)
        self.grid.go_first()

    def _choose(self) -> None:
        """Show the steps of the line, or of its week, that was clicked."""
        line = self.grid.current_row()
        if not isinstance(line, Line):
            return
        column = self.grid.currentIndex().column() - 2
        week = self._weeks[column] if 0 <= column < len(self._weeks) else None
        self._keep(line, week, passed=column == -1)

    def _keep(self, line: Line | None, week: date | None, *, passed: bool = False) -> None:
        by = str(self.by.currentData())
        words = [] if line is None else [line.name]
        if passed:
            words.append("passed")
        elif week is not None:
            words.append(f"week of {long_date(week)}")
        self.chips.set_chip("line", ", ".join(words))
        if line is None:
            self.model.set_keep(None)
            return
        name = line.key

        def keep(row: StepRow) -> bool:
            if name is not None and getattr(row, by) != name:
                return False
            if passed:
                return row.passed
            return week is None or (not row.passed and row.week == week)

        self.model.set_keep(keep)
        self.table.go_first()

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        words = f"{total:,} steps" if shown == total else f"{shown:,} of {total:,} steps"
        self.count.setText(words)
        nothing = "No step has its last day in these weeks."
        if total:
            nothing = "No step fits. Empty the field above, or take the filter beside it away."
        elif self._every:
            nothing = self.frame.whose.only_others(len(self._every)) or nothing
        self.empty.say("" if shown or not self._loaded else nothing)
        self.changed.emit()


def _line_key(line: Line) -> str:
    return "all" if line.key is None else f"={line.key}"
