"""Cases: every child."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from caseworker_app.domain.outcome import CASES, Done
from caseworker_app.domain.rows import CaseRow
from caseworker_app.domain.searching import nothing_found
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models import case_columns as cases
from caseworker_app.ui.models.column import LATE
from caseworker_app.ui.models.covered import with_cover
from caseworker_app.ui.models.rows_model import ASCENDING, DESCENDING, RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.today_done import open_record_dialog
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.saved_views import SavedViews, ViewState
from caseworker_app.ui.widgets.search import FilterChips, SearchField
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow

_STATUSES = [
    ("", "All cases"),
    ("live", "Plans"),
    ("assessment", "In assessment"),
    ("overdue", "With something overdue"),
    ("no plan", "Without a plan"),
    ("ceased", "Ceased"),
]


_NONE_YET = "There is no case yet. File, Import brings a tracker in; New case adds a child."


class CasesScreen(Screen):
    """Every child, filtered as one types and sorted by any column; Enter opens the case."""

    key = "cases"
    title = "Cases"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.model: RowsModel[CaseRow] = RowsModel(
            with_cover(cases.CASE_COLUMNS, lambda: frame.whose.now.covered),
            cases.identity,
            cases.search_text,
            self,
        )
        self.model.rank_hits()
        self.table = RowsTable(
            self.model, frame.theme, "Cases", "Every child; Enter opens the case"
        )
        self.table.least_stretched = 165
        self.table.spare("status", "need", "year")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        frame.whose.follow(self.model, lambda row: row.caseworker_id)
        self._loaded = False
        self._build()
        self.table.opened.connect(lambda row: frame.open_case(row.id))
        self.table.chosen.connect(self._chosen)
        self.model.counted.connect(self._counted)

    def refresh(self) -> None:
        """Read every case anew."""
        self.views.read()

        def read(found: tuple[tuple[CaseRow, ...], list[str]]) -> None:
            self._loaded = True
            self.model.set_rows(*found)
            self.table.go_first()
            self.changed.emit()

        self.frame.jobs.ask(
            lambda session: (rows := session.cases(), cases.folded(rows)), read, owner=self
        )

    def apply(self, done: Done) -> None:
        """Put the touched children's rows in their place."""
        held = {row.id for row in done.rows_of(CASES)}
        self.model.upsert(done.rows_of(CASES), [one for one in done.child_ids if one not in held])

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {"find": self._find, **self.views.offers()}
        if self.search.text() or self.chips.words():
            offered["filter.clear"] = lambda: self.show_view(ViewState())
        rows = self._selected()
        if rows:
            offered["copy"] = self.table.copy
            offered["case.reassign"] = self.reassign
            offered["case.set"] = self.set_field
        if len(rows) > 1:
            offered["note.new"] = self.note_over
        if len(rows) in (1, 2):
            offered["case.merge"] = self._merge
        if len(rows) == 1:
            offered["case.open"] = lambda: self.frame.open_case(rows[0].id)
            offered["record.fact"] = lambda: open_record_dialog(self.frame, self, rows[0].id)
            if rows[0].next_due is not None:
                offered["case.why"] = lambda: self.frame.open_case(rows[0].id, rows[0].next_due)
        return offered

    def context(self) -> Context:
        """The children selected, and the counts."""
        rows = self._selected()
        words = self.count.text()
        if len(rows) > 1:
            words += f", {len(rows):,} selected"
        return Context(tuple(map(cases.identity, rows)), words)

    def trail(self) -> tuple[str, ...]:
        """Every child shown, in order."""
        return tuple([row.id for row in self.model.rows()])

    def view_state(self) -> ViewState:
        """Filter, columns and order, as a saved view keeps them."""
        held = {
            "find": self.search.text().strip(),
            "status": str(self.status.currentData()),
            "worker": self._worker,
        }
        narrowed = {name: words for name, words in held.items() if words}
        widths = self.table.widths
        hidden = [one.key for one in self.model.columns if not widths.is_shown(one.key)]
        column, down = self.model.sorted_by
        key = self.model.columns[column].key if column >= 0 else ""
        return ViewState(
            json.dumps(narrowed, sort_keys=True) if narrowed else "",
            " ".join(hidden),
            f"{key} {'down' if down else 'up'}" if key else "",
        )

    def show_view(self, state: ViewState) -> None:
        """Show the list as a saved view has it; what it says of no column here is left out."""
        held = state.narrowed()
        self.search.setText(held.get("find", ""))
        with QSignalBlocker(self.status):
            self.status.setCurrentIndex(max(0, self.status.findData(held.get("status", ""))))
        self._worker = held.get("worker", "")
        self._filter()
        hidden = set(state.columns.split())
        for one in self.model.columns:
            self.table.widths.switch(one.key, shown=one.key not in hidden)
        key, _, way = state.order.partition(" ")
        keys = [one.key for one in self.model.columns]
        self.table.sortByColumn(
            keys.index(key) if key in keys else -1, DESCENDING if way == "down" else ASCENDING
        )

    def came_from(self) -> str:
        """What the list is filtered by, and what was typed to find by."""
        typed = self.search.text().strip()
        return super().came_from() + (f", \u201c{typed}\u201d" if typed else "")

    def show_child_row(self, child_id: str) -> None:
        """Go to the child's row, with the keyboard."""
        if self.table.select_id(child_id):
            self.table.setFocus()

    def take_focus(self) -> None:
        """Work starts by typing a name."""
        self._find()

    def show_caseworker(self, name: str) -> None:
        """Filter by a caseworker's name, with a chip that says so."""
        self._worker = name
        self._filter()

    def reassign(self) -> None:
        """Give the cases selected to another caseworker."""
        from caseworker_app.ui.dialogs.reassign import open_reassign_dialog

        rows = self._selected()
        held = {row.id: (row.name, row.caseworker) for row in rows}
        open_reassign_dialog(self.frame, {row.id: row.version for row in rows}, self, held)

    def set_field(self) -> None:
        """Set a field of the cases selected."""
        from caseworker_app.ui.dialogs.bulk import open_set_dialog

        open_set_dialog(self.frame, self._selected(), self)

    def note_over(self) -> None:
        """Write one note in each of the cases selected."""
        from caseworker_app.ui.dialogs.bulk import NoteOverDialog

        NoteOverDialog(self.frame, self._selected(), self.window()).open()

    def _merge(self) -> None:
        from caseworker_app.ui.dialogs.merge import open_merge_dialog

        open_merge_dialog(self.frame, [row.id for row in self._selected()], self)

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.search = SearchField(
            self.table, "Find a child", "Filters by name, reference, UPN and setting", 300
        )
        self.status: QComboBox = choices(_STATUSES)
        self.views = SavedViews(self.frame, self)
        view = QLabel("View")
        view.setBuddy(self.views)
        self.chips = FilterChips(self.frame.whose)
        self._worker = ""
        self.count = QLabel("")
        self.count.setObjectName("dim")
        self.set_button = stands_for(QPushButton("Set…"), "case.set")
        self.set_button.setToolTip("Set a field of the cases selected (Ctrl+Alt+S)")
        self.set_button.setAccessibleName("Set a field…")
        self.set_button.clicked.connect(self.set_field)
        self.note_button = stands_for(QPushButton("Note…"), "note.new")
        self.note_button.setToolTip("Write a note in the cases selected (Ctrl+J)")
        self.note_button.clicked.connect(self._note)
        self.reassign_button = QPushButton("Reassign…")
        self.reassign_button.clicked.connect(self.reassign)
        stands_for(self.reassign_button, "case.reassign")
        new = QPushButton("New case…")
        new.setObjectName("primary")
        new.clicked.connect(self._new)
        stands_for(new, "case.new")
        self.empty = EmptyState(self.table)
        bar = ToolRow()
        bar.setSpacing(8)
        for part in (
            title,
            self.search,
            labelled("Sho&w", self.status),
            self.status,
            view,
            self.views,
            self.chips,
        ):
            bar.addWidget(part)
        bar.addStretch(1)
        for right in (self.count, self.note_button, self.set_button, self.reassign_button, new):
            bar.addWidget(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        self.status.currentIndexChanged.connect(self._filter)
        self.table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self.views.settle())
        self.chips.removed.connect(self._remove_filter)

    def _note(self) -> None:
        rows = self._selected()
        if len(rows) > 1:
            self.note_over()
        elif rows:
            from caseworker_app.ui.dialogs.note import open_note_dialog

            open_note_dialog(self.frame, rows[0].id, self)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _selected(self) -> list[CaseRow]:
        rows: list[CaseRow] = self.table.selected_rows()  # type: ignore[assignment]
        return rows

    def _filter(self) -> None:
        status, worker = str(self.status.currentData()), self._worker
        self.chips.set_chip("status", self.status.currentText() if status else "")
        self.chips.set_chip("worker", worker)

        def keep(row: CaseRow) -> bool:
            if worker and row.caseworker != worker:
                return False
            if status == "overdue":
                return cases.due_tone(row) == LATE
            return not status or row.status == status

        self.model.set_keep(keep if status or worker else None)

    def _remove_filter(self, key: str) -> None:
        if key == "status":
            self.status.setCurrentIndex(0)
        else:
            self.show_caseworker("")
        self.table.setFocus()

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        words = f"{total:,} cases" if shown == total else f"{shown:,} of {total:,} cases"
        self.count.setText(words)
        self.views.settle()
        self.empty.say("" if shown or not self._loaded else self._nothing())
        self.changed.emit()

    def _nothing(self) -> str:
        """What an empty list says: what to try, or where to begin."""
        if not self.model.total:
            return self.frame.whose.unseen(self.model) or _NONE_YET
        if self.search.text().strip():
            return nothing_found(self.search.text(), "case")
        return "No case fits these filters. Take one away with its chip above."

    def _chosen(self) -> None:
        some = self.table.selectionModel().hasSelection()
        for button in (self.note_button, self.set_button, self.reassign_button):
            button.setEnabled(some)
        self.changed.emit()

    def _new(self) -> None:
        from caseworker_app.ui.dialogs.child import open_child_dialog

        open_child_dialog(self.frame, self)
