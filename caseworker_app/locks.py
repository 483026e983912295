"""Locks between processes that go with the process: shared by many, or held by one alone.

A lock is on a small file. Whoever lets go of it last takes the file away; what a killed process
left behind is locked by nobody and stands in no one's way. On POSIX it is `flock`, which belongs
to the open file, so that two holders in one process count as two; on Windows `LockFileEx` on one
byte far past the end, so that the file itself can still be read and written.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

_PAUSE_S = 0.02
_MODE = 0o600


class Lock:
    """A lock that is held. Let go of it with `release`."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    def release(self) -> None:
        """Let go, and take the file away when nobody else holds it. A second time does nothing."""
        handle, self._handle = self._handle, -1
        if handle < 0:
            return
        if sys.platform == "win32":
            os.close(handle)
            # It fails while another has the file open, and then the file is to stay.
            with contextlib.suppress(OSError):
                self._path.unlink()
            return
        try:
            with contextlib.suppress(OSError):
                if seize(handle, shared=False) and _is_at(handle, self._path):
                    self._path.unlink()
        finally:
            os.close(handle)


def take(path: Path, *, shared: bool, patience: float = 0.0) -> Lock | None:
    """Take a lock.

    Args:
        path: the lock's file, made when it is not there; its folder must be.
        shared: many may hold it so at once; else one alone.
        patience: how many seconds to try.

    Returns:
        The lock, or None when another holds it in a way that does not allow this.

    Raises:
        OSError: the file cannot be made.
    """
    until = time.monotonic() + patience
    while True:
        lock = _try(path, shared=shared)
        if lock is not None or time.monotonic() >= until:
            return lock
        time.sleep(_PAUSE_S)


def _try(path: Path, *, shared: bool) -> Lock | None:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    while True:
        handle = os.open(path, flags, _MODE)
        try:
            if not seize(handle, shared=shared):
                os.close(handle)
                return None
            if _is_at(handle, path):
                return Lock(path, handle)
        except BaseException:
            os.close(handle)
            raise
        # Its last holder took the file away between the two steps above.
        os.close(handle)


def _is_at(handle: int, path: Path) -> bool:
    if sys.platform == "win32":
        return True  # There an open file cannot be taken away.
    try:
        there = path.lstat()
    except FileNotFoundError:
        return False
    mine = os.fstat(handle)
    return (there.st_dev, there.st_ino) == (mine.st_dev, mine.st_ino)


if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes

    class _Overlapped(ctypes.Structure):
        _fields_ = (
            ("Internal", ctypes.c_void_p),
            ("InternalHigh", ctypes.c_void_p),
            ("Offset", wintypes.DWORD),
            ("OffsetHigh", wintypes.DWORD),
            ("hEvent", wintypes.HANDLE),
        )

    _FAIL_AT_ONCE, _ALONE = 1, 2
    _HELD_BY_ANOTHER = 33
    _PAST_THE_END = 0x7FFFFFFF
    _lock_file = ctypes.WinDLL("kernel32", use_last_error=True).LockFileEx
    _lock_file.argtypes = [
        wintypes.HANDLE,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.DWORD,
        ctypes.POINTER(_Overlapped),
    ]
    _lock_file.restype = wintypes.BOOL

    def seize(handle: int, *, shared: bool) -> bool:
        """Lock an open file at once; False when another holds it."""
        flags = _FAIL_AT_ONCE | (0 if shared else _ALONE)
        at = _Overlapped(Offset=0, OffsetHigh=_PAST_THE_END)
        if _lock_file(msvcrt.get_osfhandle(handle), flags, 0, 1, 0, ctypes.byref(at)):
            return True
        code = ctypes.get_last_error()
        if code == _HELD_BY_ANOTHER:
            return False
        raise ctypes.WinError(code)

else:
    import fcntl

    def seize(handle: int, *, shared: bool) -> bool:
        """Lock an open file at once; False when another holds it."""
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
