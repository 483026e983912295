"""What files say before they are imported: children, headings, and what was not taken."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.incoming import ImportResult, Incoming, IncomingCase
from caseworker_app.ui.models.column import QUIET, SOON, Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.import_rows import (
    FIELDS,
    DoubtRow,
    FaultRow,
    HeadingRow,
    account_words,
    case_facts,
    doubt_rows,
    doubt_words,
    fault_in_words,
    fault_rows,
    fault_words,
    field_words,
    heading_rows,
    open_doubts,
    result_words,
    rows_words,
)
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import Tabs
from caseworker_app.ui.widgets.tool_row import ToolRow

Numbered = tuple[int, IncomingCase]


def one_line(text: str) -> str:
    """A heading or value over several lines, in one."""
    return " ".join(text.split())


CASES: tuple[Column[Numbered], ...] = (
    Column("reference", "Reference", lambda row: row[1].reference or "to be given", width=110),
    Column(
        "name",
        "Child",
        lambda row: f"{row[1].surname}, {row[1].forename}",
        width=190,
        style="strong",
    ),
    Column("born", "Born", lambda r: long_date(r[1].born), lambda r: r[1].born, width=104),
    Column("need", "Primary need", lambda row: NEEDS.get(row[1].need, row[1].need), width=220),
    Column("setting", "Setting", lambda row: row[1].setting, style="dim", stretch=True),
    Column("caseworker", "Caseworker", lambda row: row[1].caseworker, width=120, style="dim"),
    Column("facts", "Facts", lambda r: case_facts(r[1]), lambda r: len(r[1].facts), width=60),
)
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


class ImportReview(QWidget):
    """A summary over three tables.

    Signals:
        save: the person wants the list of what was not taken.
        again: (heading, field) that the person wants it read as; the field "" leaves it out.
        answered: (sheet, heading, word) that the person says of the days of a doubtful column.
    """

    save = Signal()
    again = Signal(str, str)
    answered = Signal(str, str, str)

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.fault_rows: tuple[FaultRow, ...] = ()
        self.doubt_rows: tuple[DoubtRow, ...] = ()
        self.files = QLabel()
        self.files.setObjectName("title")
        self.files.setWordWrap(True)
        self.result = QLabel()
        self.result.setWordWrap(True)
        self.accounts = QLabel()
        self.accounts.setWordWrap(True)
        self.accounts.setObjectName("dim")
        self.faults_said = QLabel()
        self.faults_said.setWordWrap(True)
        self._save = QPushButton("&Save what was not taken…")
        self._save.clicked.connect(self.save)
        self.cases = RowsModel(CASES, lambda row: str(row[0]), lambda row: row[1].surname, self)
        self.headings = RowsModel(HEADINGS, lambda row: str(row.number), lambda r: r.heading, self)
        self.faults = RowsModel(FAULTS, lambda row: str(row.number), lambda row: row.why, self)
        self.doubts = RowsModel(DOUBTS, lambda row: str(row.number), lambda row: row.why, self)
        cases = RowsTable(self.cases, themes, "Children in the files")
        headings = RowsTable(self.headings, themes, "Headings", "What each column was read as")
        faults = RowsTable(self.faults, themes, "Not taken", "Rows and cells that do not come in")
        doubts = RowsTable(
            self.doubts, themes, "Doubts", "What the files leave to a person to decide"
        )
        self._nothing, self._no_doubt = EmptyState(faults), EmptyState(doubts)
        self.faults_table, self.doubts_table, self.headings_table = faults, doubts, headings
        self.notes = QTextBrowser()
        self.notes.setAccessibleName("In words")
        self.tabs = Tabs()
        self.tabs.setAccessibleName("What was read")
        self.tabs.setDocumentMode(True)
        pages = (
            _with_words(faults),
            self._answering(doubts),
            self._by_hand(headings),
            cases,
            self.notes,
        )
        for page, words in zip(pages, _TABS, strict=True):
            self.tabs.addTab(page, words)
        line = QHBoxLayout()
        line.addWidget(self.faults_said, 1)
        line.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.files)
        column.addWidget(self.result)
        column.addWidget(self.accounts)
        column.addLayout(line)
        column.addWidget(self.tabs, 1)

    def show_import(self, incoming: Incoming, result: ImportResult) -> None:
        """Show what was read, and what importing it would do."""
        self.fault_rows = fault_rows(incoming, result)
        self.doubt_rows = doubt_rows(incoming, result)
        headings = heading_rows(incoming)
        self.files.setText(rows_words(incoming))
        self.result.setText(result_words(result))
        self.accounts.setText(account_words(incoming, result))
        self.faults_said.setText(fault_words(self.fault_rows) + doubt_words(self.doubt_rows))
        self._save.setVisible(bool(self.fault_rows or self.doubt_rows))
        self._nothing.say("" if self.fault_rows else "Everything was understood.")
        self._no_doubt.say("" if self.doubt_rows else "Nothing is doubtful.")
        self.faults.set_rows(self.fault_rows)
        self.doubts.set_rows(self.doubt_rows)
        self.headings.set_rows(headings)
        self.cases.set_rows(enumerate(incoming.cases))
        self.notes.setPlainText("\n".join(incoming.notes))
        self._is_tracker = all(row.field in ("", *FIELDS) for row in headings)
        for table in (self.faults_table, self.doubts_table, self.headings_table):
            table.go_first()
        self._offer()
        self._offer_answers()
        counts = (
            len(self.fault_rows),
            open_doubts(self.doubt_rows),
            len(headings),
            len(incoming.cases),
        )
        for number, count in enumerate(counts):
            self.tabs.setTabText(number, f"{_TABS[number]} ({count:,})")
        to_answer = any(row.answers for row in self.doubt_rows)
        self.tabs.setCurrentIndex(
            1 if to_answer else 0 if self.fault_rows else 1 if self.doubt_rows else 3
        )

    def _answering(self, table: RowsTable) -> QWidget:
        """The doubts, and below them what can be said of a whole column of days."""
        self.asked = QLabel()
        self.asked.setWordWrap(True)
        self.answers = {word: QPushButton(words) for word, words in ANSWERS.items()}
        line = ToolRow()
        for word, button in self.answers.items():
            button.hide()
            button.clicked.connect(partial(self._answer, word))
            line.addWidget(button)
        table.chosen.connect(self._offer_answers)
        page = _with_words(table)
        column = page.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(self.asked)
        column.addLayout(line)
        return page

    def _doubt(self) -> DoubtRow | None:
        row = self.doubts_table.current_row()
        return row if isinstance(row, DoubtRow) else None

    def _offer_answers(self) -> None:
        row = self._doubt()
        answers = row.answers if row is not None else ()
        for word, button in self.answers.items():
            button.setVisible(word in answers)
            button.setEnabled(row is not None and word != row.said)
        self.asked.setVisible(bool(answers))
        if row is not None and answers:
            where = f'"{one_line(row.column)}" on {row.place.sheet or row.place.file}'
            self.asked.setText(f"For all doubtful cells of {where}:")

    def _answer(self, word: str) -> None:
        row = self._doubt()
        if row is not None:
            self.answered.emit(row.place.sheet, row.column, word)

    def _by_hand(self, table: RowsTable) -> QWidget:
        """The headings, and below them the way to say that one was read wrongly."""
        self._is_tracker = False
        self.field = choices([("", "left out"), *((one, field_words(one)) for one in FIELDS)])
        self.field.setMaxVisibleItems(16)
        self.read_again = QPushButton("Read &again")
        self.read_again.clicked.connect(self._ask_again)
        table.chosen.connect(self._offer)
        self.field.currentIndexChanged.connect(self._offer_again)
        self._heading = QLabel()
        line = QHBoxLayout()
        line.addWidget(self._heading, 1)
        line.addWidget(labelled("Read &as", self.field))
        line.addWidget(self.field)
        line.addWidget(self.read_again)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(table, 1)
        column.addLayout(line)
        return page

    def _row(self) -> HeadingRow | None:
        row = self.headings_table.current_row()
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

    def say(self, words: str) -> None:
        """Say what became of the list."""
        self.faults_said.setText(words)


def _with_words(table: RowsTable) -> QWidget:
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


_TABS = ("&Not taken", "&Doubts", "&Headings", "&Children", "In &words")
ANSWERS = {
    "day and month swapped": "Swap day and &month",
    "UTC": "Take as times in &UTC",
    "ddmmyy": "Read as dd&mmyy",
    "yymmdd": "Read as &yymmdd",
    "day numbers": "Read as Excel's day n&umbers",
    "as shown": "Take as sh&own",
    "left out": "&Leave out",
}
