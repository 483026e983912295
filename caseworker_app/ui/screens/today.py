"""Today: the one list to work from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.folding import fold, in_order
from caseworker_app.domain.outcome import ALERTS, Done
from caseworker_app.domain.today import (
    FOLDED_AT_FIRST,
    ON_TODAY,
    PRESSING,
    Section,
    children_of,
    is_done,
)
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models import alert_columns as alerts
from caseworker_app.ui.models.grouped_model import GroupedModel
from caseworker_app.ui.models.rows_model import ASCENDING, DESCENDING
from caseworker_app.ui.runtime.painting import when_painted
from caseworker_app.ui.runtime.preferences import (
    AHEAD,
    TODAY_FOLDED,
    TODAY_GROUP,
    TODAY_SORT,
    WINDOW,
)
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.today_done import (
    DONE_ALREADY,
    ENDS,
    NOT_YOURS,
    PASSES,
    bring_back,
    end_record,
    open_record_dialog,
    passing_rules,
    record_today,
)
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
_GROUPS = [("section", "By date"), ("caseworker", "By caseworker"), ("team", "By team")]
_Found = tuple[tuple[AlertRow, ...], list[str], frozenset[str], bool, Mapping[str, str]]
"""The lines, what a search looks in, the rules that pass by themselves, any case at all, teams."""

_NO_CASES = (
    "There is no case yet. File, Import brings in the trackers your team keeps; "
    "Case, New case opens one by hand."
)
_NOT_MINE = "{whose}: nothing is overdue or falls due in the time shown. {everyone}"
_SEE_ALL = "Case, Assigned to shows everyone's ({count:,} lines)."
_NOTHING = (
    "Nothing is overdue, and nothing falls due in the time shown. Dates shows more weeks; "
    "Annual reviews shows the whole year."
)


class TodayScreen(Screen):
    """Overdue and coming dates under headings; Enter opens the case at the date."""

    key = "today"
    title = "Today"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._take_ahead()
        frame.whose.changed.connect(self._take_ahead)
        self.model: GroupedModel[AlertRow] = GroupedModel(
            alerts.columns(self._holder, lambda: self._ahead),
            alerts.identity,
            alerts.search_text,
            alerts.SECTIONS,
            self,
            in_order,
        )
        self._tally = self.model.keep_beside(alerts.counted_as)
        self._rising = self.model.keep_beside(alerts.rises_this_week)
        self.table = GroupedTable(
            self.model,
            frame.theme,
            "Today",
            "Overdue and coming dates; Enter opens the case at the date, F8 records it done today, "
            "Ctrl+Enter on another day; Left folds a section, Enter on its heading opens it",
        )
        self.table.spare("target", "caseworker")
        frame.whose.follow(self.model, lambda row: row.caseworker_id)
        self._card = ""
        self._urgent = self._done_lines = 0
        self._numbered: tuple[int, bool] | None = None
        self._louder: list[str] = []
        self._opened = {alerts.NOBODY}
        self._passing: frozenset[str] = frozenset()
        self._teams: Mapping[str, str] = {}
        self._whole, self._cases = False, True
        self._build()
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._chosen)
        self.table.folding.connect(self._keep_folded)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._keep_sort)
        self.model.counted.connect(self._counted)

    # What the window asks

    def refresh(self) -> None:
        """Read the alerts anew."""
        within, by_team = self._within(), self.grouped_by.currentData() == "team"

        def ask(session: Session) -> _Found:
            rows = session.today_lines(within)
            # Here, for on a large council the first letter of a search would wait for them.
            texts = self.model.haystacks(rows)
            return (
                rows,
                texts,
                passing_rules(session.rulebook()),
                session.has_cases(),
                _teams(session) if by_team else {},
            )

        self.frame.jobs.ask(ask, self._read)

    def receive(self, rows: tuple[AlertRow, ...]) -> None:
        """Show what is overdue or due this week; the rest follows when it is read."""
        self._whole = self._stale = False
        self._show(rows)
        # Reading more would take the processor from painting these.
        when_painted(self.table.viewport(), self.refresh)

    def apply(self, done: Done) -> None:
        """Replace the touched children's dates."""
        if "panel" in done.kinds or done.gone.keys() & ON_TODAY:
            self.mark_stale()
            return
        within = self._within()
        rows = fold(row for row in done.rows_of(ALERTS) if within is None or row.days <= within)
        touched = {*done.child_ids, *children_of(done.rows)}
        was = [alerts.identity(row) for row in self.model.all_rows() if row.child_id in touched]
        self.model.upsert(rows, was)
        self._regroup()
        self._chosen()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {"find": self.search.setFocus}
        row = self.table.current_row()
        if self.table.can_fold():
            offered["section.fold"] = self.table.fold_here
        if isinstance(row, AlertRow) and self.table.selected_rows():
            offered["case.open"] = lambda: self._open(row)
            offered["case.why"] = lambda: self.frame.open_case(row.child_id, row.due)
            offered |= self._offers_of(row)
            offered["copy"] = self.table.copy
        return offered

    def _offers_of(self, row: AlertRow) -> dict[str, Callable[[], None]]:
        """What can be done about one line."""
        offered: dict[str, Callable[[], None]] = {}
        if self._asks_for(row):
            offered["record.today"] = self.record_today
            if not row.record:
                offered["record.done"] = self.record_done
        if row.snooze:
            offered["record.wake"] = lambda: bring_back(self.frame, self, row.snooze)
        elif self._can_wait(row):
            offered["record.snooze"] = self.snooze
        offered["record.fact"] = lambda: open_record_dialog(self.frame, self, row.child_id)
        return offered

    def _asks_for(self, row: AlertRow) -> bool:
        """Whether something can be recorded as done that ends a line."""
        if row.record:
            return row.ends and row.record.partition("/")[0] in ENDS
        return row.rule not in self._passing

    def context(self) -> Context:
        """The children selected, and the counts."""
        rows = [row for row in self.table.selected_rows() if isinstance(row, AlertRow)]
        shown, total = self.model.shown, self.model.total
        # What is done is shown, and is no line to work from.
        shown, total = shown - self.model.size(self._done_at()), total - self._done_lines
        counts = f"{shown:,} of {total:,} lines" if shown != total else f"{total:,} lines"
        words = " · ".join([counts, *self._louder, *self.chips.words()])
        return Context(tuple(dict.fromkeys(row.child_id for row in rows)), words)

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order, each once."""
        return tuple(dict.fromkeys(row.child_id for row in self.model.rows()))

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def urgent(self) -> int:
        """How many lines of the cases shown are overdue or due in the next 7 days."""
        return self._urgent

    def record_done(self) -> None:
        """Record what meets the date selected."""
        row = self.table.current_row()
        if isinstance(row, AlertRow) and row.rule not in self._passing:
            open_record_dialog(self.frame, self, row.child_id, row.rule, row.episode)

    def record_today(self) -> None:
        """Record that what the line asks for was done today; ask for an answer where it has one."""
        row = self.table.current_row()
        if not isinstance(row, AlertRow) or not self._asks_for(row):
            return
        if row.record:
            end_record(self.frame, self, row)
        else:
            record_today(self.frame, self, row.child_id, row.rule, row.episode)

    def snooze(self) -> None:
        """Put the line off, after asking until when and why."""
        row = self.table.current_row()
        if isinstance(row, AlertRow):
            from caseworker_app.ui.dialogs.snooze import SnoozeDialog

            SnoozeDialog(self.frame, row, self).open()

    # Inside

    def _build(self) -> None:
        self.heading = QLabel(self.title)
        self.heading.setObjectName("title")
        self.search = SearchField(
            self.table, "Find in Today", "Filters by child, reference, setting, date and caseworker"
        )
        self.grouped_by = choices(_GROUPS, self.frame.preferences.get(TODAY_GROUP))
        self.window_length = choices(_WINDOWS, self.frame.preferences.get(WINDOW))
        self.chips = FilterChips(self.frame.whose)
        self.done_button = QPushButton("Done today  F8")
        self.done_button.setAccessibleName("Done today")
        stands_for(self.done_button, "record.today")
        self.done_button.setObjectName("primary")
        self.done_button.clicked.connect(self.record_today)
        self.cards = Cards(alerts.CARDS)
        self.empty = EmptyState(self.table)
        bar = ToolRow()
        bar.setSpacing(8)
        for part in (
            self.heading,
            self.search,
            labelled("&Dates", self.window_length),
            self.window_length,
            labelled("&Group", self.grouped_by),
            self.grouped_by,
            self.chips,
        ):
            bar.addWidget(part)
        self.snooze_button = QPushButton("Snooze…  F7")
        self.snooze_button.setAccessibleName("Snooze…")
        self.snooze_button.setToolTip("Put the line off until a day, with the reason (F7)")
        stands_for(self.snooze_button, "record.snooze")
        self.snooze_button.clicked.connect(self.snooze)
        bar.addStretch(1)
        bar.addWidget(self.snooze_button)
        bar.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.cards)
        column.addWidget(self.table, 1)
        self.grouped_by.currentIndexChanged.connect(self._change_group)
        self.window_length.currentIndexChanged.connect(self._change_window)
        self.cards.chosen.connect(self._filter_card)
        self.chips.removed.connect(self._remove_filter)
        self._filter()
        self._restore_sort()
        self._regroup(anew=True)
        self._chosen()

    def _open(self, row: AlertRow) -> None:
        self.frame.open_case(row.child_id, None if row.record else row.due)

    def _done_at(self) -> int:
        """The number of the heading under which stands what is done."""
        return self.model.titles.index(Section.DONE.words)

    def _take_ahead(self) -> None:
        self._ahead = int(self.frame.preferences.get(AHEAD))

    def _holder(self, row: AlertRow) -> str:
        """Who holds a line's case, and that one covers for them."""
        said = self.frame.whose.now.covered.get(row.caseworker_id, "")
        return f"{row.caseworker}, {said}" if said else row.caseworker or "Unassigned"

    def _read(self, found: _Found) -> None:
        self._whole = True
        rows, texts, self._passing, self._cases, self._teams = found
        self._show(rows, texts)
        self._chosen()

    def _show(self, rows: tuple[AlertRow, ...], texts: list[str] | None = None) -> None:
        self.model.set_rows(rows, texts)
        self._regroup()
        self.table.go_first()

    def _within(self) -> int | None:
        days = str(self.window_length.currentData())
        return int(days) if days else None

    def _regroup(self, *, anew: bool = False) -> None:
        """Put the lines under their headings: sections, or who holds the case, or their team."""
        by, rows = self.grouped_by.currentData(), self.model.all_rows()
        if by != "section":
            team = by == "team"
            grouping = alerts.by_team(rows, self._teams) if team else alerts.by_caseworker(rows)
            titles = enumerate(grouping.titles)
            self.model.set_grouping(grouping, [at for at, one in titles if one not in self._opened])
        elif anew:
            kept = self.frame.preferences.get(TODAY_FOLDED)
            names = kept.split(",")
            at_first = {one.name.lower() for one in FOLDED_AT_FIRST}
            names = [*at_first] if kept == TODAY_FOLDED.default else names
            self.model.set_grouping(
                alerts.SECTIONS, [one for one in Section if one.name.lower() in names]
            )

    def _keep_folded(self) -> None:
        folded = self.model.folded
        if self.grouped_by.currentData() != "section":
            titles = enumerate(self.model.titles)
            self._opened = {title for at, title in titles if at not in folded}
        else:
            names = [Section(one).name.lower() for one in sorted(folded)]
            self.frame.preferences.keep(TODAY_FOLDED, ",".join(names))

    def _change_group(self) -> None:
        self.frame.preferences.keep(TODAY_GROUP, str(self.grouped_by.currentData()))
        self._regroup(anew=True)
        self.table.go_first()
        if self.grouped_by.currentData() == "team":
            self.refresh()

    def _keep_sort(self) -> None:
        column, down = self.model.sorted_by
        key = f"{'-' if down else ''}{self.model.columns[column].key}" if column >= 0 else ""
        self.frame.preferences.keep(TODAY_SORT, key)

    def _restore_sort(self) -> None:
        kept = self.frame.preferences.get(TODAY_SORT)
        keys = [column.key for column in self.model.columns]
        if kept.lstrip("-") in keys:
            order = DESCENDING if kept.startswith("-") else ASCENDING
            self.table.horizontalHeader().setSortIndicator(keys.index(kept.lstrip("-")), order)

    def _filter_card(self, key: str) -> None:
        self._card = key
        self._filter()
        self.table.go_first()

    def _change_window(self) -> None:
        self.frame.preferences.keep(WINDOW, str(self.window_length.currentData()))
        self.refresh()

    def _remove_filter(self, key: str) -> None:
        del key
        self.cards.choose("")
        self._filter_card("")
        self.table.setFocus()

    def _filter(self) -> None:
        words = {key: words for key, words, _ in alerts.CARDS}
        self.chips.set_chip("card", words.get(self._card, "").capitalize())
        self.model.set_keep(alerts.on_card(self._card) if self._card else None)

    def _counted(self) -> None:
        # Of all lines, however they are filtered: a letter of a search changes none of these.
        now = self.model.changes, self._whole
        if now != self._numbered:
            self._numbered = now
            self._number()
        self._louder = alerts.louder(self.model.count_shown(self._rising))
        self.empty.say("" if self.model.shown or not self._whole else self._nothing())
        self._chosen()

    def _number(self) -> None:
        """Count the lines of the cases shown, for the cards and the heading."""
        counts = self.model.counts(self._tally)
        found = alerts.sections(counts)
        for key, sections in alerts.CARD_SECTIONS.items():
            if self._whole or sections <= PRESSING:
                self.cards.set_number(key, sum(found[one] for one in sections))
        if self._whole:
            self.cards.set_number("escalate", alerts.escalated(counts))
        self._done_lines = found[Section.DONE]
        self._urgent = urgent = sum(found[one] for one in PRESSING)
        self.heading.setText(f"{self.title} · {urgent:,}" if urgent else self.title)
        self.heading.setToolTip(f"{urgent:,} overdue or due in the next 7 days")
        self.heading.setAccessibleName(f"Today: {urgent:,} overdue or due in the next 7 days")

    def _nothing(self) -> str:
        """What to do next where there is no line."""
        if self.model.total:
            return "No date fits these filters. Press Esc in the field above to see all."
        whose, everyone = self.frame.whose.now, len(self.model.all_rows())
        if whose.holders is not None:
            more = _SEE_ALL.format(count=everyone) if everyone else ""
            return _NOT_MINE.format(whose=whose.words, everyone=more).strip()
        return _NOTHING if self._cases else _NO_CASES

    def _chosen(self) -> None:
        row = self.table.current_row()
        on = isinstance(row, AlertRow) and bool(self.table.selected_rows())
        passes = isinstance(row, AlertRow) and not self._asks_for(row)
        self.done_button.setEnabled(on and not passes)
        self.snooze_button.setEnabled(isinstance(row, AlertRow) and on and self._can_wait(row))
        words = "Record what the line asks for as done today (F8)"
        if isinstance(row, AlertRow) and passes:
            words = DONE_ALREADY if is_done(row) else PASSES if row.ends else NOT_YOURS
        self.done_button.setToolTip(words)
        self.done_button.setAccessibleDescription(words)
        self.changed.emit()

    @staticmethod
    def _can_wait(row: AlertRow) -> bool:
        return not row.snooze and bool(row.rule or row.record.startswith("promise/"))


def _teams(session: Session) -> dict[str, str]:
    """The team of each caseworker, by their ids; loaded where a list is grouped by it alone."""
    from caseworker_app.services.cases.whose import team_names

    return team_names(session)
