"""Where things stand in the main window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QVBoxLayout, QWidget

from caseworker_app.ui.fitting import Pages
from caseworker_app.ui.screens.specs import places
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.side_bar import SideBar

if TYPE_CHECKING:
    from caseworker_app.ui.screens.first_start import FirstStart
    from caseworker_app.ui.widgets.message_bar import MessageBar

_ROOMY_LINES = 68
"""A window this many times wider than a line is high has room for the names of the places."""


class WindowLayout(QMainWindow):
    """Side bar at the left, pages at the right, messages below them, and the status bar.

    Attributes:
        theme: the colours.
        side: the places one can go.
        pages: the screens, and the first page.
        counts, saved, store: the status bar: what is shown, the last save, the store's name.

    Signals:
        begun: a way was chosen on the first page.
        undone, redone: Undo or Redo was pressed in the message bar; the audit group.
    """

    begun = Signal(str)
    undone = Signal(str)
    redone = Signal(str)

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.theme = themes
        self.setWindowTitle("Caseworker")
        self.side = SideBar([(one.key, one.words, one.group) for one in places()], self.theme)
        # Shown when a store is open; until then there is nowhere to go.
        self.side.hide()
        self.pages = Pages()
        self.blank = QWidget()
        self.blank.setObjectName("screen")
        self.pages.addWidget(self.blank)
        around = QWidget()
        around.setObjectName("screen")
        self._bar_row = QHBoxLayout()
        self._bar_row.setContentsMargins(18, 0, 18, 0)
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addLayout(self._bar_row)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(around, 1)
        self.setCentralWidget(middle)
        self.counts = QLabel("")
        # A long count is cut at its end before it makes the window wider than the screen.
        self.counts.setMinimumWidth(1)
        self.saved = QLabel("")
        self.store = QLabel("")
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.counts, 1)
        self.statusBar().addPermanentWidget(self.saved)
        self.statusBar().addPermanentWidget(self.store)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the places are icons alone."""
        super().resizeEvent(event)
        self.fit_places(event.size().width())

    def fit_places(self, width: int) -> None:
        """Show the names of the places where a window so wide has room for them."""
        self.side.set_narrow(width < self.fontMetrics().height() * _ROOMY_LINES)

    @cached_property
    def first(self) -> FirstStart:
        """The first page, made when it is first needed."""
        from caseworker_app.ui.screens import first_start

        page = first_start.FirstStart()
        page.chosen.connect(self.begun)
        self.pages.addWidget(page)
        return page

    @cached_property
    def bar(self) -> MessageBar:
        """The message bar, made for the first message."""
        from caseworker_app.ui.widgets import message_bar

        bar = message_bar.MessageBar()
        bar.undo.connect(self.undone)
        bar.redo.connect(self.redone)
        self._bar_row.setContentsMargins(18, 0, 18, 8)
        self._bar_row.addWidget(bar)
        return bar

    def hide_bar(self) -> None:
        """Take the last message away, where there was one."""
        if "bar" in self.__dict__:
            self.bar.hide()
