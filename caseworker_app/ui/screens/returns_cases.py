"""The cases behind a figure: a number opens to the children it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.rows import CaseRow
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable


class Behind(NamedTuple):
    """One thing behind a figure: a meeting, a plan, a case as it stands.

    Attributes:
        place: among those shown, by which the list knows it.
        thing: what the measure looked at.
    """

    place: int
    case: CaseRow
    thing: Thing


COLUMNS: tuple[Column[Behind], ...] = (
    Column("name", "Child", lambda row: row.case.name, width=140, style="strong", stretch=True),
    Column("reference", "Reference", lambda row: row.case.reference, width=88, style="dim"),
    Column("counted", "Counts", lambda row: "yes" if row.thing.counts else "no", width=66),
    Column(
        "on",
        "Day",
        lambda row: "" if row.thing.on is None else day_words(row.thing.on),
        lambda row: row.thing.on or date.min,
        width=92,
    ),
    Column("caseworker", "Caseworker", lambda row: row.case.caseworker, width=100, style="dim"),
    Column("why", "Why", lambda row: row.thing.why, width=170, style="dim"),
)
_COUNTED, _DAY, _WHY = (
    next(place for place, one in enumerate(COLUMNS) if one.key == key)
    for key in ("counted", "on", "why")
)


def search_text(row: Behind) -> str:
    """What the filter looks in, in the lines of `names.haystack`."""
    case = row.case
    return f"{case.surname}\n{case.forename}\n{case.reference}\n{case.caseworker}"


class CasesBehind(QWidget):
    """A list of children; Enter or a double click opens the case.

    Signals:
        opened: the id of a child.
    """

    opened = Signal(str)

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._by_reference: Mapping[str, CaseRow] = {}
        self.model = RowsModel(COLUMNS, lambda row: str(row.place), search_text)
        self.table = RowsTable(
            self.model, themes, "Cases behind the figure", "Enter opens the case"
        )
        self.table.spare("reference")
        self.table.opened.connect(lambda row: self.opened.emit(row.case.id))
        self.heading = QLabel("Cases")
        self.heading.setObjectName("heading")
        self.heading.setBuddy(self.table)
        self.empty = EmptyState(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.heading)
        column.addWidget(self.table)

    def set_cases(self, rows: Iterable[CaseRow]) -> None:
        """Every child, to find those behind a figure by reference."""
        self._by_reference = {row.reference: row for row in rows}

    def show_things(self, things: Iterable[Thing]) -> None:
        """Show what a figure counts, and what it might have counted but did not, above it."""
        found = self._by_reference
        every = sorted(things, key=lambda one: one.counts)
        shown = [one for one in every if one.reference in found]
        self.table.setColumnHidden(_COUNTED, all(one.counts for one in every))
        self.table.setColumnHidden(_DAY, all(one.on is None for one in shown))
        self.table.setColumnHidden(_WHY, not any(one.why for one in shown))
        rows = [Behind(at, found[one.reference], one) for at, one in enumerate(shown)]
        self.model.set_rows(rows)
        inside = sum(one.counts for one in every)
        rest = len(every) - inside
        words = f"{inside:,} counted"
        self.heading.setText(f"Cases: {words}, {rest:,} not" if rest else f"Cases: {words}")
        self.empty.say("" if rows else "No case is behind this figure.")

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order."""
        return tuple(dict.fromkeys(row.case.id for row in self.model.rows()))
