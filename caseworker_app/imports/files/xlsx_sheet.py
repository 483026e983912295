"""The cells of one worksheet, as Excel shows them, in one pass over its XML."""

from __future__ import annotations

import math
from datetime import date

from caseworker_app.imports.files import days
from caseworker_app.imports.files.archive import Archive, Damaged, TooBig
from caseworker_app.imports.files.grid import LAST_COLUMN, LAST_ROW, Grid
from caseworker_app.imports.files.markup import DEEPEST, LOCAL, BadMarkup, is_true, parse
from caseworker_app.imports.files.number_formats import Kind, shown_with_zeros
from caseworker_app.imports.files.sheets import Cell, Shown
from caseworker_app.imports.files.xlsx_styles import Style, Texts, is_struck, unescaped

LONGEST_CELL = 100_000
"""Letters of one cell; Excel allows 32,767."""

MOST_SEEN = 8_000_000
"""Cells that a sheet names, the blank ones too: formats may reach far beyond a table."""

_DIGITS = "0123456789"
_MOST_REMEMBERED = 50_000
_PLAIN = Style()
_ERROR, _NOT_CALCULATED = "an Excel error", "a formula that was never calculated"


class Context:
    """What the workbook says to all its sheets: formats, shared texts, its first day."""

    def __init__(
        self, styles: list[Style], texts: Texts, *, from_1904: bool, recalculates: bool
    ) -> None:
        self.styles = {str(at): style for at, style in enumerate(styles) if style != _PLAIN}
        self.texts = texts
        self.days = days.Days(from_1904=from_1904)
        self.recalculates = recalculates


def read(archive: Archive, path: str, context: Context) -> Grid:
    """The cells of the worksheet in a part.

    Raises:
        Damaged: a cell stands where none can.
        TooBig: it holds more than a tracker.
        BadMarkup: by the XML.
    """
    cells = _Cells(context)
    parse(archive.pieces(path), cells)
    return cells.grid


class _Cells:
    """The handler of a worksheet; it is called some ten times a cell, so it is kept plain."""

    def __init__(self, context: Context) -> None:
        self.grid = Grid()
        self._context = context
        self._styles = context.styles
        self._depth = self._seen = self._told_columns = 0
        self._columns: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], Cell] = {}
        self._in_cells = False
        self._keeps: list[str] | None = None
        self._row, self._row_hidden, self._row_known = -1, False, False
        self._cells: list[tuple[int, Cell]] = []
        self._all_struck = True
        self._about: dict[str, str] = {}
        self._column = -1
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._length = 0
        self._phonetic = False
        self._run_struck = self._part_plain = self._part_struck = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadMarkup
        local = LOCAL[name]
        if not self._in_cells:
            self._around(local, attributes)
        elif local == "c":
            self._about = attributes
            self._seen += 1
            self._part_struck = self._part_plain = self._run_struck = False
            self._value = []
            self._formula = None
            self._length = 0
        elif local == "v" or (local == "t" and not self._phonetic):
            self._keeps = self._value
        elif local == "is":
            return
        elif local == "row":
            self._begin_row(attributes)
        elif local == "f":
            self._keeps = self._formula = []
        elif local == "r":
            self._run_struck = False
        elif local == "rPh":
            self._phonetic = True
        elif is_struck(local, attributes):
            self._run_struck = True

    def chars(self, text: str) -> None:
        keeps = self._keeps
        if keeps is not None:
            keeps.append(text)
            if len(keeps) > 1:
                self._see_length(keeps)
            if self._run_struck:
                self._part_struck = True
            else:
                self._part_plain = True

    def _see_length(self, keeps: list[str]) -> None:
        self._length += len(keeps[-1])
        if self._length > LONGEST_CELL:
            raise TooBig

    def end(self, name: str) -> None:
        self._depth -= 1
        if not self._in_cells:
            return
        local = LOCAL[name]
        if local == "c":
            self._end_cell()
            return
        self._keeps = None
        if local == "row":
            self._end_row()
        elif local == "rPh":
            self._phonetic = False
        elif local == "sheetData":
            self._in_cells = False

    def _around(self, local: str, attributes: dict[str, str]) -> None:
        if local == "sheetData":
            self._in_cells = True
        elif local == "col":
            self._told_columns += 1
            if self._told_columns > LAST_COLUMN + 1:
                raise Damaged
            if is_true(attributes.get("hidden")) or _is_zero(attributes.get("width")):
                first, last = _number(attributes.get("min")), _number(attributes.get("max"))
                self.grid.hide_columns(first - 1, last - 1)
        elif local == "mergeCell":
            first_cell, _, last_cell = attributes.get("ref", "").partition(":")
            top, left = self._address(first_cell)
            bottom, right = self._address(last_cell or first_cell)
            self.grid.merge(top, left, bottom, right)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r")
        self._row_known = told is not None
        self._row = _number(told) - 1 if told is not None else self._row + 1
        self._row_hidden = is_true(attributes.get("hidden")) or _is_zero(attributes.get("ht"))
        self._cells = []
        self._all_struck = True
        self._column = -1

    def _end_row(self) -> None:
        if self._row > LAST_ROW:
            raise Damaged
        if self._seen > MOST_SEEN:
            raise TooBig
        cells = self._cells
        self.grid.add(
            self._row,
            cells,
            hidden=self._row_hidden,
            struck=self._all_struck and bool(cells),
        )
        self._cells = []

    def _end_cell(self) -> None:
        about = self._about
        address = about.get("r")
        if address is None:
            self._column += 1
            if self._column > LAST_COLUMN:
                raise Damaged
        else:
            column = self._columns.get(address.rstrip(_DIGITS))
            if column is None or not self._row_known:
                self._find_column(address)
            else:
                self._column = column
        parts = self._value
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if len(text) > LONGEST_CELL:
            raise TooBig
        if not text and self._formula is None:
            return
        kind, shown = about.get("t", "n"), about.get("s", "")
        style = self._styles.get(shown, _PLAIN)
        value: Cell | None
        if kind == "n" and self._formula is None:
            # A tracker has the same few thousand days and numbers again and again.
            value = self._numbers.get((text, shown))
            if value is None:
                value = self._number(text, style)
                if len(self._numbers) < _MOST_REMEMBERED:
                    self._numbers[text, shown] = value
        else:
            value = self._read(text, kind, style)
        if value == "":
            return
        self._cells.append((self._column, value))
        if self._all_struck:
            self._all_struck = style.struck or self._is_text_struck(kind, text)
        if style.look.month_only and isinstance(value, date):
            self.grid.month_only.add((self._row, self._column))

    def _is_text_struck(self, kind: str, text: str) -> bool:
        if kind == "s":
            return int(text) in self._context.texts.struck
        return self._part_struck and not self._part_plain

    def _find_column(self, address: str) -> None:
        letters = address.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = _column(letters)
        if not self._row_known:
            self._row, self._row_known = _number(address[len(letters) :]) - 1, True
        self._column = column

    def _address(self, address: str) -> tuple[int, int]:
        letters = address.rstrip(_DIGITS)
        return _number(address[len(letters) :]) - 1, _column(letters)

    def _read(self, text: str, kind: str, style: Style) -> Cell:
        if not text:
            # A formula whose kept result is the empty text says so; any other was never calculated.
            return "" if kind in ("str", "inlineStr") else self._never()
        if kind == "s":
            return self._shared(text)
        if kind == "n":
            if self._formula is not None and self._context.recalculates and text == "0":
                return self._never()
            return self._number(text, style)
        if kind == "e":
            return Shown(text.strip(), _ERROR)
        if kind == "b":
            return is_true(text)
        return days.from_iso(text) if kind == "d" else unescaped(text)

    def _never(self) -> Shown:
        return Shown(f"={''.join(self._formula or [])}", _NOT_CALCULATED)

    def _shared(self, text: str) -> Cell:
        try:
            at = int(text)
            return self._context.texts.texts[at] if at >= 0 else ""
        except (ValueError, IndexError) as error:
            raise Damaged from error

    def _number(self, text: str, style: Style) -> Cell:
        try:
            number = int(text) if len(text) < 16 and text.isdecimal() else float(text)
        except ValueError:
            return text
        if not math.isfinite(number):
            return text
        look = style.look
        if look.kind is Kind.NUMBER:
            return shown_with_zeros(number, look) if look.digits else number
        return self._context.days.of(number, look.kind)


def _column(letters: str) -> int:
    column = 0
    for letter in letters[:4].upper():
        column = column * 26 + ord(letter) - 64
    if not 0 < column <= LAST_COLUMN + 1 or not letters.isascii() or not letters.isalpha():
        raise Damaged
    return column - 1


def _number(text: str | None) -> int:
    if text is None or not text.isdecimal() or len(text) > 9:
        raise Damaged
    return int(text)


def _is_zero(text: str | None) -> bool:
    try:
        return text is not None and float(text) == 0
    except ValueError:
        return False
