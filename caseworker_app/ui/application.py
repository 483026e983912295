"""Start the window and run it until it is closed."""

from __future__ import annotations

import sys
from datetime import date

from caseworker_app import paths
from caseworker_app.services.application import Application
from caseworker_app.ui.runtime.ahead import Ahead
from caseworker_app.ui.runtime.last_store import to_open

_NIMBLE_S = 0.0005
"""How long one thread may keep the other waiting: with Python's own 5 ms, a query that gives way at
each row would wait for Qt to load, and the window would wait for a query."""


def run(application: Application, where: str | None, today: date | None) -> int:
    """Open the window on a store, or where there is none on the first page, and run it.

    Args:
        application: every use case.
        where: the store's path or URL; None takes the one used last.
        today: stands in for the clock.

    Returns:
        The exit code.
    """
    sys.setswitchinterval(_NIMBLE_S)
    where = where or to_open(application, paths.data_folder())
    ahead = None
    if where is not None:
        ahead = Ahead(lambda told: application.open_desk(where, today=today, progress=told))

    # Qt is loaded while the store opens.
    from caseworker_app.ui.starting import run_window

    return run_window(application, where, today, ahead)
