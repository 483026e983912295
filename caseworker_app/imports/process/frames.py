"""What the two processes say to each other: a letter, a length, and so many bytes of JSON.

The one that reads strangers' files may have been taken over by one of them. So nothing that can do
more than be a value is taken from it, and never more at once than `LARGEST_FRAME`.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Protocol

from caseworker_app.imports.process.limits import LARGEST_FRAME

HELLO, BYTES, ROWS, PROGRESS = b"H", b"B", b"W", b"P"
PART, WHOLE, REFUSAL, NO_MEMORY, BUG = b"R", b"D", b"E", b"M", b"X"
KINDS = frozenset({HELLO, BYTES, ROWS, PROGRESS, PART, WHOLE, REFUSAL, NO_MEMORY, BUG})
REQUEST = b"Q"

_HEAD = struct.Struct(">cI")


class Garbled(Exception):
    """What came is not what the other process says while it is itself."""


class TooMuch(Exception):
    """There is more to say than may be said at once."""


class Readable(Protocol):
    """An unbuffered stream to read from."""

    def read(self, size: int, /) -> bytes | None:
        """At most so many bytes, none at the end."""
        ...


class Writable(Protocol):
    """An unbuffered stream to write to."""

    def write(self, data: memoryview, /) -> int | None:
        """Write some of the bytes; how many."""
        ...


def packed(value: object) -> bytes:
    """A value as JSON; lone surrogates go through as they are.

    Raises:
        TooMuch: it is longer than a frame may be.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > LARGEST_FRAME:
        raise TooMuch
    return data


def unpacked(data: bytes) -> Any:  # noqa: ANN401  (whatever it is, it is looked at next)
    """What JSON says. Raises `Garbled`."""
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise Garbled from error


def write(stream: Writable, kind: bytes, data: bytes = b"null") -> None:
    """Say one thing whole."""
    left = memoryview(_HEAD.pack(kind, len(data)) + data)
    while left:
        left = left[stream.write(left) or 0 :]


def read(stream: Readable, kinds: frozenset[bytes] = KINDS) -> tuple[bytes, bytes] | None:
    """The next thing said, as kind and data; None when the other process has ended.

    Raises:
        Garbled: it is of no kind there is, too long, or breaks off.
    """
    head = _exactly(stream, _HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise Garbled
    kind, length = _HEAD.unpack(head)
    if kind not in kinds or length > LARGEST_FRAME:
        raise Garbled
    data = _exactly(stream, length)
    if len(data) < length:
        raise Garbled
    return kind, data


def _exactly(stream: Readable, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = stream.read(length)
        if not part:
            break
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
