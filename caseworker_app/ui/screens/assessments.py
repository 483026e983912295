"""Assessments: twenty weeks as a track a child, soonest to be in breach first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.names import folded
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.twenty_weeks import TrackRow
from caseworker_app.services.cases.tracks import tracks
from caseworker_app.services.session import Session
from caseworker_app.ui.delegates.track import LEGEND, TrackDelegate
from caseworker_app.ui.dialogs.consult import ReplyDialog, open_consult
from caseworker_app.ui.list_printing import export_list
from caseworker_app.ui.models.covered import with_cover
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.assessments_columns import (
    CARD_TESTS,
    CARDS,
    COLUMNS,
    in_full,
    search_text,
)
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.today_done import open_record_dialog
from caseworker_app.ui.widgets.cards import Cards
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.search import FilterChips, SearchField
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow

_NOBODY = "\0"
_TRACK = 300
"""A track says little in less room than this."""
_NONE_YET = (
    "No assessment is under way. One begins with a request: open a case and record “request "
    "received”, or import a tracker."
)


class AssessmentsScreen(Screen):
    """Every assessment under way, with what is done, what is in, and what comes next."""

    key = "assessments"
    title = "Assessments"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.model = RowsModel(
            with_cover(COLUMNS, lambda: frame.whose.now.covered),
            lambda row: row.id,
            search_text,
            self,
        )
        self.table = RowsTable(
            self.model,
            frame.theme,
            "Assessments",
            "One row an assessment; Enter opens the case, Ctrl+Enter records the next step",
        )
        self.table.setItemDelegate(TrackDelegate(frame.theme, self.table))
        self.table.least_stretched = _TRACK
        self.table.spare("asked", "caseworker", "due", "week", "advice")
        self._loaded = False
        self._card = ""
        self._build()
        self.table.opened.connect(lambda row: frame.open_case(row.child_id, row.due))
        self.table.chosen.connect(self._chosen)
        self.model.counted.connect(self._counted)
        frame.whose.follow(self.model, lambda row: row.caseworker_id)
        frame.whose.changed.connect(self._others)

    def refresh(self) -> None:
        """Read every assessment anew."""
        self.frame.jobs.ask(tracks, self._read)

    def apply(self, done: Done) -> None:
        """Read the touched children's assessments anew."""
        touched = frozenset(done.child_ids)
        if not touched:
            return

        def look(session: Session) -> tuple[TrackRow, ...]:
            return tracks(session, touched)

        self.frame.jobs.ask(look, partial(self._put, touched), owner=self)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row."""
        offered: dict[str, Callable[[], None]] = {"find": self._find}
        if self.model.shown:
            offered["export"] = lambda: export_list(self.frame, self)
        row = self.row()
        if row is not None:
            offered["case.open"] = lambda: self.frame.open_case(row.child_id)
            if row.due is not None:
                offered["case.why"] = lambda: self.frame.open_case(row.child_id, row.due)
            offered["copy"] = self.table.copy
            if self.frame.may("children", Right.WRITE):
                offered["record.done"] = offered["record.fact"] = self.record_next
                offered["transfer.consult"] = lambda: open_consult(self.frame, [row], self)
                if row.asked:
                    offered["transfer.reply"] = lambda: ReplyDialog(self.frame, row, self).open()
        return offered

    def context(self) -> Context:
        """The children selected, and the counts."""
        rows = [row for row in self.table.selected_rows() if isinstance(row, TrackRow)]
        filters = [self.worker.currentText()] if self.worker.currentData() else []
        words = " · ".join([self.count.text(), *filters, *self.chips.words()])
        return Context(tuple(dict.fromkeys(row.child_id for row in rows)), words)

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order, each once."""
        return tuple(dict.fromkeys(row.child_id for row in self.model.rows()))

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def row(self) -> TrackRow | None:
        """The row the keyboard is on."""
        row = self.table.current_row()
        return row if isinstance(row, TrackRow) else None

    def record_next(self) -> None:
        """Ask for the day of the next step; what comes next is offered first."""
        row = self.row()
        if row is not None:
            open_record_dialog(self.frame, self, row.child_id)

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.search = SearchField(
            self.table, "Find a child", "Filters by name, reference, setting and caseworker", 220
        )
        self.worker = choices([("", "Everyone")])
        self.worker.setMinimumWidth(110)
        self.worker.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.worker.currentIndexChanged.connect(self._filter)
        self.chips = FilterChips()
        self.chips.removed.connect(self._remove_filter)
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.cards = Cards(CARDS)
        self.cards.chosen.connect(self._choose_card)
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.said.setWordWrap(True)
        self.said.setAccessibleName("About the row")
        legend = QLabel(LEGEND)
        legend.setObjectName("dim")
        legend.setWordWrap(True)
        legend.setAccessibleName("What the signs of the track mean")
        self.empty = EmptyState(self.table)
        bar = ToolRow()
        bar.setSpacing(8)
        for part in (
            title,
            self.search,
            labelled("C&aseworker", self.worker),
            self.worker,
            self.chips,
        ):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.cards)
        column.addWidget(self.table, 1)
        column.addWidget(legend)
        column.addWidget(self.said)

    def _read(self, rows: tuple[TrackRow, ...]) -> None:
        self._loaded = True
        self.model.set_rows(rows)
        self._name_workers()
        self._show_totals()
        self.table.go_first()
        self.changed.emit()

    def _put(self, touched: Collection[str], rows: tuple[TrackRow, ...]) -> None:
        """Put the touched children's rows in their place."""
        held = [row.id for row in self.model.all_rows() if row.child_id in touched]
        self.model.upsert(rows, held)
        self._name_workers()
        self._show_totals()
        self._chosen()

    def _others(self) -> None:
        """Whose cases are shown is another."""
        self._name_workers()
        self._filter()

    def _rows(self) -> list[TrackRow]:
        """Every row of the cases shown, filtered or not."""
        has = self.frame.whose.now.has
        return [row for row in self.model.all_rows() if has(row.caseworker_id)]

    def _name_workers(self) -> None:
        names = {row.caseworker for row in self._rows()}
        chosen = self.worker.currentData()
        self.worker.blockSignals(True)  # noqa: FBT003
        self.worker.clear()
        self.worker.addItem("Everyone", "")
        for name in sorted(names - {""}, key=folded):
            self.worker.addItem(name, name)
        if "" in names:
            self.worker.addItem("Unassigned", _NOBODY)
        self.worker.setCurrentIndex(max(0, self.worker.findData(chosen)))
        self.worker.blockSignals(False)  # noqa: FBT003

    def _is_of_worker(self, row: TrackRow) -> bool:
        chosen = self.worker.currentData()
        return not chosen or row.caseworker == ("" if chosen == _NOBODY else chosen)

    def _filter(self) -> None:
        card = {key: words for key, words, _ in CARDS}.get(self._card, "")
        self.chips.set_chip("card", "" if self._card in ("", "all") else card)
        test = CARD_TESTS.get(self._card, CARD_TESTS["all"])
        self.model.set_keep(lambda row: self._is_of_worker(row) and test(row))
        self._show_totals()

    def _show_totals(self) -> None:
        rows = [row for row in self._rows() if self._is_of_worker(row)]
        for key, test in CARD_TESTS.items():
            self.cards.set_number(key, sum(map(test, rows)))

    def _choose_card(self, key: str) -> None:
        self._card = key
        self._filter()

    def _remove_filter(self, key: str) -> None:
        del key
        self.cards.choose("")
        self._choose_card("")
        self.table.setFocus()

    def _chosen(self) -> None:
        row = self.row()
        self.said.setText("" if row is None else in_full(row))
        self.changed.emit()

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        words = "1 assessment" if total == 1 else f"{total:,} assessments"
        self.count.setText(words if shown == total else f"{shown:,} of {words}")
        nothing = "Nothing fits: take a filter away." if total else _NONE_YET
        self.empty.say("" if shown or not self._loaded else nothing)
        self._chosen()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
