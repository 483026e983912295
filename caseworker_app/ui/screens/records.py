"""A list of records of any kind, with everything that can be done to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.rows import RecordRow
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.models.record_columns import columns_of, searched
from caseworker_app.ui.models.rows_model import ASCENDING, RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.specs import ScreenSpec
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable


class RecordsScreen(Screen):
    """What a kind of record says of itself, as a list one can sort, filter, add to and change."""

    def __init__(self, frame: Frame, spec: ScreenSpec, parent: QWidget | None = None) -> None:
        self.kind = kind_named(spec.kind)
        # A screen is named by its class elsewhere; here one class shows many kinds.
        self.key, self.title = spec.key, spec.words  # type: ignore[misc]
        super().__init__(frame, parent)
        self.model = RowsModel(columns_of(self.kind), lambda row: row.id, searched(self.kind), self)
        self.table = RowsTable(
            self.model, frame.theme, self.title, f"{self.title}; Enter changes one"
        )
        self.table.sortByColumn(0, ASCENDING)
        self._loaded = False
        self._build()
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._chosen)
        self.model.counted.connect(self._counted)

    def refresh(self) -> None:
        """Read every record of the kind anew."""
        name = self.kind.name
        self.frame.jobs.ask(lambda session: session.record_rows(name), self._read)

    def apply(self, done: Done) -> None:
        """Bring the touched rows up to date; read anew when what they point at changed."""
        name = self.kind.name
        if name in done.kinds:
            self.model.upsert(done.rows_of(name), done.gone.get(name, ()))
        elif done.child_ids and any(one.to == "child" for one in self.kind.links()):
            self.mark_stale()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {"find": self._find, "entry.new": self._new}
        row = self.table.current_row()
        if isinstance(row, RecordRow):
            offered["copy"] = self.table.copy
            offered["entry.change"] = lambda: self._open(row)
            offered["entry.remove"] = lambda: self._remove(row)
        return offered

    def context(self) -> Context:
        """The counts."""
        return Context(counts=self.count.text())

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.search = SearchField(self.table, f"Find a {self.kind.one}", "Filters the list")
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.change = QPushButton("Change…")
        self.change.setToolTip(f"Change the {self.kind.one} selected (Enter)")
        self.change.clicked.connect(lambda: self._open(self.table.current_row()))
        self.new = QPushButton(f"New {self.kind.one}…")
        self.new.setObjectName("primary")
        self.new.clicked.connect(self._new)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(title)
        bar.addWidget(self.search)
        bar.addStretch(1)
        for right in (self.count, self.change, self.new):
            bar.addWidget(right)
        self.empty = EmptyState(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def _read(self, rows: tuple[RecordRow, ...]) -> None:
        self._loaded = True
        self.model.set_rows(rows)
        self.table.go_first()
        self._chosen()

    def _open(self, row: object) -> None:
        if isinstance(row, RecordRow):
            open_record_dialog(self.frame, self.kind, row.record, self.window())

    def _new(self) -> None:
        open_record_dialog(self.frame, self.kind, None, self.window())

    def _remove(self, row: RecordRow) -> None:
        RemoveRecordDialog(self.frame, self.kind, row, self.window()).open()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _chosen(self) -> None:
        self.change.setEnabled(self.table.current_row() is not None)
        self.changed.emit()

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        many = self.kind.many if total != 1 else self.kind.one
        words = f"{total:,} {many}" if shown == total else f"{shown:,} of {total:,} {many}"
        self.count.setText(words)
        nothing = f"No {self.kind.one} fits." if total else f"There is no {self.kind.one} yet."
        self.empty.say("" if shown or not self._loaded else nothing)
        self.changed.emit()
