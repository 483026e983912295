"""School records: suspensions, attendance, attainment, typed or brought in, and their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.outcome import Done
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.records import RecordsScreen
from caseworker_app.ui.screens.school_figures import SchoolFiguresPage
from caseworker_app.ui.screens.specs import ScreenSpec
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import Tabs

_PARTS = (
    ("suspension", "Suspe&nsions"),
    ("attendance", "Atten&dance"),
    ("attainment", "Atta&inment"),
)


class SchoolRecordsScreen(Screen):
    """A list of each kind on a tab, and their figures; each is read when it is first looked at."""

    key = "school_records"
    title = "School records"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.tabs = Tabs()
        self.tabs.setAccessibleName("Kinds of school record")
        self.tabs.setDocumentMode(True)
        self.lists: list[RecordsScreen | SchoolFiguresPage] = []
        for kind, words in _PARTS:
            spec = ScreenSpec(kind, words, "", "", "work", "children", kind=kind)
            made = RecordsScreen(frame, spec)
            made.changed.connect(self.changed)
            self.lists.append(made)
            self.tabs.addTab(made, words)
        self.figures = SchoolFiguresPage(frame)
        self.figures.changed.connect(self.changed)
        self.lists.append(self.figures)
        self.tabs.addTab(self.figures, "Fig&ures")
        self.tabs.currentChanged.connect(lambda _: self._turned())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.tabs)

    @property
    def table(self) -> RowsTable:
        """The list in front."""
        return self.front().table

    def front(self) -> RecordsScreen | SchoolFiguresPage:
        """The tab in front."""
        return self.lists[max(0, self.tabs.currentIndex())]

    def refresh(self) -> None:
        """Read the list in front; the others follow when they come to the front."""
        for one in self.lists:
            one.mark_stale()
        self.front().shown()

    def apply(self, done: Done) -> None:
        """Each list follows what changes by itself."""
        del done

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What the list in front offers."""
        return self.front().offers()

    def context(self) -> Context:
        """What is selected in front."""
        return self.front().context()

    def take_focus(self) -> None:
        """Work starts in the list in front."""
        self.front().take_focus()

    def show_row(self, row_id: str) -> None:
        """Go to a row of the list in front."""
        self.front().show_row(row_id)

    def _turned(self) -> None:
        self.front().shown()
        self.changed.emit()
