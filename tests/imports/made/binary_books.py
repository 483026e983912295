"""Workbooks in Excel's binary form (.xlsb), the smallest that can be read."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta

from tests.imports.made.flavours import Error, Month, Value

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}


def book(
    rows: Sequence[Sequence[Value]],
    *,
    hidden: frozenset[int] = frozenset(),
    struck: frozenset[int] = frozenset(),
    from_1904: bool = False,
    formula: bool = False,
    packed: bool = True,
) -> bytes:
    """A workbook with these rows.

    Args:
        formula: the first number is the result of a formula.
        packed: whole numbers take four bytes, as Excel writes them.
    """
    texts = list(dict.fromkeys(one for row in rows for one in row if isinstance(one, str)))
    bound = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Tracker")
    parts = {
        "xl/workbook.bin": _record(131)
        + _record(153, struct.pack("<III", int(from_1904), 0, 0))
        + _record(143)
        + _record(156, bound)
        + _record(144)
        + _record(132),
        "xl/styles.bin": _styles(),
        "xl/sharedStrings.bin": _record(159, struct.pack("<II", len(texts), len(texts)))
        + b"".join(_record(19, b"\0" + _wide(text)) for text in texts)
        + _record(160),
        "xl/worksheets/sheet1.bin": _sheet(rows, texts, hidden, struck, from_1904, formula, packed),
    }
    types = "".join(
        f'<Override PartName="/{path}" ContentType="application/vnd.ms-excel.{kind}"/>'
        for path, kind in zip(
            parts,
            ("sheet.binary.macroEnabled.main", "styles", "sharedStrings", "worksheet"),
            strict=True,
        )
    )
    kinds = {"worksheet": "worksheets/sheet1", "styles": "styles", "sharedStrings": "sharedStrings"}
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{path}.bin"/>'
        for at, (kind, path) in enumerate(kinds.items(), 1)
    )
    main = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'
        )
        for path, told in (("_rels/.rels", main), ("xl/_rels/workbook.bin.rels", links)):
            archive.writestr(
                path, f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
            )
        for path, data in parts.items():
            archive.writestr(path, data)
    return out.getvalue()


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    told = b""
    while True:
        part, length = length & 0x7F, length >> 7
        told += bytes([part | (0x80 if length else 0)])
        if not length:
            return head + told + body


def _wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _styles() -> bytes:
    def font(flags: int) -> bytes:
        return _record(43, struct.pack("<HHHHBBBB", 220, flags, 400, 0, 0, 2, 0, 0) + bytes(9))

    looks = [(0, 0), (164, 0), (17, 0), (0, 1), (164, 1)]
    return (
        _record(278)
        + _record(615, struct.pack("<I", 1))
        + _record(44, struct.pack("<H", 164) + _wide("dd/mm/yyyy"))
        + _record(616)
        + _record(611, struct.pack("<I", 2))
        + font(0)
        + font(0x8)
        + _record(612)
        + _record(617, struct.pack("<I", len(looks)))
        + b"".join(
            _record(47, struct.pack("<HHHHHHI", 0, number, used, 0, 0, 0, 0))
            for number, used in looks
        )
        + _record(618)
        + _record(279)
    )


def _sheet(
    rows: Sequence[Sequence[Value]],
    texts: list[str],
    hidden: frozenset[int],
    struck: frozenset[int],
    from_1904: bool,
    formula: bool,
    packed: bool,
) -> bytes:
    width = max(len(row) for row in rows)
    data = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    data += _record(145)
    for at, row in enumerate(rows):
        flags = 0x10 if at in hidden else 0
        data += _record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, flags, 0, 0))
        for column, value in enumerate(row):
            style = 3 if at in struck else 0
            data += _cell(column, value, style, texts, from_1904, formula, packed)
            formula = formula and isinstance(value, str)
    return data + _record(146) + _record(130)


def _cell(
    column: int,
    value: Value,
    style: int,
    texts: list[str],
    from_1904: bool,
    formula: bool,
    packed: bool,
) -> bytes:
    if value is None:
        return _record(1, struct.pack("<II", column, style))
    if isinstance(value, str):
        return _record(7, struct.pack("<III", column, style, texts.index(value)))
    if isinstance(value, Error):
        return _record(3, struct.pack("<IIB", column, style, _ERRORS[value.text]))
    if isinstance(value, bool):
        return _record(4, struct.pack("<IIB", column, style, value))
    day = value.on if isinstance(value, Month) else value
    if isinstance(day, date):
        style = 2 if isinstance(value, Month) else 4 if style else 1
        first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        number: float = (day - first) // timedelta(days=1)
    else:
        assert isinstance(day, int | float)
        number = day
    if formula:
        return _record(9, struct.pack("<IIdHII", column, style, number, 0, 0, 0))
    if packed and isinstance(number, int) and abs(number) < 1 << 28:
        return _record(2, struct.pack("<IIi", column, style, number << 2 | 2))
    return _record(5, struct.pack("<IId", column, style, number))
