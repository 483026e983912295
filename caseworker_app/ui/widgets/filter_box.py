"""A box of choices over a list, as wide as the words it shows, up to a length."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QToolTip, QWidget

MOST = 30
"""So many letters have room; the tool tip has all of what is chosen, the list below it too."""


class FilterBox(QComboBox):
    """Says whole what is chosen, and takes no room for what is not."""

    def __init__(self, every: str = "", parent: QWidget | None = None) -> None:
        """Make a box.

        Args:
            every: what it says while it narrows nothing; its code is "".
            parent: as for any QWidget.
        """
        super().__init__(parent)
        if every:
            self.addItem(every, "")
        self.currentIndexChanged.connect(self._refit)
        # Whoever fills a box anew lets it say nothing meanwhile.
        self.model().rowsInserted.connect(self._refit)

    def event(self, event: QEvent) -> bool:
        """Tell all of what is chosen, where that has no room."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._cuts():
            # Not kept: what the box is for is its own tip, where it has one.
            QToolTip.showText(event.globalPos(), self.currentText(), self)
            return True
        return super().event(event)

    def showPopup(self) -> None:
        """Let the list be as wide as the longest of what is offered."""
        view = self.view()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        view.setMinimumWidth(view.sizeHintForColumn(0) + bar)
        super().showPopup()

    def sizeHint(self) -> QSize:
        """Wide enough for what is chosen."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = QSize(min(self._wide(), self._most()) + 2, self.fontMetrics().height())
        kind = QStyle.ContentsType.CT_ComboBox
        whole = self.style().sizeFromContents(kind, option, room, self)
        return QSize(whole.width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The same: a word is not cut to save room."""
        return self.sizeHint()

    def _wide(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.currentText())

    def _most(self) -> int:
        return self.fontMetrics().horizontalAdvance("n") * MOST

    def _cuts(self) -> bool:
        return self._wide() > self._most()

    def _refit(self, *_: object) -> None:
        self.updateGeometry()
