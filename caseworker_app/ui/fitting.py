"""Nothing is larger than the screen: what a page or dialog has no room for is scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

_AREA = "fitted"
_FRAME = QSize(8, 40)
"""What the frame and the title of a dialog take of the screen."""


class FittingDialog(QDialog):
    """A dialog that is never larger than the screen, and grows with the words that come into it."""

    def showEvent(self, event: QShowEvent) -> None:
        """Bound it before it is seen."""
        super().showEvent(event)
        bound(self, room_for(self))

    def event(self, event: QEvent) -> bool:
        """Grow for what came into it since, and scroll where that makes it too large."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            bound(self, room_for(self))
        return done


class Pages(QWidget):
    """Pages of which one is in front and takes the room there is; one that needs more is scrolled.

    A `QStackedWidget` asks every page it holds for its size whenever one of them changes: the more
    places somebody has been to, the slower each key would be. Here only the page in front is asked.
    """

    def __init__(self) -> None:
        super().__init__()
        # A page that wants more room does not make the window wider than the screen.
        self.setMinimumSize(1, 1)
        self._front: QWidget | None = None

    def addWidget(self, page: QWidget) -> None:
        """Take a page; the first is in front, any other stays hidden until it is."""
        page.setParent(self)
        page.hide()
        if self._front is None:
            self.setCurrentWidget(page)

    def currentWidget(self) -> QWidget | None:
        """The page in front."""
        return self._front

    def setCurrentWidget(self, page: QWidget) -> None:
        """Bring a page to the front; the keyboard goes along, to where it was there before."""
        before, self._front = self._front, page
        if before is page:
            return
        at = QApplication.focusWidget()
        goes_along = at is not None and before is not None and before.isAncestorOf(at)
        self.setUpdatesEnabled(False)
        page.setGeometry(self.rect())
        page.show()
        if before is not None:
            before.hide()
        self.setUpdatesEnabled(True)
        if goes_along:
            (page.focusWidget() or page).setFocus()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page in front all the room."""
        super().resizeEvent(event)
        if self._front is not None:
            self._front.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """Look again when the room or what stands in the page changes."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return done

    def _fit(self) -> None:
        page = self._front
        if page is not None and self.isVisible() and is_too_large(page, self.size()):
            scroll(page)


def room_for(widget: QWidget) -> QSize:
    """The largest a dialog can be on the screen it is on."""
    parent = widget.parentWidget()
    room = widget.screen().availableSize() - _FRAME
    return room if parent is None else room.expandedTo(parent.window().size())


def is_too_large(widget: QWidget, room: QSize) -> bool:
    """Whether what stands in a widget needs more room than there is."""
    layout = widget.layout()
    if layout is None or widget.findChild(QScrollArea, _AREA) is not None:
        return False
    least = layout.totalMinimumSize()
    if layout.hasHeightForWidth():
        # Words that wrap need more lines in a narrow dialog than on the whole screen.
        width = min(room.width(), max(widget.width(), least.width()))
        least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(width)))
    return least.width() > room.width() or least.height() > room.height()


def bound(dialog: QDialog, room: QSize) -> None:
    """Make a dialog no larger than `room`, and let what does not fit be scrolled to."""
    dialog.setMinimumSize(dialog.minimumSize().boundedTo(room))
    _scroll_dialog(dialog, room)
    if dialog.width() > room.width() or dialog.height() > room.height():
        dialog.resize(dialog.size().boundedTo(room))
    _grow(dialog, room)


def scroll(widget: QWidget, pinned: QWidget | None = None) -> None:
    """Put what stands in a widget into an area that scrolls; `pinned` stays below it."""
    layout = widget.layout()
    if layout is None:
        return
    margins = layout.contentsMargins()
    # Whoever gets another parent loses the keyboard.
    at = QApplication.focusWidget()
    if pinned is not None:
        layout.removeWidget(pinned)
    # From the outermost inwards: each time that all of it gets another parent it is styled anew.
    area = QScrollArea(widget)
    area.setObjectName(_AREA)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    inner.setObjectName("page")
    area.setWidget(inner)
    inner.setLayout(layout)
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(area, 1)
    if pinned is not None:
        below = QVBoxLayout()
        below.setContentsMargins(margins.left(), 0, margins.right(), margins.bottom())
        below.addWidget(pinned)
        column.addLayout(below)
    if at is not None and widget.isAncestorOf(at):
        at.setFocus()


def _grow(dialog: QDialog, room: QSize) -> None:
    """Make a dialog as high as its words need that wrap; Qt makes room for their width alone."""
    layout = dialog.layout()
    if layout is None or not layout.hasHeightForWidth():
        return
    need = min(layout.totalMinimumHeightForWidth(dialog.width()), room.height())
    if need > dialog.height():
        dialog.resize(dialog.width(), need)


def _scroll_dialog(dialog: QDialog, room: QSize) -> None:
    if not is_too_large(dialog, room):
        return
    layout, box = dialog.layout(), dialog.findChild(QDialogButtonBox)
    if layout is not None and box is not None and layout.indexOf(box) >= 0:
        scroll(dialog, box)
    else:
        scroll(dialog)
