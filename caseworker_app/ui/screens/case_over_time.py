"""What is known of a case from a day to a day: needs, placements, holders, addresses, years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.kinds import Kind, kind_named
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.wording import capital
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices
from caseworker_app.ui.widgets.table import RowsTable

_BESIDE = frozenset({"rank", "since", "until"})


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a case, or what only the child says."""

    kind: Kind
    row: RecordRow

    @property
    def key(self) -> str:
        """What makes it one line: what only the child says has no id."""
        return f"{self.kind.name}/{self.row.id}/{self.row.words.get('rank', '')}"

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
        """Its first day."""
        return long_date(self.row.record.since) or "As far as is known"


COLUMNS: tuple[Column[Line], ...] = (
    Column("what", "What", lambda line: line.what, width=170, style="strong"),
    Column("value", "Which", lambda line: line.value, stretch=True),
    Column("since", "From", lambda line: line.since, width=140),
    Column("until", "To", lambda line: long_date(line.row.record.until), width=110),
)


class CaseOverTime(QWidget):
    """A small list with from and to, and what can be done to a line.

    Signals:
        chosen: another line is selected.
    """

    chosen = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._child_id = ""
        self.model = RowsModel(COLUMNS, lambda line: line.key, lambda line: line.value)
        note = "What was true, and from when. Figures for a past day go by this."
        self.table = RowsTable(self.model, frame.theme, "Over time", f"{note} Enter changes one")
        self.table.opened.connect(lambda _: self.change())
        self.table.chosen.connect(self._switch)
        self.model.modelReset.connect(self._switch)
        self.kinds = choices(
            [(one.name, capital(one.one)) for one in every_kind() if one.owner and one.ranged], ""
        )
        self.kinds.setAccessibleName("What to add")
        self.adding = QPushButton("&Add…")
        self.changing = QPushButton("C&hange…")
        self.removing = QPushButton("Take &out…")
        said = QLabel(note)
        said.setObjectName("dim")
        said.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(said, 1)
        label = QLabel("&Kind")
        label.setBuddy(self.kinds)
        top.addWidget(label)
        top.addWidget(self.kinds)
        for button, call in (
            (self.adding, self.add),
            (self.changing, self.change),
            (self.removing, self.remove),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(call)
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table)

    def show_rows(self, child_id: str, rows: Sequence[tuple[str, RecordRow]]) -> None:
        """Show what is known of a child."""
        self._child_id = child_id
        self.model.set_rows([Line(kind_named(name), row) for name, row in rows])

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {"entry.new": self.add}
        line = self._line()
        if line is not None:
            offered["copy"] = self.table.copy
            offered["entry.change"] = self.change
            if line.row.id:
                offered["entry.remove"] = self.remove
        return offered

    def add(self) -> None:
        """Add one of the kind chosen."""
        kind = kind_named(str(self.kinds.currentData()))
        open_record_dialog(self._frame, kind, None, self.window(), self._child_id)

    def change(self) -> None:
        """Change the line selected; what only the child says begins a record of its own."""
        line = self._line()
        if line is not None:
            found = line.row.record
            record, begin = (found, None) if line.row.id else (None, found)
            open_record_dialog(self._frame, line.kind, record, self.window(), self._child_id, begin)

    def remove(self) -> None:
        """Take the line selected out."""
        line = self._line()
        if line is not None and line.row.id:
            RemoveRecordDialog(self._frame, line.kind, line.row, self.window()).open()

    def _line(self) -> Line | None:
        row = self.table.current_row()
        return row if isinstance(row, Line) else None

    def _switch(self) -> None:
        line = self._line()
        self.changing.setEnabled(line is not None)
        self.removing.setEnabled(line is not None and bool(line.row.id))
        self.chosen.emit()
