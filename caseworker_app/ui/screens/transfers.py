"""Phase transfer: who moves by 15 February and 31 March, this school year and the next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.names import folded
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.phase_transfer import TransferRow, cohorts, totals
from caseworker_app.services.cases.transfers import Transfers, transfers
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.consult import ReplyDialog, open_consult, open_naming
from caseworker_app.ui.list_printing import export_list
from caseworker_app.ui.models.covered import with_cover
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.today_done import open_record_dialog
from caseworker_app.ui.screens.transfers_columns import (
    CARD_TESTS,
    CARDS,
    COLUMNS,
    in_full,
    search_text,
    settings_of,
)
from caseworker_app.ui.widgets.cards import Cards
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.search import FilterChips, SearchField
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow

_NOBODY = "\0"
_SETTING = 170
"""So much room most settings' names need."""
_NONE_YET = (
    "Nobody moves to another phase this school year or the next. The cohorts build themselves from "
    "each child's year group and the last year their setting teaches."
)


class TransfersScreen(Screen):
    """Everybody who moves, by cohort, with who was asked, what is named and what is still to do."""

    key = "transfers"
    title = "Phase transfer"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.model = RowsModel(
            with_cover(COLUMNS, lambda: frame.whose.now.covered),
            lambda row: row.id,
            search_text,
            self,
        )
        self.table = RowsTable(
            self.model, frame.theme, "Phase transfer", "One row a move; Enter opens the case"
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.least_stretched = _SETTING
        self.table.spare("caseworker", "due", "year", "asked")
        self._loaded = False
        self._card = ""
        self._build()
        self.table.opened.connect(lambda row: frame.open_case(row.child_id, row.due))
        self.table.chosen.connect(self._chosen)
        self.model.counted.connect(self._counted)
        frame.whose.follow(self.model, lambda row: row.caseworker_id)
        frame.whose.changed.connect(self._others)

    def refresh(self) -> None:
        """Read everybody who moves anew."""
        self.frame.jobs.ask(transfers, self._read)

    def apply(self, done: Done) -> None:
        """Read the touched children's moves anew."""
        touched = frozenset(done.child_ids)
        if not touched:
            return

        def look(session: Session) -> Transfers:
            return transfers(session, touched)

        self.frame.jobs.ask(look, partial(self._put, touched), owner=self)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row."""
        offered: dict[str, Callable[[], None]] = {"find": self._find}
        if self.model.shown:
            offered["export"] = lambda: export_list(self.frame, self)
        row = self.row()
        if row is not None:
            offered["case.open"] = lambda: self.frame.open_case(row.child_id)
            offered["case.why"] = lambda: self.frame.open_case(row.child_id, row.due)
            offered["record.fact"] = lambda: open_record_dialog(self.frame, self, row.child_id)
            offered["copy"] = self.table.copy
            offered["transfer.consult"] = self.consult
            offered["transfer.name"] = lambda: open_naming(self.frame, row, self)
            if row.asked:
                offered["transfer.reply"] = lambda: ReplyDialog(self.frame, row, self).open()
        return offered

    def context(self) -> Context:
        """The children selected, and the counts."""
        rows = [row for row in self.table.selected_rows() if isinstance(row, TransferRow)]
        filters = [box.currentText() for box in self._chosen_boxes()]
        words = " · ".join([self.count.text(), *filters, *self.chips.words()])
        return Context(tuple(dict.fromkeys(row.child_id for row in rows)), words)

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order, each once."""
        return tuple(dict.fromkeys(row.child_id for row in self.model.rows()))

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def row(self) -> TransferRow | None:
        """The row the keyboard is on."""
        row = self.table.current_row()
        return row if isinstance(row, TransferRow) else None

    def consult(self) -> None:
        """Ask which settings the children selected were put to."""
        rows = [row for row in self.table.selected_rows() if isinstance(row, TransferRow)]
        open_consult(self.frame, rows or [row for row in (self.row(),) if row], self)

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.search = SearchField(
            self.table, "Find a child", "Filters by name, reference, setting and caseworker", 200
        )
        self.cohort = choices([("", "Every cohort")])
        self.worker = choices([("", "Everyone")])
        self.setting = choices([("", "All")])
        for box, width in ((self.cohort, 190), (self.worker, 108), (self.setting, 80)):
            box.setMinimumWidth(width)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.currentIndexChanged.connect(self._filter)
        self.chips = FilterChips()
        self.chips.removed.connect(self._remove_filter)
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.cards = Cards(CARDS)
        self.cards.chosen.connect(self._choose_card)
        self.untold = QLabel()
        self.untold.setObjectName("dim")
        self.untold.setWordWrap(True)
        self.untold.hide()
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.said.setWordWrap(True)
        self.said.setAccessibleName("About the row")
        self.empty = EmptyState(self.table)
        bar = ToolRow()
        bar.setSpacing(8)
        for part in (
            title,
            self.search,
            labelled("C&ohort", self.cohort),
            self.cohort,
            labelled("C&aseworker", self.worker),
            self.worker,
            labelled("Settin&g", self.setting),
            self.setting,
            self.chips,
        ):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self.consulting = QPushButton("Consult…")
        self.consulting.setObjectName("primary")
        self.consulting.setToolTip("Record consultations sent to several settings (Ctrl+Alt+G)")
        self.consulting.clicked.connect(self.consult)
        stands_for(self.consulting, "transfer.consult")
        bar.addWidget(self.consulting)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.cards)
        column.addWidget(self.untold)
        column.addWidget(self.table, 1)
        column.addWidget(self.said)

    def _read(self, found: Transfers) -> None:
        self._loaded = True
        self.model.set_rows(found.rows)
        self._name_choices()
        self._say_untold(found)
        if self.cohort.currentIndex() < 1 and self.cohort.count() > 1:
            self.cohort.setCurrentIndex(1)
        self._show_totals()
        self.table.go_first()
        self.changed.emit()

    def _put(self, touched: Collection[str], found: Transfers) -> None:
        """Put the touched children's rows in their place."""
        held = [row.id for row in self.model.all_rows() if row.child_id in touched]
        self.model.upsert(found.rows, held)
        self._name_choices()
        self._show_totals()
        self._chosen()

    def _say_untold(self, found: Transfers) -> None:
        """Say of whom nobody can tell when they move."""
        reasons: dict[str, list[str]] = {}
        for _, name, why in found.untold:
            reasons.setdefault(why, []).append(name)
        said = [f"{_named(names)}: {why}" for why, names in reasons.items()]
        self.untold.setText("It cannot be told when they move. " + "; ".join(said) + ".")
        self.untold.setVisible(bool(said))

    def _others(self) -> None:
        """Whose cases are shown is another."""
        self._name_choices()
        self._filter()

    def _rows(self) -> list[TransferRow]:
        """Every row of the cases shown, filtered or not."""
        has = self.frame.whose.now.has
        return [row for row in self.model.all_rows() if has(row.caseworker_id)]

    def _name_choices(self) -> None:
        rows = self._rows()
        here = {row.cohort for row in rows}
        numbers = {key: sum(row.cohort == key for row in rows) for key in here}
        known = [
            (key, f"{words} ({numbers[key]:,})")
            for key, words in cohorts(self.frame.today())
            if key in here
        ]
        _fill(self.cohort, [("", "Every cohort"), *known])
        workers = sorted({row.caseworker for row in rows} - {""}, key=folded)
        nobody = [(_NOBODY, "Unassigned")] if any(not row.caseworker for row in rows) else []
        _fill(self.worker, [("", "Everyone"), *((one, one) for one in workers), *nobody])
        places = sorted({one for row in rows for one in settings_of(row)}, key=folded)
        _fill(self.setting, [("", "All"), *((one, one) for one in places)])

    def _fitting(self) -> Callable[[TransferRow], bool]:
        """Whether a row is of the cohort, caseworker and setting chosen now."""
        cohort = self.cohort.currentData()
        worker, setting = self.worker.currentData(), self.setting.currentData()

        def fits(row: TransferRow) -> bool:
            if cohort and row.cohort != cohort:
                return False
            if worker and row.caseworker != ("" if worker == _NOBODY else worker):
                return False
            return not setting or setting in settings_of(row)

        return fits

    def _filter(self) -> None:
        card = {key: words for key, words, _ in CARDS}.get(self._card, "")
        self.chips.set_chip("card", "" if self._card in ("", "all") else card)
        test = CARD_TESTS.get(self._card, CARD_TESTS["all"])
        fits = self._fitting()
        self.model.set_keep(lambda row: fits(row) and test(row))
        self._show_totals()

    def _chosen_boxes(self) -> list[QComboBox]:
        """The boxes that filter."""
        return [box for box in (self.cohort, self.worker, self.setting) if box.currentData()]

    def _show_totals(self) -> None:
        found = totals(filter(self._fitting(), self._rows()))
        self.cards.set_number("all", found.children)
        self.cards.set_number("settled", found.settled)
        self.cards.set_number("consulted", found.consulted)
        self.cards.set_number("untouched", found.untouched)
        self.cards.set_number("late", found.late)

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
        moves = "1 move" if total == 1 else f"{total:,} moves"
        words = moves if shown == total else f"{shown:,} of {moves}"
        self.count.setText(words)
        nothing = "Nobody fits: take a filter away." if total else _NONE_YET
        self.empty.say("" if shown or not self._loaded else nothing)
        self._chosen()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()


def _fill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
    """Offer entries, with the one chosen kept where it is still there."""
    chosen = box.currentData()
    box.blockSignals(True)  # noqa: FBT003
    box.clear()
    for key, words in entries:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)  # noqa: FBT003


def _named(names: list[str]) -> str:
    """A few names, and how many more."""
    few = 3
    rest = len(names) - few
    return "; ".join(names[:few]) + (f" and {rest:,} more" if rest > 0 else "")
