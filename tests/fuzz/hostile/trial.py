"""One hostile file through the real command: what it came to, what it took, and what was wrong.

Right is: read, and the counts add up; or one plain sentence and exit code 2. Either way in ten
seconds and 1 GiB, with store and folder as they were, nothing left over and nothing logged.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.originals import TODAY, Originals
from tests.imports.process.conftest import children
from tests.support.command import Said, caseworker, one_sentence

PATIENCE = 180
"""Seconds after which something hangs, however busy the machine is."""

SECONDS, BYTES = 10.0, 1 << 30


class _Hangs(BaseException):
    """It did not come to an end. No handler of ours takes it for an error."""


def _hangs(_signal: int, _frame: object) -> None:
    raise _Hangs


@dataclass(frozen=True, slots=True)
class Attempt:
    """What to try.

    Attributes:
        kind, way: what it is, and its trick.
        line: the command line.
        about: names of the files it is about; a sentence names one of them.
        given: what comes on standard input.
    """

    kind: str
    way: str
    line: tuple[object, ...]
    about: tuple[str, ...] = ()
    given: bytes = b""


@dataclass(slots=True)
class Came:
    """What an attempt came to.

    Attributes:
        seconds: by the clock on the wall.
        worked: seconds of the processor, the reading process's with them.
        memory: bytes, at most.
    """

    attempt: Attempt
    said: Said
    seconds: float
    worked: float
    memory: int
    wrong: list[str] = field(default_factory=list)


def run(attempt: Attempt, folder: Path, originals: Originals, *, as_process: bool = False) -> Came:
    """Try it in a folder that holds its files, and judge."""
    temp = folder.with_name(f"{folder.name}-temp")
    temp.mkdir()
    before = (contents(folder), contents(originals.store.parent))
    kept, tempfile.tempdir = tempfile.tempdir, str(temp)
    os.environ["TMPDIR"] = str(temp)
    signal.signal(signal.SIGALRM, _hangs)
    signal.alarm(PATIENCE)
    try:
        came = (_as_process if as_process else _here)(attempt)
    except _Hangs:
        came = Came(attempt, Said(-1, "", ""), float(PATIENCE), 0.0, 0)
    finally:
        signal.alarm(0)
        tempfile.tempdir = kept
        del os.environ["TMPDIR"]
    _judge(came)
    after = (contents(folder), contents(originals.store.parent))
    if after != before and not _mended_key(attempt, before, after):
        came.wrong.append("a file was changed, made or lost")
    left = [path.name for path in temp.rglob("*")]
    if left:
        came.wrong.append(f"left over: {left[:3]}")
    if children(os.getpid()):
        came.wrong.append("a reading process is still there")
    return came


def _here(attempt: Attempt) -> Came:
    _forget_peak()
    began, before = time.monotonic(), _processor()
    said = caseworker(*attempt.line, given=attempt.given)
    seconds, worked = time.monotonic() - began, _processor() - before
    status = Path("/proc/self/status").read_text()
    own = int(status.partition("VmHWM:")[2].split()[0]) << 10
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    return Came(attempt, said, seconds, worked, own + child)


def _as_process(attempt: Attempt) -> Came:
    # Until a child starts its program it is this process: what drawing the file took would count.
    _forget_peak()
    began, before = time.monotonic(), _processor()
    line = [sys.executable, "-m", "caseworker_app", *map(str, attempt.line)]
    with subprocess.Popen(
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        out, err = process.communicate(attempt.given)
    seconds, worked = time.monotonic() - began, _processor() - before
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    said = Said(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
    return Came(attempt, said, seconds, worked, child)


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _processor() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _judge(came: Came) -> None:
    said, wrong, attempt = came.said, came.wrong, came.attempt
    # A machine that has more to do than it has processors for is as much slower.
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    if came.worked > SECONDS or came.seconds > SECONDS * busy:
        wrong.append(f"{came.seconds:.1f} seconds, {came.worked:.1f} of the processor")
    if came.memory > BYTES:
        wrong.append(f"{came.memory >> 20} MiB")
    if said.code == 2:
        # The clock's faults come a line each.
        lines = said.err.splitlines() if attempt.kind == "clock" else [said.err]
        if not lines or not all(one_sentence(Said(2, said.out, line)) for line in lines):
            wrong.append("not one plain sentence")
        if "Quote reference" in said.err:
            wrong.append("not foreseen")
        if attempt.about and not any(name in said.err for name in attempt.about):
            wrong.append("the sentence names no file")
    elif said.code == 0 or (said.code == 1 and attempt.kind == "store"):
        wrong += _does_not_add_up(attempt, said)
        told = said.err.splitlines()
        if told and not (attempt.kind == "store" and all(_is_told(line) for line in told)):
            wrong.append("something on standard error")
    else:
        wrong.append(f"exit code {said.code}")


_Contents = tuple[dict[str, str], dict[str, str]]


def _mended_key(attempt: Attempt, before: _Contents, after: _Contents) -> bool:
    """Whether nothing but one of the two copies of a store's key was put right by the other."""
    changed = {path for path, data in after[0].items() if before[0].get(path) != data}
    gone = before[0].keys() - after[0].keys()
    return (
        attempt.kind == "store"
        and before[1] == after[1]
        and all(".key" in Path(path).name for path in changed | gone)
    )


def _is_told(line: str) -> bool:
    return one_sentence(Said(0, "", line))


def _does_not_add_up(attempt: Attempt, said: Said) -> list[str]:
    if attempt.line[0] != "import":
        return []
    try:
        told = json.loads(said.out)
    except ValueError:
        return ["no JSON"]
    counts = [
        told[name] for name in ("cases_created", "cases_updated", "rows_unchanged", "further_rows")
    ]
    if told["rows_read"] != sum(counts) + len(told["parked"]):
        return [f"{told['rows_read']} rows are not {counts} and {len(told['parked'])} parked"]
    return []


def contents(folder: Path) -> dict[str, str]:
    """Every plain file of a folder, by what it holds; large ones by their length."""
    found = {}
    for path in folder.rglob("*"):
        about = path.lstat()
        whole = path.is_file() and not path.is_symlink() and about.st_size < 5_000_000
        found[str(path)] = (
            hashlib.sha256(path.read_bytes()).hexdigest() if whole else f"{about.st_size}"
        )
    return found


def import_line(file: Path, originals: Originals, new: bool, *more: object) -> tuple[object, ...]:
    """An import that is not kept: into nothing, or into the store with children."""
    store = file.with_name("new") if new else originals.store
    return ("import", file, "--store", store, "--dry-run", "--json", "--today", TODAY, *more)
