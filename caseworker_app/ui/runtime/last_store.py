"""Which store to open when none is named: the one used last, else the person's own."""

from __future__ import annotations

import os
from pathlib import Path

from caseworker_app.services.application import Application

_FILE = "last-store"


def to_open(application: Application, folder: Path) -> str | None:
    """The store's path, or None when there is none yet.

    Args:
        application: knows the store named by the environment, or the default place.
        folder: the person's own data folder.
    """
    default = application.default_store()
    if os.environ.get("CASEWORKER_STORE"):
        return default
    try:
        last = (folder / _FILE).read_text("utf-8").strip()
    except OSError:
        last = ""
    return next((path for path in (last, default) if path and Path(path).exists()), None)


def remember(folder: Path, where: str) -> None:
    """Keep a store file's path for the next start."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _FILE).write_text(where, "utf-8")
