"""Which store to open when none is named: the one used last, else the person's own."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from caseworker_app import files
from caseworker_app.domain.errors import Unavailable
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
        last = (folder / _FILE).read_text("utf-8", "surrogateescape").strip()
    except OSError:
        last = ""
    stands = (
        path
        for path in (last, default)
        # One whose restore was interrupted is not there until it is opened.
        if path and (Path(path).exists() or application.interrupted(path))
    )
    return next(stands, None)


def remember(folder: Path, where: str) -> None:
    """Keep a store file's path for the next start, if it can be kept."""
    with contextlib.suppress(OSError, Unavailable):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write_whole(folder / _FILE, where.encode("utf-8", "surrogateescape"), flush=False)
