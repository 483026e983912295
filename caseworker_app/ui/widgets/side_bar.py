"""The list of places at the left, each with its count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
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
from caseworker_app.ui.widgets.whose_button import WhoseButton

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_COUNT = int(Qt.ItemDataRole.UserRole) + 1
_BADGE = _COUNT + 1
_GROUP = _BADGE + 1
_KEY = int(Qt.ItemDataRole.UserRole)
_DESCRIBED = int(Qt.ItemDataRole.AccessibleDescriptionRole)
_PADDING = 17
_LEAST_PADDING = 5
"""In a low window the places stand closer, so that all of them are seen."""

_BESIDE = 54
WIDTH, NARROW = 202, 56
_FAINT = 90
"""How much of its colour the line between groups has, of 255: it parts, and says nothing."""

_SHORT = 3
"""So many figures fit on an icon."""


class SideBar(QWidget):
    """Where one can go.

    Signals:
        went: the key of the place chosen.
        entered: Enter was pressed on it, or it was clicked: the keyboard should go to the page.
    """

    went = Signal(str)
    entered = Signal(str)

    def __init__(self, places: Sequence[tuple[str, str, str]], themes: Themes) -> None:
        """Make the bar of places: (key, title, group), those of a group one after another."""
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.narrow = False
        self._brand = QLabel("Caseworker")
        self._brand.setObjectName("brand")
        self.list = QListWidget()
        self.list.setObjectName("places")
        self.list.setAccessibleName("Places")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # All are equally high, which is asked once a layout and not once a place.
        self.list.setUniformItemSizes(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setItemDelegate(_PlaceDelegate(themes, self.list))
        self._items: dict[str, QListWidgetItem] = {}
        for key, title, group in places:
            # With its text at once it would be asked whether that is an icon, and icons be loaded.
            item = QListWidgetItem(self.list)
            item.setText(title)
            item.setData(_KEY, key)
            item.setData(_GROUP, group)
            item.setToolTip(title)
            self._items[key] = item
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._brand)
        self.whose = WhoseButton()
        column.addWidget(self.whose)
        column.addWidget(self.list, 1)
        self.list.currentItemChanged.connect(self._moved)
        self.list.itemClicked.connect(lambda item: self.entered.emit(item.data(_KEY)))
        self.list.itemActivated.connect(lambda item: self.entered.emit(item.data(_KEY)))
        themes.changed.connect(self.list.viewport().update)
        self._fit()

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
        item.setToolTip(f"{item.text()}: {spoken}" if spoken else item.text())

    def set_narrow(self, narrow: bool) -> None:
        """Show the icons alone, or the names beside them; both are read aloud alike."""
        if narrow != self.narrow:
            self.narrow = narrow
            self._brand.setText("C" if narrow else "Caseworker")
            self.whose.set_narrow(narrow)
            self._brand.setAccessibleName("Caseworker")
            self._fit()

    def _fit(self) -> None:
        """Be as wide as the icons, or the longest name and a count."""
        words = max((one.text() for one in self._items.values()), key=len, default="")
        font = QFont(self.list.font())
        font.setWeight(QFont.Weight.DemiBold)
        wide = max(WIDTH, QFontMetrics(font).horizontalAdvance(words) + _BESIDE)
        self.setFixedWidth(NARROW if self.narrow else wide)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def count(self, key: str) -> str:
        """The number shown beside a place, or ""."""
        item = self._items[key]
        return str(item.data(_BADGE) or item.data(_COUNT) or "")

    def show_only(self, keys: Collection[str]) -> None:
        """Show some places and no others."""
        for key, item in self._items.items():
            item.setHidden(key not in keys)

    def begins_group(self, line: int) -> bool:
        """Whether the place shown on a line is of another group than the one shown above it."""
        above = (self.list.item(at) for at in range(line - 1, -1, -1))
        seen = next((one for one in above if not one.isHidden()), None)
        return seen is not None and seen.data(_GROUP) != self.list.item(line).data(_GROUP)

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
        del index
        line = QFontMetrics(option.font).height()
        seen = sum(not self._view.isRowHidden(at) for at in range(self._view.count()))
        room = self._view.height() // max(1, seen)
        height = max(line + _LEAST_PADDING, min(line + _PADDING, room))
        # A list widens what it shows to its own width, but narrows nothing when it gets narrower.
        return QSize(0, height)

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
        bar = self._view.parentWidget()
        if isinstance(bar, SideBar) and bar.begins_group(index.row()):
            line = QColor(colour("sidetext"))
            line.setAlpha(_FAINT)
            painter.fillRect(QRect(box.left() + 7, option.rect.top(), box.width() - 14, 1), line)
        if isinstance(bar, SideBar) and bar.narrow:
            self._paint_narrow(painter, box, index)
        else:
            self._paint_wide(painter, box, index, option.font)
        painter.restore()

    def _paint_narrow(
        self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        icon: QIcon | None = index.data(Qt.ItemDataRole.DecorationRole)
        badge = str(index.data(_BADGE) or "")
        # The number stands beside the icon, not over it.
        left = box.left() + 1 if badge else box.center().x() - 9
        if icon is not None and not icon.isNull():
            icon.paint(painter, QRect(left, box.center().y() - 9, 20, 20))
        else:
            where = QRect(left, box.top(), 20, box.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(index.data())[:1])
        if badge:
            small = QFont(painter.font())
            small.setPointSizeF(max(6.5, small.pointSizeF() - 2.5))
            words = badge if len(badge) <= _SHORT else "999+"
            width = max(16, QFontMetrics(small).horizontalAdvance(words) + 8)
            self._pill(painter, QRect(box.right() - width, box.top(), width, 15), words, small)

    def _paint_wide(
        self,
        painter: QPainter,
        box: QRect,
        index: QModelIndex | QPersistentModelIndex,
        plain: QFont,
    ) -> None:
        left, font = 10, QFont(painter.font())
        icon: QIcon | None = index.data(Qt.ItemDataRole.DecorationRole)
        if icon is not None and not icon.isNull():
            icon.paint(painter, QRect(box.left() + 7, box.center().y() - 8, 16, 16))
            left = 30
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(left, 0, -10, 0), middle, str(index.data()))
        badge = index.data(_BADGE)
        if badge:
            font.setWeight(QFont.Weight.DemiBold)
            font.setPointSizeF(font.pointSizeF() - 1)
            width = max(26, QFontMetrics(font).horizontalAdvance(badge) + 16)
            pill = QRect(box.right() - width - 9, box.center().y() - 9, width, 19)
            self._pill(painter, pill, badge, font)
        else:
            words = str(index.data(_COUNT) or "")
            painter.setFont(plain)
            painter.drawText(
                box.adjusted(left, 0, -10, 0), middle | Qt.AlignmentFlag.AlignRight, words
            )

    def _pill(self, painter: QPainter, pill: QRect, words: str, font: QFont) -> None:
        painter.setBrush(self._themes.colour("badge"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(self._themes.colour("badgetext"))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
