"""A file that somebody else wrote, as bytes: a plain file only, and never more than asked for."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from caseworker_app.domain.errors import Unreadable

_PIECE = 4 << 20
_QUIETLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Nothing that waits, and nothing that becomes our terminal, in case it is no file after all."""

_ODD = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def contents(path: Path, most: int, kind: str, told: Callable[[int], None] | None = None) -> bytes:
    """Every byte of a plain file.

    Args:
        path: the file, or a link to it.
        most: bytes it may have; not one more is read.
        kind: what it is taken for, with its article, for the sentence that it is too large.
        told: called with how many bytes came, with 0 before the first.

    Raises:
        Unreadable: it is missing, no plain file, too large, or was written to meanwhile; with a
            sentence that names it.
    """
    name = name_of(path)
    try:
        _check(path.stat(), name, most, kind)
        with FileIO(path, "rb", opener=_open) as file:
            before = os.fstat(file.fileno())
            _check(before, name, most, kind)
            data = _read(file.read, most + 1, told or _nobody)
            after = os.fstat(file.fileno())
    except FileNotFoundError as error:
        raise Unreadable(f"There is no file {name}.") from error
    except PermissionError as error:
        raise Unreadable(
            f"{name} may not be read: it is open elsewhere or you lack the right."
        ) from error
    except (OSError, ValueError) as error:
        raise Unreadable(f"{name} could not be read from disk.") from error
    if len(data) > most:
        raise _too_large(name, most, kind)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unreadable(f"{name} was being written to while it was read; try again.")
    return data


def name_of(path: Path) -> str:
    """A file's name for a sentence: one line, and nothing that is no letter."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for letter in path.name or str(path)
    )


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | _QUIETLY)


def _check(about: os.stat_result, name: str, most: int, kind: str) -> None:
    if stat.S_ISDIR(about.st_mode):
        raise Unreadable(f"{name} is a folder, not a file.")
    for is_it, words in _ODD:
        if is_it(about.st_mode):
            raise Unreadable(f"{name} is {words}, not a file.")
    if not stat.S_ISREG(about.st_mode):
        raise Unreadable(f"{name} is not a file.")
    if about.st_size > most:
        raise _too_large(name, most, kind)


def _too_large(name: str, most: int, kind: str) -> Unreadable:
    return Unreadable(f"{name} is larger than {kind} can be ({most // 1_000_000} MB).")


def _read(read: Callable[[int], bytes | None], most: int, told: Callable[[int], None]) -> bytes:
    parts: list[bytes] = []
    told(0)
    while most > 0:
        part = read(min(most, _PIECE))
        if part is None:
            raise BlockingIOError
        if not part:
            break
        parts.append(part)
        most -= len(part)
        told(len(part))
    return b"".join(parts)


def _nobody(_count: int) -> None:
    return
