"""Old binary workbooks (.xls), the smallest that can be read: one sheet of texts and numbers."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def book(rows: Sequence[Sequence[str | int]], *, column_of_last: int | None = None) -> bytes:
    """A workbook with these rows; the last cell may be put into another column."""
    cells = [(at, column, value) for at, row in enumerate(rows) for column, value in enumerate(row)]
    if column_of_last is not None:
        cells[-1] = (cells[-1][0], column_of_last, cells[-1][2])
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += b"".join(_cell(*cell) for cell in cells) + _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = b"Tracker"
    length = len(start) + 4 + 8 + len(name) + 4
    bound = struct.pack("<IBBBB", length, 0, 0, len(name), 0) + name
    stream = start + _record(0x0085, bound) + _record(0x000A, b"") + sheet
    return _file(stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0"))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: str | int) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _file(stream: bytes) -> bytes:
    """The compound file around a stream: header, table of sectors, directory, stream."""
    sectors = len(stream) // _SECTOR
    fat = [_FAT, _END, *range(3, 2 + sectors), _END]
    fat += [_FREE] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x003E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return header + struct.pack("<128I", *fat) + entries.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
    text = name.encode("utf-16-le")
    below = _FREE if kind != 5 else child
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, _FREE, below)
        + bytes(36)
        + struct.pack("<IQ", start, length)
    )
