"""The date calculator: what follows from one event on one day. It needs no case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.codes import SETTING_KINDS
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Child, Setting
from caseworker_app.services.application import Counting
from caseworker_app.ui.dialogs.fact_fields import FactFields
from caseworker_app.ui.dialogs.kind_box import KindBox, kind_words
from caseworker_app.ui.dialogs.setting import LAST_YEAR
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column, full_date, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_explain import WhyPanel
from caseworker_app.ui.screens.case_rows import DeadlineRow, deadline_rows
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import Form, choices
from caseworker_app.ui.widgets.table import RowsTable

COLUMNS: tuple[Column[DeadlineRow], ...] = (
    Column(
        "due",
        "Legal date",
        lambda row: long_date(row.deadline.due),
        lambda row: row.deadline.due,
        width=116,
        style="strong",
    ),
    Column("what", "Deadline", lambda row: row.deadline.version.title, stretch=True),
    Column("target", "Work to", lambda r: long_date(r.deadline.target), width=104, style="dim"),
    Column("who", "Who acts", lambda row: row.who, width=96, style="dim"),
    Column("force", "Strength", lambda row: row.deadline.version.force, width=66, style="dim"),
)


class CalculatorDialog(FittingDialog):
    """An event and a day above, every date that follows below, each with its reason."""

    guide = "Dates"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._asked = 0
        self.setWindowTitle("Date calculator")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1040, 600)
        self.form = Form(self)
        self.kind_box = self.form.add("&What happened", KindBox(frame.theme), key="kind")
        self.on = self.form.add("&Date", DateField(frame.today, frame.today()), key="on")
        self.born = self.form.add(
            "&Born", DateField(frame.today), "For phase transfer and ages; may be left empty."
        )
        self.setting = self.form.add(
            "&Setting",
            choices([("", "Not known"), *SETTING_KINDS.items()]),
            "For phase transfer; its usual last year.",
        )
        self._fields = FactFields(self.form, frame.today)
        self.model = RowsModel(
            COLUMNS, lambda row: row.key, lambda row: row.deadline.version.title, self
        )
        self.table = RowsTable(self.model, frame.theme, "Dates that follow")
        self.why = WhyPanel(frame.theme)
        self.empty = EmptyState(self.table)
        self._lay_out()
        self.table.chosen.connect(self._explain)
        self.kind_box.currentIndexChanged.connect(self._show_fields)
        self.on.changed.connect(self.calculate)
        self.born.changed.connect(self.calculate)
        self.setting.currentIndexChanged.connect(self.calculate)
        self._show_fields()

    def calculate(self) -> None:
        """Count anew for what is typed."""
        self.form.clear_problems()
        day = self.on.value
        if day is None:
            self._show(())
            return
        detail = self._fields.typed()
        fact = Fact(self.kind_box.kind, day, detail, id="1")
        child = Child("", "", "", self.born.value)
        kind = str(self.setting.currentData())
        setting = Setting("", kind, LAST_YEAR.get(kind)) if kind else None
        today, jobs = self._frame.today(), self._frame.jobs
        self._asked += 1
        asked = self._asked

        def count(by: Counting) -> Sequence[DeadlineRow]:
            found = by.calculate(child, setting, (fact,))
            return sorted(deadline_rows(found, today, by.explaining()), key=_by_day)

        def came(rows: Sequence[DeadlineRow]) -> None:
            if asked == self._asked:
                self._show(rows)

        if jobs.is_open:
            jobs.ask(count, came, owner=self)
        else:
            # Without a store there is nothing of anybody's own to count by.
            application = self._frame.application
            jobs.files(lambda: count(application), came, owner=self)

    def copy(self) -> None:
        """Put the dates on the clipboard as text."""
        QGuiApplication.clipboard().setText("\n".join((self._title(), *self._lines())))

    def print_out(self) -> None:
        """Print the dates."""
        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.document().print_(printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def document(self) -> QTextDocument:
        """The dates as a page to print."""
        rows = "".join(
            f"<tr><td><b>{escape(full_date(row.deadline.due))}</b></td>"
            f"<td>{escape(row.deadline.version.title)}</td><td>{escape(row.who)}</td>"
            f"<td>{escape(row.deadline.version.source)}</td></tr>"
            for row in self.model.rows()
        )
        document = QTextDocument(self)
        document.setHtml(f"<h2>{escape(self._title())}</h2><table cellpadding=4>{rows}</table>")
        return document

    def _title(self) -> str:
        day = full_date(self.on.value) if self.on.value is not None else ""
        return f"{kind_words(self.kind_box.kind)}, {day}"

    def _lines(self) -> list[str]:
        return [
            f"{full_date(row.deadline.due)}\t{row.deadline.version.title}\t{row.who}\t"
            f"{row.deadline.version.source}"
            for row in self.model.rows()
        ]

    def _show_fields(self) -> None:
        self._fields.show_kind(self.kind_box.kind)
        self._fields.watch(self.calculate)
        self.calculate()

    def _show(self, rows: Sequence[DeadlineRow]) -> None:
        self.model.set_rows(rows)
        self.empty.say("" if rows else "No date follows from this.")
        self.table.go_first()
        self._explain()
        for button in (self._copy, self._print):
            button.setEnabled(bool(rows))

    def _explain(self) -> None:
        row = self.table.current_row()
        self.why.explain(row if isinstance(row, DeadlineRow) else None)

    def _lay_out(self) -> None:
        follows = QLabel("Dates that follow")
        follows.setObjectName("heading")
        follows.setBuddy(self.table)
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(self.table)
        both.addWidget(self.why)
        both.setSizes([640, 360])
        both.setHandleWidth(12)
        both.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self._copy = QPushButton("&Copy")
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self.copy)
        self._print = QPushButton("&Print…")
        self._print.setAutoDefault(False)
        self._print.clicked.connect(self.print_out)
        below = QHBoxLayout()
        below.addWidget(self._copy)
        below.addWidget(self._print)
        below.addWidget(buttons, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.form)
        column.addWidget(follows)
        column.addWidget(both, 1)
        column.addLayout(below)


def _by_day(row: DeadlineRow) -> tuple[date, str]:
    return row.deadline.due, row.deadline.rule


def open_calculator(frame: Frame, parent: QWidget) -> CalculatorDialog:
    """Open the calculator beside the window, which stays usable."""
    dialog = CalculatorDialog(frame, parent)
    dialog.show()
    return dialog
