"""Having a sentence read aloud, where somebody listens rather than looks."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView, QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Have a sentence that has just appeared in a widget read aloud."""
    # Here, for these take as long to load as all the rest of a widget, and no start speaks.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def announce_current(view: QAbstractItemView) -> None:
    """Have the cell the keyboard is on read out, where the keyboard comes back to a list.

    Qt tells of the list alone then, and of a cell only once another one is gone to.
    """
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    def tell() -> None:
        # After Qt, which tells of the list when it has given it the keyboard.
        cell = QAccessible.queryAccessibleInterface(view).focusChild()
        if view.hasFocus() and view.currentIndex().isValid() and cell is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(cell, QAccessible.Event.Focus))

    if QAccessible.isActive():
        QTimer.singleShot(0, view, tell)
