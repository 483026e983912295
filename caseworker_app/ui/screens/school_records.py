"""School records: suspensions, attendance, attainment, typed or brought in, and their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.outcome import Done
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.records import RecordsScreen
from caseworker_app.ui.screens.school_figures import SchoolFiguresPage
from caseworker_app.ui.screens.specs import ScreenSpec
from caseworker_app.ui.widgets.late_tabs import TabPlace
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import LateTabs

_PARTS = (
    ("suspension", "Suspe&nsions"),
    ("attendance", "Atten&dance"),
    ("attainment", "Atta&inment"),
)


class SchoolRecordsScreen(Screen):
    """A list of each kind on a tab, and their figures; each is made when it is first looked at."""

    key = "school_records"
    title = "School records"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.tabs = LateTabs(self)
        self.tabs.setAccessibleName("Kinds of school record")
        self.tabs.setDocumentMode(True)
        self.places: list[TabPlace[RecordsScreen] | TabPlace[SchoolFiguresPage]] = []
        for kind, words in _PARTS:
            spec = ScreenSpec(kind, words, "", "", "work", "children", kind=kind)
            make = partial(RecordsScreen, frame, spec)
            self.places.append(self.tabs.place(words, TabPlace(make, self._follow)))
        figures = TabPlace(partial(SchoolFiguresPage, frame), self._follow, 2)
        self.places.append(self.tabs.place("Fig&ures", figures))
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
        return self.places[max(0, self.tabs.currentIndex())].part()

    def refresh(self) -> None:
        """Read the list in front; the others follow when they come to the front."""
        for place in self.places:
            if place.made is not None:
                place.made.mark_stale()
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

    def _follow(self, part: RecordsScreen | SchoolFiguresPage) -> None:
        part.changed.connect(self.changed)

    def _turned(self) -> None:
        self.front().shown()
        self.changed.emit()
