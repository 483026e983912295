"""Start the window as the program does, and work in it: see `window_work`.

Arguments: the store, its passphrase being in CASEWORKER_PASSPHRASE, the day, and a folder for
preferences.
"""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path

from caseworker_app import bootstrap
from caseworker_app.ui.application import begin


def main(store: str, today: str, folder: str) -> None:
    """Begin to open the store before Qt is loaded."""
    gc.disable()
    day = date.fromisoformat(today)
    early = begin(lambda told: bootstrap.open_session(store, today=day, progress=told))
    from window_work import work

    work(early, store, day, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
