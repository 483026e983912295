"""Today: the one list to work from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout

from caseworker_app.domain.folding import fold, in_order
from caseworker_app.domain.names import folded
from caseworker_app.domain.outcome import ALERTS, Done
from caseworker_app.domain.rows import AlertRow
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models import alert_columns as alerts
from caseworker_app.ui.models.grouped_model import GroupedModel
from caseworker_app.ui.runtime.preferences import MY_NAME, WINDOW
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.today_done import PASSES, open_record_dialog, passing_rules
from caseworker_app.ui.widgets.cards import Cards
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.grouped_table import GroupedTable
from caseworker_app.ui.widgets.search import FilterChips, SearchField
from caseworker_app.ui.widgets.tool_row import ToolRow

_WINDOWS = [
    ("7", "Next week"),
    ("28", "Next 4 weeks"),
    ("56", "Next 8 weeks"),
    ("84", "Next 12 weeks"),
    ("", "All dates"),
]
_AFTER_PAINT_MS = 30
EVERYONE, NOBODY = "", "\0"


class TodayScreen(Screen):
    """Overdue and coming dates in groups; Enter opens the case, Ctrl+Enter records it done."""

    key = "today"
    title = "Today"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.model: GroupedModel[AlertRow] = GroupedModel(
            alerts.ALERT_COLUMNS,
            alerts.identity,
            alerts.search_text,
            alerts.group_of,
            alerts.GROUPS,
            self,
        )
        self.table = GroupedTable(
            self.model,
            frame.theme,
            "Today",
            "Overdue and coming dates; Enter opens the case, Ctrl+Enter records it done",
        )
        self.table.spare("target", "caseworker")
        self._card = ""
        self._mine: list[AlertRow] = []
        self._passing: frozenset[str] = frozenset()
        self._whole = False
        self._build()
        self.table.opened.connect(lambda row: frame.open_case(row.child_id))
        self.table.chosen.connect(self._chosen)
        self.model.counted.connect(self._counted)

    # What the window asks

    def refresh(self) -> None:
        """Read the alerts anew."""
        within = self._within()
        self.frame.jobs.ask(
            lambda session: (
                fold(session.weigh(session.alerts(within))),
                passing_rules(session.rulebook()),
            ),
            self._read,
        )

    def receive(self, rows: tuple[AlertRow, ...]) -> None:
        """Show what is overdue or due this week; the rest follows when it is read."""
        self._whole = self._stale = False
        self._show(fold(rows))
        # Once these are painted; reading more would take the processor from that.
        QTimer.singleShot(_AFTER_PAINT_MS, self.refresh)

    def apply(self, done: Done) -> None:
        """Replace the touched children's dates."""
        within = self._within()
        rows = fold(row for row in done.rows_of(ALERTS) if within is None or row.days <= within)
        touched = set(done.child_ids)
        held = self.model.all_rows()
        was = {alerts.identity(row): row.due for row in held if row.child_id in touched}
        if {alerts.identity(row): row.due for row in rows}.items() <= was.items():
            self.model.upsert(rows, was)
        else:
            others = (row for row in held if row.child_id not in touched)
            self.model.set_rows(sorted((*others, *rows), key=in_order))
        self._name_workers()
        self._chosen()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {"find": self.search.setFocus}
        row = self.table.current_row()
        if isinstance(row, AlertRow) and self.table.selected_rows():
            offered["case.open"] = lambda: self.frame.open_case(row.child_id)
            offered["case.why"] = lambda: self.frame.open_case(row.child_id, row.due)
            if row.rule not in self._passing:
                offered["record.done"] = self.record_done
            offered["record.fact"] = lambda: open_record_dialog(self.frame, self, row.child_id)
            offered["copy"] = self.table.copy
        return offered

    def context(self) -> Context:
        """The children selected, and the counts."""
        rows = [row for row in self.table.selected_rows() if isinstance(row, AlertRow)]
        shown, total = self.model.shown, self.model.total
        counts = f"{shown:,} of {total:,} dates" if shown != total else f"{total:,} dates"
        words = " · ".join([counts, *alerts.louder(self.model.rows()), *self.chips.words()])
        return Context(tuple(dict.fromkeys(row.child_id for row in rows)), words)

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order, each once."""
        return tuple(dict.fromkeys(row.child_id for row in self.model.rows()))

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def urgent(self) -> int:
        """How many dates of the caseworker shown are overdue or due this week."""
        return sum(1 for row in self._mine if alerts.group_of(row) <= alerts.THIS_WEEK)

    def record_done(self) -> None:
        """Record the fact that meets the date selected."""
        row = self.table.current_row()
        if isinstance(row, AlertRow) and row.rule not in self._passing:
            open_record_dialog(self.frame, self, row.child_id, row.rule, row.episode)

    # Inside

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.search = SearchField(
            self.table, "Find in Today", "Filters by child, reference, setting, date and caseworker"
        )
        self.worker = QComboBox()
        self.worker.setMinimumWidth(130)
        self.worker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        chosen = self.frame.preferences.get(MY_NAME)
        self.worker.addItem("Everyone", EVERYONE)
        if chosen:
            self.worker.addItem("Unassigned" if chosen == NOBODY else chosen, chosen)
            self.worker.setCurrentIndex(1)
        self.window_length = choices(_WINDOWS, self.frame.preferences.get(WINDOW))
        self.chips = FilterChips()
        self.done_button = QPushButton("Record done  Ctrl+↵")
        self.done_button.setAccessibleName("Record done")
        stands_for(self.done_button, "record.done")
        self.done_button.setObjectName("primary")
        self.done_button.clicked.connect(self.record_done)
        self.cards = Cards(alerts.CARDS)
        self.empty = EmptyState(self.table)
        bar = ToolRow()
        bar.setSpacing(8)
        for part in (
            title,
            self.search,
            labelled("C&aseworker", self.worker),
            self.worker,
            labelled("&Dates", self.window_length),
            self.window_length,
            self.chips,
        ):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.cards)
        column.addWidget(self.table, 1)
        self.worker.currentIndexChanged.connect(self._filter_worker)
        self.window_length.currentIndexChanged.connect(self._change_window)
        self.cards.chosen.connect(self._filter_card)
        self.chips.removed.connect(self._remove_filter)
        self._filter()
        self._chosen()

    def _read(self, found: tuple[tuple[AlertRow, ...], frozenset[str]]) -> None:
        self._whole = True
        rows, self._passing = found
        self._show(rows)
        self._chosen()

    def _show(self, rows: tuple[AlertRow, ...]) -> None:
        self.model.set_rows(rows)
        self._name_workers()
        self.table.go_first()

    def _within(self) -> int | None:
        days = str(self.window_length.currentData())
        return int(days) if days else None

    def _name_workers(self) -> None:
        """Offer every caseworker who has a date in the list, and the one chosen."""
        names = {row.caseworker for row in self.model.all_rows()}
        chosen = str(self.worker.currentData())
        people = (names | {chosen}) - {"", NOBODY}
        wanted = [EVERYONE, *sorted(people - {EVERYONE}, key=folded)]
        if "" in names or chosen == NOBODY:
            wanted.append(NOBODY)
        if wanted == [self.worker.itemData(at) for at in range(self.worker.count())]:
            return
        words = {EVERYONE: "Everyone", NOBODY: "Unassigned"}
        self.worker.blockSignals(True)  # noqa: FBT003
        self.worker.clear()
        for name in wanted:
            self.worker.addItem(words.get(name, name), name)
        self.worker.setCurrentIndex(max(0, self.worker.findData(chosen)))
        self.worker.blockSignals(False)  # noqa: FBT003

    def _filter_worker(self) -> None:
        self.frame.preferences.keep(MY_NAME, str(self.worker.currentData()))
        self._filter()

    def _filter_card(self, key: str) -> None:
        self._card = key
        self._filter()
        self.table.go_first()

    def _change_window(self) -> None:
        self.frame.preferences.keep(WINDOW, str(self.window_length.currentData()))
        self.refresh()

    def _remove_filter(self, key: str) -> None:
        if key == "worker":
            self.worker.setCurrentIndex(0)
        else:
            self.cards.choose("")
            self._filter_card("")
        self.table.setFocus()

    def _filter(self) -> None:
        card = self._card
        self._show_chips()

        def keep(row: AlertRow) -> bool:
            if not self._is_mine(row):
                return False
            if card in alerts.CARD_TESTS:
                return alerts.CARD_TESTS[card](row)
            return not card or alerts.group_of(row) == alerts.CARD_GROUPS[card]

        self.model.set_keep(keep if card or self.worker.currentData() else None)

    def _is_mine(self, row: AlertRow) -> bool:
        chosen = self.worker.currentData()
        return not chosen or row.caseworker == ("" if chosen == NOBODY else chosen)

    def _show_chips(self) -> None:
        chosen = self.worker.currentText() if self.worker.currentData() else ""
        self.chips.set_chip("worker", chosen)
        words = {key: words for key, words, _ in alerts.CARDS}
        self.chips.set_chip("card", words.get(self._card, "").capitalize())

    def _counted(self) -> None:
        self._mine = [row for row in self.model.all_rows() if self._is_mine(row)]
        groups = [alerts.group_of(row) for row in self._mine]
        for key, group in alerts.CARD_GROUPS.items():
            if self._whole or group <= alerts.THIS_WEEK:
                self.cards.set_number(key, groups.count(group))
        if self._whole:
            for key, fits in alerts.CARD_TESTS.items():
                self.cards.set_number(key, sum(map(fits, self._mine)))
        self.empty.say("" if self.model.shown or not self._whole else self._nothing())
        self.changed.emit()

    def _nothing(self) -> str:
        if self.model.total:
            return "No date fits these filters."
        return "Nothing is overdue, and nothing falls due in the time shown."

    def _chosen(self) -> None:
        row = self.table.current_row()
        passes = isinstance(row, AlertRow) and row.rule in self._passing
        self.done_button.setEnabled(bool(self.table.selected_rows()) and not passes)
        words = PASSES if passes else "Record the fact that meets the date selected"
        self.done_button.setToolTip(words)
        self.done_button.setAccessibleDescription(words)
        self.changed.emit()
