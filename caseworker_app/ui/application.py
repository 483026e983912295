"""Start the window and run it until it is closed."""

from __future__ import annotations

import builtins
import gc
import sys
from collections.abc import Callable
from datetime import date

from caseworker_app import paths
from caseworker_app.services.application import Application
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.runtime.early_opening import EarlyOpening
from caseworker_app.ui.runtime.last_store import to_open


def run(
    application: Application, where: str | None, today: date | None, person: str | None = None
) -> int:
    """Open the window on a store, or where there is none on the first page, and run it.

    Args:
        application: every use case.
        where: the store's path or URL; None takes the one used last.
        today: stands in for the clock.
        person: who signs in, of several.

    Returns:
        The exit code.
    """
    # From here on cycles are collected by the window's thread alone: see `runtime.collecting`.
    gc.disable()
    where = where or to_open(application, paths.data_folder())
    early = None
    if where is not None:
        early = begin(
            lambda told: application.open_session(where, person=person, today=today, progress=told)
        )

    # Most of Qt is loaded while the store opens.
    from caseworker_app.ui.starting import run_window

    return run_window(application, where, today, early)


def begin(call: Callable[[Progress], Session]) -> EarlyOpening:
    """Begin to open a store on a thread of its own, once nothing loaded there can meet Qt."""
    _settle_imports()
    return EarlyOpening(call)


def _settle_imports() -> None:
    """Load what must not be loaded on one thread while another loads something.

    Before Python 3.12 the keyring needs importlib_metadata, which for a moment puts an import
    function of its own in Python's place. Qt does so for good, and remembers the one it found.
    Met half way, each would call the other without end.
    """
    if sys.version_info < (3, 12):
        import importlib_metadata  # noqa: F401
    import shiboken6  # noqa: F401

    # Qt's import function reads the source of every module that is loaded after it, in search of a
    # switch that nothing here uses. The one it put aside does all the rest.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
