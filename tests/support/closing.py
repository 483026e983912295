"""Nothing that a test opened on the screen stays for the next one.

A dialog or a menu left open holds the keyboard, so that the next test's keys never reach its own
window; and a window that was closed is only deleted once an event loop runs, so it would be styled
and laid out anew with every window after it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[object]:
    """Once the fixtures are done, close what is still open and delete what was closed."""
    try:
        return (yield)
    finally:
        # A test without a window does not load Qt for this.
        if "PySide6.QtWidgets" in sys.modules:
            _close_what_is_left()


def _close_what_is_left() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    while left := QApplication.activePopupWidget() or QApplication.activeModalWidget():
        left.hide()
        left.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
