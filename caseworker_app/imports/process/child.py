"""The process that reads strangers' files: one request in, signs of life and an answer out.

It is started by `parent`, with nothing in its environment that is anybody's business, and it ends
with the answer. What it says goes out by a stream of its own, so that nothing a library prints can
be taken for it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Iterator, Sequence
from datetime import date
from io import FileIO
from pathlib import Path
from typing import Any

from caseworker_app.imports.process import confine, frames
from caseworker_app.imports.process.limits import MEMORY


def main() -> int:
    """Read what is asked for on standard input; the value is the exit code."""
    # There is little to collect, and what is taken up is given back by ending.
    gc.disable()
    out = FileIO(os.dup(1), "wb")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _send_to_nowhere((1, 2))
    asked = frames.read(FileIO(0, "rb", closefd=False), frozenset({frames.REQUEST}))
    if asked is None:
        return 1
    request = json.loads(asked[1])
    confine.limit(MEMORY, request["parent"])
    reserve = bytearray(1 << 20)
    try:
        for kind, data in _answer(out, request):
            frames.write(out, kind, data)
    except MemoryError:
        del reserve
        frames.write(out, frames.NO_MEMORY)
    return 0


def _answer(out: FileIO, request: dict[str, Any]) -> Iterator[tuple[bytes, bytes]]:
    """What to say at the end, in order."""
    from caseworker_app.domain.errors import Refused, Unreadable
    from caseworker_app.files import beyond
    from caseworker_app.imports import reading
    from caseworker_app.imports.process import answer

    plain = request["wanted"] == "RawRows"
    if plain:
        from caseworker_app.imports import plain_rows

    try:
        _tell_of_life(out)
        confine.renounce()
        frames.write(out, frames.HELLO)
        paths, told = [Path(name) for name in _paths(request["paths"])], _Steps(out)
        if plain:
            yield from answer.pieces(plain_rows.read(paths, told))
            return
        incoming = reading.read(
            paths,
            mapping=next((Path(name) for name in _paths(request["mapping"])), None),
            today=date.fromisoformat(request["today"]),
            progress=told,
        )
        yield from answer.pieces(incoming)
    except (Refused, Unreadable) as error:
        named = type(error).__name__, error.sentence[:5000], getattr(error, "field", "")
        yield frames.REFUSAL, frames.packed(named)
    except (MemoryError, frames.TooMuch, RecursionError):
        yield frames.NO_MEMORY, b"null"
    except Exception as error:  # noqa: BLE001  (a bug is told as one, by where it stands)
        if said := beyond(error):
            yield frames.REFUSAL, frames.packed(("Unreadable", said, ""))
            return
        import traceback

        steps = reversed(traceback.extract_tb(error.__traceback__))
        where = " < ".join(f"{step.name}:{step.lineno}" for step in steps)
        yield frames.BUG, frames.packed([type(error).__name__, where[:2000]])


def _paths(encoded: Sequence[str]) -> list[str]:
    return [os.fsdecode(bytes.fromhex(name)) for name in encoded]


def _tell_of_life(out: FileIO) -> None:
    from caseworker_app.imports.pulse import PULSE

    PULSE.listen(
        lambda count: frames.write(out, frames.BYTES, str(count).encode()),
        lambda count: frames.write(out, frames.ROWS, str(count).encode()),
    )


class _Steps:
    """The progress of the reading, told as it is, and as rows gone through."""

    def __init__(self, out: FileIO) -> None:
        self._out, self._done, self._words = out, 0, ""

    def __call__(self, done: int, total: int, words: str) -> None:
        if words == self._words and done > self._done:
            frames.write(self._out, frames.ROWS, str(done - self._done).encode())
        self._done, self._words = done, words
        frames.write(self._out, frames.PROGRESS, frames.packed([done, total, words[:500]]))


def _send_to_nowhere(streams: Sequence[int]) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in streams:
        os.dup2(nowhere, stream)
    os.close(nowhere)
