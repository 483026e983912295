"""Figures by hand: what no case can answer, the latest of each, and what was told before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from caseworker_app.domain.declarations.promised import HandValue
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.measures.entry_rows import EntryRow
from caseworker_app.services.session import Session
from caseworker_app.ui.delegates.spark import KEY, SparkDelegate
from caseworker_app.ui.dialogs.record import open_record_dialog
from caseworker_app.ui.models.column import DONE, LATE, QUIET, SOON, Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.specs import ScreenSpec
from caseworker_app.ui.screens.two_lists import TwoLists
from caseworker_app.ui.widgets.table import RowsTable

_TONES = {Rating.GREEN: DONE, Rating.AMBER: SOON, Rating.RED: LATE, Rating.NONE: QUIET}


def _rated(row: EntryRow) -> str:
    return row.rating.words if row.latest else "not recorded"


def _when(row: EntryRow) -> str:
    return "" if row.last is None else row.last.when


COLUMNS: tuple[Column[EntryRow], ...] = (
    Column("ref", "Ref", lambda row: row.ref, width=72, style="dim"),
    Column("statement", "Figure", lambda row: row.statement, stretch=True, wraps=True),
    Column("latest", "Latest", lambda row: row.latest, align="right", width=84, style="strong"),
    Column(
        *("when", "Day or period", _when),
        sort_key=lambda row: 0 if row.last is None else row.last.on.toordinal(),
        width=176,
        style="dim",
    ),
    Column(KEY, "Trend", lambda _: "", spoken=lambda row: row.note, width=110),
    Column("target", "Target", lambda row: row.target, width=112),
    Column("rating", "Rating", _rated, tone=lambda row: _TONES[row.rating], width=130),
    Column(
        "due",
        "Wanted",
        lambda row: "now" if row.is_due else "",
        tone=lambda row: SOON if row.is_due else "",
        width=84,
    ),
    Column("lead", "Lead", lambda row: row.lead, width=130, style="dim"),
)


class FiguresScreen(TwoLists):
    """What can be told, above; what was told of the one chosen, below."""

    nothing_above = "No figure is wanted now. Take the tick off Wanted now to see all."
    follows = frozenset({"hand_value", "autism_referral", "progress", "success_measure"})

    def __init__(self, frame: Frame, spec: ScreenSpec, parent: QWidget | None = None) -> None:
        super().__init__(frame, spec, parent)
        self.wanted.toggled.connect(self._keep_wanted)

    def read(self, session: Session) -> Sequence[Any]:
        """What can be told with what stands of it, and every figure told."""
        rows = self.frame.application.figures_by_hand(session)
        return (rows, session.record_rows(self.kind.name))

    def make_upper(self) -> RowsTable:
        """The list of what can be told."""
        model: RowsModel[EntryRow] = RowsModel(
            COLUMNS, lambda row: row.ref, lambda row: f"{row.ref} {row.statement} {row.lead}", self
        )
        table = RowsTable(
            model, self.frame.theme, "Figures entered by hand", "Enter adds a new figure"
        )
        table.setItemDelegate(SparkDelegate(self.frame.theme, table))
        table.spare("lead", "when")
        return table

    def keeps(self, above: EntryRow) -> Callable[[Any], bool]:
        """The figures of the one chosen."""
        ref = above.ref.casefold()
        return lambda row: bool(row.record.measure.strip().casefold() == ref)

    def tells(self, above: EntryRow) -> str:
        """What is asked, how often, and where the latest comes from."""
        parts = (f"{above.ref}: {above.asks}", above.cycle, above.note)
        return " · ".join(one for one in parts if one)

    def open_record(self, row: Any) -> None:  # noqa: ANN401  (a row of this list, or None)
        """The form; a new figure begins as one of the entry chosen, as at today."""
        entry = self.upper.current_row()
        begin = None
        if row is None and isinstance(entry, EntryRow):
            begin = HandValue(
                measure=entry.ref,
                on=self.frame.today(),
                source="" if entry.last is None else entry.last.source,
                by=self.frame.person.name,
            )
        record = None if row is None else row.record
        open_record_dialog(self.frame, self.kind, record, self.window(), begin=begin)

    def beside(self) -> Sequence[QWidget]:
        """A box that leaves only what is wanted now."""
        self.wanted = QCheckBox("&Wanted now")
        self.wanted.setToolTip("Only figures that are due now")
        return (self.wanted,)

    def _keep_wanted(self, on: bool) -> None:
        self.upper.rows_model.set_keep((lambda row: row.is_due) if on else None)
        self.upper.go_first()
