"""Phase transfer: who moves by 15 February and 31 March, this school year and the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.phase_transfer import TransferRow, cohorts
from caseworker_app.services.cases.transfers import Transfers, transfers
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.consult import open_naming
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.consulted_list import ConsultedList
from caseworker_app.ui.screens.figured_list import BY_CASEWORKER, Filter, by_name, dim_line
from caseworker_app.ui.screens.transfers_columns import LIST, settings_of

_SETTING = 170
"""So much room most settings' names need."""


class TransfersScreen(ConsultedList[TransferRow]):
    """Everybody who moves, by cohort, with who was asked, what is named and what is still to do."""

    key = "transfers"
    title = "Phase transfer"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        def by_cohort(numbers: Counter[str]) -> list[tuple[str, str]]:
            """The cohorts somebody is in, each with how many."""
            known = cohorts(frame.today())
            return [(key, f"{words} ({numbers[key]:,})") for key, words in known if numbers[key]]

        filters = [
            Filter("C&ohort", "Every cohort", lambda row: (row.cohort,), by_cohort),
            BY_CASEWORKER,
            Filter("Settin&g", "All", settings_of, by_name),
        ]
        super().__init__(frame, LIST, filters, "One row a move; Enter opens the case", parent)
        self.table.least_stretched = _SETTING
        self.table.spare("caseworker", "due", "year", "asked")
        self.cohort = self.boxes[0][1]
        self._untold: dict[str, tuple[str, str]] = {}
        self.untold = dim_line()
        self.untold.hide()
        self.column.insertWidget(self.column.indexOf(self.table), self.untold)
        self.consulting = stands_for(QPushButton("Consult…"), "transfer.consult")
        self.consulting.setObjectName("primary")
        self.consulting.setToolTip("Record consultations sent to several settings (Ctrl+Alt+G)")
        self.consulting.clicked.connect(self.consult)
        self.bar.addWidget(self.consulting)

    def look(self, session: Session, ids: Collection[str] | None = None) -> Transfers:
        """Everybody who moves."""
        return transfers(session, ids)

    def rows_in(
        self, found: Transfers, touched: Collection[str] | None = None
    ) -> Sequence[TransferRow]:
        """The moves."""
        del touched
        return found.rows

    def tell(self, found: Transfers, touched: Collection[str] | None = None) -> None:
        """Of whom nobody can tell when they move, it is said above the list."""
        kept = {} if touched is None else self._untold
        still = {key: one for key, one in kept.items() if key not in (touched or ())}
        self._untold = still | {key: (name, why) for key, name, why in found.untold}
        reasons: dict[str, list[str]] = {}
        for name, why in self._untold.values():
            reasons.setdefault(why, []).append(name)
        said = [f"{_named(names)}: {why}" for why, names in reasons.items()]
        self.untold.setText("It cannot be told when they move. " + "; ".join(said) + ".")
        self.untold.setVisible(bool(said))

    def begin(self) -> None:
        """The cohort that comes first, where there is one."""
        self.cohort.setCurrentIndex(min(1, self.cohort.count() - 1))

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the row."""
        offered = dict(super().offers())
        row = self.row()
        if row is not None:
            offered["transfer.name"] = lambda: open_naming(self.frame, row, self)
        return offered


def _named(names: list[str]) -> str:
    """A few names, and how many more."""
    few = 3
    rest = len(names) - few
    return "; ".join(names[:few]) + (f" and {rest:,} more" if rest > 0 else "")
