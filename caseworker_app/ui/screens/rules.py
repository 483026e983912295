"""Rules: every statement of law or practice the clock counts by, with source and versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.local_target import can_sharpen
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.rules import Rulebook
from caseworker_app.ui.dialogs.alert_threshold import AlertThresholdDialog
from caseworker_app.ui.dialogs.local_target import LocalTargetDialog
from caseworker_app.ui.dialogs.new_rules import offer_new_rules
from caseworker_app.ui.dialogs.own_version import OwnVersionDialog
from caseworker_app.ui.models.column import QUIET, SOON, Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.rules_alerts import AlertLine, AlertsList, alert_lines
from caseworker_app.ui.screens.rules_points import OpenPoints
from caseworker_app.ui.screens.rules_text import RuleLine, rule_html, rule_lines, search_text
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable

COLUMNS: tuple[Column[RuleLine], ...] = (
    Column("rule", "Rule", lambda row: row.version.rule, width=84, style="dim"),
    Column("title", "What", lambda row: row.version.title, stretch=True),
    Column("period", "Within", lambda row: row.version.period, width=170),
    Column("who", "Who acts", lambda r: WHO.get(r.version.who, r.version.who), width=86),
    Column("force", "Force", lambda row: row.version.force, width=62, style="dim"),
    Column(
        "checked",
        "Checked",
        lambda row: long_date(row.version.checked_on),
        lambda row: row.version.checked_on,
        tone=lambda row: SOON if row.stale else "",
        width=100,
    ),
    Column(
        "dated",
        "Clock",
        lambda row: "dated" if row.dated else "text only",
        tone=lambda row: "" if row.dated else QUIET,
        width=98,
    ),
)
_SHOW = [
    ("", "All rules"),
    ("dated", "Dated by the clock"),
    ("text", "Text only"),
    ("own", "Our own"),
    ("old", "To check"),
]


class RulesScreen(Screen):
    """A list to look a rule up in with its text beside, and the open points of the law."""

    key = "rules"
    title = "Rules"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._book: Rulebook | None = None
        self.model = RowsModel(COLUMNS, lambda row: row.version.rule, search_text, self)
        self.table = RowsTable(self.model, frame.theme, "Rules", "The one selected is shown beside")
        self.text = QTextBrowser()
        self.text.setAccessibleName("The rule")
        self.text.setOpenExternalLinks(True)
        self.points = OpenPoints(frame.theme)
        self.alerts = AlertsList(frame.theme)
        self.search = SearchField(self.table, "Find a rule", "Filters by number, words and source")
        self.show_ = choices(_SHOW)
        self.count = QLabel()
        self.count.setObjectName("dim")
        self._lay_out()
        self.table.chosen.connect(self._explain)
        self.show_.currentIndexChanged.connect(self._filter)
        self.model.counted.connect(self._counted)
        self.points.chosen.connect(self._choose_reading)
        self.alerts.wanted.connect(self.change_alert)
        self.alerts.reset.connect(self.reset_alerts)
        frame.theme.changed.connect(self._explain)

    def refresh(self) -> None:
        """Read the rule pack."""
        application = self.frame.application
        self.frame.jobs.files(application.rulebook, self._read, owner=self)
        self.frame.jobs.files(
            lambda: alert_lines(application.own.thresholds), self.alerts.set_lines, owner=self
        )

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {
            "find": self.search.setFocus,
            "copy": self.table.copy,
        }
        line = self.line()
        if self.tabs.currentWidget() is self.alerts:
            offered["alerts.change"] = self.alerts.want
            offered["alerts.reset"] = self.reset_alerts
        if line is None or self.tabs.currentIndex() > 0:
            return offered
        if can_sharpen(line.version):
            offered["rules.target"] = self.set_target
        if line.can_change:
            offered["rules.version"] = self.add_version
        if line.own_file or line.is_own:
            offered["rules.remove"] = self.remove_own
        return offered

    def context(self) -> Context:
        """The counts."""
        return Context(counts=self.count.text())

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def line(self) -> RuleLine | None:
        """The rule selected."""
        row = self.table.current_row()
        return row if isinstance(row, RuleLine) else None

    def set_target(self) -> None:
        """Ask for a target of the council's own beside the rule selected."""
        line = self.line()
        if line is not None and can_sharpen(line.version):
            dialog = LocalTargetDialog(self.frame, line.version, self.window())
            dialog.saved.connect(self._changed_rules)
            dialog.open()

    def add_version(self) -> None:
        """Ask for a new version of the rule selected, from a day on."""
        line, own, today = self.line(), self.frame.application.own, self.frame.today()
        if line is None or not line.can_change:
            return
        rule = line.version.rule

        def ask(book: Rulebook) -> None:
            base = book.in_force(rule, today) or book.of(rule)[0]
            dialog = OwnVersionDialog(self.frame, book, base, self.window())
            dialog.saved.connect(self._changed_rules)
            dialog.open()

        self.frame.jobs.ask(lambda _: own.as_recommended(), ask, owner=self)

    def remove_own(self) -> None:
        """Take the council's own target, or its newest version of the rule selected, away."""
        line = self.line()
        if line is None:
            return
        own, rule, file = self.frame.application.own, line.version.rule, line.own_file

        def take(_: object) -> None:
            if file:
                own.remove_version(file)
            else:
                own.remove_target(rule)

        if file or line.is_own:
            self.frame.jobs.ask(take, lambda _: self._changed_rules(), owner=self)

    def change_alert(self, line: AlertLine) -> None:
        """Ask from when on a date is to be so loud, and in which words."""
        dialog = AlertThresholdDialog(self.frame, line, self.window())
        dialog.saved.connect(self._changed_alerts)
        dialog.open()

    def reset_alerts(self) -> None:
        """Take every change of the alerts back."""
        own = self.frame.application.own
        self.frame.jobs.ask(
            lambda _: own.set_thresholds(None), lambda _: self._changed_alerts(), owner=self
        )

    def _changed_alerts(self) -> None:
        self.frame.jobs.tell(
            Done("The alerts are kept as changed; no date moved.", everything=True)
        )

    def _choose_reading(self, point: str, code: str) -> None:
        book, own = self._book, self.frame.application.own
        if book is None:
            return
        recommended = next(one.recommended for one in book.readings if one.id == point)
        wanted = None if code == recommended else code
        self.frame.jobs.ask(
            lambda _: own.choose_reading(point, wanted),
            lambda _: self._changed_rules(),
            owner=self,
        )

    def _changed_rules(self) -> None:
        """Read the rules anew, and show which dates would follow."""
        self.refresh()
        offer_new_rules(self.frame, self.window())

    def _read(self, book: Rulebook) -> None:
        self._book = book
        self.model.set_rows(rule_lines(book.versions, self.frame.today()))
        self.points.set_readings(book.readings)
        self.table.go_first()
        self._explain()

    def _filter(self) -> None:
        keeps: Mapping[str, Callable[[RuleLine], bool]] = {
            "dated": lambda row: row.dated,
            "text": lambda row: not row.dated,
            "own": lambda row: row.version.force == "local" or bool(row.own_file),
            "old": lambda row: row.stale,
        }
        self.model.set_keep(keeps.get(str(self.show_.currentData())))

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        words = f"{total:,} rules" if shown == total else f"{shown:,} of {total:,} rules"
        pack = "" if self._book is None else f" · rule pack {self._book.version}"
        self.count.setText(words + pack)
        self.changed.emit()

    def _explain(self) -> None:
        line = self.line()
        if line is None or self._book is None:
            return
        dim = self.frame.theme.theme["dim"]
        self.text.setHtml(rule_html(line, dim, self._book.readings))
        self._target.setEnabled(can_sharpen(line.version))
        self._version.setEnabled(line.can_change)
        self._remove.setEnabled(line.is_own or bool(line.own_file))
        self.changed.emit()

    def _turned(self, tab: int) -> None:
        for button in self._of_rules:
            button.setVisible(tab == 0)
        self.search.setEnabled(tab == 0)
        self.show_.setEnabled(tab == 0)
        self.changed.emit()

    def _lay_out(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self._target = QPushButton("Our own tar&get…")
        self._target.setToolTip("A date of the council's own, sooner than the law asks")
        self._target.clicked.connect(self.set_target)
        self._version = QPushButton("New versio&n…")
        self._version.setToolTip("The rule as it is to stand from a day on")
        self._version.clicked.connect(self.add_version)
        self._remove = QPushButton("Remove our own")
        self._remove.setToolTip("Take our target, or our newest version of the rule, away")
        self._remove.clicked.connect(self.remove_own)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for part in (title, self.search, labelled("Sho&w", self.show_), self.show_):
            bar.addWidget(part)
        bar.addStretch(1)
        for right in (self.count, self._remove, self._version, self._target):
            bar.addWidget(right)
        self._of_rules = (self._remove, self._version, self._target)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.table)
        both.addWidget(self.text)
        both.setSizes([810, 320])
        both.setHandleWidth(12)
        both.setChildrenCollapsible(False)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Rules and open points")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(both, "Ru&les")
        self.tabs.addTab(self.points, "O&pen points")
        self.tabs.addTab(self.alerts, "Alert&s")
        self.tabs.currentChanged.connect(self._turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.tabs, 1)
