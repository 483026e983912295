"""Parts of what is shown of a file that was read: headings, doubts, what was not taken."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.ui.models.column import QUIET, SOON, Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.import_rows import (
    FIELDS,
    DoubtRow,
    FaultRow,
    HeadingRow,
    fault_in_words,
    field_words,
)
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow


def one_line(text: str) -> str:
    """A heading or value over several lines, in one."""
    return " ".join(text.split())


HEADINGS: tuple[Column[HeadingRow], ...] = (
    Column("sheet", "Sheet", lambda row: row.sheet, width=200, style="dim"),
    Column("heading", "Heading as found", lambda r: one_line(r.heading), width=260, style="strong"),
    Column(
        "field",
        "Read as",
        lambda row: row.words,
        tone=lambda row: "" if row.field else QUIET,
        stretch=True,
    ),
)
FAULTS: tuple[Column[FaultRow], ...] = (
    Column("kind", "What", lambda row: row.kind, tone=lambda _: SOON, width=172),
    Column("sheet", "Sheet", lambda row: row.place.sheet or row.place.file, width=110, style="dim"),
    Column(
        "row",
        "Row",
        lambda row: str(row.place.row) if row.place.row else "",
        lambda row: row.place.row,
        "right",
        width=52,
    ),
    Column("child", "Child", lambda row: one_line(row.child), width=150, style="strong"),
    Column("column", "Column", lambda row: one_line(row.column), width=136),
    Column("value", "Value", lambda row: one_line(row.value), width=120, style="strong"),
    Column("why", "Why", lambda row: row.why, stretch=True),
)
DOUBTS: tuple[Column[DoubtRow], ...] = (
    Column("child", "Child", lambda row: one_line(row.child), width=170, style="strong"),
    Column("sheet", "Sheet", lambda row: row.place.sheet or row.place.file, width=110, style="dim"),
    Column(
        "row",
        "Row",
        lambda row: str(row.place.row) if row.place.row else "",
        lambda row: row.place.row,
        "right",
        width=52,
    ),
    Column("column", "Column", lambda row: one_line(row.column), width=136),
    Column("value", "File says", lambda row: one_line(row.value), width=160, style="strong"),
    Column("why", "Why it is left to you", lambda row: row.why, stretch=True),
)
ANSWERS = {
    "day and month swapped": "Swap day and &month",
    "UTC": "Take as times in &UTC",
    "ddmmyy": "Read as dd&mmyy",
    "yymmdd": "Read as &yymmdd",
    "day numbers": "Read as Excel's day n&umbers",
    "as shown": "Take as sh&own",
    "left out": "&Leave out",
}


class HeadingsPart(QWidget):
    """The headings of a file, and below them the way to say that one was read wrongly.

    Signals:
        again: (heading, field) that the person wants it read as; the field "" leaves it out.
    """

    again = Signal(str, str)

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.model = RowsModel(HEADINGS, lambda row: str(row.number), lambda r: r.heading, self)
        self.table = RowsTable(self.model, themes, "Headings", "What each column was read as")
        self._none = EmptyState(self.table)
        self._is_tracker = False
        self.field = choices([("", "left out"), *((one, field_words(one)) for one in FIELDS)])
        self.field.setMaxVisibleItems(16)
        self.read_again = QPushButton("Read &again")
        self.read_again.clicked.connect(self._ask_again)
        self.table.chosen.connect(self._offer)
        self.field.currentIndexChanged.connect(self._offer_again)
        self._heading = QLabel()
        self.line = QHBoxLayout()
        self.line.addWidget(self._heading, 1)
        self.line.addWidget(labelled("Read &as", self.field))
        self.line.addWidget(self.field)
        self.line.addWidget(self.read_again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(self.line)

    def show_headings(self, rows: tuple[HeadingRow, ...]) -> None:
        """Show what each heading was read as."""
        self._none.say("" if rows else "No heading was read.")
        self.model.set_rows(rows)
        self._is_tracker = all(row.field in ("", *FIELDS) for row in rows)
        self.table.go_first()
        self._offer()

    def _row(self) -> HeadingRow | None:
        row = self.table.current_row()
        return row if isinstance(row, HeadingRow) else None

    def _offer(self) -> None:
        row = self._row()
        self._heading.setText("" if row is None else f'"{one_line(row.heading)}", on every sheet')
        self.field.setEnabled(row is not None and self._is_tracker)
        if row is not None:
            self.field.setCurrentIndex(max(0, self.field.findData(row.field)))
        self._offer_again()

    def _offer_again(self) -> None:
        row = self._row()
        differs = row is not None and self.field.currentData() != row.field
        self.read_again.setEnabled(differs and self.field.isEnabled())

    def _ask_again(self) -> None:
        row = self._row()
        if row is not None:
            self.again.emit(row.heading, str(self.field.currentData()))


class DoubtsPart(QWidget):
    """The doubts of a file, and below them what can be said of a whole column of days.

    Signals:
        answered: (sheet, heading, word) that the person says of the days of a doubtful column.
    """

    answered = Signal(str, str, str)

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.model = RowsModel(DOUBTS, lambda row: str(row.number), lambda row: row.why, self)
        self.table = RowsTable(
            self.model, themes, "Doubts", "What the files leave to a person to decide"
        )
        self._none = EmptyState(self.table)
        self.asked = QLabel()
        self.asked.setWordWrap(True)
        self.answers = {word: QPushButton(words) for word, words in ANSWERS.items()}
        line = ToolRow()
        for word, button in self.answers.items():
            button.hide()
            button.clicked.connect(partial(self._answer, word))
            line.addWidget(button)
        self.table.chosen.connect(self._offer_answers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(with_words(self.table), 1)
        column.addWidget(self.asked)
        column.addLayout(line)

    def show_doubts(self, rows: tuple[DoubtRow, ...]) -> None:
        """Show what a person has to decide."""
        self._none.say("" if rows else "Nothing is doubtful.")
        self.model.set_rows(rows)
        self.table.go_first()
        self._offer_answers()

    def _row(self) -> DoubtRow | None:
        row = self.table.current_row()
        return row if isinstance(row, DoubtRow) else None

    def _offer_answers(self) -> None:
        row = self._row()
        answers = row.answers if row is not None else ()
        for word, button in self.answers.items():
            button.setVisible(word in answers)
            button.setEnabled(row is not None and word != row.said)
        self.asked.setVisible(bool(answers))
        if row is not None and answers:
            where = f'"{one_line(row.column)}" on {row.place.sheet or row.place.file}'
            self.asked.setText(f"For all doubtful cells of {where}:")

    def _answer(self, word: str) -> None:
        row = self._row()
        if row is not None:
            self.answered.emit(row.place.sheet, row.column, word)


def with_words(table: RowsTable) -> QWidget:
    """A table with all that its current row says below it."""
    words = QLabel()
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def tell() -> None:
        row = table.current_row()
        words.setText(fault_in_words(row) if isinstance(row, FaultRow | DoubtRow) else "")

    table.chosen.connect(tell)
    table.widths.tells_cut = False
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(table, 1)
    column.addWidget(words)
    return page
