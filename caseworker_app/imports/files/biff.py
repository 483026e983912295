"""The old binary workbooks (.xls), looked at before Calamine opens them.

Calamine makes room for the whole square from the first cell to the last, so one altered byte in a
cell's column can ask for more memory than there is, and that ends the whole program. The layout of
the compound file is Microsoft's MS-CFB, that of the records MS-XLS.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ROWS, _COLUMNS = 65_536, 256
_MOST_CELLS = 6_000_000
_SMALLEST_STREAM = 4096
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, not in use."""

_DIMENSIONS, _BOUND_SHEET, _STRINGS, _END_OF_SHEET = 0x0200, 0x0085, 0x00FC, 0x000A
_CELLS = frozenset(
    {0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0406, 0x0207}
)


class Damaged(Exception):
    """The bytes are no old workbook, or cells stand where none can."""


def check(data: bytes) -> None:
    """See that every sheet fits into an old workbook and into memory.

    Raises:
        Damaged: it does not, or the file cannot be followed.
    """
    try:
        stream = _workbook(data)
        starts = [0, *(struct.unpack_from("<I", body)[0] for body in _sheets(stream))]
        for start in starts:
            _check_sheet(stream, start)
    except (struct.error, IndexError, ValueError) as error:
        raise Damaged from error


def _sheets(stream: bytes) -> Iterator[bytes]:
    """The records that say where each sheet begins."""
    for kind, body in _records(stream, 0):
        if kind == _BOUND_SHEET:
            yield body
        elif kind == _STRINGS and struct.unpack_from("<4xI", body)[0] > len(stream):
            raise Damaged
        elif kind == _END_OF_SHEET:
            return


def _check_sheet(stream: bytes, start: int) -> None:
    rows = columns = 0
    for kind, body in _records(stream, start):
        if kind == _END_OF_SHEET:
            break
        if kind == _DIMENSIONS:
            shape = "<IIHH" if len(body) == 14 else "<HHHH"
            top, bottom, left, right = struct.unpack_from(shape, body)
            if not (top <= bottom <= _ROWS and left <= right <= _COLUMNS):
                raise Damaged
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            if column >= _COLUMNS:
                raise Damaged
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    if rows * columns > _MOST_CELLS:
        raise Damaged


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _workbook(data: bytes) -> bytes:
    """The stream of records inside the compound file."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise Damaged
    size = 1 << shift
    directory, small_fat, more_fat = (
        struct.unpack_from("<I", data, place)[0] for place in (48, 60, 68)
    )

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    fat_sectors = [one for one in struct.unpack_from("<109I", data, 76) if one < _END]
    for _ in range(len(data) // size):
        if more_fat >= _END:
            break
        *listed, more_fat = struct.unpack(f"<{size // 4}I", sector(more_fat))
        fat_sectors += [one for one in listed if one < _END]
    fat = _numbers(b"".join(sector(one) for one in fat_sectors))
    entries = b"".join(sector(one) for one in _chain(fat, directory))
    root_start = 0
    for at in range(0, len(entries) - 127, 128):
        name_length, kind = struct.unpack_from("<64xHB", entries, at)
        name = entries[at : at + max(0, min(name_length, 64) - 2)].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<116xII", entries, at)
        if kind == 5:
            root_start = start
        elif name.lower() in ("workbook", "book"):
            if length >= _SMALLEST_STREAM:
                return b"".join(sector(one) for one in _chain(fat, start))[:length]
            small = b"".join(sector(one) for one in _chain(fat, root_start))
            fat_of_small = _numbers(b"".join(sector(one) for one in _chain(fat, small_fat)))
            parts = (small[one * 64 : (one + 1) * 64] for one in _chain(fat_of_small, start))
            return b"".join(parts)[:length]
    raise Damaged


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(table: tuple[int, ...], start: int) -> Iterator[int]:
    """The sectors from one on; a chain that bites its tail is damaged."""
    for _ in range(len(table) + 1):
        if start >= _END:
            return
        yield start
        start = table[start]
    raise Damaged
