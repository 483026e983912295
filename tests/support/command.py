"""Run the command line in this process, as the installed program would."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from caseworker_app import bootstrap


@dataclass(frozen=True, slots=True)
class Said:
    """What a command came to: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


def caseworker(*arguments: object, given: bytes | str = b"") -> Said:
    """Run `caseworker` with these arguments and this on standard input."""
    stdin = given.encode() if isinstance(given, str) else given
    with _streams(stdin) as (out, err):
        code = bootstrap.main([str(argument) for argument in arguments])
    return Said(code, _text(out), _text(err))


def one_sentence(said: Said) -> bool:
    """Whether a failure came out as it should: one sentence on standard error, nothing else."""
    line = said.err.removesuffix("\n")
    return (
        said.out == ""
        and 0 < len(line) < 1000
        and "\n" not in line
        and line.isprintable()
        and line.endswith((".", "?", "!"))
        and "Traceback" not in line
        and "Error:" not in line
    )


@contextmanager
def _streams(stdin: bytes) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    sys.stdout, sys.stderr = out, err
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
