"""Making the window, once Qt is loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from types import TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from caseworker_app import crash_report, paths
from caseworker_app.services.application import Application
from caseworker_app.ui.main_window import MainWindow
from caseworker_app.ui.main_window_actions import theme_choice
from caseworker_app.ui.runtime.early_opening import EarlyOpening
from caseworker_app.ui.runtime.ending import Ending
from caseworker_app.ui.runtime.painting import when_painted
from caseworker_app.ui.runtime.preferences import Preferences
from caseworker_app.ui.runtime.problems import BUG, report
from caseworker_app.ui.theme.themes import Themes

_AT_LATEST_MS = 1000

ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def qt_application() -> QApplication:
    """The one QApplication, made if there is none."""
    held = QApplication.instance()
    if isinstance(held, QApplication):
        return held
    # Drawn the same on every system, by the style that takes its colours from us.
    made = QApplication([sys.argv[0] or "caseworker", "-style", "fusion"])
    made.setApplicationName("Caseworker")
    made.setDesktopFileName("caseworker")
    return made


def run_window(
    application: Application, where: str | None, today: date | None, early: EarlyOpening | None
) -> int:
    """Open the window and run it until it is closed; the value is the exit code."""
    qt = qt_application()
    running = crash_report.begin()
    window = open_window(application, where, today, Preferences(paths.data_folder()), early)
    window.attended = True
    if running is not None:
        # Who logs out of the computer ends it as well as who closes it.
        qt.commitDataRequest.connect(lambda _: running.end())
    _tell_ended(window)
    before = sys.excepthook
    sys.excepthook = _hook(window)
    ending = Ending(lambda: _end(window))
    _once_there(window, where, ending.listen)
    try:
        return qt.exec()
    finally:
        ending.forget()
        if running is not None:
            running.end()
        sys.excepthook = before
        window.jobs.close()


def open_window(
    application: Application,
    where: str | None,
    today: date | None,
    preferences: Preferences,
    early: EarlyOpening | None = None,
) -> MainWindow:
    """Make and show the window and begin to open the store; with None show the first page."""
    themes = Themes(qt_application(), theme_choice(preferences))
    window = MainWindow(application, themes, preferences, today, early)
    if where is None:
        window.keeper.failed.emit("")
    else:
        window.keeper.open(where, early)
    window.show()
    if where is not None:
        window.prepare()
    return window


def _once_there(window: MainWindow, where: str | None, then: Callable[[], None]) -> None:
    """Call once the list of the store has been painted, or the page that says there is none.

    Where a passphrase is asked for, neither comes before it is given: then after a second, too.
    """
    if where is None:
        when_painted(window, then)
        return
    QTimer.singleShot(_AT_LATEST_MS, window, then)
    later = partial(when_painted, window, then)
    once = Qt.ConnectionType.SingleShotConnection
    for came in (window.keeper.opened, window.keeper.failed):
        came.connect(lambda *_: later(), once)


def _tell_ended(window: MainWindow) -> None:
    """Say of windows that did not close what was kept, when a store is open and painted.

    Only then it is known which drafts there are, and to look for them at once would keep the
    processor from drawing the list.
    """

    def found(ended: list[crash_report.Report]) -> None:
        if ended:
            from caseworker_app.ui.dialogs.crash import tell_ended

            tell_ended(window, ended, window)

    def look() -> None:
        window.jobs.ask(lambda _: crash_report.ended(), found, owner=window)

    window.keeper.opened.connect(
        lambda: when_painted(window, look), Qt.ConnectionType.SingleShotConnection
    )


def _end(window: MainWindow) -> None:
    """Stop what is under way, let go of the store and leave, without asking anything."""
    window.preferences.save()
    window.jobs.close()
    QApplication.quit()


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
