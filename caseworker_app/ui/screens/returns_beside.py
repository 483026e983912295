"""Beside others: England, the region and neighbours beside the council's own measures, by year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.department.beside import (
    LIVE,
    Beside,
    Standing,
    period_words,
    standings,
    value_words,
)
from caseworker_app.domain.measures.board import BoardReturn, Result
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow

_NOTHING = (
    "Nothing is published beside these measures yet. Bring in the Department's files as they are "
    "downloaded. Which council is yours, and whom it is compared with, stands under its details."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure with a twin, and what the return itself has."""

    one: Beside
    statement: str
    now: float | None

    @property
    def national(self) -> str:
        """England's figure of the last year that has one, in words."""
        first = self.one.areas[0]
        return next(
            (
                value_words(figure.value, share=self.one.share)
                for period in reversed(self.one.periods)
                if (figure := first.figures.get(period)) is not None and figure.value is not None
            ),
            "",
        )


def compared(made: BoardReturn) -> tuple[Compared, ...]:
    """The measures of a return beside which something is published."""
    results = {one.ref: one for one in made.measures}
    return tuple(_compared(made, one, results.get(one.ref)) for one in made.beside)


def _compared(made: BoardReturn, one: Beside, result: Result | None) -> Compared:
    if result is None:
        return Compared(one, "Live plans", made.live if one.ref == LIVE else None)
    now = result.value if one.share and result.shared else None
    return Compared(one, result.statement, now if one.share else result.numerator)


COLUMNS: tuple[Column[Compared], ...] = (
    Column("ref", "Ref", lambda row: "" if row.one.ref == LIVE else row.one.ref, width=98),
    Column("statement", "Measure", lambda row: row.statement, stretch=True, wraps=True),
    Column(
        "own",
        "Yours",
        lambda row: value_words(row.now, share=row.one.share),
        lambda row: -1.0 if row.now is None else row.now,
        "right",
        width=78,
    ),
    Column("national", "England", lambda row: row.national, align="right", width=84),
)


class BesideView(QWidget):
    """The measures with a published twin, and the areas of the one selected, year by year."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self._council = ""
        self.model = RowsModel(COLUMNS, lambda row: row.one.ref, lambda row: row.statement, self)
        self.table = RowsTable(
            self.model, themes, "Measures with a published twin", "The one selected is shown beside"
        )
        self.table.least_stretched = 170
        self.table.spare("ref", "national")
        self.table.chosen.connect(self._show_areas)
        self.empty = EmptyState(self.table)
        self.statement = QLabel()
        self.statement.setObjectName("heading")
        self.statement.setWordWrap(True)
        self.differs = QLabel()
        self.differs.setObjectName("dim")
        self.differs.setWordWrap(True)
        self.areas = QStackedWidget()
        self._by_periods: dict[tuple[tuple[str, ...], bool], RowsTable] = {}
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.statement, self.differs):
            column.addWidget(part)
        column.addWidget(self.areas, 1)
        self.published = stands_for(QPushButton("Bring in published files…"), "returns.published")
        self.council = stands_for(QPushButton("Details of the council…"), "returns.council")
        below = ToolRow()
        for button in (self.published, self.council):
            below.addWidget(button)
        below.addStretch(1)
        column.addLayout(below)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.table)
        whole.addWidget(side)
        whole.setSizes([410, 714])
        whole.setHandleWidth(12)
        whole.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 6, 0, 0)
        around.addWidget(whole)

    def show_return(self, made: BoardReturn) -> None:
        """Show what is published beside a return."""
        self._council = made.council
        self.model.set_rows(compared(made))
        self.empty.say("" if self.model.total else _NOTHING)
        self.table.go_first()
        self._show_areas()

    def area_table(self) -> RowsTable | None:
        """The table of areas that is shown, or None."""
        shown = self.areas.currentWidget()
        return shown if isinstance(shown, RowsTable) else None

    def _show_areas(self) -> None:
        row = self.table.current_row()
        there = isinstance(row, Compared)
        self.areas.setVisible(there)
        if not isinstance(row, Compared):
            self.statement.setText("")
            self.differs.setText("")
            return
        self.statement.setText(row.statement)
        self.differs.setText(row.one.differs or "Counted as ours.")
        key = row.one.periods, row.one.share
        if key not in self._by_periods:
            self._by_periods[key] = self._area_table(*key)
            self.areas.addWidget(self._by_periods[key])
        table = self._by_periods[key]
        model = table.model()
        assert isinstance(model, RowsModel)
        model.set_rows(standings(row.one, self._council, row.now))
        self.areas.setCurrentWidget(table)

    def _area_table(self, periods: tuple[str, ...], share: bool) -> RowsTable:
        columns: tuple[Column[Standing], ...] = (
            Column(
                "area",
                "Area",
                lambda row: f"{row.name} (yours)" if row.own else row.name,
                stretch=True,
                style="strong",
            ),
            *(
                Column(
                    period,
                    period_words(period),
                    partial(_figure, period, share),
                    _order(period),
                    "right",
                    width=82,
                )
                for period in periods
            ),
            Column(
                "now",
                "Yours now",
                lambda row: value_words(row.now, share=share),
                lambda row: -1.0 if row.now is None else row.now,
                "right",
                width=92,
            ),
        )
        model: RowsModel[Standing] = RowsModel(
            columns, lambda row: row.name, lambda row: row.name, self
        )
        table = RowsTable(model, self._themes, "Areas by year", "As the Department published them")
        table.least_stretched = 172
        table.spare(*periods)
        return table


def _figure(period: str, share: bool, row: Standing) -> str:
    figure = row.figures.get(period)
    if figure is None:
        return ""
    return figure.sign if figure.value is None else value_words(figure.value, share=share)


def _order(period: str) -> Callable[[Standing], float]:
    def order(row: Standing) -> float:
        figure = row.figures.get(period)
        return -1.0 if figure is None or figure.value is None else figure.value

    return order
