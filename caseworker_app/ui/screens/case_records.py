"""A list of some kinds of record of one case, with what can be done to a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.kinds import Kind, is_kind, kind_named
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.wording import capital
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import choices
from caseworker_app.ui.widgets.table import RowsTable

_BESIDE = frozenset({"rank", "since", "until"})


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a case, or what only the child says.

    Attributes:
        on: its day, where that is not in the record itself.
    """

    kind: Kind
    row: RecordRow
    on: date | None = None

    @property
    def key(self) -> str:
        """What makes it one line: what only the child says has no id."""
        which = self.row.words.get("rank", "") or self.row.words.get("number", "")
        return f"{self.kind.name}/{self.row.id}/{which}"

    @property
    def what(self) -> str:
        """Its kind, with its rank where it has one: "Primary need"."""
        rank = self.row.words.get("rank", "")
        return f"{rank} {self.kind.one}" if rank else capital(self.kind.one)

    @property
    def value(self) -> str:
        """What it says beside that, and apart from its days."""
        record, said = self.row.record, []
        for spec in self.kind.fields:
            beside = spec.name in _BESIDE or spec.name == self.kind.owner or not spec.by_hand
            if beside or getattr(record, spec.name) == spec.blank:
                continue
            words = self.row.words[spec.name]
            said.append(spec.label if spec.type == "yes or no" else words)
        return ", ".join(said)

    @property
    def since(self) -> str:
        """Its first day, where it holds from a day on."""
        return long_date(self.row.record.since) or "As far as is known"

    def words(self, name: str) -> str:
        """A field in words; "" where its kind has none of that name."""
        return " ".join(self.row.words.get(name, "").split())


class CaseRecords(QWidget):
    """A small list, and what can be done to a line.

    Signals:
        chosen: another line is selected.
    """

    chosen = Signal()

    def __init__(
        self,
        frame: Frame,
        name: str,
        note: str,
        kinds: Sequence[str],
        columns: Sequence[Column[Line]],
        empty: str = "",
        also: Sequence[str] = (),
    ) -> None:
        """Make an empty list.

        Args:
            frame: the window.
            name: of the list.
            note: a sentence above it.
            kinds: the names of the kinds of record it shows and offers to add.
            columns: in the order shown.
            empty: what an empty list says.
            also: the names of the kinds that it shows and that come about elsewhere.
        """
        super().__init__()
        self.frame = frame
        self.child_id = ""
        self._kinds = tuple(one for one in kinds if is_kind(one))
        self._shown = {*self._kinds, *also}
        self._nothing = empty
        self.model: RowsModel[Line] = RowsModel(columns, lambda line: line.key, _search)
        self.table = RowsTable(self.model, frame.theme, name, f"{note} Enter changes one".strip())
        self.table.opened.connect(self.open_line)
        self.table.chosen.connect(self._switch)
        self.model.modelReset.connect(self._switch)
        self.empty = EmptyState(self.table)
        self.kinds = choices([(one, capital(kind_named(one).one)) for one in self._kinds])
        self.kinds.setAccessibleName("What to add")
        self.adding = stands_for(QPushButton("&Add…"), "entry.new")
        self.changing = stands_for(QPushButton("Change…"), "entry.change")
        self.removing = stands_for(QPushButton("Take out…"), "entry.remove")
        said = QLabel(note)
        said.setObjectName("dim")
        said.setWordWrap(True)
        self.top = QHBoxLayout()
        self.top.addWidget(said, 1)
        label = QLabel("&Kind")
        label.setBuddy(self.kinds)
        if len(self._kinds) > 1:
            self.top.addWidget(label)
            self.top.addWidget(self.kinds)
        for button, call in (
            (self.adding, self.add),
            (self.changing, self.change),
            (self.removing, self.remove),
        ):
            self.put_button(button, call)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 6, 0, 0)
        self.column.addLayout(self.top)
        self.column.addWidget(self.table, 1)

    def put_button(self, button: QPushButton, call: Callable[[], None]) -> None:
        """Put a further button behind the others."""
        button.setAutoDefault(False)
        button.clicked.connect(call)
        self.top.addWidget(button)

    def show_rows(
        self,
        child_id: str,
        rows: Sequence[tuple[str, RecordRow]],
        days: Mapping[str, date] | None = None,
    ) -> None:
        """Show what belongs to a child, of the kinds shown here.

        Args:
            child_id: the child.
            rows: with the name of each kind.
            days: the days of the child's facts, by the id of the fact.
        """
        self.child_id = child_id
        lines = [self.line(name, row, days or {}) for name, row in rows if name in self._shown]
        self.model.set_rows(self.in_order(lines))
        self.empty.say("" if lines else self._nothing)

    def line(self, name: str, row: RecordRow, days: Mapping[str, date]) -> Line:
        """A record as a line."""
        del days
        return Line(kind_named(name), row)

    def in_order(self, lines: list[Line]) -> list[Line]:
        """The lines in the order shown at first."""
        return lines

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {}
        if self._kinds and self.child_id:
            offered["entry.new"] = self.add
        line = self.current()
        if line is not None:
            offered["entry.change"] = self.change
            if line.row.id:
                offered["entry.remove"] = self.remove
        return offered

    def add(self) -> None:
        """Add one of the kind chosen."""
        kind = kind_named(str(self.kinds.currentData()))
        open_record_dialog(self.frame, kind, None, self.window(), self.child_id)

    def open_line(self) -> None:
        """What Enter does on a line."""
        self.change()

    def change(self) -> None:
        """Change the line selected; what only the child says begins a record of its own."""
        line = self.current()
        if line is not None:
            found = line.row.record
            record, begin = (found, None) if line.row.id else (None, found)
            open_record_dialog(self.frame, line.kind, record, self.window(), self.child_id, begin)

    def remove(self) -> None:
        """Take the line selected out."""
        line = self.current()
        if line is not None and line.row.id:
            RemoveRecordDialog(self.frame, line.kind, line.row, self.window()).open()

    def current(self) -> Line | None:
        """The line selected."""
        row = self.table.current_row()
        return row if isinstance(row, Line) else None

    def _switch(self) -> None:
        line = self.current()
        self.changing.setEnabled(line is not None)
        self.removing.setEnabled(line is not None and bool(line.row.id))
        self.chosen.emit()


def _search(line: Line) -> str:
    return f"{line.what} {line.value}"
