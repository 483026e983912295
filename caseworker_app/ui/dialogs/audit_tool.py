"""The questions of an audit changed: what is saved is a new edition, old audits keep theirs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from caseworker_app.domain.declarations.auditing import AuditTool, Criterion
from caseworker_app.services.commands import AddRecord
from caseworker_app.services.quality.shipped_tool import (
    TOOL,
    next_edition,
    shipped_tool,
    tool_in_force,
)
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.field_text import HoldsText

if TYPE_CHECKING:
    from caseworker_app.services.session import Session

_HEADINGS = ("Code", "Section", "Question", "What good looks like", "Weight", "Service")
_CODE, _SECTION, _WORDS, _GOOD, _WEIGHT, _SERVICE = range(6)


class CriteriaTable(QTableWidget, HoldsText):
    """A line a question, typed in place.

    Signals:
        changed: something was typed.
    """

    changed = Signal()

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        super().__init__(0, len(_HEADINGS))
        self.setHorizontalHeaderLabels(list(_HEADINGS))
        self.verticalHeader().hide()
        self.setAccessibleName("Questions")
        self.setAccessibleDescription("F2 or a double click changes a cell")
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.horizontalHeader()
        head.setAccessibleName("Questions of the edition: columns")
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_GOOD, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((_CODE, 110), (_SECTION, 64), (_WEIGHT, 60), (_SERVICE, 140)):
            self.setColumnWidth(column, width)
        for one in criteria:
            self.add(one)
        self.itemChanged.connect(lambda _: self.changed.emit())

    def add(self, one: Criterion) -> None:
        """Put a question last."""
        at = self.rowCount()
        self.insertRow(at)
        texts = (one.code, one.section, one.words, one.good, str(one.weight), one.service)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.setItem(at, column, item)

    def add_new(self) -> None:
        """Begin a question."""
        codes = {self._text(at, _CODE) for at in range(self.rowCount())}
        code = next(f"own{at}" for at in range(1, 1000) if f"own{at}" not in codes)
        self.add(Criterion(code, "", ""))
        self.setCurrentCell(self.rowCount() - 1, _WORDS)
        self.setFocus()
        item = self.currentItem()
        if item is not None:
            self.editItem(item)
        self.changed.emit()

    def take_out(self) -> None:
        """Take the question in front out."""
        if self.currentRow() >= 0:
            self.removeRow(self.currentRow())
            self.changed.emit()

    def criteria(self) -> tuple[Criterion, ...]:
        """The questions as typed; a weight that is no whole number is 0, which is refused."""
        return tuple(
            Criterion(
                self._text(at, _CODE),
                self._text(at, _SECTION).upper(),
                self._text(at, _WORDS),
                self._text(at, _GOOD),
                _whole(self._text(at, _WEIGHT)),
                self._text(at, _SERVICE),
            )
            for at in range(self.rowCount())
        )

    def held(self) -> str:
        """Every cell."""
        return json.dumps(
            [
                [self._text(at, column) for column in range(len(_HEADINGS))]
                for at in range(self.rowCount())
            ]
        )

    def hold(self, text: str) -> bool:
        """Put every cell back."""
        self.setRowCount(0)
        for row in json.loads(text):
            code, section, words, good, weight, service = row
            self.add(Criterion(code, section, words, good, _whole(weight), service))
        self.changed.emit()
        return True

    def _text(self, at: int, column: int) -> str:
        item = self.item(at, column)
        return " ".join(item.text().split()) if item is not None else ""


class ToolDialog(CommandDialog):
    """The next edition of the audit tool, which begins as the one in force."""

    guide = "Quality"
    """The section of the guide that F1 opens."""

    def __init__(
        self, frame: Frame, tool: AuditTool, edition: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(frame, "Audit tool", "Save as a new edition", parent)
        self._edition = edition
        self.setMinimumWidth(980)
        self.setMinimumHeight(560)
        self.form.layout_.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.name = self.form.add("&Name", QLineEdit(tool.name), key="name")
        self.since = self.form.add(
            "In &force from", DateField(frame.today, frame.today()), key="since"
        )
        self.threshold = self.form.add(
            "&Threshold, per cent",
            QLineEdit(str(tool.threshold)),
            "The score from which a plan meets the standard.",
            key="threshold",
        )
        self.criteria = self.form.add(
            "&Questions",
            CriteriaTable(tool.criteria),
            "A code stays the same when the words change: figures over time go by it. The return "
            "looks for advice and care.",
            key="criteria",
        )
        self.criteria.setMinimumHeight(260)
        self.criteria.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        row = QHBoxLayout()
        for words, call in (
            ("Add a q&uestion", self.criteria.add_new),
            ("Take the question &out", self.criteria.take_out),
        ):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(call)
            row.addWidget(button)
        row.addStretch(1)
        beside = QWidget()
        beside.setLayout(row)
        self.form.add_wide(beside)
        self.keep_draft("audit tool")

    def command(self) -> AddRecord | None:
        """The edition as typed."""
        if self.since.value is None:
            self.form.show_problem("since", self.since.lacking)
            return None
        fields = {
            "name": self.name.text(),
            "edition": self._edition,
            "since": self.since.value,
            "threshold": _whole(self.threshold.text().strip()),
            "criteria": self.criteria.criteria(),
        }
        return AddRecord("audit_tool", fields)

    def rebase(self, then: Callable[[], None]) -> None:
        """A new edition rests on nothing that could have changed."""
        then()


def open_tool(frame: Frame, parent: QWidget) -> None:
    """Read the edition in force, or the tool that comes along, then show it to be changed."""

    def look(session: Session) -> tuple[AuditTool, int]:
        today = session.today()
        with session.store.reading() as reading:
            tool = tool_in_force(reading, today) or shipped_tool(today)
            return tool, next_edition(reading.all_of(TOOL).values(), tool.name)

    def show(found: tuple[AuditTool, int]) -> None:
        ToolDialog(frame, *found, parent).open()

    frame.jobs.ask(look, show, frame.tell_failed, parent)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else 0
