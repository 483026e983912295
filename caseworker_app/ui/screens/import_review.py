"""What files say before they are imported: children, headings, and what was not taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
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
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.import_parts import (
    FAULTS,
    DoubtsPart,
    HeadingsPart,
    with_words,
)
from caseworker_app.ui.screens.import_rows import (
    DoubtRow,
    FaultRow,
    account_words,
    case_facts,
    doubt_rows,
    doubt_words,
    fault_rows,
    fault_words,
    heading_rows,
    open_doubts,
    result_words,
    rows_words,
)
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import Tabs

Numbered = tuple[int, IncomingCase]


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
        self.faults = RowsModel(FAULTS, lambda row: str(row.number), lambda row: row.why, self)
        cases = RowsTable(self.cases, themes, "Children in the files")
        faults = RowsTable(self.faults, themes, "Not taken", "Rows and cells that do not come in")
        self._nothing, self.faults_table = EmptyState(faults), faults
        self.doubts_part, self.headings_part = DoubtsPart(themes), HeadingsPart(themes)
        self.doubts_part.answered.connect(self.answered)
        self.headings_part.again.connect(self.again)
        self.notes = QTextBrowser()
        self.notes.setAccessibleName("In words")
        self.tabs = Tabs(self)
        self.tabs.setAccessibleName("What was read")
        self.tabs.setDocumentMode(True)
        pages = (
            with_words(faults),
            self.doubts_part,
            self.headings_part,
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
        self.faults.set_rows(self.fault_rows)
        self.cases.set_rows(enumerate(incoming.cases))
        self.notes.setPlainText("\n".join(incoming.notes))
        self.faults_table.go_first()
        self.doubts_part.show_doubts(self.doubt_rows)
        self.headings_part.show_headings(headings)
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

    def say(self, words: str) -> None:
        """Say what became of the list."""
        self.faults_said.setText(words)


_TABS = ("&Not taken", "&Doubts", "&Headings", "&Children", "In &words")
