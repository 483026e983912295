"""Prove that the window comes up: open it on a store, wait until Today is painted, close it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from caseworker_app.domain.errors import Unavailable
from caseworker_app.services.application import Application

_PATIENCE_MS = 60_000
_HARMLESS = "does not support propagateSizeHints"
"""What Qt's offscreen plug-in says of every window."""


class TodayPainted(QObject):
    """Watches every widget, and ends a wait when Today has been painted with rows in it.

    Attributes:
        seen: whether it was.
    """

    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self.seen = False
        self._loop = loop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at paint events alone, and let every event through."""
        if event.type() == QEvent.Type.Paint and not self.seen and _is_today(watched):
            self.seen = True
            QTimer.singleShot(0, self._loop.quit)
        return False


def prove_window(application: Application, where: str, today: date, folder: Path) -> None:
    """Open the window on a store without a screen, see Today painted, and close it.

    Args:
        application: every way in.
        where: a store whose passphrase is in CASEWORKER_PASSPHRASE.
        today: stands in for the clock.
        folder: where the window keeps its preferences.

    Raises:
        Unavailable: Today was not painted within a minute, or Qt complained.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from caseworker_app.ui.runtime.preferences import Preferences
    from caseworker_app.ui.starting import open_window, qt_application

    qt = qt_application()
    complaints: list[str] = []

    def heard(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        del kind, context
        if _HARMLESS not in words:
            complaints.append(words)

    qInstallMessageHandler(heard)
    loop = QEventLoop()
    painted = TodayPainted(loop)
    qt.installEventFilter(painted)
    window = open_window(application, where, today, Preferences(folder))
    try:
        QTimer.singleShot(_PATIENCE_MS, loop.quit)
        loop.exec()
    finally:
        qt.removeEventFilter(painted)
        window.close()
        window.jobs.close()
        window.deleteLater()
        qInstallMessageHandler(None)
    if complaints:
        raise Unavailable(f"Qt complained: {complaints[0]}")
    if not painted.seen:
        raise Unavailable("Today was not drawn.")


def _is_today(watched: QObject) -> bool:
    table = watched.parent() if isinstance(watched, QWidget) else None
    return (
        isinstance(table, QAbstractItemView)
        and table.accessibleName() == "Today"
        and watched is table.viewport()
        and table.model() is not None
        and table.model().rowCount() > 0
    )
