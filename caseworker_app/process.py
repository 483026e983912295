"""What this process keeps to itself, and how it ends when it is told to."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from caseworker_app import paths, scratch
from caseworker_app.domain.text import storable

ENDED = 128 + 15
"""The exit code of a process that was ended by TERM."""


class Ended(SystemExit):
    """The process was told to end: every block on the way out cleans up behind itself."""


def keep_to_itself() -> None:
    """Files are private, no core of the process is ever written, and old left-overs go.

    A core would hold the names of children, and the key.
    """
    paths.keep_private()
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    scratch.sweep()


def account() -> str:
    """The log-in name of whoever runs this process, as the system knows it.

    Not as an environment variable says: anybody sets those to anything.
    """
    return storable(_account(sys.platform)) or "unknown"


def _account(system: str) -> str:
    try:
        if system == "win32":
            return _windows_account()
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (OSError, KeyError, ImportError, AttributeError):
        return ""


def _windows_account() -> str:
    import ctypes

    room = ctypes.c_uint32(257)
    name = ctypes.create_unicode_buffer(room.value)
    of = getattr(ctypes, "windll").advapi32  # noqa: B009  (absent on other systems)
    return name.value if of.GetUserNameW(name, ctypes.byref(room)) else ""


@contextmanager
def ended_by_term() -> Iterator[None]:
    """Let TERM, and a terminal that goes away, end the block as Ctrl-C does: cleaning up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kinds = [kind for kind in ("SIGTERM", "SIGHUP") if hasattr(signal, kind)]
    before = {kind: signal.getsignal(getattr(signal, kind)) for kind in kinds}
    # What whoever started us wants ignored, nohup above all, stays ignored.
    ours = [kind for kind in kinds if before[kind] == signal.SIG_DFL]
    for kind in ours:
        signal.signal(getattr(signal, kind), _end)
    try:
        yield
    finally:
        for kind in ours:
            signal.signal(getattr(signal, kind), before[kind])


def _end(number: int, frame: FrameType | None) -> None:
    del frame
    # A second one, while the first cleans up, ends it at once.
    signal.signal(number, signal.SIG_DFL)
    raise Ended(128 + number)
