"""The place of a tab, made when it is first shown, that reads what changed only in front.

Making a page with a dozen tabs takes as long as making a dozen pages, and most are never opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

Part = TypeVar("Part", bound=QWidget)


class TabPlace(QWidget, Generic[Part]):
    """Where the contents of a tab stand once they have been asked for.

    Attributes:
        tables: how many lists stand in it, whose columns a person may arrange.
        made: the contents, or None before they were first asked for.

    Signals:
        begun: the contents were made.
    """

    begun = Signal()

    def __init__(
        self,
        make: Callable[[], Part],
        fill: Callable[[Part], None],
        tables: int = 1,
        *,
        behind: bool = False,
    ) -> None:
        """Make an empty place.

        Args:
            make: makes the contents.
            fill: brings the contents up to date.
            tables: how many lists stand in them.
            behind: once made they are kept up to date also while another tab is in front.
        """
        super().__init__()
        self.tables = tables
        self.made: Part | None = None
        self._make, self._fill, self._behind = make, fill, behind
        self._due = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def part(self) -> Part:
        """The contents, made and up to date."""
        if self.made is None:
            self.made = self._make()
            self._column.addWidget(self.made)
            self.made.show()
            self.begun.emit()
        if self._due:
            self._due = False
            self._fill(self.made)
        return self.made

    def renew(self) -> None:
        """What stands here has changed: take it over now where it is seen, else when it is."""
        self._due = True
        if self.isVisible() or (self._behind and self.made is not None):
            self.part()

    def showEvent(self, event: QShowEvent) -> None:
        """Have everything there before it is painted."""
        super().showEvent(event)
        self.part()
