"""The history of a case: who changed what, when and why, field by field where one asks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLabel

from caseworker_app.domain.rows import HistoryRow
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.history_list import HistoryList, Line
from caseworker_app.ui.widgets.refilled import refill

_FEW = 6


class CaseHistory(HistoryList):
    """The audit entries of one child, newest first; of one field alone where one is chosen."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "Every change to this case is kept here.")
        self.field = FilterBox()
        self.field.setAccessibleName("Field")
        self.field.setAccessibleDescription("Shows what became of one field, change by change")
        self.field.addItem("Every field", "")
        self.field.currentIndexChanged.connect(self._filter)
        label = QLabel("Field")
        label.setBuddy(self.field)
        self.top.insertWidget(1, label)
        self.top.insertWidget(2, self.field)
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.said.setWordWrap(True)
        self.said.setAccessibleName("What changed")
        self.column.addWidget(self.said)
        self.table.chosen.connect(self._tell)

    def set_rows(self, rows: Iterable[HistoryRow]) -> None:
        """Show changes, given newest first."""
        given = tuple(rows)
        fields = sorted({one.field for row in given for one in row.changed})
        refill(self.field, (("", "Every field"), *((one, one) for one in fields)))
        super().set_rows(given)
        self._filter()

    def what(self, row: HistoryRow) -> str:
        """What a change did; with a field chosen, what became of that field."""
        wanted = self.field.currentData()
        if not wanted:
            return f"{row.what}: {_in_few_words(row)}" if _in_few_words(row) else row.what
        return "; ".join(one.words for one in row.changed if one.field == wanted)

    def _filter(self) -> None:
        wanted = self.field.currentData()

        def keep(line: Line) -> bool:
            return any(one.field == wanted for one in line[1].changed)

        self.model.set_keep(keep if wanted else None)
        self.table.viewport().update()
        self._tell()

    def _tell(self) -> None:
        found = self.table.selected_rows()
        line = found[0] if len(found) == 1 else None
        changed = line[1].changed if isinstance(line, tuple) else ()
        self.said.setText("  \u00b7  ".join(f"{one.field}: {one.words}" for one in changed))


def _in_few_words(row: HistoryRow) -> str:
    """What a change came to, where its own words do not say it and it is no list of fields."""
    if not 0 < len(row.changed) <= _FEW or all(
        one.after.partition(" (")[0] in row.what for one in row.changed
    ):
        return ""
    return "; ".join(one.words if one.before else one.after for one in row.changed)
