"""A list of records of any kind, with everything that can be done to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.permissions import Right
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.services.wording import capital, with_article
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.bring_in import ask_bring_in
from caseworker_app.ui.dialogs.protect import ask_save_protected
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.record_columns import columns_of, searched
from caseworker_app.ui.models.rows_model import ASCENDING, RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.specs import ScreenSpec
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow

_EXPORTS = "Excel workbooks (*.xlsx);;CSV files (*.csv)"


class RecordsScreen(Screen):
    """What a kind of record says of itself, as a list one can sort, filter, add to and change.

    A screen of one kind puts what is its own in place of `columns`, `searched`, `read` and
    `open_record`, and beside the list with `beside` and `above`. Its rows are `RecordRow`s.
    """

    sorted_at_first = True

    def __init__(self, frame: Frame, spec: ScreenSpec, parent: QWidget | None = None) -> None:
        self.kind = kind_named(spec.kind)
        # A screen is named by its class elsewhere; here one class shows many kinds.
        self.key, self.title = spec.key, spec.words  # type: ignore[misc]
        super().__init__(frame, parent)
        self.area = spec.area
        self.model = RowsModel(self.columns(), self.identity, self.searched(), self)
        self.table = RowsTable(
            self.model, frame.theme, self.title, f"{self.title}; Enter changes one"
        )
        if self.sorted_at_first:
            self.table.sortByColumn(0, ASCENDING)
        self._loaded = False
        self._wanted = ""
        self._build()
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._chosen)
        self.model.counted.connect(self._counted)

    # What a screen of one kind may have of its own

    def columns(self) -> tuple[Column[Any], ...]:
        """The columns of the list; those named as a field can be written out."""
        return columns_of(self.kind)

    def identity(self, row: Any) -> str:  # noqa: ANN401  (a row of this list)
        """What tells a row from the others."""
        return str(row.id)

    def searched(self) -> Callable[[Any], str]:
        """What the filter looks in."""
        return searched(self.kind)

    def read(self, session: Session) -> Sequence[Any]:
        """Every row; runs on the database thread."""
        return session.record_rows(self.kind.name)

    def open_record(self, row: Any) -> None:  # noqa: ANN401  (a row of this list, or None)
        """Show the form of a row, or of a new record."""
        record = None if row is None else row.record
        open_record_dialog(self.frame, self.kind, record, self.window())

    def beside(self) -> Sequence[QWidget]:
        """What stands in the bar behind the search field."""
        return ()

    def above(self) -> Sequence[QWidget]:
        """What stands between the bar and the list."""
        return ()

    # What every list does

    def refresh(self) -> None:
        """Read every record of the kind anew."""
        self.frame.jobs.ask(self.read, self.came)

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
        if self.frame.may("bulk", Right.WRITE, own=False):
            offered["entry.import"] = self._bring_in
        if self.model.shown:
            offered["export"] = self.export
        row = self.table.current_row()
        if row is not None:
            offered["copy"] = self.table.copy
            offered["entry.change"] = lambda: self._open(row)
            offered["entry.remove"] = lambda: self._remove(row)
        return offered

    def context(self) -> Context:
        """The counts, and whose the rows selected are."""
        owner = self.kind.owner
        rows: list[Any] = self.table.selected_rows() if owner else []
        ids = (getattr(one.record, owner) for one in rows)
        return Context(tuple(filter(None, ids)), self.count.text())

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def show_row(self, row_id: str) -> None:
        """Go to a row by its id, as soon as it has been read."""
        self.search.clear()
        self._wanted = "" if self.table.select_id(row_id) else row_id

    def export(self) -> None:
        """Ask where to, and write the list as it is shown."""
        ask_save_protected(
            self.frame,
            self,
            f"Export {self.kind.many}",
            f"{capital(self.kind.many)} {self.frame.today().isoformat()}.xlsx",
            _EXPORTS,
            lambda name: self.write(Path(name)),
        )

    def write(self, target: Path) -> None:
        """Write the rows shown, in their order, with the columns shown."""
        ids = [row.id for row in self.model.rows()]
        known = {one.name for one in self.kind.fields}
        names = [one.key for one in self.model.columns if one.key in known]
        write, kind = self.frame.application.write_records, self.kind.name

        def make(session: Session, progress: Progress) -> int:
            return write(session, kind, target, ids=ids, columns=names, progress=progress)

        def made(count: int) -> None:
            many = self.kind.one if count == 1 else self.kind.many
            self.frame.say(f"Wrote {count:,} {many} to {target.name}.")

        self.frame.jobs.long("Writing the list", make, made, self.frame.tell_failed, self)

    def came(self, rows: Sequence[Any]) -> None:
        """Show the rows that were read."""
        self._loaded = True
        self.model.set_rows(rows)
        if not (self._wanted and self.table.select_id(self._wanted)):
            self.table.go_first()
        self._wanted = ""
        self._chosen()

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        wanted = f"Find {with_article(self.kind.one)}"
        self.search = SearchField(self.table, wanted, "Filters the list")
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.change = QPushButton("Change…")
        self.change.setToolTip(f"Change the {self.kind.one} selected (Enter)")
        self.change.clicked.connect(lambda: self._open(self.table.current_row()))
        stands_for(self.change, "entry.change")
        self.new = QPushButton(f"New {self.kind.one}…")
        self.new.setObjectName("primary")
        self.new.clicked.connect(self._new)
        stands_for(self.new, "entry.new")
        bar = ToolRow()
        bar.setSpacing(8)
        for part in (title, self.search, *self.beside()):
            bar.addWidget(part)
        bar.addStretch(1)
        for right in (self.count, self.change, self.new):
            bar.addWidget(right)
        self.empty = EmptyState(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(10)
        column.addLayout(bar)
        for part in self.above():
            column.addWidget(part)
        column.addWidget(self.table, 1)

    def _open(self, row: object) -> None:
        if row is not None and self.frame.may(self.kind.area, Right.WRITE):
            self.open_record(row)

    def _new(self) -> None:
        self.open_record(None)

    def _remove(self, row: Any) -> None:  # noqa: ANN401  (a row of this list)
        RemoveRecordDialog(self.frame, self.kind, row, self.window()).open()

    def _bring_in(self) -> None:
        ask_bring_in(self.frame, self.kind, self)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _chosen(self) -> None:
        self.change.setEnabled(self.table.current_row() is not None)
        self.changed.emit()

    @property
    def _none_yet(self) -> str:
        """What an empty list says: what stands in it, and how to begin it."""
        said = [f"No {self.kind.one} yet.", self.kind.about]
        if self.frame.may(self.kind.area, Right.WRITE):
            said.append(f"New {self.kind.one} (Ctrl+Alt+N) adds one.")
            if self.frame.may("bulk", Right.WRITE, own=False):
                said.append("Bring in from a file (Ctrl+Alt+I) reads a list of them.")
        return " ".join(filter(None, said))

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        many = self.kind.many if total != 1 else self.kind.one
        words = f"{total:,} {many}" if shown == total else f"{shown:,} of {total:,} {many}"
        self.count.setText(words)
        nothing = f"No {self.kind.one} fits. Empty the field above to see all."
        if not total:
            nothing = self._none_yet
        self.empty.say("" if shown or not self._loaded else nothing)
        self.changed.emit()
