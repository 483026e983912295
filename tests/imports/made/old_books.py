"""Old binary workbooks (.xls), the smallest that can be read: one sheet of texts and numbers."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date, timedelta

from tests.imports.made.flavours import Error, Month, Value

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def book(
    rows: Sequence[Sequence[Value]],
    *,
    column_of_last: int | None = None,
    hidden: frozenset[int] = frozenset(),
    struck: frozenset[int] = frozenset(),
    from_1904: bool = False,
    formula: bool = False,
) -> bytes:
    """A workbook with these rows.

    Args:
        column_of_last: the column that the last cell is put into.
        formula: the last cell of the last row is followed by one with a formula.
    """
    cells = [
        (at, column, value)
        for at, row in enumerate(rows)
        for column, value in enumerate(row)
        if value is not None
    ]
    if column_of_last is not None:
        cells[-1] = (cells[-1][0], column_of_last, cells[-1][2])
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for at in hidden:
        sheet += _record(0x0208, struct.pack("<HHHHHHI", at, 0, 9, 255, 0, 0, 0x20 | 0x100))
    for at, column, value in cells:
        sheet += _cell(at, column, value, from_1904, struck=at in struck)
    if formula:
        place = struct.pack("<HHH", len(rows), 0, _PLAIN)
        sheet += _record(0x0006, place + struct.pack("<dHIHBH", 1.0, 0, 0, 3, 0x1E, 1))
    sheet += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start += _record(0x0022, struct.pack("<H", int(from_1904))) + _looks()
    name = b"Tracker"
    length = len(start) + 4 + 8 + len(name) + 4
    bound = struct.pack("<IBBBB", length, 0, 0, len(name), 0) + name
    stream = start + _record(0x0085, bound) + _record(0x000A, b"") + sheet
    return _file(stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0"))


_PLAIN, _DAY, _MONTH, _STRUCK, _STRUCK_DAY = range(5)
_ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}


def _looks() -> bytes:
    """Two fonts, the second struck through; and the formats that cells name."""
    fonts = b"".join(
        _record(0x0031, struct.pack("<HHHHHBBBBBB", 200, flags, 8, 400, 0, 0, 0, 0, 0, 1, 0) + b"A")
        for flags in (0, 0x8)
    )
    formats = b"".join(
        _record(0x00E0, struct.pack("<HHHBBBBIIH", font, number, 1, 0x20, 0, 0, 0xFC, 0, 0, 0))
        for font, number in ((0, 0), (0, 14), (0, 17), (1, 0), (1, 14))
    )
    return fonts + formats


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: Value, from_1904: bool, *, struck: bool) -> bytes:
    if isinstance(value, Month | date):
        day = value.on if isinstance(value, Month) else value
        look = _MONTH if isinstance(value, Month) else _STRUCK_DAY if struck else _DAY
        first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        number = (day - first) // timedelta(days=1)
        return _record(0x0203, struct.pack("<HHHd", row, column, look, number))
    place = struct.pack("<HHH", row, column, _STRUCK if struck else _PLAIN)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
    if isinstance(value, Error):
        return _record(0x0205, place + struct.pack("<BB", _ERRORS[value.text], 1))
    assert isinstance(value, int | float)
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
