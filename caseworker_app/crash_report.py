"""What a window says of its own end when it ended by itself: where, and never what about.

While a window runs a small file stands in the folder of logs. Should the program break in a way
that nobody can catch, the interpreter writes there which lines it was at; a window that closes
takes the file away. What is found of a window that is gone is the report, for the next start.
"""

from __future__ import annotations

import contextlib
import faulthandler
import re
import secrets
import sys
import time
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from caseworker_app import __version__, locks, paths

_NAME = r"window-[0-9a-f]{8}\.running"
_FILE = r'File "([^"]*)"'
_AT = r"\d{4}-\d\d-\d\d "
"""How a line of the log begins; one of a traceback has no moment, and may name a folder."""
_OURS = r"(?:caseworker_app|site-packages|lib/python[0-9.]+)/.*"
_MOST = 60_000
_LINES = 40
_NOTHING = (
    "It left no word of where it was: it was ended from outside, or the computer stopped or went "
    "without power."
)


class Running:
    """A window that runs, from `begin` to `end`."""

    def __init__(self, path: Path, lock: locks.Lock, file: TextIOWrapper) -> None:
        self._path, self._lock, self._file = path, lock, file

    def end(self) -> None:
        """It closed as it should: nothing of it stays. A second time does nothing."""
        faulthandler.disable()
        self._file.close()
        with contextlib.suppress(OSError):
            self._path.unlink()
        self._lock.release()


class Report(NamedTuple):
    """One window that ended by itself.

    Attributes:
        text: the report, without a name of anybody.
        broke: whether it says where the program was; else it was ended from outside.
        path: the file it was made of; see `seen`.
    """

    text: str
    broke: bool
    path: Path

    def seen(self) -> None:
        """Somebody has read it: it is not shown again."""
        with contextlib.suppress(OSError):
            self.path.unlink()


def begin() -> Running | None:
    """Note that a window runs; None where the folder of logs takes no file."""
    try:
        path = paths.log_folder() / f"window-{secrets.token_hex(4)}.running"
        lock = locks.take(_lock_of(path), shared=False)
        if lock is None:
            return None
        file = path.open("w", encoding="utf-8")
        file.write(time.strftime("%Y-%m-%d %H:%M:%S %z") + "\n")
        file.flush()
    except OSError:
        return None
    faulthandler.enable(file)
    return Running(path, lock, file)


def ended() -> list[Report]:
    """A report of each window that is gone and did not close, the newest last."""
    try:
        there = sorted(one for one in paths.log_folder().iterdir() if re.fullmatch(_NAME, one.name))
    except OSError:
        return []
    found = []
    for path in there:
        with contextlib.suppress(OSError):
            lock = locks.take(_lock_of(path), shared=False)
            if lock is not None:
                lock.release()
                begun, _, left = path.read_text("utf-8", "replace")[:_MOST].partition("\n")
                found.append((begun, Report(_ended_words(begun, left), bool(left.strip()), path)))
    return [report for _, report in sorted(found, key=lambda one: one[0])]


def of_bug(reference: str) -> str:
    """The report of a bug that the window outlived, by its reference in the log."""
    lines = [line for line in _log_lines() if reference in line]
    return "\n".join((f"Something went wrong inside: {reference}", *_system(), "", *lines)) + "\n"


def _ended_words(begun: str, left: str) -> str:
    where = [re.sub(_FILE, _shortened, line) for line in left.splitlines() if line.strip()]
    since = [line for line in _log_lines() if re.match(_AT, line) and line[:19] >= begun[:19]]
    said = where[:_LINES] or [_NOTHING]
    log = ("", "In the log since:", *since[-_LINES:]) if since else ()
    head = "Caseworker ended by itself"
    return "\n".join((head, f"Begun: {begun}", *_system(), "", *said, *log)) + "\n"


def _shortened(found: re.Match[str]) -> str:
    """A file without the folders above the program: they may name whoever works here."""
    path = found[1].replace("\\", "/")
    ours = re.search(_OURS, path)
    return f'File "{ours[0] if ours else Path(path).name}"'


def _log_lines() -> list[str]:
    try:
        log = paths.log_folder() / "caseworker.log"
        return log.read_text("utf-8", "replace").splitlines()[-1000:]
    except OSError:
        return []


def _system() -> tuple[str, ...]:
    # Loaded when there is something to report.
    import platform

    return (
        f"Caseworker {__version__}",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
        f"Python {sys.version.split()[0]}",
    )


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")
