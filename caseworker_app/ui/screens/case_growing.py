"""Growing up: years of school, birthdays that count in law, and moves of phase."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.growing_up import Step, growing_up, now_words
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable

COLUMNS: tuple[Column[Step], ...] = (
    Column("on", "Date", lambda step: long_date(step.on), lambda step: step.on, width=118),
    Column("age", "Age", lambda step: str(step.age), lambda step: step.age, "right", width=60),
    Column("what", "What", lambda step: step.what, style="strong", width=300),
    Column("why", "What it means", lambda step: step.why, stretch=True),
    Column("past", "", lambda step: "past" if step.past else "", width=60, style="dim"),
)


class CaseGrowing(QWidget):
    """What comes first; what is over stands above it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self.now = QLabel()
        self.now.setWordWrap(True)
        self.model: RowsModel[Step] = RowsModel(COLUMNS, _key, lambda step: step.what)
        self.table = RowsTable(
            self.model, frame.theme, "Growing up", "Years, birthdays and moves of phase by date"
        )
        self.empty = EmptyState(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.now)
        column.addWidget(self.table)

    def show_case(self, case: CaseFile) -> None:
        """Show a child, at what comes next."""
        today = self._frame.today()
        self.now.setText(now_words(case.child, today))
        steps = growing_up(case.child, today, case.deadlines)
        self.model.set_rows(steps)
        self.empty.say("" if steps else "Record the date of birth under Details.")
        self._go_to_next(steps)

    def _go_to_next(self, steps: Iterable[Step]) -> None:
        coming = next((step for step in steps if not step.past), None)
        if coming is not None:
            self.table.select_id(_key(coming))


def _key(step: Step) -> str:
    return f"{step.on.isoformat()} {step.what}"
