"""Rules: every statement of law or practice the clock counts by, with source and versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.rules import WHO, RuleVersion
from caseworker_app.ui.models.column import QUIET, SOON, Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.case_explain import FORCE
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable

_OLD = timedelta(days=365)
_STARTS = {
    "plan_in_force": "a plan in force",
    "birthday": "the date of birth",
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: the version in force on a day, or the first to come, and all versions.

    Attributes:
        stale: nobody has held it against its source for a year.
    """

    version: RuleVersion
    versions: tuple[RuleVersion, ...]
    stale: bool

    @property
    def dated(self) -> bool:
        """Whether the clock makes a date of it."""
        return bool(self.version.primitive)


COLUMNS: tuple[Column[RuleLine], ...] = (
    Column("rule", "Rule", lambda row: row.version.rule, width=74, style="dim"),
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
        width=88,
    ),
)
_SHOW = [
    ("", "All rules"),
    ("dated", "Dated by the clock"),
    ("text", "Text only"),
    ("old", "To check"),
]


class RulesScreen(Screen):
    """A list to look a rule up in, and its text beside."""

    key = "rules"
    title = "Rules"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.model = RowsModel(COLUMNS, lambda row: row.version.rule, _search, self)
        self.table = RowsTable(self.model, frame.theme, "Rules", "The one selected is shown beside")
        self.text = QTextBrowser()
        self.text.setAccessibleName("The rule")
        self.text.setOpenExternalLinks(True)
        self.search = SearchField(self.table, "Find a rule", "Filters by number, words and source")
        self.show_ = choices(_SHOW)
        self.count = QLabel()
        self.count.setObjectName("dim")
        self._lay_out()
        self.table.chosen.connect(self._explain)
        self.show_.currentIndexChanged.connect(self._filter)
        self.model.counted.connect(self._counted)
        frame.theme.changed.connect(self._explain)

    def refresh(self) -> None:
        """Read the rule pack."""
        self.frame.jobs.files(self.frame.application.rules, self._read, owner=self)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {"find": self.search.setFocus, "copy": self.table.copy}

    def context(self) -> Context:
        """The counts."""
        return Context(counts=self.count.text())

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def _read(self, pack: tuple[str, tuple[RuleVersion, ...]]) -> None:
        self._pack, versions = pack
        self.model.set_rows(rule_lines(versions, self.frame.today()))
        self.table.go_first()
        self._explain()

    def _filter(self) -> None:
        keeps: Mapping[str, Callable[[RuleLine], bool]] = {
            "dated": lambda row: row.dated,
            "text": lambda row: not row.dated,
            "old": lambda row: row.stale,
        }
        self.model.set_keep(keeps.get(str(self.show_.currentData())))

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        words = f"{total:,} rules" if shown == total else f"{shown:,} of {total:,} rules"
        self.count.setText(f"{words} · rule pack {self._pack}")
        self.changed.emit()

    def _explain(self) -> None:
        row = self.table.current_row()
        if isinstance(row, RuleLine):
            self.text.setHtml(rule_html(row, self.frame.theme.theme["dim"]))

    def _lay_out(self) -> None:
        self._pack = ""
        title = QLabel(self.title)
        title.setObjectName("title")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for part in (title, self.search, labelled("Sho&w", self.show_), self.show_):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.count)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.table)
        whole.addWidget(self.text)
        whole.setSizes([810, 320])
        whole.setHandleWidth(12)
        whole.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(whole, 1)


def rule_lines(versions: tuple[RuleVersion, ...], today: date) -> list[RuleLine]:
    """A line a rule, by its number."""
    by_rule: dict[str, list[RuleVersion]] = {}
    for version in versions:
        by_rule.setdefault(version.rule, []).append(version)
    lines = []
    for held in by_rule.values():
        now = next((one for one in held if one.in_force(today)), held[0])
        stale = today - now.checked_on > _OLD
        lines.append(RuleLine(now, tuple(held), stale))
    return lines


def rule_html(line: RuleLine, dim: str) -> str:
    """The text of a rule; `dim` is the colour of what is beside the point."""
    version = line.version
    source = escape(version.source)
    if version.address:
        source = f'<a href="{escape(version.address)}">{source}</a>'
    parts = [
        f'<h3 style="font-size:11pt;margin-top:0">{escape(version.title)}</h3>',
        f"<p>{escape(version.what)}</p>",
        _fact("Who acts", WHO.get(version.who, version.who)),
        _fact("Force", FORCE[version.force]),
        _fact("Starts with", _codes(version.trigger)),
        _fact("Within", version.period),
        _fact("Met by", _codes(version.met_by) or version.met_words),
        _fact("Replaced by", _codes(version.superseded_by)),
        _fact("Excused by", ", ".join(sorted(version.excused_by)) or "nothing"),
        _fact("Common reading", version.common),
        f"<p>{source}<br><span style='color:{dim}'>{_checked(version)}</span></p>",
        _versions(line),
        f'<p style="color:{dim}">{escape(version.notes)}</p>' if version.notes else "",
        "" if line.dated else f'<p style="color:{dim}">No event dates this rule yet.</p>',
    ]
    return "".join(parts)


def _fact(label: str, words: str) -> str:
    return f'<p style="margin:2px 0"><b>{label}:</b> {escape(words)}</p>' if words else ""


def _codes(codes: str) -> str:
    return ", ".join(_code(code) for code in codes.split())


def _code(code: str) -> str:
    kind, _, choice = code.partition(".")
    spec = KINDS.get(kind)
    words = spec.label if spec is not None else _STARTS.get(kind, kind.replace("_", " "))
    return f"{words} ({choice.replace('_', ' ')})" if choice else words


def _checked(version: RuleVersion) -> str:
    memory = ", part of it from memory" if version.from_memory else ""
    return f"{escape(version.rule)} · checked {long_date(version.checked_on)}{memory}"


def _versions(line: RuleLine) -> str:
    items = []
    for one in line.versions:
        until = f" to {long_date(one.until)}" if one.until is not None else ""
        items.append(
            f"<li>from {long_date(one.since)}{until}: {escape(one.period or one.title)}</li>"
        )
    return f"<p><b>Versions</b></p><ul style='margin-left:-22px'>{''.join(items)}</ul>"


def _search(row: RuleLine) -> str:
    version = row.version
    return f"{version.rule} {version.title} {version.what} {version.source} {version.period}"
