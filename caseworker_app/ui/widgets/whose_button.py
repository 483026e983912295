"""The button that says whose cases are shown, with a menu of the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

_MOST = 22
"""So many letters of a name have room in the side bar; the tool tip has all of it."""
_NARROW = 3


class WhoseButton(QPushButton):
    """Says whose cases every list shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whose")
        self._words, self._narrow = "", False
        # Empty at first, for a button with a menu looks like one.
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.setAccessibleDescription("Every list and count goes by this")
        self.say("Everyone")

    def say(self, words: str) -> None:
        """Say whose cases are shown."""
        self._words = words
        self._write()
        self.setAccessibleName(f"Cases shown: {words}")
        self.setToolTip(f"Cases shown: {words}")

    def set_narrow(self, narrow: bool) -> None:
        """Show the first letters alone, where there is room for no more."""
        self._narrow = narrow
        self.setProperty("narrow", narrow)
        # Before it is first shown there is nothing to take back, and `style()` is long to load.
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            self.style().unpolish(self)
            self.style().polish(self)
        self._write()

    def offer(self, actions: Sequence[QAction]) -> None:
        """Let a press open a menu of these."""
        self._menu.addActions(list(actions))

    def _write(self) -> None:
        most = _NARROW if self._narrow else _MOST
        words = self._words
        if self._narrow:
            words = "".join(part[0] for part in words.replace(".", " ").split())
        self.setText(words if len(words) <= most else f"{words[: most - 1]}…")
