"""The dashboard: what the caseload looks like today, in charts whose marks open their cases."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.charts import Chart, Dashboard, Mark
from caseworker_app.domain.dashboard.whole import HEADLINES
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import CaseRow
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.charts.card import EVERY, ChartCard
from caseworker_app.ui.runtime.preferences import CHARTS
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.dashboard_leaving import (
    print_dashboard,
    save_picture,
    write_cases,
    write_dashboard,
)
from caseworker_app.ui.screens.returns_cases import CasesBehind, by_reference
from caseworker_app.ui.widgets.cards import Cards
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.search import FilterChips
from caseworker_app.ui.widgets.tool_row import ToolRow

Counted = tuple[Dashboard, Mapping[str, CaseRow]]

_TWO_BESIDE = 820
"""From this width on two cards stand beside each other; in points of a text of ten."""

_LOW, _LINE = 560, 17
"""Below this height numbers and a list have no room together; how high a line of that text is."""

_CHANGED = "Changed since these charts were counted: F5 counts again"


class DashboardScreen(Screen):
    """Headlines above charts by group; below them the cases of the mark that was opened."""

    key = "dashboard"
    title = "Dashboard"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.area = "board"
        self.dashboard: Dashboard | None = None
        self.cards: dict[str, ChartCard] = {}
        self._to_do: deque[Callable[[], None]] = deque()
        self._here = ""
        self._drawing = QTimer(self)
        self._drawing.setInterval(0)
        self._drawing.timeout.connect(self._do_next)
        self.cases = CasesBehind(frame.theme, frame.jobs)
        self.cases.opened.connect(frame.open_case)
        self.table = self.cases.table
        self._build()
        self.table.chosen.connect(self.changed)
        frame.whose.changed.connect(self.mark_stale)

    def refresh(self) -> None:
        """Count everything anew."""
        application, whose = self.frame.application, self.frame.whose.now

        def count(session: Session, progress: Progress) -> Counted:
            return application.dashboard(session, whose, progress), by_reference(session.cases())

        self.said.setText("Counting…")
        self.frame.jobs.long("Counting the dashboard", count, self._show, self._failed, self)

    def apply(self, done: Done) -> None:
        """Say that the charts are older than the last change; counting anew is for the person."""
        del done
        if self.dashboard is not None:
            self.said.setText(_CHANGED)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {}
        if self.dashboard is None:
            return offered
        offered["charts.table"] = self.switch
        offered["print"] = self.print_all
        offered["export"] = self.export
        card = self.cards.get(self._here)
        if card is not None:
            offered["charts.open"] = card.open_here
            offered["charts.picture"] = self.save_picture
        if self._is_in_list() and self.frame.may("children", Right.EXPORT, own=False):
            offered["copy"] = self.table.copy
        return offered

    def context(self) -> Context:
        """What is counted, and what the list below is narrowed to."""
        return Context(counts=" · ".join([self.said.text(), *self.chips.words()]))

    def trail(self) -> tuple[str, ...]:
        """The children behind the mark that was opened."""
        return self.cases.trail()

    def take_focus(self) -> None:
        """Work starts at the first chart."""
        card = self.cards.get(self._here) or next(iter(self.cards.values()), None)
        if card is None:
            self.setFocus()
        else:
            card.take_focus()

    def switch(self) -> None:
        """From charts to their tables, or back; which of them is kept."""
        table = not self._as_tables()
        self.frame.preferences.keep(CHARTS, "tables" if table else "charts")
        self._name_switch()
        self._place()
        held = next((one for one in self.cards.values() if one.holds_keyboard()), None)
        if held is not None:
            held.show_as(table=table)
            held.take_focus()
        self._do_each(partial(card.show_as, table=table) for card in self.cards.values())
        self.changed.emit()

    def open_mark(self, chart: Chart, series: int, category: int) -> None:
        """List the cases behind a mark, or behind every mark of a category."""
        mark = chart.behind((category,)) if series == EVERY else chart.mark(series, category)
        self._list(chart.named(series, category), mark)

    def close_list(self) -> None:
        """Take the filter away, and with it the list."""
        had = self.below.isAncestorOf(self.focusWidget() or self)
        self.chips.show_chips({})
        self.headlines.choose("")
        self.below.hide()
        self._fit_headlines()
        self.cases.show_things(())
        if had:
            self.take_focus()
        self.changed.emit()

    def print_all(self) -> None:
        """Show every chart with its table as it would be printed."""
        if self.dashboard is not None:
            print_dashboard(self.frame, self.dashboard, self)

    def export(self) -> None:
        """Write the cases listed, where the keyboard is among them, else every chart's numbers."""
        if self._is_in_list():
            words = ", ".join(self.chips.words())
            write_cases(self.frame, self.table, words, self.trail(), self)
        elif self.dashboard is not None:
            write_dashboard(self.frame, self.dashboard, self)

    def save_picture(self) -> None:
        """Write the chart that the keyboard was on last as a picture."""
        card = self.cards.get(self._here)
        if card is not None:
            save_picture(self.frame, card.chart, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards beside each other where there is room."""
        super().resizeEvent(event)
        self._fit_headlines()
        if event.size().width() != event.oldSize().width():
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room for a card."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "grid"):
            self._place()

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.group = choices([("", "Everything")])
        self.group.currentIndexChanged.connect(self._place)
        self.switching = stands_for(QPushButton(), "charts.table")
        self.switching.clicked.connect(self.switch)
        self._name_switch()
        picture = stands_for(QPushButton("Picture…"), "charts.picture")
        picture.setToolTip("Save the chart that the keyboard is on as a picture")
        picture.clicked.connect(self.save_picture)
        export = stands_for(QPushButton("Export…"), "export")
        export.setToolTip("Write the numbers of every chart to a workbook (Ctrl+E)")
        export.clicked.connect(self.export)
        printing = stands_for(QPushButton("Print…"), "print")
        printing.setToolTip("Print every chart with its numbers (Ctrl+P)")
        printing.clicked.connect(self.print_all)
        again = QPushButton("Refresh")
        again.setToolTip("Count the charts again (F5)")
        again.clicked.connect(self.refresh)
        self.bar = ToolRow()
        self.whose = FilterChips(self.frame.whose)
        for part in (title, labelled("Sho&w", self.group), self.group, self.switching, self.whose):
            self.bar.addWidget(part)
        self.bar.addStretch(1)
        for part in (self.said, picture, export, printing, again):
            self.bar.addWidget(part)
        self.headlines = Cards(HEADLINES)
        self.headlines.chosen.connect(self._choose_headline)
        self._build_page()
        self._build_list()
        self.both = QSplitter(Qt.Orientation.Vertical)
        self.both.addWidget(self.charts)
        self.both.addWidget(self.below)
        self.both.setHandleWidth(10)
        self.both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(self.bar)
        column.addWidget(self.headlines)
        column.addWidget(self.both, 1)

    def _build_page(self) -> None:
        """What is scrolled: a title a group, and its cards."""
        self.page = QWidget()
        self.page.setObjectName("page")
        self.grid = QGridLayout(self.page)
        self.grid.setContentsMargins(0, 0, 6, 0)
        self.grid.setSpacing(10)
        self.titles: dict[str, QLabel] = {}
        self.notes = QLabel()
        self.notes.setObjectName("dim")
        self.notes.setWordWrap(True)
        self.charts = QScrollArea()
        self.charts.setAccessibleName("Charts")
        self.charts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.charts.setWidgetResizable(True)
        self.charts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.charts.setMinimumHeight(150)
        self.charts.setWidget(self.page)

    def _build_list(self) -> None:
        """The cases behind a mark, hidden until one is opened."""
        self.chips = FilterChips()
        self.chips.removed.connect(lambda _: self.close_list())
        row = ToolRow()
        row.addWidget(self.chips)
        row.addStretch(1)
        self.below = QWidget()
        column = QVBoxLayout(self.below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.cases, 1)
        self.below.setMinimumHeight(130)
        self.below.hide()
        away = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.below)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        away.activated.connect(self.close_list)

    def _is_in_list(self) -> bool:
        """Whether the keyboard is on a case of the list below."""
        return self.table.hasFocus() and self.table.current_row() is not None

    def _as_tables(self) -> bool:
        return self.frame.preferences.get(CHARTS) == "tables"

    def _name_switch(self) -> None:
        words = "Show charts" if self._as_tables() else "Show tables"
        self.switching.setText(words)
        self.switching.setToolTip(f"{words} instead")

    def _failed(self, failed: Failed) -> None:
        """Say what is shown where counting was stopped: what was counted before, or nothing."""
        self.said.setText("" if self.dashboard is None else self.dashboard.about)
        if self.dashboard is None:
            self.said.setText("Not counted: F5 counts")
        self.frame.tell_failed(failed)

    def _show(self, counted: Counted) -> None:
        """Show what was counted: a card at a time, so that the window never stands still."""
        self.dashboard, cases = counted
        dashboard = self.dashboard
        self.said.setText(dashboard.about)
        self.cases.set_cases(cases)
        self.close_list()
        for one in dashboard.headlines:
            self.headlines.set_number(one.key, int(one.mark.value or 0))
        self.notes.setText(" ".join(dashboard.notes))
        self._offer_groups(dashboard)
        for key in self.cards.keys() - {one.key for one in dashboard.charts}:
            gone = self.cards.pop(key)
            gone.hide()
            gone.deleteLater()
        self._to_do.clear()
        self._do_each(partial(self._draw, chart) for chart in dashboard.charts)
        self.changed.emit()

    def _do_each(self, tasks: Iterable[Callable[[], None]]) -> None:
        """Do things card by card, after what is still to be done."""
        self._to_do.extend(tasks)
        self._drawing.start()

    def _do_next(self) -> None:
        if self._to_do:
            self._to_do.popleft()()
        else:
            self._drawing.stop()
            self._order_keys()

    def _draw(self, chart: Chart) -> None:
        """Draw one chart on its card, which is made where there is none yet."""
        card = self.cards.get(chart.key)
        if card is not None:
            card.set_chart(chart)
            return
        first = not self.cards
        card = self.cards[chart.key] = ChartCard(
            chart, self.frame.theme, self.page, as_table=self._as_tables()
        )
        card.opened.connect(self.open_mark)
        card.entered.connect(lambda key=chart.key: self._entered(key))
        self._place()
        if first:
            self._here = chart.key
            if self.isVisible() and self.focusWidget() in (None, self):
                card.take_focus()

    def _order_keys(self) -> None:
        """Let Tab go through the charts in the order they stand in."""
        if self.dashboard is None:
            return
        before: QWidget | None = None
        for one in self.dashboard.charts:
            card = self.cards.get(one.key)
            for part in () if card is None else (card.canvas, card.table, card.how):
                if part is not None:
                    if before is not None:
                        QWidget.setTabOrder(before, part)
                    before = part

    def _offer_groups(self, dashboard: Dashboard) -> None:
        from caseworker_app.ui.widgets.refilled import refill

        groups = dict.fromkeys(one.group for one in dashboard.charts)
        refill(self.group, [("", "Everything"), *((one, one) for one in groups)])

    def _place(self) -> None:
        """Put titles and cards where they stand: by group, in one column or in two."""
        if self.dashboard is None:
            return
        scale = self.fontMetrics().height() / _LINE
        # A table has a column a series, which half the width has no room for.
        beside = self.width() >= _TWO_BESIDE * scale and not self._as_tables()
        many = 2 if beside else 1
        only = str(self.group.currentData() or "")
        while self.grid.count():
            self.grid.takeAt(0)
        for row in range(self.grid.rowCount()):
            self.grid.setRowStretch(row, 0)
        line = 0
        for group in dict.fromkeys(one.group for one in self.dashboard.charts):
            keys = [one.key for one in self.dashboard.charts if one.group == group]
            own = [self.cards[key] for key in keys if key in self.cards]
            shown = only in ("", group)
            if own and shown:
                self.grid.addWidget(self._title(group), line, 0, 1, many)
                line = self._place_group(own, line + 1, many)
            for part in (*own, self._title(group)):
                part.setVisible(shown and bool(own))
        self.grid.addWidget(self.notes, line, 0, 1, many)
        self.grid.setRowStretch(line + 1, 1)
        for column in range(2):
            self.grid.setColumnStretch(column, 1 if column < many else 0)
        # At once: a card that has no place yet would be painted in the corner.
        self.grid.activate()

    def _place_group(self, cards: Sequence[ChartCard], line: int, many: int) -> int:
        """Put the cards of a group; the last of an odd number takes the whole width."""
        for at, card in enumerate(cards):
            last_alone = many > 1 and at == len(cards) - 1 and at % many == 0
            self.grid.addWidget(card, line + at // many, at % many, 1, many if last_alone else 1)
        return line + (len(cards) + many - 1) // many

    def _fit_headlines(self) -> None:
        """In a low window the list takes the room of the numbers above."""
        low = self.height() < _LOW * self.fontMetrics().height() / _LINE
        self.headlines.setVisible(self.below.isHidden() or not low)

    def _title(self, group: str) -> QLabel:
        if group not in self.titles:
            label = QLabel(group, self.page)
            label.setObjectName("section")
            self.titles[group] = label
        return self.titles[group]

    def _entered(self, key: str) -> None:
        self._here = key
        self.charts.ensureWidgetVisible(self.cards[key], 0, 20)
        self.changed.emit()

    def _choose_headline(self, key: str) -> None:
        """List the cases behind a number above."""
        found = None
        if self.dashboard is not None:
            found = next((one for one in self.dashboard.headlines if one.key == key), None)
        if found is None:
            self.close_list()
            return
        self._list(found.words[:1].upper() + found.words[1:], found.mark, headline=key)

    def _list(self, words: str, mark: Mark, headline: str = "") -> None:
        """Show the cases behind a mark, with a chip that says which and takes them away."""
        if not headline:
            self.headlines.choose("")
        self.chips.show_chips({"mark": f"{words}: {mark.words}"})
        self.cases.show_things(mark.things)
        opened = self.below.isHidden()
        self.below.show()
        self._fit_headlines()
        if opened:
            room = self.both.height()
            self.both.setSizes([room * 11 // 20, room * 9 // 20])
        self.table.go_first()
        self.table.setFocus()
        self.changed.emit()
