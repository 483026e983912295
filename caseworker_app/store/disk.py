"""Work on whole files: one program at a time, and the disk's refusals in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseworker_app.domain.errors import Unavailable

_PATIENCE = 30


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn the system's refusal into a sentence.

    Raises:
        Unavailable: no room, no permission, no such folder.
    """
    try:
        yield
    except OSError as error:
        shown = error.filename or path
        raise Unavailable(f"{shown} cannot be written: {error.strerror or error}.") from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other copies of this program from making, upgrading or replacing the same store.

    Raises:
        Unavailable: another one is at it.
    """
    from filelock import FileLock, Timeout

    lock = path.with_name(f".{path.name}.lock")
    try:
        with FileLock(lock, timeout=_PATIENCE):
            yield
            lock.unlink(missing_ok=True)
    except Timeout as error:
        raise Unavailable(f"{path} is being changed by another Caseworker.") from error
