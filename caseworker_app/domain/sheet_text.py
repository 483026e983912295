"""Cells as a spreadsheet puts them on the clipboard: tabs, lines, and quotes where needed."""

from __future__ import annotations

from collections.abc import Sequence

_ENDS = ("\t", "\n")


def read_sheet(text: str) -> list[list[str]]:
    """The cells of a copied block, row by row; always one row and one cell at least.

    A cell in quotes may hold tabs and line breaks, a doubled quote in it is one. Quotes that are
    never closed, or are followed by more text, are what the cell says. One line end at the end
    belongs to the last row, as Excel and LibreOffice write it.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = _quoted(plain, at) or _bare(plain, at)
        rows[-1].append(cell)
        if at >= len(plain):
            return rows
        if plain[at] == "\n":
            rows.append([])
        at += 1


def write_sheet(rows: Sequence[Sequence[str]]) -> str:
    """The text that `read_sheet`, Excel and LibreOffice read back as these cells.

    No line end follows the last row, so that one cell pasted into a field is that cell.
    """
    lines = ["\t".join(_written(cell) for cell in row) for row in rows]
    whole = "\n".join(lines)
    # A last row with nothing in it would be taken for the line end of the row before.
    return f"{whole}\n" if lines and not lines[-1] else whole


def _bare(text: str, at: int) -> tuple[str, int]:
    ends = [end for sign in _ENDS if (end := text.find(sign, at)) >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    """The cell that begins with a quote here and where it ends, or None where there is none."""
    if text[at : at + 1] != '"':
        return None
    parts, here = [], at + 1
    while True:
        end = text.find('"', here)
        if end < 0:
            return None
        parts.append(text[here:end])
        follows = text[end + 1 : end + 2]
        if follows == '"':
            parts.append('"')
            here = end + 2
        elif not follows or follows in _ENDS:
            return "".join(parts), end + 1
        else:
            return None


def _written(cell: str) -> str:
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    if plain.startswith('"') or any(sign in plain for sign in _ENDS):
        doubled = plain.replace('"', '""')
        return f'"{doubled}"'
    return plain
