"""Rules: every statement of law or practice the clock counts by, with source and versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.binding import OWN
from caseworker_app.domain.declarations.own_rules import LocalTarget, OwnVersion
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.local_target import can_sharpen
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.rules import Rulebook
from caseworker_app.domain.target_ids import sharpened
from caseworker_app.services.commands import (
    AddRecord,
    ChangeRecord,
    Command,
    RemoveRecord,
    Together,
)
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.alert_threshold import AlertThresholdDialog
from caseworker_app.ui.dialogs.local_target import LocalTargetDialog
from caseworker_app.ui.dialogs.new_rules import offer_change
from caseworker_app.ui.dialogs.own_version import OwnVersionDialog
from caseworker_app.ui.models.column import QUIET, SOON, Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.rules_alerts import AlertLine, AlertsList, alert_lines
from caseworker_app.ui.screens.rules_points import OpenPoints
from caseworker_app.ui.screens.rules_text import RuleLine, rule_html, rule_lines, search_text
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.late_tabs import TabPlace
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import LateTabs
from caseworker_app.ui.widgets.tool_row import ToolRow

Found = tuple[Rulebook, Sequence[AlertLine], Mapping[str, Sequence[Any]]]
"""The rules that bind, the alerts, and what of them is the council's own, by kind."""

COLUMNS: tuple[Column[RuleLine], ...] = (
    Column("rule", "Rule", lambda row: row.version.rule, width=84, style="dim"),
    Column("title", "What", lambda row: row.version.title, stretch=True),
    Column("period", "Within", lambda row: row.version.period, width=170),
    Column("who", "Who acts", lambda r: WHO.get(r.version.who, r.version.who), width=86),
    Column("force", "Strength", lambda row: row.version.force, width=62, style="dim"),
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
        self._own: Mapping[str, Sequence[Any]] = {}
        self.model = RowsModel(COLUMNS, lambda row: row.version.rule, search_text, self)
        self.table = RowsTable(self.model, frame.theme, "Rules", "The one selected is shown beside")
        # What a rule asks stays readable; the day it was checked is told beside.
        self.table.least_stretched = 200
        self.table.spare("checked", "force")
        self.text = QTextBrowser()
        self.text.setAccessibleName("The rule")
        self.text.setOpenExternalLinks(True)
        self._lines: Sequence[AlertLine] = ()
        self._points = TabPlace(self._make_points, self._fill_points)
        self._alerts = TabPlace(self._make_alerts, self._fill_alerts)
        self.search = SearchField(self.table, "Find a rule", "Filters by number, words and source")
        self.show_ = choices(_SHOW)
        self.count = QLabel()
        self.count.setObjectName("dim")
        self._lay_out()
        self.table.chosen.connect(self._explain)
        self.show_.currentIndexChanged.connect(self._filter)
        self.model.counted.connect(self._counted)
        frame.theme.changed.connect(self._explain)

    @property
    def points(self) -> OpenPoints:
        """The tab of the open points, made when it is first asked for."""
        return self._points.part()

    @property
    def alerts(self) -> AlertsList:
        """The tab of the alerts, made when it is first asked for."""
        return self._alerts.part()

    def refresh(self) -> None:
        """Read the rules that bind here, and what of them is the council's own."""

        def ask(session: Session) -> Found:
            own = {
                kind.name: tuple(row.record for row in session.record_rows(kind.name))
                for kind in OWN
            }
            lines = alert_lines(session.thresholds(), own["alert_threshold"])
            return session.rulebook(), lines, own

        self.frame.jobs.ask(ask, self._read, owner=self)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {
            "find": self.search.setFocus,
            "copy": self.table.copy,
        }
        line = self.line()
        if self.tabs.currentWidget() is self._alerts.made:
            offered["alerts.change"] = self.alerts.want
            offered["alerts.reset"] = self.reset_alerts
        if line is None or self.tabs.currentIndex() > 0:
            return offered
        if can_sharpen(line.version):
            offered["rules.target"] = self.set_target
        if line.can_change:
            offered["rules.version"] = self.add_version
        if self._own_record(line) is not None:
            offered["rules.remove"] = self.remove_own
        return offered

    def context(self) -> Context:
        """The counts."""
        return Context(counts=self.count.text())

    def take_focus(self) -> None:
        """Work starts in the list of the tab in front."""
        tab = self.tabs.currentIndex()
        (
            self.table if tab == 0 else self.points.table if tab == 1 else self.alerts.table
        ).setFocus()

    def line(self) -> RuleLine | None:
        """The rule selected."""
        row = self.table.current_row()
        return row if isinstance(row, RuleLine) else None

    def set_target(self) -> None:
        """Ask for a target of the council's own beside the rule selected."""
        line = self.line()
        if line is not None and can_sharpen(line.version):
            rule = line.version.rule
            now = next((one for one in self._own["local_target"] if one.rule == rule), None)
            LocalTargetDialog(self.frame, line.version, self.window(), now).open()

    def add_version(self) -> None:
        """Ask for a new version of the rule selected, from a day on."""
        line, today = self.line(), self.frame.today()
        if line is None or not line.can_change:
            return
        rule = line.version.rule

        def ask(book: Rulebook) -> None:
            base = book.in_force(rule, today) or book.of(rule)[0]
            OwnVersionDialog(self.frame, base, self.window()).open()

        self.frame.jobs.ask(lambda session: session.rulebook(recommended=True), ask, owner=self)

    def remove_own(self) -> None:
        """Take the council's own target, or its newest version of the rule selected, away."""
        line = self.line()
        kept = None if line is None else self._own_record(line)
        if kept is not None:
            kind = kind_of(kept)
            command = RemoveRecord(kind.name, kept.id, kept.version, "taken away on the Rules page")
            offer_change(self.frame, command, self.window())

    def _own_record(self, line: RuleLine) -> OwnVersion | LocalTarget | None:
        """What of a rule can be taken away: its newest version of our own, or the target."""
        version, since = line.version, line.own_since
        for one in self._own.get("own_version", ()):
            if (one.rule, one.since) == (version.rule, since):
                return cast("OwnVersion", one)
        for one in self._own.get("local_target", ()):
            if line.is_own and one.rule == sharpened(version.rule):
                return cast("LocalTarget", one)
        return None

    def change_alert(self, line: AlertLine) -> None:
        """Ask from when on a date is to be so loud, and in which words."""
        AlertThresholdDialog(self.frame, line, self.alerts.lines, self.window()).open()

    def reset_alerts(self) -> None:
        """Take every change of the alerts back."""
        own = self._own.get("alert_threshold", ())
        if own:
            gone = tuple(
                RemoveRecord("alert_threshold", one.id, one.version, "reset the alerts")
                for one in own
            )
            self.frame.jobs.submit(Together(gone, "reset the alerts"))

    def _choose_reading(self, point: str, code: str) -> None:
        if self._book is None:
            return
        recommended = next(one.recommended for one in self._book.readings if one.id == point)
        now = next((one for one in self._own["chosen_reading"] if one.point == point), None)
        kind, fields = "chosen_reading", {"point": point, "code": code}
        command: Command
        if now is None:
            command = AddRecord(kind, fields)
        elif code == recommended:
            command = RemoveRecord(kind, now.id, now.version, "the recommended reading again")
        else:
            command = ChangeRecord(kind, now.id, now.version, fields)
        offer_change(self.frame, command, self.window())

    def _read(self, found: Found) -> None:
        book, self._lines, self._own = found
        self._book = book
        self._alerts.renew()
        self.model.set_rows(rule_lines(book.versions, self.frame.today()))
        self._points.renew()
        self.table.go_first()
        self._explain()

    def _make_points(self) -> OpenPoints:
        made = OpenPoints(self.frame.theme)
        made.chosen.connect(self._choose_reading)
        return made

    def _fill_points(self, part: OpenPoints) -> None:
        if self._book is not None:
            part.set_readings(self._book.readings)

    def _make_alerts(self) -> AlertsList:
        made = AlertsList(self.frame.theme)
        made.wanted.connect(self.change_alert)
        made.reset.connect(self.reset_alerts)
        return made

    def _fill_alerts(self, part: AlertsList) -> None:
        part.set_lines(self._lines)

    def _filter(self) -> None:
        keeps: Mapping[str, Callable[[RuleLine], bool]] = {
            "dated": lambda row: row.dated,
            "text": lambda row: not row.dated,
            "own": lambda row: row.version.force == "local" or row.own_since is not None,
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
        self._remove.setEnabled(self._own_record(line) is not None)
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
        stands_for(self._target, "rules.target")
        self._target.setToolTip("A date of the council's own, sooner than the law asks")
        self._target.clicked.connect(self.set_target)
        self._version = QPushButton("New versio&n…")
        stands_for(self._version, "rules.version")
        self._version.setToolTip("The rule as it is to stand from a day on")
        self._version.clicked.connect(self.add_version)
        self._remove = QPushButton("Remove our own")
        stands_for(self._remove, "rules.remove")
        self._remove.setToolTip("Remove our target, or our newest version of the rule")
        self._remove.clicked.connect(self.remove_own)
        bar = ToolRow()
        bar.setSpacing(8)
        for part in (title, self.search, labelled("Sho&w", self.show_), self.show_):
            bar.addWidget(part)
        bar.addStretch(1)
        for right in (self.count, self._remove, self._version, self._target):
            bar.addWidget(right)
        self._of_rules = (self._remove, self._version, self._target)
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(self.table)
        both.addWidget(self.text)
        both.setSizes([810, 320])
        both.setHandleWidth(12)
        both.setChildrenCollapsible(False)
        self.tabs = LateTabs(self)
        self.tabs.setAccessibleName("Rules and open points")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(both, "R&ules")
        self.tabs.place("O&pen points", self._points)
        self.tabs.place("Alert&s", self._alerts)
        self.tabs.currentChanged.connect(self._turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.tabs, 1)
