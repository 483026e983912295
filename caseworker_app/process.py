"""What this process keeps to itself, and how it ends when it is told to."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from caseworker_app import paths, scratch

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
