"""The list of places at the left, each with its count."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.ui.theme.themes import Themes

_COUNT = int(Qt.ItemDataRole.UserRole) + 1
_BADGE = _COUNT + 1
_KEY = int(Qt.ItemDataRole.UserRole)
_DESCRIBED = int(Qt.ItemDataRole.AccessibleDescriptionRole)
_HEIGHT = 33
WIDTH = 202


class SideBar(QWidget):
    """Where one can go.

    Signals:
        went: the key of the place chosen.
        entered: Enter was pressed on it, or it was clicked: the keyboard should go to the page.
    """

    went = Signal(str)
    entered = Signal(str)

    def __init__(self, places: Sequence[tuple[str, str]], themes: Themes) -> None:
        """Make the bar of (key, title) pairs."""
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        brand = QLabel("Caseworker")
        brand.setObjectName("brand")
        self.list = QListWidget()
        self.list.setObjectName("places")
        self.list.setAccessibleName("Places")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_PlaceDelegate(themes, self.list))
        self._items: dict[str, QListWidgetItem] = {}
        for key, title in places:
            item = QListWidgetItem(title, self.list)
            item.setData(_KEY, key)
            self._items[key] = item
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(brand)
        column.addWidget(self.list, 1)
        self.list.currentItemChanged.connect(self._moved)
        self.list.itemClicked.connect(lambda item: self.entered.emit(item.data(_KEY)))
        self.list.itemActivated.connect(lambda item: self.entered.emit(item.data(_KEY)))
        themes.changed.connect(self.list.viewport().update)
        self.setFocusProxy(self.list)

    def show_place(self, key: str) -> None:
        """Mark a place as the one shown, without going there."""
        item = self._items.get(key)
        if item is not None and item is not self.list.currentItem():
            self.list.blockSignals(True)  # noqa: FBT003
            self.list.setCurrentItem(item)
            self.list.blockSignals(False)  # noqa: FBT003

    def set_count(self, key: str, count: int | None, badge: int = 0) -> None:
        """Show a count beside a place, or with `badge` a number that wants attention."""
        item = self._items[key]
        item.setData(_COUNT, "" if count is None else f"{count:,}")
        item.setData(_BADGE, f"{badge:,}" if badge else "")
        spoken = f"{badge:,} overdue or due in the next 7 days" if badge else str(item.data(_COUNT))
        item.setData(_DESCRIBED, spoken)

    def show_only(self, keys: Collection[str]) -> None:
        """Show some places and no others."""
        for key, item in self._items.items():
            item.setHidden(key not in keys)

    def set_icon(self, key: str, icon: QIcon) -> None:
        """Give a place its icon."""
        self._items[key].setIcon(icon)

    def _moved(self, now: QListWidgetItem | None) -> None:
        if now is not None:
            self.went.emit(now.data(_KEY))


class _PlaceDelegate(QStyledItemDelegate):
    def __init__(self, themes: Themes, view: QListWidget) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option, index
        return QSize(WIDTH, _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colour = self._themes.colour
        chosen = self._view.selectionModel().isSelected(index)
        box = option.rect.adjusted(6, 0, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(option.rect, colour("side"))
        if chosen:
            painter.setBrush(colour("sidesel"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 5, 5)
        if chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colour("sidefocus"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(colour("sideseltext" if chosen else "sidetext"))
        left = 10
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon) and not icon.isNull():
            icon.paint(painter, QRect(box.left() + 7, box.top() + 8, 16, 16))
            left = 30
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(left, 0, -10, 0), middle, str(index.data()))
        badge = index.data(_BADGE)
        if badge:
            self._draw_badge(painter, box, badge, font)
        else:
            words = str(index.data(_COUNT) or "")
            painter.setFont(option.font)
            painter.drawText(
                box.adjusted(left, 0, -10, 0), middle | Qt.AlignmentFlag.AlignRight, words
            )
        painter.restore()

    def _draw_badge(self, painter: QPainter, box: QRect, words: str, font: QFont) -> None:
        small = QFont(font)
        small.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(font.pointSizeF() - 1)
        width = max(26, QFontMetrics(small).horizontalAdvance(words) + 16)
        pill = QRect(box.right() - width - 9, box.center().y() - 9, width, 19)
        painter.setBrush(self._themes.colour("badge"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(pill, 9.5, 9.5)
        painter.setPen(self._themes.colour("badgetext"))
        painter.setFont(small)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
