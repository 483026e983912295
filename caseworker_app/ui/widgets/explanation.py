"""Paragraphs beside a list: as tall as their words, scrolled where there is no room for that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_LEAST_LINES = 4


class Explanation(QScrollArea):
    """Labels one below the other. What stands under it in a layout takes the room they leave."""

    def __init__(self, name: str, labels: Sequence[QLabel]) -> None:
        """Put labels in.

        Args:
            name: what a screen reader calls it.
            labels: from top to bottom; their words may change and they may be hidden.
        """
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self._page = QWidget()
        self._page.setObjectName("page")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for label in labels:
            column.addWidget(label)
        column.addStretch(1)
        self.setWidget(self._page)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(self.fontMetrics().height() * _LEAST_LINES)

    def renew(self) -> None:
        """The words have changed: begin at their top, with the room they need."""
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As tall as the words are at this width."""
        width = self.viewport().width()
        return QSize(super().sizeHint().width(), self._page.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew at another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
