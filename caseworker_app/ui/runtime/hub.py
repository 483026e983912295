"""Where every change is told, so that each open screen can bring its own rows up to date."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Hub(QObject):
    """One for the window.

    Signals:
        done: a `Done` outcome, and the QObject that asked for the change or None.
        renewed: a store was opened, or everything may have changed; lists read themselves anew.
    """

    done = Signal(object, object)
    renewed = Signal()
