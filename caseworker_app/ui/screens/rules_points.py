"""Open points: where the law can be read in more than one way, and the reading in use."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.rules import Reading
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import DONE, QUIET, SOON, Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.form import labelled
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow


def standing_words(reading: Reading) -> str:
    """Whether the reading in use is the recommended one."""
    if len(reading.options) == 1:
        return "one reading"
    return "recommended" if reading.chosen == reading.recommended else "our own choice"


def _tone(reading: Reading) -> str:
    if len(reading.options) == 1:
        return QUIET
    return DONE if reading.chosen == reading.recommended else SOON


COLUMNS: tuple[Column[Reading], ...] = (
    Column("id", "Point", lambda one: one.id, lambda one: int(one.id.lstrip("A") or 0), width=62),
    Column("question", "Question", lambda one: one.question, stretch=True),
    Column("words", "Reading in use", lambda one: one.words, width=190),
    Column("standing", "", standing_words, tone=_tone, width=152),
)


class OpenPoints(QWidget):
    """The list, and the options of the point selected.

    Signals:
        chosen: (point, code) that the person wants to use.
    """

    chosen = Signal(str, str)

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.model = RowsModel(COLUMNS, lambda one: one.id, lambda one: one.question, self)
        self.table = RowsTable(self.model, themes, "Open points", "The one selected is beside")
        # What the point is stays readable; the reading in use is told beside.
        self.table.least_stretched = 200
        self.table.spare("words", "standing")
        self.text = QTextBrowser()
        self.text.setAccessibleName("The open point")
        self.options = FilterBox()
        self.use = QPushButton("Use this reading…")
        stands_for(self.use, "rules.target")
        self.use.clicked.connect(self._use)
        self.table.chosen.connect(self._explain)
        self.options.currentIndexChanged.connect(self._offer)
        line = ToolRow()
        line.addWidget(labelled("Re&ading", self.options))
        line.addWidget(self.options)
        line.addWidget(self.use)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text, 1)
        column.addLayout(line)
        whole = QSplitter(Qt.Orientation.Horizontal, self)
        whole.addWidget(self.table)
        whole.addWidget(side)
        whole.setSizes([740, 390])
        whole.setHandleWidth(12)
        whole.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 6, 0, 0)
        around.addWidget(whole)

    def set_readings(self, readings: Sequence[Reading]) -> None:
        """Show the open points."""
        self.model.set_rows(readings)
        self.table.go_first()
        self._explain()

    def reading(self) -> Reading | None:
        """The open point selected."""
        row = self.table.current_row()
        return row if isinstance(row, Reading) else None

    def _explain(self) -> None:
        reading = self.reading()
        if reading is None:
            return
        self.text.setHtml(reading_html(reading))
        self.options.blockSignals(True)  # noqa: FBT003
        self.options.clear()
        for option in reading.options:
            recommended = " (recommended)" if option.code == reading.recommended else ""
            self.options.addItem(f"{option.code.replace('_', ' ')}{recommended}", option.code)
        self.options.setCurrentIndex(self.options.findData(reading.chosen))
        self.options.blockSignals(False)  # noqa: FBT003
        self.options.setEnabled(len(reading.options) > 1)
        self._offer()

    def _offer(self) -> None:
        reading = self.reading()
        other = reading is not None and self.options.currentData() != reading.chosen
        self.use.setEnabled(other)

    def _use(self) -> None:
        reading = self.reading()
        if reading is not None:
            self.chosen.emit(reading.id, str(self.options.currentData()))


def reading_html(reading: Reading) -> str:
    """An open point with every reading; the one in use is marked in words."""
    items = []
    for option in reading.options:
        marks = []
        if option.code == reading.chosen:
            marks.append("in use")
        if option.code == reading.recommended:
            marks.append("recommended")
        mark = f" <b>({', '.join(marks)})</b>" if marks else ""
        items.append(f"<li>{escape(option.words)}{mark}</li>")
    rules = f"<p>It bears on {escape(', '.join(reading.rules))}.</p>" if reading.rules else ""
    return (
        f'<h3 style="font-size:11pt;margin-top:0">{escape(reading.question)}</h3>'
        f"<ul style='margin-left:-22px'>{''.join(items)}</ul>{rules}"
    )
