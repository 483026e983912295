"""Having a sentence read aloud, where somebody listens rather than looks."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Have a sentence that has just appeared in a widget read aloud."""
    # Here, for these take as long to load as all the rest of a widget, and no start speaks.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
