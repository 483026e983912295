"""Temporary files in a private folder of our own, swept of what killed processes left there.

The folder is in the person's own cache folder, or where `CASEWORKER_TEMP` says. Each user of it
holds a lock beside its part for as long as it lives; what nobody holds a lock on is left over.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseworker_app import files, locks, paths
from caseworker_app.domain.errors import Unavailable

_LOCK = ".lock"


@contextmanager
def folder() -> Iterator[Path]:
    """A private folder for as long as the block lasts.

    Raises:
        Unavailable: it cannot be made, or has no room left.
    """
    base = paths.scratch_folder()
    with files.plain_errors(base):
        _made_private(base)
    sweep()
    name = secrets.token_hex(8)
    with files.plain_errors(base):
        lock = locks.take(base / f"{name}{_LOCK}", shared=False)
    own = base / name
    try:
        with files.plain_errors(base):
            own.mkdir(mode=0o700)
        yield own
    finally:
        _remove(own)
        if lock is not None:
            lock.release()


@contextmanager
def temporary_files() -> Iterator[Path]:
    """The same, and the temporary files that libraries make meanwhile go there too."""
    with folder() as own:
        import tempfile

        before, tempfile.tempdir = tempfile.tempdir, str(own)
        try:
            yield own
        finally:
            tempfile.tempdir = before


def sweep() -> None:
    """Take away what processes that are gone have left."""
    base = paths.scratch_folder()
    try:
        names = {one.name.removesuffix(_LOCK) for one in base.iterdir()}
    except OSError:
        return
    for name in names:
        with contextlib.suppress(OSError):
            lock = locks.take(base / f"{name}{_LOCK}", shared=False)
            if lock is not None:
                _remove(base / name)
                lock.release()


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _made_private(base: Path) -> None:
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "nt":
        return
    found = base.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise Unavailable(f"{base} is not a folder of this person's own; remove it and try again.")
    if found.st_mode & 0o077:
        base.chmod(0o700)
