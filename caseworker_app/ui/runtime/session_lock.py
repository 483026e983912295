"""Hearing that the computer's own session was locked: on Windows, and on desktops with D-Bus.

A Mac tells programs of it by a way that Qt has none for: there the window locks after a while, or
by its own action.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from typing import Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QWidget

_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)
"""Who tells of a locked screen on D-Bus: its interface and path."""
_SESSION_CHANGED, _LOCKED = 0x02B1, 0x7
"""Windows' WM_WTSSESSION_CHANGE, and the WTS_SESSION_LOCK that comes with it."""
_log = logging.getLogger(__name__)


class SessionLock(QObject):
    """Tells when the session is locked.

    Signals:
        locked: it was.
    """

    locked = Signal()

    def __init__(self, window: QWidget, system: str = sys.platform) -> None:
        """Begin to listen for a window; on a system that tells nothing, nothing is heard."""
        super().__init__(window)
        self._filter: WindowsFilter | None = None
        if system == "win32":
            self._listen_to_windows(int(window.winId()))
        elif system != "darwin" and os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            self._listen_to_bus()

    @Slot(bool)
    def changed(self, on: bool) -> None:
        """The screen was locked, or is open again."""
        if on:
            self.locked.emit()

    def _listen_to_bus(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            _log.info("no D-Bus here")
            return
        bus = QDBusConnection.sessionBus()
        # Its types say that this is bytes, and it takes text alone.
        heard_by: Any = SLOT("changed(bool)")
        for name, path in _SAVERS if bus.isConnected() else ():
            bus.connect("", path, name, "ActiveChanged", self, heard_by)

    def _listen_to_windows(self, window: int) -> None:
        application = QCoreApplication.instance()
        self._filter = WindowsFilter(self)
        if application is not None:
            application.installNativeEventFilter(self._filter)
        library = getattr(ctypes, "windll", None)
        if library is None or not library.wtsapi32.WTSRegisterSessionNotification(window, 0):
            _log.info("Windows tells nothing of its session")


class WindowsFilter(QAbstractNativeEventFilter):
    """Looks for Windows' message that the session was locked; keeps none from anybody."""

    def __init__(self, of: SessionLock) -> None:
        super().__init__()
        self._of = of

    def nativeEventFilter(self, kind: Any, message: Any) -> tuple[bool, int]:  # noqa: ANN401
        """Tell of it."""
        if QByteArray(kind) == b"windows_generic_MSG":
            from ctypes import wintypes

            told = wintypes.MSG.from_address(int(message))
            if told.message == _SESSION_CHANGED:
                self._of.changed(told.wParam == _LOCKED)
        return False, 0
