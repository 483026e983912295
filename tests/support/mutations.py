"""Ways for a file to be broken, from a seed: cut off, bits turned, parts lost, doubled or mixed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from random import Random
from typing import Any


def random_bytes(draw: Random, _whole: bytes) -> bytes:
    """Nothing of the file; now and then with the first bytes of a known format."""
    magic = draw.choice(
        (b"", b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{", b"\xef\xbb\xbf", b"SQLite format 3\0")
    )
    return magic + draw.randbytes(draw.choice((0, 1, 15, 16, 100, 512, 4096, 20_000)))


def cut_off(draw: Random, whole: bytes) -> bytes:
    """The file up to some byte short of its end."""
    return whole[: draw.randrange(len(whole))]


def flipped(draw: Random, whole: bytes) -> bytes:
    """The file with some bytes changed."""
    broken = bytearray(whole)
    for _ in range(draw.choice((1, 3, 20, 200))):
        broken[draw.randrange(len(broken))] = draw.randrange(256)
    return bytes(broken)


def holed(draw: Random, whole: bytes) -> bytes:
    """The file with a stretch lost, filled with zeros, doubled, or full of noise."""
    start = draw.randrange(len(whole))
    end = min(len(whole), start + draw.choice((1, 64, 1024, len(whole) // 3 + 1)))
    middle = draw.choice(
        (b"", bytes(end - start), whole[start:end] * 2, draw.randbytes(end - start))
    )
    return whole[:start] + middle + whole[end:]


def odd_characters(draw: Random, whole: bytes) -> bytes:
    """The file with characters put in that mean something to somebody."""
    odd = (
        b"\0",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b'"',
        b"=cmd()",
        b"]]>",
        b"\r",
        b",,,,",
        b"[" * 3000,
    )
    broken = bytearray(whole)
    for _ in range(draw.choice((1, 5, 30))):
        place = draw.randrange(len(broken) + 1)
        broken[place:place] = draw.choice(odd)
    return bytes(broken)


def inside_out(draw: Random, whole: bytes) -> bytes:
    """A zip whose members are broken and well packed; any other file as in `flipped`."""
    if not zipfile.is_zipfile(io.BytesIO(whole)):
        return flipped(draw, whole)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        unlucky = set(draw.sample(names, draw.randint(1, max(1, len(names) // 3))))
        for name in names:
            data = source.read(name)
            if name not in unlucky:
                target.writestr(name, data)
            elif draw.random() < 0.8 and data:
                target.writestr(name, draw.choice(IN_A_MEMBER)(draw, data))
    return packed.getvalue()


def strange_values(draw: Random, whole: bytes) -> bytes:
    """JSON that is well-formed, with some values and keys of another kind; else as `flipped`."""
    try:
        document = json.loads(whole)
    except ValueError:
        return flipped(draw, whole)
    spots = list(_spots(document))
    for _ in range(draw.choice((1, 1, 2, 5))):
        holder, key = draw.choice(spots)
        if isinstance(holder, dict) and draw.random() < 0.3:
            holder.pop(key, None)
        elif isinstance(holder, dict) or key < len(holder):
            holder[key] = draw.choice(STRANGE)
        if isinstance(holder, dict) and draw.random() < 0.2:
            holder[draw.choice(("kind", "on", "odd", "episode", "outcome"))] = draw.choice(STRANGE)
    return json.dumps(document).encode("utf-8", "surrogatepass")


STRANGE: tuple[object, ...] = (
    *(None, True, 0, -1, 1e308, float("nan"), 10**40, "", " ", "2026-02-30", "0001-01-01"),
    *("9999-12-31", "plan_sent", "\ud800", "x" * 5000, [], {}, [[]], {"on": {}}, ["2026-01-01"]),
)


def _spots(node: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(node, dict | list):
        for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
            yield node, key
            yield from _spots(value)


IN_A_MEMBER: tuple[Callable[[Random, bytes], bytes], ...] = (
    cut_off,
    flipped,
    holed,
    odd_characters,
)

WAYS: tuple[Callable[[Random, bytes], bytes], ...] = (
    random_bytes,
    cut_off,
    flipped,
    holed,
    odd_characters,
    inside_out,
    strange_values,
)


def broken(draw: Random, whole: bytes) -> tuple[str, bytes]:
    """One broken file, and the name of the way it was broken."""
    way = draw.choice(WAYS)
    return way.__name__, way(draw, whole)
