"""A list of records below a list that sums them up: what is chosen above narrows what is below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain.outcome import Done
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.records import RecordsScreen
from caseworker_app.ui.screens.specs import ScreenSpec
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable, with_line


class TwoLists(RecordsScreen):
    """The list above is made by `make_upper`; `read` gives the rows of both.

    Attributes:
        upper: the list above.
        nothing_above: what that list says while it is empty.
        said: a line about what is chosen there.
        follows: the kinds of record after whose change both are read anew.
    """

    sorted_at_first = False
    nothing_above = ""
    follows: frozenset[str] = frozenset()

    def __init__(self, frame: Frame, spec: ScreenSpec, parent: QWidget | None = None) -> None:
        super().__init__(frame, spec, parent)
        self.upper.chosen.connect(self._chose)
        self.upper.opened.connect(self.opened_above)
        self.upper.rows_model.counted.connect(self._counted_above)

    def make_upper(self) -> RowsTable:
        """The list above."""
        raise NotImplementedError

    def opened_above(self, row: object) -> None:
        """What Enter does above: a new record of what is chosen."""
        del row
        self._new()

    def keeps(self, above: Any) -> Callable[[Any], bool] | None:  # noqa: ANN401
        """Which records stand below while a row above is chosen; None for all."""
        raise NotImplementedError

    def tells(self, above: Any) -> str:  # noqa: ANN401
        """The line about the row chosen above."""
        raise NotImplementedError

    def came(self, rows: Sequence[Any]) -> None:
        """Show both lists; what is chosen above stays chosen."""
        above, records = rows
        self.upper.rows_model.set_rows(above)
        if self.upper.current_row() is None:
            self.upper.go_first()
        super().came(records)
        self._counted_above()
        self._chose()

    def apply(self, done: Done) -> None:
        """Read both anew when anything changes that they follow from."""
        if done.everything or self.follows & done.kinds:
            self.mark_stale()

    def take_focus(self) -> None:
        """Work starts above."""
        self.upper.setFocus()

    def _build(self) -> None:
        self.upper = self.make_upper()
        self.empty_above = EmptyState(self.upper)
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.said.setWordWrap(True)
        self.said.setAccessibleName("About what is chosen")
        super()._build()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.removeWidget(self.table)
        below = QWidget()
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.said)
        inner.addWidget(with_line(self.table), 1)
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.addWidget(with_line(self.upper))
        both.addWidget(below)
        both.setSizes([420, 220])
        both.setHandleWidth(10)
        both.setChildrenCollapsible(False)
        column.addWidget(both, 1)

    def _counted_above(self) -> None:
        shown = self.upper.rows_model.shown
        self.empty_above.say("" if shown or not self._loaded else self.nothing_above)

    def _chose(self) -> None:
        row = self.upper.current_row()
        self.model.set_keep(None if row is None else self.keeps(row))
        self.said.setText("" if row is None else self.tells(row))
        self.changed.emit()
