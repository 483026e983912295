"""Costs: what plans cost by who pays, setting, need, band, year group and financial year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.costs import (
    NOBODY,
    NOT_ADDED,
    NOT_SAID,
    PROVISION,
    SORTS,
    TOP_UP,
    Cost,
    CostGroup,
    by_year,
    grouped,
    on_day,
    whole_pounds,
    yearly,
)
from caseworker_app.domain.outcome import Done
from caseworker_app.services.plans.costs import (
    KINDS,
    CouncilCosts,
    Payee,
    council_costs,
    people_of,
)
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.list_printing import export_list
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow

BY = {
    "funder": "Who pays",
    "setting": "Setting",
    "need": "Primary need",
    "band": "Band",
    "year_group": "Year group",
    "year": "Financial year",
}
_UNSAID = {sort: f"{words}, payer not recorded" for sort, words in SORTS.items()}
_UNSAID[PROVISION] = NOBODY
_DOT = " \u00b7 "
"""Between name and reference, which a search looks in as lines of their own."""
_OF_PERSON = ("setting", "need", "year_group")
"""What is summed up by whose a cost is."""
_YEARS = (
    "Amounts are what things cost in a whole year, as they stand today; by financial year, what "
    "falls into it by the days each thing runs, to its end."
)
_NOTHING = (
    "Nothing is recorded yet of what plans cost. Type it at the provision of a plan, or bring "
    "in top-ups and placements from a file."
)


def _money(sort: str) -> Column[CostGroup]:
    return Column(
        sort,
        SORTS[sort],
        lambda row: whole_pounds(row.total(sort)) if sort in row.totals else "",
        lambda row: row.total(sort),
        "right",
        width=118,
    )


GROUPS: tuple[Column[CostGroup], ...] = (
    Column("name", "Of", lambda row: row.name, width=220, style="strong", stretch=True),
    Column(
        "children", "Children", lambda row: f"{len(row.child_ids):,}",
        lambda row: len(row.child_ids), "right", width=80,
    ),
    *map(_money, SORTS),
    Column(
        "unknown", "Without a cost", lambda row: f"{row.unknown:,}" if row.unknown else "",
        lambda row: row.unknown, "right", width=110,
    ),
)  # fmt: skip
CHILDREN: tuple[Column[CostGroup], ...] = (
    Column("name", "Child", lambda row: row.name, width=220, style="strong", stretch=True),
    *map(_money, SORTS),
    *GROUPS[-1:],
)


class CostsScreen(Screen):
    """Sums above, and below them the children of the sum selected; Enter opens a case."""

    key = "costs"
    title = "Costs"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.area = "costs"
        self.found = CouncilCosts()
        self._now: tuple[Cost, ...] = ()
        self.by = choices(list(BY.items()))
        self.by.currentIndexChanged.connect(self._group)
        self.model: RowsModel[CostGroup] = RowsModel(
            GROUPS, lambda row: row.name, lambda row: row.name, self
        )
        self.table = RowsTable(self.model, frame.theme, "Costs", "What plans cost together")
        self.table.spare("budget", "transport", "unknown", "direct")
        self.children_: RowsModel[CostGroup] = RowsModel(
            CHILDREN, lambda row: row.child_ids[0], lambda row: row.name.replace(_DOT, "\n"), self
        )
        self.below = RowsTable(
            self.children_, frame.theme, "Children of these costs", "Enter opens the case"
        )
        self.below.spare("budget", "transport", "unknown", "direct")
        self.empty, self.nobody = EmptyState(self.table), EmptyState(self.below)
        self.note, self.count = QLabel(f"{_YEARS} {NOT_ADDED}"), QLabel()
        self.note.setWordWrap(True)
        self.note.setObjectName("dim")
        self._build()
        self.table.chosen.connect(self._chosen)
        self.below.chosen.connect(self.changed)
        self.below.opened.connect(lambda row: frame.open_case(row.child_ids[0]))

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        tools = ToolRow()
        tools.addWidget(title)
        tools.addWidget(labelled("&By", self.by))
        tools.addWidget(self.by)
        tools.addStretch()
        tools.addWidget(self.count)
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.addWidget(self.table)
        both.addWidget(self.below)
        both.setSizes([360, 260])
        both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(both, 1)
        column.addWidget(self.note)

    def refresh(self) -> None:
        """Read what everything costs anew."""
        today = self.frame.today()

        def read(session: Session) -> tuple[CouncilCosts, tuple[Cost, ...], int]:
            found = council_costs(session)
            now = on_day(found.costs, today)
            return found, now, len({one.child_id for one in now})

        self.frame.jobs.ask(read, self._show, self.frame.tell_failed, self)

    def apply(self, done: Done) -> None:
        """Read anew where something that costs changed, or whose it is."""
        if done.everything or KINDS & done.kinds or done.child_ids:
            self.mark_stale()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {}
        if self.model.shown:
            offered["export"] = lambda: export_list(self.frame, self)
        row = self.below.current_row()
        if isinstance(row, CostGroup):
            offered["case.open"] = lambda: self.frame.open_case(row.child_ids[0])
        return offered

    def context(self) -> Context:
        """The child selected below."""
        row = self.below.current_row()
        ids = row.child_ids[:1] if isinstance(row, CostGroup) else ()
        return Context(ids, self.count.text())

    def trail(self) -> tuple[str, ...]:
        """The children below, in order."""
        return tuple(row.child_ids[0] for row in self.children_.rows())

    def take_focus(self) -> None:
        """Work starts in the sums."""
        self.table.setFocus()

    def _show(self, read: tuple[CouncilCosts, tuple[Cost, ...], int]) -> None:
        self.found, self._now, many = read
        self.count.setText(f"{counted(many, 'child', 'children')} with a cost today")
        self._group()

    def _group(self) -> None:
        """Sum up by what is chosen, off the window's thread: of a council that takes long."""
        found, asked, by = self.found, self._asked(), str(self.by.currentData())
        today = self.frame.today()

        def make(session: Session) -> Sequence[CostGroup]:
            if by == "year":
                return by_year(found.costs, today)
            people = people_of(session, found) if by in _OF_PERSON else {}
            return grouped(asked, _naming(by, people))

        def show(groups: Sequence[CostGroup]) -> None:
            if found is not self.found or by != self.by.currentData():
                return
            self.model.set_rows(groups)
            self.empty.say("" if groups else _NOTHING)
            self.table.go_first()
            self._chosen()

        self.frame.jobs.ask(make, show, self.frame.tell_failed, self)

    def _asked(self) -> Sequence[Cost]:
        """What the sums are made of: of bands, the top-ups alone."""
        if self.by.currentData() == "band":
            return [one for one in self._now if one.sort == TOP_UP]
        return self._now

    def _chosen(self) -> None:
        """Show the children of the sum selected; sorted out off the window's thread too."""
        group, found = self.table.current_row(), self.found
        asked, by = self._asked(), str(self.by.currentData())
        self.children_.set_rows(())
        self.nobody.say("")
        self.changed.emit()

        def make(session: Session) -> tuple[list[CostGroup], list[str]]:
            rows: list[CostGroup] = []
            if isinstance(group, CostGroup):
                rows = _below(by, group, found, asked, people_of(session, found))
            return rows, self.children_.haystacks(rows)

        def show(made: tuple[list[CostGroup], list[str]]) -> None:
            if found is not self.found or group is not self.table.current_row():
                return
            self.children_.set_rows(*made)
            self.nobody.say("" if made[0] else "No child is behind this line.")
            self.changed.emit()

        self.frame.jobs.ask(make, show, self.frame.tell_failed, self)


def _naming(by: str, people: Mapping[str, Payee]) -> Callable[[Cost], str]:
    """What gives the sum that a cost goes into."""
    if by == "funder":
        return lambda one: one.funder or _UNSAID[one.sort]
    if by == "band":
        return lambda one: one.band
    names = {key: _of_person(by, person) for key, person in people.items()}
    return lambda one: names.get(one.child_id, "")


def _below(
    by: str,
    group: CostGroup,
    found: CouncilCosts,
    asked: Sequence[Cost],
    people: Mapping[str, Payee],
) -> list[CostGroup]:
    """The children of a sum, each with what is theirs of it."""
    if by == "year":
        inside, year = set(group.child_ids), int(group.name[:4])
        some = [one for one in found.costs if one.child_id in inside]
        rows = grouped(some, _child, yearly(year))
    else:
        name = _naming(by, people)
        rows = grouped([one for one in asked if (name(one) or NOT_SAID) == group.name], _child)
    return [row._replace(name=_whole_name(people, row)) for row in rows]


def _child(one: Cost) -> str:
    return one.child_id


def _of_person(by: str, person: Payee) -> str:
    if by == "setting":
        return person.setting
    if by == "need":
        return NEEDS.get(person.need, person.need)
    return f"Year {person.nc_year}" if person.nc_year is not None else ""


def _whole_name(people: Mapping[str, Payee], row: CostGroup) -> str:
    # Whoever was taken out since the costs were read has none: the list is read anew in a moment.
    person = people.get(row.child_ids[0])
    return "" if person is None else _DOT.join(filter(None, (person.name, person.reference)))
