"""Ctrl+K: type a few letters of a child, a record or an action, and go there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.rows import CaseRow, Sought
from caseworker_app.domain.searching import hay_of, nothing_found
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.catalogue import ActionSpec, every_action
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.specs import screen_of
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable

_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class Goal:
    """Something one can go to or do.

    Attributes:
        id: an action's id, a child's, or the id of a record of a kind; told apart by `of`.
        title: its words, or the child's name.
        detail: keys, or reference and setting.
        search: what is looked in.
        of: "action", "child", or the kind of a record.
        child_id: whose a record is, or "".
        born: a child's date of birth.
    """

    id: str
    title: str
    detail: str
    search: str
    of: str
    child_id: str = ""
    born: date | None = None


_COLUMNS: tuple[Column[Goal], ...] = (
    Column("goal", "Go to", lambda goal: goal.title, width=280, style="strong"),
    Column("detail", "", lambda goal: goal.detail, width=300, style="dim", stretch=True),
)


class Palette(FittingDialog):
    """A field and the list of what fits it; Enter goes."""

    guide = "Keys"
    """The section of the guide that F1 opens."""

    def __init__(
        self, frame: Frame, offered: Mapping[str, Callable[[], None]], parent: QWidget
    ) -> None:
        """Make the dialog.

        Args:
            frame: the window around it.
            offered: the actions that are on now, by id.
            parent: the window it stands over.
        """
        super().__init__(parent)
        self.setWindowTitle("Go to")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        self._frame = frame
        self._offered = offered
        self.model: RowsModel[Goal] = RowsModel(
            _COLUMNS, lambda goal: f"{goal.of}/{goal.id}", lambda goal: goal.search, self
        )
        self.table = RowsTable(self.model, frame.theme, "Goals", "Enter goes there", self)
        self.table.horizontalHeader().hide()
        self.table.widths.tells_cut = False
        self.search = SearchField(
            self.table,
            "Find a child, a record or an action",
            "Down goes to the list, Enter goes there",
            0,
        )
        self.search.setPlaceholderText("Find a child, reference, setting or action")
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        self.table.opened.connect(self.go)
        self.search.entered.connect(self._go_first)
        self._actions = [_action(spec) for spec in every_action() if spec.id in offered]
        self.model.set_rows(self._actions, [hay_of(goal.search) for goal in self._actions])
        self.model.rank_hits()
        self.empty = EmptyState(self.table)
        self.model.counted.connect(self._counted)
        self.search.setFocus()
        self._read()

    def go(self, goal: object) -> None:
        """Go to a child or a record, or do an action, with the dialog out of the way."""
        if not isinstance(goal, Goal):
            return
        self.accept()
        if goal.of == "child":
            self._frame.open_case(goal.id)
        elif goal.of == "action":
            self._offered[goal.id]()
        elif (screen := screen_of(goal.of)) is not None:
            self._frame.show_screen(screen.key).show_row(goal.id)
        else:
            self._frame.open_case(goal.child_id)

    def _counted(self) -> None:
        self.table.choose_first()
        typed = self.search.text()
        self.empty.say("" if self.model.shown else nothing_found(typed, "child or action"))

    def _go_first(self) -> None:
        self.table.go_first()
        self.go(self.table.current_row())

    def _read(self) -> None:
        def ask(session: Session) -> tuple[list[Goal], list[str]]:
            goals = self._actions + [_child(row) for row in session.cases()]
            goals += [
                _record(one) for one in session.sought() if one.child_id or screen_of(one.kind)
            ]
            return goals, [hay_of(goal.search, goal.born) for goal in goals]

        self._frame.jobs.ask(ask, lambda found: self.model.set_rows(*found), owner=self)


def _action(spec: ActionSpec) -> Goal:
    words = spec.text.replace("&", "").rstrip("…")
    menu = spec.menu.replace("&", "").replace("/", ", ")
    keys = QKeySequence(spec.keys).toString(_NATIVE) or spec.hint
    # The first line is a surname's: who is called so comes before what is called so.
    search = f"\n{words} {menu} {spec.tip}"
    return Goal(spec.id, words, f"{menu}   {keys}", search, "action")


def _child(row: CaseRow) -> Goal:
    about = (row.reference, f"born {long_date(row.born)}" if row.born else "", row.setting)
    detail = " · ".join(part for part in (*about, row.caseworker) if part)
    search = f"{row.surname}\n{row.forename}\n{row.reference}\n{row.upn}\n{row.setting}"
    return Goal(row.id, row.name, detail, search, "child", born=row.born)


def _record(one: Sought) -> Goal:
    return Goal(one.id, one.title, one.detail, one.search, one.kind, one.child_id)
