"""Start the window and run it until it is closed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from caseworker_app import paths
from caseworker_app.services.application import Application
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.main_window_actions import theme_choice
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.runtime.problems import BUG, report
from caseworker_app.ui.theme.themes import Themes

ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def run(application: Application, where: str | None, today: date | None) -> int:
    """Open the window on a store, or with None on the first page, and run it.

    Args:
        application: every use case.
        where: the store's path or URL.
        today: stands in for the clock.

    Returns:
        The exit code.
    """
    qt = qt_application()
    window = open_window(application, where, today, Preferences(paths.data_folder()))
    before = sys.excepthook
    sys.excepthook = _hook(window)
    try:
        return qt.exec()
    finally:
        sys.excepthook = before
        window.jobs.close()


def qt_application() -> QApplication:
    """The one QApplication, made if there is none."""
    held = QApplication.instance()
    if isinstance(held, QApplication):
        return held
    made = QApplication([sys.argv[0] or "caseworker"])
    made.setApplicationName("Caseworker")
    made.setDesktopFileName("caseworker")
    return made


def open_window(
    application: Application, where: str | None, today: date | None, preferences: Preferences
) -> MainWindow:
    """Make and show the window and begin to open the store."""
    themes = Themes(qt_application(), theme_choice(preferences))
    window = MainWindow(application, themes, preferences, today)
    if where is None:
        window.keeper.failed.emit("")
    else:
        window.keeper.open(where)
    window.show()
    return window


def _hook(window: MainWindow) -> ExceptHook:
    """Show what nobody foresaw as a dialog with a reference; the window goes on."""

    def unforeseen(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        del kind, trace
        if isinstance(error, KeyboardInterrupt):
            window.close()
            return
        reference = report(error)
        QTimer.singleShot(0, window, lambda: window.show_bug(reference, BUG))

    return unforeseen
