"""The chronology of a case: facts, notes, promises, documents and plan versions by date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.chronology import Happening, sort_words, sorts
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import Column, long_date, no_date_last
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.refilled import refill
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.whole_text import WholeText

COLUMNS: tuple[Column[Happening], ...] = (
    Column(
        "on",
        "Date",
        lambda line: long_date(line.on) or "No day",
        lambda line: no_date_last(line.on),
        width=112,
        style="strong",
    ),
    Column("sort", "Kind", lambda line: sort_words(line.sort), width=112, style="dim"),
    Column("what", "What", lambda line: line.what, width=240),
    Column("words", "Words", lambda line: line.words, stretch=True),
)


_SHORT = 70
"""Words that have room in one line of any window."""


class CaseChronology(QWidget):
    """One list, the newest first; filtered by kind and by words, and printed as it is shown."""

    def __init__(self, frame: Frame, show: Callable[[str], None]) -> None:
        """Make an empty list.

        Args:
            frame: the window.
            show: shows the place where a line is changed, by its key.
        """
        super().__init__()
        self.model: RowsModel[Happening] = RowsModel(COLUMNS, lambda line: line.key, _search)
        self.table = RowsTable(
            self.model,
            frame.theme,
            "Chronology",
            "Everything of this case by date, newest first. Enter goes to where it is changed",
        )
        self.table.spare("sort")
        self.table.widths.tells_cut = False
        self.table.opened.connect(lambda line: show(line.key))
        self.empty = EmptyState(self.table)
        self.sort = FilterBox()
        self.sort.setAccessibleName("Kind of line")
        self.sort.currentIndexChanged.connect(self._filter)
        self.search = SearchField(self.table, "Find in the chronology", "Filters the list", 240)
        self.print = stands_for(QPushButton("Print…"), "print")
        self.print.setToolTip("Print the chronology as it is shown (Ctrl+P)")
        self.print.setAutoDefault(False)
        label = QLabel("&Show")
        label.setBuddy(self.sort)
        top = QHBoxLayout()
        for part in (label, self.sort, self.search):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        self.whole = WholeText("The whole line")
        column.addWidget(self.whole)
        self.table.chosen.connect(self._tell)
        self.model.modelReset.connect(self._tell)

    def show_lines(self, lines: Iterable[Happening]) -> None:
        """Show what happened, given newest first."""
        some = tuple(lines)
        refill(self.sort, (("", "Everything"), *sorts(some)))
        self.model.set_rows(some)
        self._filter()
        self.empty.say("" if some else "Nothing is recorded yet.")

    def shown_words(self) -> str:
        """What the list is filtered by, in words; "" for nothing."""
        said = [self.sort.currentText()] if self.sort.currentData() else []
        if self.search.text().strip():
            said.append(f"with \u201c{self.search.text().strip()}\u201d")
        return ", ".join(said)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {"find": self._find}

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _tell(self) -> None:
        """Say the whole of a line that may have no room."""
        line = self.table.current_row()
        words = line.words if isinstance(line, Happening) else ""
        self.whole.say(words if len(words) > _SHORT else "")

    def _filter(self) -> None:
        wanted = self.sort.currentData()
        self.model.set_keep((lambda line: line.sort == wanted) if wanted else None)


def _search(line: Happening) -> str:
    return f"{long_date(line.on)} {line.what} {line.words}"
