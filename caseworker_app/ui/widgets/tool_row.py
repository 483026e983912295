"""A row of controls over a list that goes on in a second row where the window is narrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QWidget

_LEAST_FIELD = 96
"""A field to type in is not squeezed below this to save a row."""


class ToolRow(QLayout):
    """Takes the place of a `QHBoxLayout`: what comes after the stretch stands at the right.

    A label stays beside the field it names. While everything fits, squeezed a little, there is one
    row; otherwise as many as it takes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._right = 0
        self._known: dict[int, _Measured] = {}
        self._shown: list[list[QLayoutItem]] | None = None
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(8)

    def addStretch(self, stretch: int = 0) -> None:
        """Let what is added from now on stand at the right."""
        del stretch
        self._right = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        """Add a control at the end."""
        self._items.append(item)
        self._forget()

    def count(self) -> int:
        """How many controls there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """A control by its number, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a control out by its number."""
        if not 0 <= index < len(self._items):
            return None
        self._forget()
        self._right -= index < self._right
        return self._items.pop(index)

    def invalidate(self) -> None:
        """Some control is another size now."""
        self._forget()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more height than it needs."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """A narrow row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at a width."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return height

    def minimumSize(self) -> QSize:
        """As wide as its widest control, and as high as one row."""
        parts = self._parts()
        widths = [_sum((self._of(one).least for one in part), self.spacing()) for part in parts]
        return QSize(max(widths, default=0), self._height(parts))

    def sizeHint(self) -> QSize:
        """Everything in one row."""
        parts = self._parts()
        widths = (self._of(one).wish for part in parts for one in part)
        return QSize(_sum(widths, self.spacing()), self._height(parts))

    def setGeometry(self, rect: QRect) -> None:
        """Put every control where it belongs."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def _forget(self) -> None:
        """Ask anew: a layout is asked many times between two changes."""
        self._known.clear()
        self._heights.clear()
        self._shown = None

    def _parts(self) -> list[list[QLayoutItem]]:
        """What is shown, a label together with its field."""
        if self._shown is None:
            self._shown = self._together()
        return self._shown

    def _together(self) -> list[list[QLayoutItem]]:
        parts: list[list[QLayoutItem]] = []
        waiting: QWidget | None = None
        for item in self._items:
            if item.isEmpty():
                continue
            widget = item.widget()
            # The label of a date names the line inside it.
            if _holds(widget, waiting):
                parts[-1].append(item)
            else:
                parts.append([item])
            waiting = widget.buddy() if isinstance(widget, QLabel) else None
        return parts

    def _height(self, parts: list[list[QLayoutItem]]) -> int:
        return max((self._of(one).height for part in parts for one in part), default=0)

    def _of(self, item: QLayoutItem) -> _Measured:
        """How large a control is, which a layout asks for many times and a style works out long."""
        known = self._known.get(id(item))
        if known is None:
            known = self._known[id(item)] = _measured(item)
        return known

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Lay out in rows and, with `place`, move the controls; the value is the height."""
        rows = self._rows(rect.width())
        top = rect.top()
        for row in rows:
            height = self._height(row)
            if place:
                self._place(row, QRect(rect.left(), top, rect.width(), height))
            top += height + self.spacing()
        return max(0, top - self.spacing() - rect.top())

    def _rows(self, room: int) -> list[list[list[QLayoutItem]]]:
        parts, gap = self._parts(), self.spacing()
        if _sum((self._of(one).squeezed for part in parts for one in part), gap) <= room:
            return [parts] if parts else []
        rows: list[list[list[QLayoutItem]]] = []
        left = -1
        for part in parts:
            width = min(room, _sum((self._of(one).wish for one in part), gap))
            if rows and width + gap <= left:
                rows[-1].append(part)
                left -= width + gap
            else:
                rows.append([part])
                left = room - width
        return rows

    def _place(self, row: list[list[QLayoutItem]], rect: QRect) -> None:
        items = [one for part in row for one in part]
        sizes = [self._of(one) for one in items]
        widths = _shared(sizes, rect.width() - self.spacing() * (len(items) - 1))
        spare = rect.width() - _sum(widths, self.spacing())
        right = {id(one) for one in self._items[self._right :]} if self._right else set()
        at = rect.left()
        for item, width in zip(items, widths, strict=True):
            if id(item) in right and spare > 0:
                at, spare = at + spare, 0
            height = min(rect.height(), self._of(item).tall)
            top = rect.top() + (rect.height() - height) // 2
            item.setGeometry(QRect(QPoint(at, top), QSize(width, height)))
            at += width + self.spacing()


def _holds(widget: QWidget | None, named: QWidget | None) -> bool:
    """Whether a control is, or has in it, what a label names."""
    if widget is None or named is None:
        return False
    return widget is named or widget.isAncestorOf(named)


def _sum(widths: Iterable[int], gap: int) -> int:
    all_of_them = list(widths)
    return sum(all_of_them) + gap * max(0, len(all_of_them) - 1)


class _Measured(NamedTuple):
    """A control: how narrow it may be and would be, how narrow to save a row, and how high."""

    least: int
    wish: int
    squeezed: int
    height: int
    tall: int


def _measured(item: QLayoutItem) -> _Measured:
    hint, smallest = item.sizeHint(), item.minimumSize()
    least = smallest.width()
    wish = max(least, min(hint.width(), item.maximumSize().width()))
    squeezed = min(wish, max(least, _LEAST_FIELD))
    return _Measured(least, wish, squeezed, hint.height(), max(hint.height(), smallest.height()))


def _shared(sizes: list[_Measured], room: int) -> list[int]:
    """The width of each control in a room: what it wishes, or its share of what is missing."""
    wishes = [one.wish for one in sizes]
    least = [one.squeezed for one in sizes]
    missing = sum(wishes) - room
    give = sum(wishes) - sum(least)
    if missing <= 0:
        return wishes
    if give <= 0:
        return [min(wish, room) for wish in wishes]
    share = min(1.0, missing / give)
    return [wish - round((wish - low) * share) for wish, low in zip(wishes, least, strict=True)]
