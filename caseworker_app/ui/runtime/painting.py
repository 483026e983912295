"""What may wait until a widget has been painted, so that people see it sooner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_AT_LATEST_MS = 500
"""What nobody sees, as in a window made small, is never painted."""


class _Painting(QObject):
    """Waits for the paint event of one widget."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then = then
        self._turns = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go)
        self._timer.start(_AT_LATEST_MS)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on when the event loop has turned twice.

        By the first turn the whole window is painted; what waits for it there goes before.
        """
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._turns = 1
            self._timer.start(0)
        return False

    def _go(self) -> None:
        if self._turns:
            self._turns -= 1
            self._timer.start(0)
            return
        # Looked up, for a widget that is held here would not be let go of.
        if (widget := self.parent()) is not None:
            widget.removeEventFilter(self)
        self._then()
        self.deleteLater()


def paint_now(widget: QWidget) -> None:
    """Paint what waits to be painted of a widget's window, before anything else is done.

    Qt itself paints with the screen's next picture, and sooner goes on with whatever is asked.
    """
    window = widget.window()
    if window.isVisible():
        QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))


def when_painted(widget: QWidget, then: Callable[[], None]) -> None:
    """Call once a widget has been painted next, or half a second from now.

    It is not called when the widget has been deleted by then.
    """
    _Painting(widget, then)
