"""Schools and settings: every school, college and nursery, with what the clock needs of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from caseworker_app.domain.codes import SETTING_KINDS
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.people import Closure, Setting
from caseworker_app.domain.yeargroup import year_words
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.closures_file import ask_closures
from caseworker_app.ui.dialogs.reassign import CaseworkerDialog
from caseworker_app.ui.dialogs.schools import ask_schools
from caseworker_app.ui.dialogs.setting import SettingDialog, closure_words
from caseworker_app.ui.models.column import SOON, Column, long_date
from caseworker_app.ui.screens.records import RecordsScreen
from caseworker_app.ui.widgets.search import FilterChips


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting and how many children are there."""

    setting: Setting
    children: int

    @property
    def id(self) -> str:
        """The setting's id."""
        return self.setting.id

    @property
    def record(self) -> Setting:
        """The setting, as every row of a list has its record."""
        return self.setting

    @property
    def words(self) -> Mapping[str, str]:
        """What tells it apart, where a dialog names it."""
        return {"name": self.setting.name, "kind": self.kind, "urn": self.setting.urn}

    @property
    def kind(self) -> str:
        """The kind in words."""
        return SETTING_KINDS.get(self.setting.kind or "", "") or "kind not known"


def closed_words(closures: Sequence[Closure]) -> str:
    """How often a setting is closed, and the last time: "2 closures, last 22 Jul 2027"."""
    if not closures:
        return ""
    times = "1 closure" if len(closures) == 1 else f"{len(closures):,} closures"
    return f"{times}, last {long_date(max(one.first for one in closures))}"


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
        "closures",
        "Closed",
        lambda row: closed_words(row.setting.closures),
        spoken=lambda row: ", ".join(map(closure_words, row.setting.closures)),
        width=230,
        style="dim",
    ),
)


class SettingsScreen(RecordsScreen):
    """A list to look things up and put them right; those an import only named come first."""

    sorted_at_first = False

    def columns(self) -> tuple[Column[SettingRow], ...]:
        """With how many children are there, and when it is closed."""
        return COLUMNS

    def searched(self) -> Callable[[SettingRow], str]:
        """Name, kind and URN."""
        return _search

    def read(self, session: Session) -> list[SettingRow]:
        """Every setting with its children counted."""
        counts = Counter(row.setting for row in session.cases())
        rows = [SettingRow(one, counts[one.name]) for one in session.settings()]
        return sorted(rows, key=lambda row: row.setting.kind is not None)

    def open_record(self, row: SettingRow | None) -> None:
        """The form of its own, which knows of closures."""
        SettingDialog(self.frame, None if row is None else row.setting, self.window()).open()

    def apply(self, done: Done) -> None:
        """Read anew; a change of a child may move them to another setting."""
        del done
        self.mark_stale()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What every list offers, under the names this one has had for long, and closures."""
        offered = {
            **super().offers(),
            "setting.new": self._new,
            "caseworker.new": self._new_caseworker,
            "setting.schools": lambda: ask_schools(self.frame, self.window()),
            "setting.closures": lambda: ask_closures(self.frame, self.window()),
        }
        row = self.table.current_row()
        if isinstance(row, SettingRow):
            offered["setting.change"] = lambda: self._open(row)
        return offered

    def beside(self) -> Sequence[QWidget]:
        """The chip of the filter by kind."""
        self.chips = FilterChips()
        self.chips.removed.connect(lambda _: self._show_unknown(on=False))
        return (self.chips,)

    def above(self) -> Sequence[QWidget]:
        """A notice of the settings whose kind nobody has recorded."""
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
        return (self.notice,)

    def came(self, rows: Sequence[SettingRow]) -> None:
        """Show the rows, and say how many have no kind yet."""
        unknown = sum(row.setting.kind is None for row in rows)
        self.unknown.setText(unknown_words(unknown))
        self.notice.setVisible(bool(unknown))
        if not unknown:
            self._show_unknown(on=False)
        super().came(rows)

    def _show_unknown(self, *, on: bool) -> None:
        self.chips.set_chip("unknown", "Kind not known" if on else "")
        self.model.set_keep((lambda row: row.setting.kind is None) if on else None)
        if on:
            self.table.setFocus()

    def _new_caseworker(self) -> None:
        CaseworkerDialog(self.frame, self.window()).open()


def unknown_words(count: int) -> str:
    """What to say of settings whose kind nobody has recorded."""
    if not count:
        return ""
    have = "1 setting has no kind yet" if count == 1 else f"{count:,} settings have no kind yet"
    return f"{have}; until then phase transfer goes by year group alone."


def _search(row: SettingRow) -> str:
    return f"{row.setting.name} {row.kind} {row.setting.urn}"
