"""The clock of a case: every deadline with its state, why it is that date, and the time line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.facts import Fact
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_explain import WhyPanel
from caseworker_app.ui.screens.case_rows import DeadlineRow
from caseworker_app.ui.screens.case_timeline import TimeLine
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import check_box
from caseworker_app.ui.widgets.table import RowsTable

COLUMNS: tuple[Column[DeadlineRow], ...] = (
    Column("state", "State", lambda row: row.chip, tone=lambda row: row.tone, width=168),
    Column("what", "Deadline", lambda row: row.deadline.version.title, stretch=True),
    Column(
        "due",
        "Legal date",
        lambda row: long_date(row.deadline.due),
        lambda row: row.deadline.due,
        width=100,
    ),
    Column(
        "target",
        "Work to",
        lambda row: long_date(row.deadline.target) if row.is_open else "",
        lambda row: row.deadline.target,
        width=100,
        style="dim",
    ),
    Column("who", "With", lambda row: row.who, width=76, style="dim"),
    Column("why", "", lambda _: "why?", width=50, style="dim"),
)
_FOLDED = frozenset({State.SUPERSEDED, State.CLOSED})


class CaseClock(QWidget):
    """Deadlines over the time line on the left, the reason for the one selected on the right.

    Signals:
        chosen: another deadline or fact is selected.
        record: record what meets the deadline given.
    """

    chosen = Signal()
    record = Signal(object)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.model = RowsModel(COLUMNS, lambda row: row.key, lambda r: r.deadline.version.title)
        self.table = RowsTable(
            self.model, frame.theme, "Deadlines", "Open ones first. The panel beside says why."
        )
        self.table.least_stretched = 190
        self.table.opened.connect(self.record)
        self.table.chosen.connect(self._explain)
        self.table.clicked.connect(self._clicked)
        self.folded = check_box("&Show replaced and closed")
        self.folded.toggled.connect(self._keep)
        self.note = QLabel()
        self.note.setObjectName("dim")
        self.note.setAccessibleName("About this case")
        self.why = WhyPanel(frame.theme)
        self.why.setMinimumWidth(250)
        self.timeline = TimeLine(frame.theme)
        self.timeline.chosen.connect(self.chosen)
        self.empty = EmptyState(self.table)
        self._lay_out()
        self._keep()

    def show_rows(
        self, rows: Sequence[DeadlineRow], facts: tuple[Fact, ...], doubts: Mapping[str, str]
    ) -> None:
        """Show the deadlines and facts of a case, and by a fact's id what to ask about it.

        What is selected then is not told by `chosen`.
        """
        selected = self.deadline()
        folded = sum(row.state in _FOLDED for row in rows)
        self.folded.setText(f"&Show replaced and closed ({folded})")
        self.folded.setEnabled(bool(folded))
        # Told of each row that is selected on the way, the window would look at its menus for each.
        with QSignalBlocker(self):
            with QSignalBlocker(self.table):
                self.model.set_rows(rows)
                if selected is None or not self.table.select_id(selected.key):
                    self.table.clearSelection()
                    self.table.setCurrentIndex(self.model.index(-1, -1))
                    self.table.go_first()
            self._say_empty()
            self._explain()
            self.timeline.set_facts(facts, doubts)

    def deadline(self) -> DeadlineRow | None:
        """The deadline selected."""
        row = self.table.current_row()
        return row if isinstance(row, DeadlineRow) else None

    def say_why(self, due: date) -> None:
        """Select the deadline of a legal date, an open one first, and go to its reason."""
        here = self.deadline()
        rows = [row for row in self.model.all_rows() if row.deadline.due == due]
        if here is not None and here.deadline.due != due and rows:
            row = min(rows, key=lambda one: not one.is_open)
            if row.state in _FOLDED:
                self.folded.setChecked(True)
            self.table.select_id(row.key)
        self.why.setFocus()

    def _keep(self) -> None:
        every = self.folded.isChecked()
        self.model.set_keep(None if every else lambda row: row.state not in _FOLDED)
        self._say_empty()
        self._explain()

    def _say_empty(self) -> None:
        if self.model.shown:
            self.empty.say("")
        elif self.model.total:
            self.empty.say("Every date is closed or replaced: tick the box above to see them.")
        else:
            self.empty.say("No date is running. Record what happened (Ctrl+R) to start the clock.")

    def _clicked(self) -> None:
        if self.table.currentIndex().column() == len(COLUMNS) - 1:
            self.why.setFocus()

    def _explain(self) -> None:
        self.why.explain(self.deadline())
        self.chosen.emit()

    def _lay_out(self) -> None:
        title = QLabel("Deadlines")
        title.setObjectName("heading")
        title.setBuddy(self.table)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.note)
        head.addWidget(self.folded)
        # From the outermost inwards: what gets another parent is styled anew, with all in it.
        whole = QSplitter(Qt.Orientation.Horizontal, self)
        left = QSplitter(Qt.Orientation.Vertical, whole)
        above = QWidget(left)
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.table)
        left.addWidget(self.timeline)
        left.setStretchFactor(0, 3)
        left.setStretchFactor(1, 2)
        left.setChildrenCollapsible(False)
        # The names of deadlines are read before the reason of the one selected.
        left.setMinimumWidth(500)
        whole.addWidget(self.why)
        whole.setStretchFactor(0, 1)
        whole.setSizes([780, 350])
        whole.setHandleWidth(12)
        whole.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 0)
        row.addWidget(whole)

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(1100, 560)
