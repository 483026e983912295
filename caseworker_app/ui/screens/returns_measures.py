"""The measures of a return: figure, target and rating, and what each of them means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain.department.beside import Beside, latest_words
from caseworker_app.domain.measures.board import Result
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.rows import CaseRow
from caseworker_app.ui.models.column import DONE, LATE, QUIET, SOON, Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.runtime.jobs import Jobs
from caseworker_app.ui.screens.returns_cases import CasesBehind
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.explanation import Explanation
from caseworker_app.ui.widgets.table import RowsTable

_TONES = {Rating.GREEN: DONE, Rating.AMBER: SOON, Rating.RED: LATE, Rating.NONE: QUIET}


def figure_words(result: Result) -> str:
    """The counts, "12 of 30", or "" where there are none."""
    if result.milestone:
        return "done" if result.value else "not done"
    if result.numerator is None:
        told = "" if result.value is None or result.shared else f"{result.value:,.1f}"
        return "hidden" if result.hidden else told
    if result.denominator is None:
        return f"{result.numerator:,}"
    return f"{result.numerator:,} of {result.denominator:,}"


def share_words(result: Result) -> str:
    """The share in per cent, or "" where the figure is a count."""
    if not result.shared or result.value is None:
        return ""
    return f"{result.value:.1%}"


def _counted(result: Result) -> float:
    return -1.0 if result.numerator is None else result.numerator


COLUMNS: tuple[Column[Result], ...] = (
    Column("ref", "Ref", lambda row: row.ref, width=98, style="dim"),
    Column("statement", "Measure", lambda row: row.statement, stretch=True, wraps=True),
    Column("figure", "Figure", figure_words, _counted, "right", width=116),
    Column(
        "share",
        "%",
        share_words,
        lambda row: -1.0 if row.value is None else row.value,
        "right",
        width=70,
    ),
    Column("target", "Target", lambda row: row.target_words, width=104),
    Column(
        "rating",
        "Rating",
        lambda row: row.rating.words if row.answered else "not recorded",
        tone=lambda row: _TONES[row.rating] if row.answered else QUIET,
        width=142,
    ),
)


class MeasuresView(QWidget):
    """Measures on the left, the one selected explained and opened on the right.

    Signals:
        opened: the id of a child to show.
    """

    opened = Signal(str)

    def __init__(self, themes: Themes, jobs: Jobs) -> None:
        super().__init__()
        self._beside: dict[str, str] = {}
        self.cases = CasesBehind(themes, jobs)
        self.cases.opened.connect(self.opened)
        self.model = RowsModel(COLUMNS, lambda row: row.ref, lambda row: row.statement, self)
        self.table = RowsTable(
            self.model, themes, "Measures", "The one selected is explained beside"
        )
        # What a measure is stays readable; its target is told beside.
        self.table.least_stretched = 170
        self.table.spare("target", "ref")
        self.table.chosen.connect(self._explain)
        self.table.opened.connect(lambda _: self.cases.table.setFocus())
        self.statement = _label("heading")
        self.definition = _label("")
        self.note = _label("dim")
        # From the outermost inwards: what gets another parent is styled anew, with all in it.
        whole = QSplitter(Qt.Orientation.Horizontal, self)
        side = QWidget(whole)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.explained = Explanation(
            "About the measure", (self.statement, self.definition, self.note)
        )
        column.addWidget(self.explained)
        column.addWidget(self.cases, 1)
        whole.addWidget(self.table)
        whole.addWidget(side)
        whole.setStretchFactor(0, 1)
        whole.setSizes([826, 298])
        whole.setHandleWidth(12)
        whole.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 6, 0, 0)
        around.addWidget(whole)

    def show_results(
        self,
        results: Iterable[Result],
        cases: Mapping[str, CaseRow],
        beside: Iterable[Beside] = (),
    ) -> None:
        """Show the measures of a return; `beside` is what is published of others."""
        self._beside = {one.ref: latest_words(one) for one in beside}
        self.cases.set_cases(cases)
        self.model.set_rows(sorted(results, key=lambda result: not result.answered))
        self.table.go_first()
        self._explain()

    def result(self) -> Result | None:
        """The measure selected."""
        row = self.table.current_row()
        return row if isinstance(row, Result) else None

    def _explain(self) -> None:
        result = self.result()
        if result is None:
            return
        self.statement.setText(result.statement)
        self.definition.setText(result.definition)
        aim = f"Target {result.target_words}" if result.target else ""
        by = f"by {result.due}" if result.due and aim else ""
        others = self._beside.get(result.ref, "")
        parts = (f"{aim} {by}".strip(), others, result.counted_over, result.lead, result.note)
        self.note.setText(" · ".join(part for part in parts if part))
        self.note.setVisible(bool(self.note.text()))
        self.explained.renew()
        self.cases.show_things(result.things)


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
