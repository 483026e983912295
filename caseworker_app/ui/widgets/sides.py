"""Two halves beside each other, or one below the other where there is no room for both."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Sides(QWidget):
    """Holds the halves of a form.

    Attributes:
        row: the layout that they are added to.
    """

    def __init__(self) -> None:
        super().__init__()
        self.row = QBoxLayout(_BESIDE, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(28)

    def minimumSizeHint(self) -> QSize:
        """No wider than the wider half: both can stand one below the other."""
        least = super().minimumSizeHint()
        return QSize(max(self._widths(), default=0) + self._around(), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put them beside each other where there is room."""
        super().resizeEvent(event)
        widths = self._widths()
        need = sum(widths) + self.row.spacing() * (len(widths) - 1) + self._around()
        wanted = _BESIDE if event.size().width() >= need else _BELOW
        if wanted != self.row.direction():
            self.row.setDirection(wanted)

    def _widths(self) -> list[int]:
        items = (self.row.itemAt(at) for at in range(self.row.count()))
        return [one.minimumSize().width() for one in items if one is not None and not one.isEmpty()]

    def _around(self) -> int:
        margins = self.row.contentsMargins()
        return margins.left() + margins.right()
