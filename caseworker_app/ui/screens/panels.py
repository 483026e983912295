"""Panels: each day on which one sits, with what is before it; agenda, minutes and what waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.declarations.panels import PanelItem
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.panel_papers import agenda
from caseworker_app.domain.permissions import Right
from caseworker_app.services.panels.panels import PanelRow, panels
from caseworker_app.services.wording import counted, joined
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.protect import ask_save_protected
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.list_printing import foot
from caseworker_app.ui.models.column import QUIET, SOON, Column, long_date
from caseworker_app.ui.models.record_columns import columns_of
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.printing import print_paper
from caseworker_app.ui.screens.two_lists import TwoLists
from caseworker_app.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from caseworker_app.services.session import Session
    from caseworker_app.ui.screens.base import Frame
    from caseworker_app.ui.screens.specs import ScreenSpec

_PANEL = kind_named("panel")
_WORD = "Word documents (*.docx)"


class PanelsScreen(TwoLists):
    """The panels above, the next first; below, what is before the one chosen."""

    nothing_above = "No panel yet. New panel (Alt+Shift+P) adds a day on which one sits."
    follows = frozenset({"panel", "panel_item"})

    def __init__(self, frame: Frame, spec: ScreenSpec, parent: QWidget | None = None) -> None:
        self.adding = stands_for(QPushButton("New panel…"), "panel.new")
        self.filling = stands_for(QPushButton("Put what waits…"), "panel.fill")
        self.agenda = stands_for(QPushButton("Agenda…"), "panel.agenda")
        self.minutes = stands_for(QPushButton("Minutes…"), "panel.minutes")
        super().__init__(frame, spec._replace(kind="panel_item"), parent)
        self.adding.clicked.connect(self.new_panel)
        self.filling.clicked.connect(self.fill)
        self.agenda.clicked.connect(self.print_agenda)
        self.minutes.clicked.connect(self.ask_minutes)

    def make_upper(self) -> RowsTable:
        """The panels."""
        self.panels: RowsModel[PanelRow] = RowsModel(
            self._panel_columns(), lambda row: row.id, lambda row: row.words, self
        )
        return RowsTable(self.panels, self.frame.theme, "Panels", "Enter changes a panel")

    def beside(self) -> Sequence[QWidget]:
        """What is done with a panel."""
        return (self.adding, self.filling, self.agenda, self.minutes)

    def columns(self) -> tuple[Column[Any], ...]:
        """What is before a panel; which panel stands above."""
        return tuple(one for one in columns_of(self.kind) if one.key != "panel_id")

    def read(self, session: Session) -> Sequence[Any]:
        """The panels, and everything before them."""
        return panels(session), session.record_rows(self.kind.name)

    def keeps(self, above: PanelRow) -> Callable[[Any], bool]:
        """What is before the panel chosen."""
        return lambda row: row.record.panel_id == above.id

    def tells(self, above: PanelRow) -> str:
        """How many are before it, and who was there."""
        cases = counted(len({one.item.child_id for one in above.lines}), "child", "children")
        said = [f"{cases} before the {above.words}"]
        if above.undecided:
            said.append(f"{above.undecided:,} not decided")
        if above.panel.who_came:
            said.append(f"came: {' '.join(above.panel.who_came.split())}")
        referred = sum(bool(one.came_from) for one in above.lines)
        if referred:
            said.append(f"{referred:,} referred by another panel")
        return "; ".join(said) + "."

    def open_record(self, row: Any) -> None:  # noqa: ANN401  (a row below, or None)
        """The form of a case before the panel; a new one is before the panel chosen."""
        above = self.panel
        begin = None
        if row is None and above is not None:
            begin = PanelItem(panel_id=above.id, child_id="", question="")
        record = None if row is None else row.record
        open_record_dialog(self.frame, self.kind, record, self.window(), begin=begin)

    def opened_above(self, row: object) -> None:
        """Change the panel."""
        if isinstance(row, PanelRow) and self.frame.may(self.area, Right.WRITE):
            open_record_dialog(self.frame, _PANEL, row.panel, self.window())

    @property
    def panel(self) -> PanelRow | None:
        """The panel chosen."""
        row = self.upper.current_row()
        return row if isinstance(row, PanelRow) else None

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the panel and with the case chosen."""
        offered = dict(super().offers())
        offered["panel.new"] = self.new_panel
        if self.panel is not None:
            offered["panel.fill"] = self.fill
            offered["panel.agenda"] = self.print_agenda
            offered["panel.minutes"] = self.ask_minutes
        row: Any = self.table.current_row()
        if row is not None:
            offered["case.open"] = lambda: self.frame.open_case(row.record.child_id)
        if self.panel is not None and self.upper.hasFocus():
            panel = self.panel
            offered["entry.change"] = lambda: self.opened_above(panel)
            offered["entry.remove"] = lambda: self._remove_panel(panel)
        return offered

    def show_row(self, row_id: str) -> None:
        """Go to a panel by its id."""
        self.upper.select_id(row_id)

    def new_panel(self) -> None:
        """Add a day on which a panel sits."""
        open_record_dialog(self.frame, _PANEL, None, self.window())

    def fill(self) -> None:
        """Choose among what waits for a panel."""
        from caseworker_app.ui.dialogs.fill_panel import open_fill

        if self.panel is not None:
            open_fill(self.frame, self.panel, self.window())

    def print_agenda(self) -> None:
        """Show the agenda as it would be printed."""
        row = self.panel
        if row is None:
            return

        def show(who: str) -> None:
            paper = agenda(row.words, row.panel, row.lines, foot(self.frame, who))
            leaving = Leaving(paper.title, self.area, _children(row), paper.words(), "printed")
            print_paper(self.frame, paper, leaving, self)

        self.frame.jobs.ask(lambda session: session.who, show, owner=self)

    def ask_minutes(self) -> None:
        """Ask where to, and write the minutes."""
        row = self.panel
        if row is None:
            return
        name = f"Minutes, {row.words}.docx"
        ask_save_protected(
            self.frame,
            self,
            "Minutes of the panel",
            name,
            _WORD,
            lambda to: self.write_minutes(row, Path(to)),
        )

    def write_minutes(self, row: PanelRow, target: Path) -> None:
        """Write the minutes of a panel, where they may leave."""
        write = self.frame.application.write_minutes

        def told(lacks: Sequence[str]) -> None:
            more = f" Not recorded yet: {joined(list(lacks))}." if lacks else ""
            self.frame.say(f"Wrote {target.name}.{more}")

        def go() -> None:
            self.frame.jobs.ask(
                lambda session: write(session, row.id, target), told, self.frame.tell_failed, self
            )

        leaving = Leaving(f"Minutes, {row.words}", self.area, _children(row), _words(row))
        before_leaving(self.frame, leaving, go, self)

    def _remove_panel(self, row: PanelRow) -> None:
        def ask(rows: Sequence[Any]) -> None:
            found = next((one for one in rows if one.id == row.id), None)
            if found is not None:
                RemoveRecordDialog(self.frame, _PANEL, found, self.window()).open()

        self.frame.jobs.ask(lambda session: session.record_rows("panel"), ask, owner=self)

    def _panel_columns(self) -> tuple[Column[PanelRow], ...]:
        def state(row: PanelRow) -> str:
            days = (row.panel.on - self.frame.today()).days
            many = counted(abs(days), "day")
            return f"in {many}" if days > 0 else f"{many} ago" if days else "today"

        def past(row: PanelRow) -> bool:
            return row.panel.on < self.frame.today()

        return (
            Column("kind", "Panel", lambda row: row.called, style="strong", width=220),
            Column(
                *("on", "Date", lambda row: long_date(row.panel.on)),
                sort_key=lambda row: row.panel.on,
                width=110,
            ),
            Column("when", "When", state, tone=lambda row: QUIET if past(row) else "", width=120),
            Column("cases", "Cases", lambda row: f"{len(row.lines):,}", align="right", width=70),
            Column(
                *("open", "Not decided", lambda row: f"{row.undecided:,}" if row.lines else ""),
                tone=lambda row: SOON if past(row) and row.undecided else "",
                width=110,
            ),
            Column("chair", "Chair", lambda row: row.panel.chair, width=160),
            Column(
                "parent",
                "Parent representative",
                lambda row: "present" if row.panel.parent_representative else "",
                width=150,
            ),
            Column(
                *("came", "Who came", lambda row: " ".join(row.panel.who_came.split())),
                stretch=True,
                style="dim",
            ),
        )


def _children(row: PanelRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.item.child_id for one in row.lines))


def _words(row: PanelRow) -> str:
    """What minutes say of the cases."""
    return "\n".join(
        f"{one.child}\t{one.reference}\t{one.item.reasons}\t{one.item.conditions}"
        for one in row.lines
    )
