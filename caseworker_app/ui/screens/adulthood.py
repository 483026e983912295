"""Adulthood: everybody from Year 9 on, what reviews planned, and what must be there before 18."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from caseworker_app.domain.adulthood import AdultRow
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.outcome import Done
from caseworker_app.services.cases.adulthood import (
    AS_FITS,
    KINDS,
    YoungPeople,
    every_year,
    young_people,
)
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.growing import offered
from caseworker_app.ui.dialogs.record import open_record_dialog
from caseworker_app.ui.screens import adulthood_columns as shown
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.figured_list import (
    BY_CASEWORKER,
    FiguredList,
    Filter,
    Ready,
    dim_line,
)
from caseworker_app.ui.widgets.form import choices, labelled

_READING = "The later year groups are still being read; they stand here in a moment."
_ENTRIES = (
    ("growing.areas", "&Four areas at the review…"),
    ("growing.pathway", "&Pathway…"),
    ("growing.adult", "Adult &services…"),
    ("growing.capacity", "&Capacity…"),
)


class AdulthoodScreen(FiguredList[AdultRow]):
    """One row a young person with a live plan."""

    key = "adulthood"
    title = "Adulthood"
    follows = KINDS

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        filters = [
            Filter("Path&way", "All", shown.pathway_of, shown.pathways),
            BY_CASEWORKER,
        ]
        hint = "One row a young person; Enter opens the case"
        self._year: int | None = AS_FITS
        self._reads, self._whole = 0, False
        super().__init__(frame, shown.listed(frame.today()), filters, hint, parent)
        self.table.least_stretched = 130
        self.table.spare("caseworker", "at_19", "at_16", "turns_18")
        self._untold: dict[str, str] = {}
        self.untold = dim_line("Whose age is not known")
        self.untold.hide()
        self.column.insertWidget(self.column.indexOf(self.table), self.untold)
        self.record = stands_for(QPushButton("Record"), "growing.pathway")
        self.record.setObjectName("primary")
        self.record.setAccessibleDescription("The four areas, pathway, adult services, capacity")
        self.menu = QMenu(self.record)
        for action, words in _ENTRIES:
            entry = self.menu.addAction(words)
            entry.triggered.connect(lambda _=False, action=action: self._do(action))
        self.record.setMenu(self.menu)
        self.bar.addWidget(self.record)

    def before_filters(self) -> Sequence[QWidget]:
        """The year group to read."""
        self.years = choices(shown.YEARS)
        self.years.activated.connect(lambda _: self._turn_to_year())
        return (labelled("&Year", self.years), self.years)

    def refresh(self) -> None:
        """Read every row anew; where that is every year of a large council, a year at a time."""
        self._reads += 1
        self.unread, year = "", self._year
        if year is None:
            self._read_on(every_year, YoungPeople())
        else:
            self._read_on(lambda session: young_people(session, None, year), YoungPeople())

    def apply(self, done: Done) -> None:
        """Read the touched children's rows anew; while years are still being read, all of them."""
        if self.unread:
            self.refresh()
        else:
            super().apply(done)

    def _read_on(self, call: Callable[[Session], YoungPeople], before: YoungPeople) -> None:
        """Read the next year group: the first and the whole are shown, as rows come at the end.

        Where every year is listed already, that stands till the whole is there.
        """
        reads, listed = self._reads, self._whole or bool(before.rows)

        def read(session: Session) -> tuple[YoungPeople, Ready[AdultRow] | None]:
            found = call(session)
            so_far = before.with_year(found) if before.rest else found
            return so_far, None if so_far.rest and listed else self.ready(so_far)

        def came(found: tuple[YoungPeople, Ready[AdultRow] | None]) -> None:
            if reads != self._reads:
                return
            so_far, ready = found
            self.unread = _READING if so_far.rest else ""
            if ready is not None:
                self._read(ready)
            if so_far.rest:
                year = so_far.rest[0]
                self._read_on(lambda session: young_people(session, None, year), so_far)

        self.frame.jobs.ask(read, came, owner=self)

    def look(self, session: Session, ids: Collection[str] | None = None) -> YoungPeople:
        """Everybody from Year 9 on, or of the year group chosen."""
        return young_people(session, ids, self._year)

    def rows_in(
        self, found: YoungPeople, touched: Collection[str] | None = None
    ) -> Sequence[AdultRow]:
        """The young people."""
        del touched
        return found.rows

    def tell(self, found: YoungPeople, touched: Collection[str] | None = None) -> None:
        """Of whom nobody knows the age, it is said above the list."""
        if touched is None:
            self._year = found.year
            self._whole = found.year is None and not found.rest
            self.years.setCurrentIndex(self.years.findData(str(found.year or "")))
        kept = {} if touched is None else self._untold
        still = {key: name for key, name in kept.items() if key not in (touched or ())}
        self._untold = still | dict(found.untold)
        names = list(self._untold.values())
        rest = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
        self.untold.setText(f"No date of birth, so no year group: {'; '.join(names[:3])}{rest}.")
        self.untold.setVisible(bool(names))

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row."""
        found = dict(super().offers())
        row = self.row()
        if row is not None:
            found |= offered(self.frame, row.child_id, self.window())
            found["entry.new"] = lambda: self._add_pathway(row.child_id)
        return found

    def _add_pathway(self, child_id: str) -> None:
        """Add a pathway beside those there are."""
        open_record_dialog(self.frame, kind_named("pathway"), None, self.window(), child_id)

    def _turn_to_year(self) -> None:
        """Read the year group chosen: of a large council not all are held at once."""
        chosen = str(self.years.currentData() or "")
        self._year = int(chosen) if chosen else None
        self.refresh()

    def _do(self, action: str) -> None:
        go = self.offers().get(action)
        if go is not None:
            go()
        else:
            self.frame.say("Choose a young person in the list first.")
