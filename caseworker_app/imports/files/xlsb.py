"""Workbooks in Excel's binary form (.xlsb) as sheets, record by record (MS-XLSB)."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.domain.incoming import Doubt, Place
from caseworker_app.imports.files import ooxml
from caseworker_app.imports.files.archive import Archive, Damaged, TooBig
from caseworker_app.imports.files.days import Days
from caseworker_app.imports.files.grid import LAST_ROW, Grid
from caseworker_app.imports.files.number_formats import BUILT_IN, Kind, look, shown_with_zeros
from caseworker_app.imports.files.sheets import Cell, Sheet, Shown
from caseworker_app.imports.files.xls import FORMULAS_UNTOLD
from caseworker_app.imports.files.xlsx_sheet import LONGEST_CELL
from caseworker_app.imports.files.xlsx_styles import MOST_TEXTS, Style

_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(8)
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = range(8, 12)
_RICH_TEXT = 62
_SHARED_ITEM, _FONT, _FORMAT, _XF = 19, 43, 44, 47
_COLUMNS, _BOOK, _SHEET, _MERGED = 60, 153, 156, 176
_BEGIN_XFS, _END_XFS = 617, 618
_LONGEST_RECORD = 4_000_000
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_FEWEST_BYTES = 8


def read(archive: Archive, path: str, file: str) -> list[Sheet]:
    """Every worksheet of the workbook whose main part is `path`, in its order.

    Raises:
        Damaged: a part is missing, broken off, or a cell stands where none can.
        TooBig: there is more in it than a tracker holds.
    """
    try:
        return _read(archive, path, file)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Damaged from error


def _read(archive: Archive, path: str, file: str) -> list[Sheet]:
    around = ooxml.links(archive, path)
    named = {link.kind.rpartition("/")[2]: link.path for link in around.values()}
    from_1904, listed = _book(archive, path)
    styles = _styles(archive, named.get("styles", ""))
    texts = _texts(archive, named.get("sharedstrings", ""))
    found, formulas = [], False
    for name, hidden, link_id in listed:
        link = around.get(link_id)
        if link is None:
            raise Damaged
        if not link.kind.endswith("/worksheet"):
            continue
        cells = _Cells(styles, texts, Days(from_1904=from_1904))
        for kind, body in _records(archive, link.path):
            cells.take(kind, body)
        cells.end_row()
        formulas = formulas or cells.formulas
        found.append(cells.grid.sheet(file, name, hidden=hidden, from_1904=from_1904))
    if formulas:
        doubt = Doubt(Place(file, ""), "", "", FORMULAS_UNTOLD)
        found[0] = replace(found[0], doubts=[*found[0].doubts, doubt])
    return found


def _records(archive: Archive, path: str) -> Iterator[tuple[int, bytes]]:
    """Every record of a part: its kind, and its bytes (2.1.4)."""
    if not path or path not in archive:
        return
    kept, at = b"", 0
    for piece in archive.pieces(path):
        kept, at = kept[at:] + piece, 0
        while (found := _header(kept, at)) is not None:
            kind, length, start = found
            if length > _LONGEST_RECORD:
                raise Damaged
            if start + length > len(kept):
                break
            yield kind, kept[start : start + length]
            at = start + length
    if at != len(kept):
        raise Damaged


def _header(data: bytes, at: int) -> tuple[int, int, int] | None:
    """A record's kind, its length, and where it starts; None where the bytes end before it."""
    if at >= len(data):
        return None
    kind = data[at]
    at += 1
    if kind & 0x80:
        if at >= len(data):
            return None
        kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
        at += 1
    length = 0
    for shift in (0, 7, 14, 21):
        if at >= len(data):
            return None
        byte = data[at]
        at += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, length, at


def _wide(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", body, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + length * 2
    if length > LONGEST_CELL or end > len(body):
        raise Damaged
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _book(archive: Archive, path: str) -> tuple[bool, list[tuple[str, bool, str]]]:
    """Whether days count from 1904; and each sheet's name, whether it is hidden, and its link."""
    from_1904, sheets = False, []
    for kind, body in _records(archive, path):
        if kind == _BOOK:
            from_1904 = bool(body[0] & 1)
        elif kind == _SHEET:
            (state,) = struct.unpack_from("<I", body)
            link, end = _wide(body, 8)
            sheets.append((_wide(body, end)[0], state != 0, link))
    return from_1904, sheets


def _texts(archive: Archive, path: str) -> list[str]:
    texts = []
    for kind, body in _records(archive, path):
        if kind == _SHARED_ITEM:
            texts.append(_wide(body, 1)[0])
            if len(texts) > MOST_TEXTS:
                raise TooBig
    return texts


def _styles(archive: Archive, path: str) -> list[Style]:
    codes: dict[int, str] = {}
    struck: list[bool] = []
    styles: list[Style] = []
    in_cells = False
    for kind, body in _records(archive, path):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _wide(body, 2)[0]
        elif kind == _FONT:
            struck.append(bool(struct.unpack_from("<2xH", body)[0] & 0x8))
        elif kind in (_BEGIN_XFS, _END_XFS):
            in_cells = kind == _BEGIN_XFS
        elif kind == _XF and in_cells:
            number, font = struct.unpack_from("<2xHH", body)
            found = look(codes[number]) if number in codes else BUILT_IN.get(number, look(""))
            styles.append(Style(found, font < len(struck) and struck[font]))
    return styles


@dataclass(slots=True)
class _Row:
    at: int = -1
    hidden: bool = False
    struck: bool = True


class _Cells:
    """The cells of one sheet as its records come."""

    def __init__(self, styles: Sequence[Style], texts: Sequence[str], days: Days) -> None:
        self.grid = Grid()
        self.formulas = False
        self._styles, self._texts, self._days = styles, texts, days
        self._row = _Row()
        self._cells: list[tuple[int, Cell]] = []

    def take(self, kind: int, body: bytes) -> None:
        """One record."""
        if kind == _ROW:
            self.end_row()
            (at,) = struct.unpack_from("<I", body)
            if at > LAST_ROW:
                raise Damaged
            height, flags = struct.unpack_from("<HxB", body, 8)
            self._row = _Row(at, hidden=bool(flags & 0x10) or height == 0)
        elif kind == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<IIIIH", body)
            if flags & 1 or width == 0:
                self.grid.hide_columns(first, last)
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            self.grid.merge(top, left, bottom, right)
        elif kind in _READ and kind != _BLANK:
            self._cell(kind, body)

    def end_row(self) -> None:
        """Lay out the row that ends."""
        if self._cells:
            row = self._row
            self.grid.add(row.at, self._cells, hidden=row.hidden, struck=row.struck)
        self._cells = []

    def _cell(self, kind: int, body: bytes) -> None:
        if len(body) < _FEWEST_BYTES or self._row.at < 0:
            raise Damaged
        column, packed = struct.unpack_from("<II", body)
        number = packed & 0xFFFFFF
        style = self._styles[number] if number < len(self._styles) else Style()
        self.formulas = self.formulas or (kind >= _FORMULA_TEXT and kind != _RICH_TEXT)
        value: Cell
        if kind == _SHARED:
            value = self._texts[struct.unpack_from("<I", body, 8)[0]]
        else:
            value = _READ[kind](body)
        if isinstance(value, float):
            value = self._number(value, style)
        if value == "":
            return
        self._cells.append((column, value))
        self._row.struck = self._row.struck and style.struck
        if style.look.month_only and isinstance(value, date):
            self.grid.month_only.add((self._row.at, column))

    def _number(self, number: float, style: Style) -> Cell:
        if not math.isfinite(number):
            return str(number)
        if style.look.kind is not Kind.NUMBER:
            return self._days.of(number, style.look.kind)
        whole = int(number) if number.is_integer() and abs(number) < 1e15 else number
        return shown_with_zeros(whole, style.look)


def _rk(body: bytes) -> float:
    """A number in four bytes (2.5.122)."""
    (packed,) = struct.unpack_from("<I", body, 8)
    if packed & 2:
        number = float(struct.unpack_from("<i", body, 8)[0] >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))
    return number / 100 if packed & 1 else number


def _real(body: bytes) -> float:
    return float(struct.unpack_from("<d", body, 8)[0])


def _bool(body: bytes) -> Cell:
    return bool(body[8])


def _error(body: bytes) -> Cell:
    return Shown(_ERRORS.get(body[8], "#ERR"), "an Excel error")


def _text(body: bytes) -> Cell:
    return _wide(body, 8)[0]


def _rich(body: bytes) -> Cell:
    return _wide(body, 9)[0]


def _nothing(body: bytes) -> Cell:  # noqa: ARG001
    return ""


_READ: dict[int, Callable[[bytes], Cell]] = {
    _BLANK: _nothing,
    _SHARED: _nothing,
    _RK: _rk,
    _ERROR: _error,
    _BOOL: _bool,
    _REAL: _real,
    _TEXT: _text,
    _RICH_TEXT: _rich,
    _FORMULA_TEXT: _text,
    _FORMULA_NUMBER: _real,
    _FORMULA_BOOL: _bool,
    _FORMULA_ERROR: _error,
}
