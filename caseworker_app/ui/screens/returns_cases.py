"""The cases behind a figure: a number opens to the children it counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.rows import CaseRow
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.runtime.jobs import Jobs
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable


class Behind(NamedTuple):
    """One thing behind a figure: a meeting, a plan, a case as it stands.

    Attributes:
        place: among those shown, by which the list knows it.
        thing: what the measure looked at.
    """

    place: str
    case: CaseRow
    thing: Thing


class Ready(NamedTuple):
    """What stands behind a figure, made ready to be shown.

    Attributes:
        rows: what it counts, and what it might have counted but did not, above it.
        counted, rest: how many of each there are, whoever may be seen.
        dated: whether something has a day.
        reasons: whether something has a reason.
    """

    rows: list[Behind]
    counted: int
    rest: int
    dated: bool
    reasons: bool


def by_reference(rows: Iterable[CaseRow]) -> dict[str, CaseRow]:
    """Every child by reference, as `CasesBehind` finds them; of a council on another thread."""
    return {row.reference: row for row in rows}


def made_ready(things: Iterable[Thing], known: Mapping[str, CaseRow]) -> Ready:
    """What of the things can be shown, in order; of a council on another thread."""
    every = sorted(things, key=attrgetter("counts"))
    shown = [one for one in every if one.reference in known]
    inside = sum(one.counts for one in every)
    return Ready(
        [Behind(str(at), known[one.reference], one) for at, one in enumerate(shown)],
        inside,
        len(every) - inside,
        any(one.on is not None for one in shown),
        any(one.why for one in shown),
    )


_FEW = 1_000
"""Up to so many are shown at once; more are made ready off the window's thread."""


COLUMNS: tuple[Column[Behind], ...] = (
    Column("name", "Child", lambda row: row.case.name, width=140, style="strong", stretch=True),
    Column("reference", "Reference", lambda row: row.case.reference, width=88, style="dim"),
    Column("counted", "Counts", lambda row: "yes" if row.thing.counts else "no", width=66),
    Column(
        "on",
        "Day",
        lambda row: "" if row.thing.on is None else day_words(row.thing.on),
        lambda row: row.thing.on or date.min,
        width=92,
    ),
    Column("caseworker", "Caseworker", lambda row: row.case.caseworker, width=100, style="dim"),
    Column("why", "Why", lambda row: row.thing.why, width=170, style="dim"),
)
_COUNTED, _DAY, _WHY = (
    next(place for place, one in enumerate(COLUMNS) if one.key == key)
    for key in ("counted", "on", "why")
)


def search_text(row: Behind) -> str:
    """What the filter looks in, in the lines of `names.haystack`."""
    case = row.case
    return f"{case.surname}\n{case.forename}\n{case.reference}\n{case.caseworker}"


class CasesBehind(QWidget):
    """A list of children; Enter or a double click opens the case.

    Signals:
        opened: the id of a child.
    """

    opened = Signal(str)

    def __init__(self, themes: Themes, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._by_reference: Mapping[str, CaseRow] = {}
        self._things: Collection[Thing] = ()
        self.model = RowsModel(COLUMNS, attrgetter("place"), search_text)
        self.table = RowsTable(
            self.model, themes, "Cases behind the figure", "Enter opens the case"
        )
        self.table.spare("reference")
        self.table.opened.connect(lambda row: self.opened.emit(row.case.id))
        self.heading = QLabel("Cases")
        self.heading.setObjectName("heading")
        self.heading.setBuddy(self.table)
        self.empty = EmptyState(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.heading)
        column.addWidget(self.table)

    def set_cases(self, known: Mapping[str, CaseRow]) -> None:
        """Every child, to find those behind a figure; see `by_reference`."""
        self._by_reference = known

    def show_things(self, things: Collection[Thing]) -> None:
        """Show what a figure counts, and what it might have counted but did not, above it.

        Where those are many they come a moment later.
        """
        self._things = things
        known = self._by_reference
        if len(things) <= _FEW:
            self._show(made_ready(things, known))
            return
        # Nothing stands below the new figure that belongs to the one before.
        self.model.set_rows(())
        self.heading.setText("Cases")
        self.empty.say("")

        def show(ready: Ready) -> None:
            if things is self._things and known is self._by_reference:
                self._show(ready)
                if self.window().focusWidget() is self.table:
                    self.table.go_first()

        self._jobs.ask(lambda _: made_ready(things, known), show, owner=self)

    def _show(self, ready: Ready) -> None:
        self.table.setColumnHidden(_COUNTED, not ready.rest)
        self.table.setColumnHidden(_DAY, not ready.dated)
        self.table.setColumnHidden(_WHY, not ready.reasons)
        self.model.set_rows(ready.rows)
        words = f"{ready.counted:,} counted"
        rest = f", {ready.rest:,} not" if ready.rest else ""
        self.heading.setText(f"Cases: {words}{rest}")
        self.empty.say("" if ready.rows else "No case is behind this figure.")

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order."""
        return tuple(dict.fromkeys(row.case.id for row in self.model.rows()))
