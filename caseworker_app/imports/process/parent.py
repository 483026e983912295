"""Starts the reading process, waits for it within its limits, and says in one sentence why not."""

from __future__ import annotations

import logging
import os
import queue
import re
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from caseworker_app.domain.errors import CaseworkerError, Refused, Unavailable, Unreadable
from caseworker_app.domain.incoming import Incoming
from caseworker_app.domain.incoming_records import RawRows
from caseworker_app.imports.process import ARGUMENT, answer, frames, windows
from caseworker_app.imports.process.allowance import Allowance, OutOfTime
from caseworker_app.imports.process.limits import LARGEST_ANSWER, MEMORY
from caseworker_app.services.plain_file import name_of
from caseworker_app.services.progress import Progress
from caseworker_app.services.without_collector import without_collector

_log = logging.getLogger("caseworker.reading")

_EVERY = 0.1
"""Seconds after which a progress is asked again whether to go on, though nothing is new."""

_LET_THROUGH = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("PYTHONHOME", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "USERPROFILE", "APPDATA"),
    *("LOCALAPPDATA", "TMPDIR", "TEMP", "TMP"),
)
"""Of the environment, which may hold a passphrase, what a program needs to start."""

_NOT_STARTED = "The process that reads files did not start. Nothing was read; try again."

_Said = tuple[bytes, bytes] | None


def read(
    paths: Sequence[Path], mapping: Path | None, today: date, progress: Progress | None
) -> Incoming:
    """What the files say; see `caseworker_app.imports.read`."""
    found: Incoming = _asked(paths, mapping, today, progress, Incoming)
    return found


def read_rows(paths: Sequence[Path], today: date, progress: Progress | None) -> RawRows:
    """Every filled row of the files, as it stands; see `imports.records.read`."""
    found: RawRows = _asked(paths, None, today, progress, RawRows)
    return found


def _asked(
    paths: Sequence[Path],
    mapping: Path | None,
    today: date,
    progress: Progress | None,
    wanted: type[Any],
) -> Any:  # noqa: ANN401  (a value of the class wanted)
    request = {
        "parent": os.getpid(),
        "paths": [os.fsencode(path).hex() for path in paths],
        "mapping": [] if mapping is None else [os.fsencode(mapping).hex()],
        "today": today.isoformat(),
        "wanted": wanted.__name__,
    }
    talk = Talk([name_of(path) for path in paths], progress, Allowance(time.monotonic()), wanted)
    with started(_line(), request) as working:
        return talk.hear(working)


class Working:
    """A reading process at work.

    Attributes:
        said: what it says, in order.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Take a process that was just started."""
        self._process = process
        self.said: queue.Queue[_Said | frames.Garbled] = queue.Queue(maxsize=8)

    def worked(self) -> float | None:
        """Seconds it has had the processor for, or None where the system does not tell."""
        if sys.platform != "linux" or self._process.returncode is not None:
            return None
        try:
            # A process's own clock, as clock_getcpuclockid(3) numbers it.
            return time.clock_gettime(~self._process.pid << 3 | 2)
        except OSError:
            return None


@contextmanager
def started(line: Sequence[str], request: dict[str, Any]) -> Iterator[Working]:
    """A process at work; it has ended when the `with` has.

    Args:
        line: the command line of the program.
        request: what it is asked.

    Raises:
        Unavailable: it could not be started, or not be given bounds.
    """
    over = threading.Event()
    process, job = _start(line)
    working = Working(process)
    assert process.stdin is not None
    assert process.stdout is not None
    listener = threading.Thread(
        target=_listen, args=(process.stdout, working.said, over), daemon=True
    )
    try:
        listener.start()
        # If it ended at once, that it says nothing tells so.
        with suppress(OSError):
            frames.write(process.stdin, frames.REQUEST, frames.packed(request))
        yield working
    finally:
        over.set()
        process.kill()
        job.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            # It hangs in a disk that does not answer. The kernel ends it once it does.
            _log.warning("a reading process could not be ended")
        else:
            listener.join()
            process.stdout.close()
        with suppress(OSError):
            process.stdin.close()


def _line() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    # Without -P the folder a person happens to be in could hold modules of a stranger's.
    return [sys.executable, "-P", "-m", "caseworker_app", ARGUMENT]


def _start(line: Sequence[str]) -> tuple[subprocess.Popen[bytes], windows.Job]:
    try:
        process = subprocess.Popen(  # noqa: S603  (our own program)
            line,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=windows.FLAGS,
        )
    except OSError as error:
        raise Unavailable(
            "The process that reads files could not be started: this computer has no room for one "
            "more program."
        ) from error
    try:
        return process, windows.Job(process, MEMORY)
    except OSError as error:
        process.kill()
        raise Unavailable("The process that reads files could not be given bounds.") from error


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _LET_THROUGH if name in os.environ}
    here = Path(__file__).resolve().parents[3]
    own = {
        # Where the program runs from its source; what is installed is found by itself.
        "PYTHONPATH": "" if here.name in ("site-packages", "dist-packages") else str(here),
        "PYTHONUTF8": "1",
        # Every arena of the allocator asks for room it does not use.
        "MALLOC_ARENA_MAX": "1",
    }
    return {**kept, **own}


def _listen(
    stream: frames.Readable, said: queue.Queue[_Said | frames.Garbled], over: threading.Event
) -> None:
    """Hand on what the process says until it ends or nobody waits any more."""
    while not over.is_set():
        heard: _Said | frames.Garbled
        try:
            heard = frames.read(stream)
        except frames.Garbled as error:
            heard = error
        except (OSError, ValueError):
            heard = None
        while not over.is_set():
            try:
                said.put(heard, timeout=_EVERY)
                break
            except queue.Full:
                continue
        if not isinstance(heard, tuple):
            return


class Talk:
    """What is heard of one reading, up to its answer."""

    def __init__(
        self,
        names: Sequence[str],
        progress: Progress | None,
        allowance: Allowance,
        wanted: type[Any] = Incoming,
    ) -> None:
        """Get ready to hear.

        Args:
            names: of the files, for sentences.
            progress: told how far the reading has come, also while that does not change.
            allowance: the time it may take.
            wanted: the class of the answer.
        """
        self._names = names
        self._progress = progress
        self._step = (0, 0, "Starting to read")
        self._allowance = allowance
        self._putting = answer.Putting(wanted)
        self._length = 0
        self._answering = ExitStack()

    def hear(self, working: Working) -> Any:  # noqa: ANN401  (a value of the class wanted)
        """Wait for the answer. Raises as `imports.read` does."""
        with self._answering:
            return self._hear(working)

    def _hear(self, working: Working) -> Any:  # noqa: ANN401
        while True:
            try:
                heard = working.said.get(timeout=_EVERY)
            except queue.Empty:
                heard = (b"", b"")
            try:
                whole = self._take(heard, working.worked())
                self._allowance.check(time.monotonic(), working.worked())
            except frames.Garbled as error:
                raise self._died() from error
            except OutOfTime as error:
                raise self._out_of_time() from error
            if whole is not None:
                return whole
            if self._progress is not None:
                self._progress(*self._step)

    def _take(self, heard: _Said | frames.Garbled, worked: float | None) -> Any:  # noqa: ANN401
        if isinstance(heard, frames.Garbled):
            raise heard
        if heard is None:
            raise self._died()
        kind, data = heard
        now = time.monotonic()
        if kind in (frames.PART, frames.WHOLE):
            return self._take_answer(kind, data)
        if kind == frames.PROGRESS:
            self._step = _step(frames.unpacked(data))
        elif kind == frames.HELLO:
            self._allowance.begin(now, worked)
        elif kind == frames.BYTES:
            self._allowance.bytes_came(_count(data), now)
        elif kind == frames.ROWS:
            self._allowance.rows_read(_count(data))
        elif kind == frames.REFUSAL:
            raise _refusal(frames.unpacked(data))
        elif kind == frames.NO_MEMORY:
            raise self._out_of_memory()
        elif kind == frames.BUG:
            raise self._bug(frames.unpacked(data))
        return None

    def _take_answer(self, kind: bytes, data: bytes) -> Any:  # noqa: ANN401
        if not self._length:
            self._answering.enter_context(without_collector())
        self._length += len(data)
        if self._length > LARGEST_ANSWER:
            raise self._out_of_memory()
        if kind == frames.WHOLE:
            return self._putting.end(data)
        self._putting.take(data)
        return None

    def _which(self) -> str:
        """The file it happened with, as far as that is known."""
        if len(self._names) == 1:
            return self._names[0]
        opened = [name for name in self._names if self._step[2] == f"Opening {name}"]
        return opened[0] if opened else f"One of the {len(self._names)} files"

    def _died(self) -> CaseworkerError:
        if not self._allowance.begun:
            return Unavailable(_NOT_STARTED)
        return Unreadable(
            f"{self._which()} is damaged or made to do harm: it ended the process that reads files."
        )

    def _out_of_time(self) -> CaseworkerError:
        if not self._allowance.begun:
            return Unavailable(_NOT_STARTED)
        return Unreadable(
            f"{self._which()} takes longer to read than any tracker should and was given up: it "
            "is damaged, or holds far more than it seems to."
        )

    def _out_of_memory(self) -> Unreadable:
        return Unreadable(
            f"{self._which()} takes more than {MEMORY >> 20} MiB of memory to read, more than any "
            "tracker should: it is damaged, or holds far more than it seems to."
        )

    def _bug(self, told: object) -> Unreadable:
        reference = secrets.token_hex(4).upper()
        match told:
            case [str(kind), str(where)] if re.fullmatch(r"[\w.<>: ]{1,2100}", f"{kind} {where}"):
                _log.error("%s %s at %s", reference, kind, where)
            case _:
                raise frames.Garbled
        return Unreadable(
            f"{self._which()} could not be read: something in it was not foreseen. Quote reference "
            f"{reference}."
        )


def _step(told: object) -> tuple[int, int, str]:
    match told:
        case [int(done), int(total), str(words)] if abs(done) < 1 << 31 and abs(total) < 1 << 31:
            return done, total, words
    raise frames.Garbled


def _count(data: bytes) -> int:
    if not data.isdigit() or len(data) > 12:
        raise frames.Garbled
    return int(data)


def _refusal(told: object) -> CaseworkerError:
    match told:
        case [str(kind), str(sentence), str(field)] if len(sentence) <= 5000:
            return Refused(sentence, field) if kind == "Refused" else Unreadable(sentence)
    raise frames.Garbled
