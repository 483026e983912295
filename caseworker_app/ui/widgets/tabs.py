"""Tabs whose letter takes the keyboard along: into the list, or the first field, of the tab."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from caseworker_app.ui.widgets.late_tabs import Part, TabPlace
from caseworker_app.ui.widgets.table import RowsTable


class _Bar(QTabBar):
    """Knows when a tab was asked for by its letter."""

    def event(self, event: QEvent) -> bool:
        """Go on in the tab that Alt and its letter have put in front."""
        done = super().event(event)
        above = self.parentWidget()
        if event.type() == QEvent.Type.Shortcut and isinstance(above, Tabs):
            above.take_focus()
        return done


class Tabs(QTabWidget):
    """A QTabWidget; Qt leaves the keyboard where it was when a letter changes the tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabBar(_Bar(self))

    def take_focus(self) -> None:
        """Put the keyboard to work in the tab in front; with nothing in it, on the tabs."""
        front = self.currentWidget()
        # A page with several lists names the one that work starts in, and one with none, what else.
        own = getattr(front, "table", None)
        tables = [own] if isinstance(own, RowsTable) else front.findChildren(RowsTable)
        seen: list[QWidget] = [one for one in tables if one.isVisibleTo(front)]
        begin = getattr(front, "starts_in", None) or front.focusProxy()
        if begin is not None and begin.isVisibleTo(front):
            seen = [begin]
        to = seen[0] if seen else _first_of(front) or self.tabBar()
        to.setFocus(Qt.FocusReason.ShortcutFocusReason)


class LateTabs(Tabs):
    """Tabs that are asked for, and put in front, by their contents."""

    def hasHeightForWidth(self) -> bool:
        """No: words that wrap in a tab take their height from its lists, not from the page.

        Qt would ask for the most that any tab could need, and the whole page be scrolled for it.
        """
        return False

    def place(self, title: str, place: TabPlace[Part]) -> TabPlace[Part]:
        """Add a tab at the end."""
        self.addTab(place, title)
        return place

    def currentWidget(self) -> QWidget:
        """The contents of the tab in front."""
        front = super().currentWidget()
        return front.part() if isinstance(front, TabPlace) else front

    def setCurrentWidget(self, widget: QWidget) -> None:
        """Bring the tab with these contents to the front."""
        super().setCurrentWidget(self._place_of(widget))

    def indexOf(self, widget: QWidget) -> int:
        """The number of the tab with these contents, or -1."""
        return super().indexOf(self._place_of(widget))

    def _place_of(self, widget: QWidget) -> QWidget:
        above = widget.parentWidget()
        return above if isinstance(above, TabPlace) else widget


def _first_of(page: QWidget) -> QWidget | None:
    """What Tab would come to first within a page."""
    one = page.nextInFocusChain()
    while one is not None and one is not page:
        takes = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.isEnabled()
        if takes and page.isAncestorOf(one) and one.isVisibleTo(page):
            return one
        one = one.nextInFocusChain()
    return None
