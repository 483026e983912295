"""Who has a store file open: sessions share it; who makes, upgrades or replaces it has it alone.

The lock is on `.NAME.lock` beside the store, whatever its passphrase, and goes with the process.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseworker_app import files, locks
from caseworker_app.domain.errors import Unavailable

_OPENING_S = 20.0
"""How long an opening waits for a restore or an upgrade to end."""
_CLOSING_S = 3.0
"""How long a restore or an upgrade waits for a passing command to end."""


def lock_file(store: Path) -> Path:
    """The file that the lock is on, beside the file that a link leads to."""
    real = Path(os.path.realpath(store))
    return real.with_name(f".{real.name}.lock")


def hold_open(store: Path) -> locks.Lock:
    """Hold a store as a session does, until `release`.

    Raises:
        Unavailable: it is being replaced, or its folder cannot be written.
    """
    with files.plain_errors(store):
        lock = locks.take(lock_file(store), shared=True, patience=_OPENING_S)
    if lock is None:
        raise Unavailable(f"{store} is being changed by another Caseworker; try again later.")
    return lock


@contextmanager
def alone(store: Path) -> Iterator[None]:
    """Have a store, or the place for one, alone; its folder must be there.

    Raises:
        Unavailable: it is open somewhere, or its folder cannot be written.
    """
    with files.plain_errors(store):
        lock = locks.take(lock_file(store), shared=False, patience=_CLOSING_S)
    if lock is None:
        raise Unavailable(
            f"{store} is open in another program or window: close it there and try again."
        )
    try:
        yield
    finally:
        lock.release()


def _lock_of_key(store: Path) -> Path:
    real = Path(os.path.realpath(store))
    return real.with_name(f".{real.name}.key.lock")


def sweep_lock(store: Path) -> None:
    """Take away the lock of the key, where one is that nobody holds."""
    if _lock_of_key(store).exists():
        with contextlib.suppress(OSError):
            lock = locks.take(_lock_of_key(store), shared=False)
            if lock is not None:
                lock.release()


@contextmanager
def changing_key(store: Path) -> Iterator[None]:
    """Change a store's key files, one program at a time; the store itself may be open."""
    with files.plain_errors(store):
        lock = locks.take(_lock_of_key(store), shared=False, patience=_OPENING_S)
    if lock is None:
        raise Unavailable(f"The key of {store} is being changed by another Caseworker.")
    try:
        yield
    finally:
        lock.release()
