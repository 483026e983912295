"""Zip archives that lie: about sizes, names, how often a part is there, and how much is in it."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from random import Random

Parts = Mapping[str, bytes]


def zipped(parts: Parts, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An honest archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


@cache
def _blown(unit: bytes, megabytes: int) -> tuple[bytes, int, int]:
    """A raw deflate stream of one unit again and again; with length and checksum."""
    block = (unit * ((1 << 20) // len(unit) + 1))[: 1 << 20]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(megabytes):
        check = zlib.crc32(block, check)
    last = zlib.compressobj(9, zlib.DEFLATED, -15).flush(zlib.Z_FINISH)
    return first * megabytes + last, megabytes << 20, check


def with_bomb(parts: Parts, name: str, head: bytes, unit: bytes, megabytes: int) -> bytes:
    """An archive whose one part unpacks to so much: a head, then a unit for ever."""
    stream, length, check = _blown(unit, megabytes)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    whole = zlib.crc32(head + b"") if head else 0
    # The checksum of two parts in a row is not worked out: what is read first is far too long.
    members = [(other, data, None) for other, data in parts.items() if other != name]
    return _raw(
        [*members, (name, start + stream, (len(head) + length, check if not head else whole))]
    )


def _raw(members: list[tuple[str, bytes, tuple[int, int] | None]]) -> bytes:
    """An archive from streams that are packed already, and from plain data."""
    body, directory = b"", b""
    for name, data, told in members:
        length, check = told or (len(data), zlib.crc32(data))
        if told is None:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            data = packer.compress(data) + packer.flush()  # noqa: PLW2901
        coded = name.encode()
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0, 8, 0, 0x21, check, len(data), length, len(coded), 0
        )
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + coded
        body += b"PK\x03\x04" + common + coded + data
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def size_lies(draw: Random, parts: Parts) -> bytes:
    """Sizes in the directory that are not true."""
    data = bytearray(zipped(parts))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        if draw.random() < 0.6:
            place = at + draw.choice((16, 20, 24))
            data[place : place + 4] = draw.choice(
                (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", draw.randbytes(4))
            )
    return bytes(data)


def twice(draw: Random, parts: Parts) -> bytes:
    """A part that is there twice, and once more in other letters."""
    packed = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                for _ in range(draw.choice((1, 2, 2, 5))):
                    archive.writestr(draw.choice((name, name, name.upper())), data)
                    data = draw.choice((data, b"", data[: len(data) // 2]))  # noqa: PLW2901
    return packed.getvalue()


def bad_names(draw: Random, parts: Parts) -> bytes:
    """Names that lead out of the archive, or are none."""
    odd = (
        "../../../etc/passwd",
        "/etc/passwd",
        "C:\\x",
        "..\\..\\x",
        "x" * 60_000,
        "",
        " ",
        "xl/../x",
    )
    more = {draw.choice(odd): b"x" for _ in range(3)}
    moved = {draw.choice(("/", "./", "", "../")) + name: data for name, data in parts.items()}
    whole = {**draw.choice((moved, parts)), **more}
    return _raw([(name, data, None) for name, data in whole.items()])


def many_parts(draw: Random, parts: Parts) -> bytes:
    """Thousands of empty parts."""
    count = draw.choice((500, 9_000, 60_000))
    return _raw([*((name, data, None) for name, data in parts.items()),
                 *((f"xl/{n}", b"", (0, 0)) for n in range(count))])  # fmt: skip


def one_for_all(draw: Random, parts: Parts) -> bytes:
    """Every entry of the directory leads to the same bytes, again and again."""
    data = zipped(parts)
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    directory = data[start:end] * draw.choice((2, 50, 2000))
    count = directory.count(b"PK\x01\x02")
    tail = struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), start, 0)
    return data[:start] + directory + b"PK\x05\x06" + tail


def odd_frames(draw: Random, parts: Parts) -> bytes:
    """Something before, behind or instead of a piece of the archive."""
    data = zipped(parts, method=draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    way = draw.randrange(5)
    if way == 0:
        return b"PK" + draw.randbytes(draw.choice((1, 30, 3000))) + data
    if way == 1:
        return data + draw.randbytes(draw.choice((1, 22, 70_000)))
    if way == 2:
        return data[: draw.randrange(4, len(data))]
    if way == 3:
        return data[:-2] + struct.pack("<H", 65_535) + b"PK\x05\x06" * 100
    return zipped({"xl/workbook.xml": data, **parts})


def flags(draw: Random, parts: Parts) -> bytes:
    """Parts said to be secret, or packed in a way nobody knows."""
    data = bytearray(zipped(parts))
    for mark, flag, method in ((b"PK\x01\x02", 8, 10), (b"PK\x03\x04", 6, 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + flag] |= draw.choice((0, 1, 8, 64))
            data[at + method] = draw.choice((8, 8, 0, 9, 12, 14, 93, 99))
    return bytes(data)


def flipped(draw: Random, parts: Parts) -> bytes:
    """Some bytes of the archive changed."""
    data = bytearray(zipped(parts))
    for _ in range(draw.choice((1, 5, 50))):
        data[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(data)


TRICKS: tuple[Callable[[Random, Parts], bytes], ...] = (
    size_lies, twice, bad_names, many_parts, one_for_all, odd_frames, flags, flipped,
)  # fmt: skip
