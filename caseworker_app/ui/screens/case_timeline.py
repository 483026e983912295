"""The time line of a case: every fact, newest first, with what can be done to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.chronology import detail_words
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.kind_box import kind_words
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.doubt import DoubtLabel
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable


def _columns(doubt: Callable[[Fact], str]) -> tuple[Column[Fact], ...]:
    return (
        Column(
            "on",
            "Date",
            lambda fact: long_date(fact.on),
            lambda f: f.on,
            width=118,
            style="strong",
            doubt=doubt,
        ),
        Column("kind", "What", lambda fact: kind_words(fact.kind), width=240),
        Column(
            "detail",
            "Details",
            detail_words,
            style="dim",
            stretch=True,
        ),
    )


class TimeLine(QWidget):
    """A table of facts with Change… and Remove….

    Signals:
        change, remove: asked for the fact given.
        chosen: another fact is current.
    """

    change = Signal(object)
    remove = Signal(object)
    chosen = Signal()

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._doubts: Mapping[str, str] = {}
        columns = _columns(lambda fact: self._doubts.get(fact.id, ""))
        self.model = RowsModel(columns, lambda fact: fact.id, _search)
        self.table = _FactTable(
            self.model, themes, "Time line", "What happened, newest first. Enter changes one."
        )
        self.table.horizontalHeader().hide()
        self.table.opened.connect(self.change)
        self.table.chosen.connect(self._chosen)
        self.table.change.connect(self._ask_change)
        self.table.remove.connect(self._ask_remove)
        title = QLabel("Time line")
        title.setObjectName("heading")
        title.setBuddy(self.table)
        self._change = _flat("Change…", "Change what was recorded (Enter)")
        stands_for(self._change, "fact.change")
        self._change.clicked.connect(self._ask_change)
        self._remove = _flat("Remove…", "Remove what was recorded by mistake (Del)")
        stands_for(self._remove, "fact.remove")
        self._remove.clicked.connect(self._ask_remove)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._change)
        head.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.table)
        self.asked = DoubtLabel()
        column.addWidget(self.asked)
        self.empty = EmptyState(self.table)
        self._chosen()

    def set_facts(self, facts: tuple[Fact, ...], doubts: Mapping[str, str]) -> None:
        """Show facts, the newest first, and by their id what to ask about those out of order."""
        self._doubts = doubts
        self.model.set_rows(reversed(in_order(facts)))
        self.empty.say("" if facts else "Nothing is recorded yet. Ctrl+R records what happened.")
        self._chosen()

    def fact(self) -> Fact | None:
        """The fact selected."""
        row = self.table.current_row()
        return row if isinstance(row, Fact) else None

    def _ask_change(self) -> None:
        if (fact := self.fact()) is not None:
            self.change.emit(fact)

    def _ask_remove(self) -> None:
        if (fact := self.fact()) is not None:
            self.remove.emit(fact)

    def _chosen(self) -> None:
        fact = self.fact()
        some = fact is not None
        self.asked.ask("" if fact is None else self._doubts.get(fact.id, ""))
        self._change.setEnabled(some)
        self._remove.setEnabled(some)
        self.chosen.emit()


class _FactTable(RowsTable):
    """Adds the context menu and Del."""

    change = Signal()
    remove = Signal()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current_row() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Change…", self.change.emit)
        menu.addAction("Remove…", self.remove.emit)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.current_row() is not None:
            self.remove.emit()
            return
        super().keyPressEvent(event)


def _search(fact: Fact) -> str:
    return f"{kind_words(fact.kind)} {detail_words(fact)}"


def _flat(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("flat")
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
