"""Settings: every school, college and nursery, with what the clock needs to know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.codes import SETTING_KINDS
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.people import Closure, Setting
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.closures_file import ask_closures
from caseworker_app.ui.dialogs.reassign import CaseworkerDialog
from caseworker_app.ui.dialogs.setting import SettingDialog, closure_words
from caseworker_app.ui.dialogs.year_box import year_words
from caseworker_app.ui.models.column import SOON, Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.search import FilterChips, SearchField
from caseworker_app.ui.widgets.table import RowsTable


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting and how many children are there."""

    setting: Setting
    children: int

    @property
    def kind(self) -> str:
        """The kind in words."""
        return SETTING_KINDS.get(self.setting.kind or "", "") or "kind not known"


def closed_words(closures: Sequence[Closure]) -> str:
    """How often a setting is closed, and the last spell on record: "2 spells, last 22 Jul 2027"."""
    if not closures:
        return ""
    spells = "1 spell" if len(closures) == 1 else f"{len(closures):,} spells"
    return f"{spells}, last {long_date(max(one.first for one in closures))}"


COLUMNS: tuple[Column[SettingRow], ...] = (
    Column("name", "Name", lambda row: row.setting.name, style="strong", stretch=True),
    Column(
        "kind",
        "Kind",
        lambda row: row.kind,
        tone=lambda row: "" if row.setting.kind else SOON,
        width=200,
    ),
    Column(
        "last_year",
        "Last year group",
        lambda row: "" if row.setting.last_year is None else year_words(row.setting.last_year),
        lambda row: -9 if row.setting.last_year is None else row.setting.last_year,
        width=130,
    ),
    Column("urn", "URN", lambda row: row.setting.urn, width=90),
    Column(
        "children",
        "Children",
        lambda row: f"{row.children:,}",
        lambda row: row.children,
        "right",
        width=84,
    ),
    Column(
        "closed",
        "Closed",
        lambda row: closed_words(row.setting.closures),
        spoken=lambda row: ", ".join(map(closure_words, row.setting.closures)),
        width=230,
        style="dim",
    ),
)


class SettingsScreen(Screen):
    """A list to look things up and put them right; those an import only named come first."""

    key = "settings"
    title = "Settings"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.model = RowsModel(COLUMNS, lambda row: row.setting.id, _search, self)
        self.table = RowsTable(
            self.model,
            frame.theme,
            "Settings",
            "Schools, colleges and nurseries; Enter changes one",
        )
        self._loaded = False
        self._build()
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._chosen)
        self.model.counted.connect(self._counted)

    def refresh(self) -> None:
        """Read every setting anew."""

        def ask(session: Session) -> list[SettingRow]:
            counts = Counter(row.setting for row in session.cases())
            rows = [SettingRow(one, counts[one.name]) for one in session.settings()]
            return sorted(rows, key=lambda row: row.setting.kind is not None)

        self.frame.jobs.ask(ask, self._read)

    def apply(self, done: Done) -> None:
        """Read anew; a change of a child may move them to another setting."""
        del done
        self.mark_stale()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {
            "find": self._find,
            "setting.new": self._new,
            "caseworker.new": self._new_caseworker,
            "setting.closures": lambda: ask_closures(self.frame, self.window()),
        }
        row = self.table.current_row()
        if isinstance(row, SettingRow):
            offered["copy"] = self.table.copy
            offered["setting.change"] = lambda: self._open(row)
        return offered

    def context(self) -> Context:
        """The counts."""
        return Context(counts=self.count.text())

    def take_focus(self) -> None:
        """Work starts in the list."""
        self.table.setFocus()

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.search = SearchField(self.table, "Find a setting", "Filters by name, kind and URN")
        self.chips = FilterChips()
        self.chips.removed.connect(lambda _: self._show_unknown(on=False))
        self.count = QLabel()
        self.count.setObjectName("dim")
        self._change = QPushButton("Change…")
        self._change.setToolTip("Change the setting selected (Enter)")
        self._change.clicked.connect(lambda: self._open(self.table.current_row()))
        new = QPushButton("New setting…")
        new.setObjectName("primary")
        new.clicked.connect(self._new)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for part in (title, self.search, self.chips):
            bar.addWidget(part)
        bar.addStretch(1)
        for right in (self.count, self._change, new):
            bar.addWidget(right)
        self.empty = EmptyState(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self._notice())
        column.addWidget(self.table, 1)

    def _notice(self) -> QFrame:
        self.notice = QFrame()
        self.notice.setObjectName("card")
        self.unknown = QLabel()
        self.unknown.setWordWrap(True)
        show = QPushButton("Show them")
        show.clicked.connect(lambda: self._show_unknown(on=True))
        row = QHBoxLayout(self.notice)
        row.setContentsMargins(14, 8, 10, 8)
        row.addWidget(self.unknown, 1)
        row.addWidget(show)
        self.notice.hide()
        return self.notice

    def _read(self, rows: list[SettingRow]) -> None:
        self._loaded = True
        self.model.set_rows(rows)
        unknown = sum(row.setting.kind is None for row in rows)
        self.unknown.setText(unknown_words(unknown))
        self.notice.setVisible(bool(unknown))
        if not unknown:
            self._show_unknown(on=False)
        self.table.go_first()
        self._chosen()

    def _show_unknown(self, *, on: bool) -> None:
        self.chips.set_chip("unknown", "Kind not known" if on else "")
        self.model.set_keep((lambda row: row.setting.kind is None) if on else None)
        self.table.setFocus()

    def _open(self, row: object) -> None:
        if isinstance(row, SettingRow):
            SettingDialog(self.frame, row.setting, self.window()).open()

    def _new(self) -> None:
        SettingDialog(self.frame, None, self.window()).open()

    def _new_caseworker(self) -> None:
        CaseworkerDialog(self.frame, self.window()).open()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _chosen(self) -> None:
        self._change.setEnabled(self.table.current_row() is not None)
        self.changed.emit()

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        words = f"{total:,} settings" if shown == total else f"{shown:,} of {total:,} settings"
        self.count.setText(words)
        nothing = "No setting fits." if total else "There is no setting yet."
        self.empty.say("" if shown or not self._loaded else nothing)
        self.changed.emit()


def unknown_words(count: int) -> str:
    """What to say of settings whose kind nobody has recorded."""
    if not count:
        return ""
    have = "1 setting has no kind yet" if count == 1 else f"{count:,} settings have no kind yet"
    return f"{have}; until then phase transfer goes by year group alone."


def _search(row: SettingRow) -> str:
    return f"{row.setting.name} {row.kind} {row.setting.urn}"
