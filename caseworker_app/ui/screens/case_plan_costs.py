"""What a child's plan costs, with the resource statement to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.costs import (
    NOBODY,
    NOT_ADDED,
    PROVISION,
    SORTS,
    Cost,
    grouped,
    on_day,
    pounds,
)
from caseworker_app.domain.resource_statement import resource_statement
from caseworker_app.domain.wrong_child import Part
from caseworker_app.services.plans.costs import child_costs
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.leaving import Leaving
from caseworker_app.ui.list_printing import foot
from caseworker_app.ui.models.column import Column, long_date, no_date_last
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable

COLUMNS: tuple[Column[Cost], ...] = (
    Column("sort", "For", lambda row: SORTS[row.sort], width=120, style="strong"),
    Column("what", "What", lambda row: row.words, width=260, stretch=True),
    Column(
        "amount",
        "A year",
        lambda row: pounds(row.amount),
        lambda row: -1 if row.amount is None else row.amount,
        "right",
        width=100,
    ),
    Column("funder", "Who pays", lambda row: row.funder or _nobody(row), width=150),
    Column("purposes", "For what", lambda row: "; ".join(row.purposes), width=220, style="dim"),
    Column(
        "since", "From", lambda row: long_date(row.since), lambda row: no_date_last(row.since),
        width=110,
    ),
    Column(
        "until", "To", lambda row: long_date(row.until), lambda row: no_date_last(row.until),
        width=110,
    ),
)  # fmt: skip


class CasePlanCosts(QWidget):
    """What runs now, with sums by who pays above it.

    Signals:
        chosen: another line is selected.
    """

    chosen = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self._case: CaseFile | None = None
        self._costs: tuple[Cost, ...] = ()
        self.model: RowsModel[Cost] = RowsModel(COLUMNS, _key, lambda row: row.words)
        self.table = RowsTable(
            self.model, frame.theme, "Costs of the plan", "Provision is typed in the thread"
        )
        self.table.spare("purposes", "until", "since")
        self.table.chosen.connect(self.chosen)
        self.empty = EmptyState(self.table)
        self.sums, self.note = QLabel(), QLabel(NOT_ADDED)
        for label in (self.sums, self.note):
            label.setWordWrap(True)
        self.note.setObjectName("dim")
        self.stating = stands_for(QPushButton("Resource statement…"), "plan.resources")
        self.stating.setAutoDefault(False)
        self.stating.clicked.connect(self.state)
        top = QHBoxLayout()
        top.addWidget(self.sums, 1)
        top.addWidget(self.stating)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)

    def show_case(self, case: CaseFile) -> None:
        """Read what a child's plan costs."""
        if self._case is None or self._case.child.id != case.child.id:
            self._take(case.child.id, ())
        self._case = case
        key = case.child.id
        self.frame.jobs.ask(
            partial(child_costs, child_id=key), partial(self._take, key), owner=self
        )

    def _take(self, child_id: str, costs: Sequence[Cost]) -> None:
        if self._case is not None and self._case.child.id != child_id and costs:
            return
        self._costs = tuple(costs)
        now = on_day(costs, self.frame.today())
        self.model.set_rows(now)
        given = [one for one in now if one.sort == PROVISION]
        groups = grouped(given, lambda one: one.funder or NOBODY)
        said = [
            f"{one.name} {pounds(one.total(PROVISION))}" for one in groups if one.total(PROVISION)
        ]
        lacking = sum(one.amount is None for one in given)
        if lacking:
            said.append(f"{lacking} without a cost")
        self.sums.setText(f"Provision a year: {', '.join(said)}." if said else "")
        self.empty.say("" if now else "Nothing is recorded yet of what the plan costs.")

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {"plan.resources": self.state} if self._case is not None else {}

    def state(self) -> None:
        """Print the resource statement, past the guard."""
        case = self._case
        if case is None:
            return

        def show(who: str) -> None:
            from caseworker_app.ui.printing import print_paper

            about, today = about_child(case.child), self.frame.today()
            paper = resource_statement(about, self._costs, today, foot(self.frame, who))
            text = paper.words()
            leaving = Leaving(
                "Resource statement", "children", (case.child.id,), text, "printed", (Part(text),)
            )
            print_paper(self.frame, paper, leaving, self)

        self.frame.jobs.ask(lambda session: session.who, show, owner=self)


def _nobody(row: Cost) -> str:
    return NOBODY if row.sort == PROVISION else ""


def _key(row: Cost) -> str:
    return f"{row.sort}|{row.words}|{row.since}"
