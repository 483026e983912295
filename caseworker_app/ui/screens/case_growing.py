"""Growing up: birthdays and years that count in law, and what is planned for adult life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.growing_up import ADULT_AREAS
from caseworker_app.domain.growing_up import Step, growing_up, now_words
from caseworker_app.domain.rows import RecordRow
from caseworker_app.ui.models.column import Column, long_date, no_date_last
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_records import CaseRecords, Line
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable

GROWING = ("adulthood", "pathway", "adult_transition", "capacity")
"""The kinds of record of growing up, in the order they are offered."""

STEPS: tuple[Column[Step], ...] = (
    Column("on", "Date", lambda step: long_date(step.on), lambda step: step.on, width=118),
    Column("age", "Age", lambda step: str(step.age), lambda step: step.age, "right", width=60),
    Column("what", "What", lambda step: step.what, style="strong", width=300),
    Column("why", "What it means", lambda step: step.why, stretch=True),
    Column("past", "", lambda step: "past" if step.past else "", width=60, style="dim"),
)
_DAYS = {"pathway": "since", "adult_transition": "decided_on", "capacity": "on"}
"""The field that dates a record, where it is not a review."""


def value(line: Line) -> str:
    """What a record says beside its day."""
    return " \u00b7 ".join(one for one in _SAYS[line.kind.name](line) if one)


def _areas(line: Line) -> list[str]:
    """Of a review each area with its plan, and which are missing."""
    record = line.row.record
    said = [
        f"{words}: {plan}" if (plan := line.words(f"{code}_plan")) else words
        for code, words in ADULT_AREAS.items()
        if getattr(record, code)
    ]
    missing = [words.lower() for code, words in ADULT_AREAS.items() if not getattr(record, code)]
    return [*said, f"not discussed: {', '.join(missing)}" if missing else ""]


def _pathway(line: Line) -> list[str]:
    until = line.words("until")
    return [line.words("kind"), line.words("state").lower(), line.words("where"), _to(until)]


def _transition(line: Line) -> list[str]:
    plan, meeting = line.words("plan_on"), line.words("meeting_on")
    return [
        f"plan needed: {line.words('needed').lower()}",
        f"plan of {plan}" if plan else "",
        line.words("adult_team"),
        f"handover {meeting}" if meeting else "",
    ]


def _capacity(line: Line) -> list[str]:
    relation = line.words("relation").lower()
    who = line.words("representative")
    return [
        line.words("about"),
        line.words("result").lower(),
        f"{who} ({relation})" if who and relation else who,
    ]


def _to(until: str) -> str:
    return f"to {until}" if until else ""


_SAYS = {
    "adulthood": _areas,
    "pathway": _pathway,
    "adult_transition": _transition,
    "capacity": _capacity,
}

COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "on",
        "Date",
        lambda line: long_date(line.on) or "No date",
        lambda line: no_date_last(line.on),
        width=118,
    ),
    Column("what", "What", lambda line: line.what, width=200, style="strong"),
    Column("value", "Which", value, stretch=True),
)


class CaseGrowing(CaseRecords):
    """What comes first, with what is over above it; below, what is recorded of growing up."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            "Plans for adult life",
            "From Year 9: what reviews said of the four areas, pathways, adult services, capacity.",
            GROWING,
            COLUMNS,
            "Nothing is recorded yet. From Year 9 on each review looks at the four areas.",
        )
        self._today = frame.today
        self.now = QLabel()
        self.now.setWordWrap(True)
        self.steps: RowsModel[Step] = RowsModel(STEPS, _key, lambda step: step.what)
        self.years = RowsTable(
            self.steps, frame.theme, "Growing up", "Years, birthdays and moves of phase by date"
        )
        self.no_steps = EmptyState(self.years)
        below = QWidget()
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, 0, 0, 0)
        self.column.removeItem(self.top)
        self.column.removeWidget(self.table)
        inner.addLayout(self.top)
        inner.addWidget(self.table, 1)
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.addWidget(self.years)
        both.addWidget(below)
        both.setSizes([240, 240])
        both.setHandleWidth(10)
        both.setChildrenCollapsible(False)
        self.column.addWidget(self.now)
        self.column.addWidget(both, 1)

    def show_case(self, case: CaseFile) -> None:
        """Show a child's years, at what comes next."""
        today = self._today()
        self.now.setText(now_words(case.child, today))
        steps = growing_up(case.child, today, case.deadlines)
        self.steps.set_rows(steps)
        self.no_steps.say("" if steps else "Record the date of birth under Details.")
        self._go_to_next(steps)

    def line(self, name: str, row: RecordRow, days: Mapping[str, date]) -> Line:
        """A record with its day; that of a review is the day of the meeting."""
        made = super().line(name, row, days)
        on = days.get(row.record.review_id) if name == "adulthood" else None
        return Line(made.kind, row, on or getattr(row.record, _DAYS.get(name, ""), None))

    def in_order(self, lines: list[Line]) -> list[Line]:
        """The newest first."""
        return sorted(lines, key=lambda line: line.on or date.max, reverse=True)

    def _go_to_next(self, steps: Iterable[Step]) -> None:
        coming = next((step for step in steps if not step.past), None)
        if coming is not None:
            self.years.select_id(_key(coming))


def _key(step: Step) -> str:
    return f"{step.on.isoformat()} {step.what}"
