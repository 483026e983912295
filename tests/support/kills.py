"""SIGKILL at every rename and at drawn moments of what changes files; then what is there is judged.

Run by itself, as one process without threads: each act runs in a fork of it, which kills itself
before its k-th rename or removal (an audit hook of Python's sees them all), or is killed from
outside after a drawn time. Then, in another fork, the folder is opened as a person would.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.kill_acts import ACTS, Act, prepare

_SEEN = {"os.rename", "os.remove", "os.rmdir"}
_DONE = b"done\n"


class Killed(Exception):
    """What a run came to that it must not come to."""


def in_fork(work: Callable[[Callable[[bytes], None]], None]) -> tuple[int, int]:
    """Start `work` in a fork; the fork's id, and the reading end of what it says."""
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, read
    os.close(read)
    code = 1
    try:
        work(lambda words: os.write(write, words) and None)
        code = 0
    except BaseException:  # noqa: BLE001  (the fork must end here, whatever it is)
        os.write(write, traceback.format_exc().encode())
    finally:
        os._exit(code)


def all_said(read: int) -> bytes:
    said = b""
    while block := os.read(read, 65536):
        said += block
    os.close(read)
    return said


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@contextmanager
def _fresh(base: Path, folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    yield folder
    shutil.rmtree(folder)


def _act(act: Act, folder: Path, kill_at: int | None) -> Callable[[Callable[[bytes], None]], None]:
    def work(say: Callable[[bytes], None]) -> None:
        seen = 0

        def hook(name: str, given: Any) -> None:
            nonlocal seen
            if name in _SEEN and str(folder) in os.fsdecode(given[0]):
                seen += 1
                if seen == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        act.do(folder, lambda confirmed: say(confirmed.encode() + b"\n"))
        say(_DONE)
        if kill_at is None:
            say(f"seen {seen}\n".encode())

    return work


def _judged(act: Act, folder: Path, said: bytes) -> str:
    """What is wrong with what a killed act left; "" when nothing is."""
    confirmed = said.decode("utf-8", "replace").split("\n")[:-1]

    def judge(say: Callable[[bytes], None]) -> None:
        del say
        act.judge(folder, confirmed)

    pid, read = in_fork(judge)
    words = all_said(read)
    return "" if ended(pid) == 0 else words.decode("utf-8", "replace").strip()[-1200:]


def _at_rename(act: Act, base: Path, folder: Path, number: int) -> tuple[str, bool]:
    with _fresh(base, folder):
        pid, read = in_fork(_act(act, folder, number))
        said = all_said(read)
        killed = ended(pid) == -signal.SIGKILL
        if not killed and _DONE not in said:
            return f"{act.name}: failed by itself: {said.decode()[-800:]}", False
        wrong = _judged(act, folder, said)
        return (f"{act.name}, killed at rename {number}: {wrong}" if wrong else ""), killed


def _at_moment(act: Act, base: Path, folder: Path, after: float) -> str:
    with _fresh(base, folder):
        pid, read = in_fork(_act(act, folder, 0))
        # Whatever it says in the meantime stays in the pipe; it ends with the fork.
        select.select([], [], [], after)
        os.kill(pid, signal.SIGKILL)
        said = all_said(read)
        ended(pid)
        wrong = _judged(act, folder, said)
        return f"{act.name}, killed after {after:.3f} s: {wrong}" if wrong else ""


def _undisturbed(act: Act, base: Path, folder: Path) -> tuple[float, int]:
    """How long an act takes, and at how many renames and removals it can be killed."""
    with _fresh(base, folder):
        started = time.monotonic()
        pid, read = in_fork(_act(act, folder, None))
        said = all_said(read)
        took = time.monotonic() - started
        if ended(pid) != 0:
            raise Killed(f"{act.name} does not even run undisturbed: {said.decode()[-1200:]}")
        wrong = _judged(act, folder, said)
        if wrong:
            raise Killed(f"{act.name}, undisturbed: {wrong}")
        return took, int(said.rsplit(b"seen ", 1)[1])


def run(
    own: Path, moments: int, seed: int, names: tuple[str, ...] = (), renames: int = 0
) -> tuple[list[str], dict[str, int]]:
    """Kill each act at each of its renames, and all together at so many drawn moments.

    Args:
        own: an empty folder to work in.
        moments: how many drawn moments, shared out among the acts by how long they take.
        seed: of the draw.
        names: of the acts; all where none is given.
        renames: at how many renames of each act, drawn; 0 for each there is.

    Returns:
        What went wrong, and how many kills of which kind were survived.
    """
    base, folder = own / "base", own / "now"
    # Not in a fork: what is loaded for it here need not be loaded in each fork anew.
    acts = [act for act in ACTS if not names or act.name in names]
    prepare(base, demo=any(act.name == "demo" for act in acts))
    draw = random.Random(seed)
    wrong: list[str] = []
    counts = {"acts": len(acts), "renames": 0, "moments": 0}
    took: dict[str, float] = {}
    for act in acts:
        took[act.name], there = _undisturbed(act, base / act.base, folder)
        numbers = range(1, there + 1)
        for number in sorted(draw.sample(numbers, renames)) if renames else numbers:
            said_wrong, killed = _at_rename(act, base / act.base, folder, number)
            wrong += [said_wrong] if said_wrong else []
            counts["renames"] += killed
    for act in draw.choices(acts, k=moments):
        said_wrong = _at_moment(act, base / act.base, folder, draw.uniform(0, took[act.name]))
        wrong += [said_wrong] if said_wrong else []
        counts["moments"] += 1
    return wrong, counts


if __name__ == "__main__":
    few = [int(one.partition("=")[2]) for one in sys.argv[4:] if one.startswith("--renames=")]
    which = tuple(one for one in sys.argv[4:] if not one.startswith("--"))
    found, counted = run(
        Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), which, few[0] if few else 0
    )
    for one in found:
        print(one)  # noqa: T201
    print(counted)  # noqa: T201
    sys.exit(1 if found else 0)
