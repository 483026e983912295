"""The cases behind a figure: a number opens to the children it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.rows import CaseRow
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable

Counted = tuple[CaseRow, bool]
"""A case, and whether it is in the numerator."""

COLUMNS: tuple[Column[Counted], ...] = (
    Column("name", "Child", lambda row: row[0].name, width=140, style="strong", stretch=True),
    Column("reference", "Reference", lambda row: row[0].reference, width=88, style="dim"),
    Column("counted", "Counts", lambda row: "yes" if row[1] else "no", width=66),
    Column("caseworker", "Caseworker", lambda row: row[0].caseworker, width=100, style="dim"),
)


def search_text(row: Counted) -> str:
    """What the filter looks in, in the lines of `names.haystack`."""
    case = row[0]
    return f"{case.surname}\n{case.forename}\n{case.reference}\n{case.caseworker}"


class CasesBehind(QWidget):
    """A list of children; Enter or a double click opens the case.

    Signals:
        opened: the id of a child.
    """

    opened = Signal(str)

    def __init__(self, themes: Themes, *, counts: bool = True) -> None:
        """Make the list; `counts` says whether some of its cases may not be counted."""
        super().__init__()
        self._by_reference: Mapping[str, CaseRow] = {}
        self.model = RowsModel(COLUMNS, lambda row: row[0].id, search_text)
        self.table = RowsTable(
            self.model, themes, "Cases behind the figure", "Enter opens the case"
        )
        self.table.spare("reference")
        self.table.opened.connect(lambda row: self.opened.emit(row[0].id))
        self.table.setColumnHidden(2, not counts)
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

    def show_references(self, counted: Iterable[str], of: Iterable[str] = ()) -> None:
        """Show the cases counted, and those that might have been but were not."""
        inside = dict.fromkeys(counted)
        rest = [one for one in dict.fromkeys(of) if one not in inside]
        found = self._by_reference
        rows = [(found[one], one in inside) for one in (*rest, *inside) if one in found]
        self.model.set_rows(rows)
        words = f"{len(inside):,} counted"
        self.heading.setText(f"Cases: {words}, {len(rest):,} not" if rest else f"Cases: {words}")
        self.empty.say("" if rows else "No case is behind this figure.")

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order."""
        return tuple(row[0].id for row in self.model.rows())
