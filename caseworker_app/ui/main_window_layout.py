"""Where things stand in the main window."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.ui.actions.catalogue import PLACES
from caseworker_app.ui.screens import registry
from caseworker_app.ui.screens.first_start import FirstStart
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.message_bar import MessageBar
from caseworker_app.ui.widgets.side_bar import SideBar


class WindowLayout(QMainWindow):
    """Side bar at the left, pages at the right, messages below them, and the status bar.

    Attributes:
        theme: the colours.
        side: the places one can go.
        pages: the screens, and the first page.
        first: the first page, shown while no store is open.
        bar: messages.
        counts, saved, store: the status bar: what is shown, the last save, the store's name.
    """

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.theme = themes
        self.setWindowTitle("Caseworker")
        self.side = SideBar([(key, registry.TITLES[key]) for key in PLACES], self.theme)
        # Shown when a store is open; until then there is nowhere to go.
        self.side.hide()
        self.pages = QStackedWidget()
        self.first = FirstStart()
        self.blank = QWidget()
        self.blank.setObjectName("screen")
        self.pages.addWidget(self.blank)
        self.pages.addWidget(self.first)
        self.bar = MessageBar()
        around = QWidget()
        around.setObjectName("screen")
        bar_row = QHBoxLayout()
        bar_row.setContentsMargins(18, 0, 18, 8)
        bar_row.addWidget(self.bar)
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addLayout(bar_row)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(around, 1)
        self.setCentralWidget(middle)
        self.counts = QLabel("")
        self.saved = QLabel("")
        self.store = QLabel("")
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.counts, 1)
        self.statusBar().addPermanentWidget(self.saved)
        self.statusBar().addPermanentWidget(self.store)
