"""The computer's session is locked, and the window with it."""

from __future__ import annotations

import ctypes
from ctypes import wintypes

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.ui.runtime.session_lock import SessionLock, WindowsFilter


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def lock(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> SessionLock:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    return SessionLock(window, "linux")


def test_a_screen_that_is_locked_is_told_and_one_that_opens_is_not(lock: SessionLock) -> None:
    told: list[bool] = []
    lock.locked.connect(lambda: told.append(True))
    lock.changed(on=False)
    assert not told
    lock.changed(on=True)
    assert told == [True]


@pytest.mark.parametrize(
    ("message", "what", "locks"), [(0x02B1, 7, True), (0x02B1, 8, False), (0x0113, 7, False)]
)
def test_what_windows_says_is_understood(
    lock: SessionLock, message: int, what: int, locks: bool
) -> None:
    told: list[bool] = []
    lock.locked.connect(lambda: told.append(True))
    sent = wintypes.MSG(message=message, wParam=what)
    kept = WindowsFilter(lock).nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(sent))
    assert kept == (False, 0)
    assert bool(told) is locks
    told.clear()
    WindowsFilter(lock).nativeEventFilter(b"xcb_generic_event_t", 0)
    assert not told
