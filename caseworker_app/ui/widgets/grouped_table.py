"""A table with headings inside it, each over the whole width."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.ui.models.grouped_model import GroupedModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable


class GroupedTable(RowsTable):
    """Shows a `GroupedModel`. Up and Down pass over the headings."""

    def __init__(
        self,
        model: GroupedModel,
        themes: Themes,
        name: str,
        description: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, themes, name, description, parent)
        self.setObjectName("sections")
        self._grouped = model
        for signal in (model.modelReset, model.layoutChanged, model.rowsInserted):
            signal.connect(self._span)

    def _span(self) -> None:
        self.clearSpans()
        columns = self._grouped.columnCount()
        for line in self._grouped.heading_lines():
            self.setSpan(line, 0, 1, columns)
