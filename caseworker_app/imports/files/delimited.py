"""Delimited text as a sheet: any usual encoding, comma, semicolon, tab or bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseworker_app.domain.incoming import Doubt, Place
from caseworker_app.imports.files import encodings, widths
from caseworker_app.imports.files.archive import TooBig
from caseworker_app.imports.files.encodings import Decoded, NotText, decode
from caseworker_app.imports.files.grid import MOST_FILLED, MOST_FILLED_ROWS, WIDEST
from caseworker_app.imports.files.quoting import Record, cells_of, records
from caseworker_app.imports.files.sheets import Cell, Row, Sheet, Shown

LARGEST = 60_000_000
"""Bytes; 50,000 rows of 60 columns and 20 letters each."""

MOST_LINES = 1_048_576
"""Excel's own bound on the rows of a sheet."""

LONGEST_LINE = 2_000_000
"""Letters of one line: 60 cells as long as Excel allows."""

_DELIMITERS = ",;\t|"
_SAMPLE = 300
_MOST_DOUBTS, _MOST_NAMED = 200, 40
_BROKEN = "some of its letters are broken"


def read(data: bytes, file: str, name: str) -> Sheet:
    """The sheet that delimited text holds; a line break inside quotes does not end a row.

    Raises:
        NotText: the bytes are no text.
        TooBig: it is longer or wider than a tracker can be.
    """
    if len(data) > LARGEST:
        raise TooBig
    decoded = decode(data)
    lines = _lines(decoded.text)
    delimiter, lines = _delimiter(lines)
    rows = list(records(lines, delimiter, _width(lines, delimiter)))
    _see_size(rows)
    found = widths.judge([row.cells for row in rows], delimiter)
    unsure = found.slipped | {at: row.why for at, row in enumerate(rows) if not row.whole}
    place = Place(file, name)
    return Sheet(
        file=file,
        name=name,
        rows=_cells(rows, decoded),
        unsure_rows=unsure,
        doubts=[*_of_letters(decoded, place), *_of_rows(rows, unsure, found, place)],
    )


def _see_size(rows: list[Record]) -> None:
    if (
        sum(len(row.cells) for row in rows) > MOST_FILLED
        or sum(1 for row in rows if row.cells) > MOST_FILLED_ROWS
        or any(len(row.cells) > WIDEST for row in rows)
    ):
        raise TooBig


def _lines(text: str) -> list[str]:
    """The lines, ended as most of them are; the other mark is a break within a cell."""
    returns = text.count("\r") - text.count("\r\n")
    end = "\r" if returns > text.count("\n") else "\n"
    if text.count(end) > MOST_LINES:
        raise TooBig
    lines = text.split(end)
    if max(map(len, lines)) > LONGEST_LINE:
        raise TooBig
    if end == "\n":
        lines = [line.rstrip("\r") for line in lines]
    if not lines[-1].strip("\x1a"):
        # The end of the last line, or the mark that DOS put at a file's end.
        lines.pop()
    return lines


def _delimiter(lines: list[str]) -> tuple[str, list[str]]:
    """The delimiter, and the lines without Excel's own `sep=` one.

    The delimiter is the one that cuts the most lines of the head into the same number of cells.
    """
    first = lines[0].strip().strip('"') if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        # The line stays as a blank row, so that rows keep the numbers Excel gives them.
        return first[4], ["", *lines[1:]]
    if lines and lines[0].lower() == "sep=\t":
        return "\t", ["", *lines[1:]]
    head = [line for line in lines[:_SAMPLE] if line]

    def evenness(delimiter: str) -> int:
        found = [len(cells_of(line, delimiter) or ()) for line in head]
        return found.count(usual := widths.usual_width(found)) * usual

    return max(_DELIMITERS, key=evenness), lines


def _width(lines: Sequence[str], delimiter: str) -> int:
    """How wide the rows are, from lines whose quotes close."""
    head = [line for line in lines[:_SAMPLE] if line]
    return widths.usual_width([len(cells_of(line, delimiter) or ()) for line in head])


def _cells(rows: Sequence[Record], decoded: Decoded) -> list[Row]:
    if decoded.kind:
        return [[_sound(cell) for cell in row.cells] if any(row.cells) else () for row in rows]
    return [row.cells if any(row.cells) else () for row in rows]


def _sound(cell: str) -> Cell:
    """A cell of a file whose letters had to be guessed, as long as they are likely ones."""
    if cell.isascii() or encodings.is_likely(cell):
        return cell
    return Shown(cell, _BROKEN)


def _of_letters(decoded: Decoded, place: Place) -> list[Doubt]:
    if not decoded.kind or (decoded.kind == "Windows" and decoded.sure):
        return []
    example = next((word for word in decoded.text.split() if not word.isascii()), "")[:60]
    why = f"its accented letters were read as those of a {decoded.kind} program; are they right?"
    return [Doubt(place, "", example, why)]


def _of_rows(
    rows: Sequence[Record], unsure: Mapping[int, str], found: widths.Widths, place: Place
) -> list[Doubt]:
    told = {at: row.why for at, row in enumerate(rows) if row.why and at not in unsure}
    told |= {at: f"{why}; is it the rest of the row before?" for at, why in found.alone.items()}
    doubts = [
        Doubt(Place(place.file, place.sheet, at + 1), "", _shown(rows[at]), why)
        for at, why in sorted(told.items())[:_MOST_DOUBTS]
    ]
    if len(told) > _MOST_DOUBTS:
        rest = len(told) - _MOST_DOUBTS
        doubts.append(Doubt(place, "", "", f"{rest:,} more rows like those above"))
    if found.shorter:
        count = len(found.shorter)
        have = "row has" if count == 1 else "rows have"
        why = f"{count:,} {have} fewer cells than the headings; the missing ones are read as blank"
        rows_told = ", ".join(str(at + 1) for at in found.shorter[:_MOST_NAMED])
        more = ", …" if count > _MOST_NAMED else ""
        first = Place(place.file, place.sheet, found.shorter[0] + 1)
        doubts.append(Doubt(first, "", f"row {rows_told}{more}", why))
    return doubts


def _shown(row: Record) -> str:
    return ", ".join(cell.strip() for cell in row.cells if cell.strip())[:120]


__all__ = ["NotText", "read"]
