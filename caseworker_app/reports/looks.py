"""How cells look, and what may stand in them.

The style of each look is made once per sheet and known by its number: making a styled cell anew
costs several times the writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from caseworker_app.reports.pages import INDENTED, NUMBERS, WRAPPED, Kind, Sheet, Value
from caseworker_app.reports.ready_rows import ReadyCell

FONT, SIZE = "Arial", 10
INK, PAPER = "FF1F3044", "FFFFFFFF"
HEADING = "FF24476B"
LINK = "FF1F5FA8"
RULE = "FFD0D7DE"
_GREY = "FF5F6B76"

_COLOURS = {
    "green": ("FFDDF0E1", "FF14532D"),
    "amber": ("FFFDEFC8", "FF6B4700"),
    "red": ("FFF9DCDC", "FF7F1D1D"),
    "none": ("FFECEFF2", "FF45505A"),
}
_FORMATS = {
    "text": "@",
    "count": "#,##0",
    "strong_count": "#,##0",
    "strong_share": "0.0%",
    "lined_count": "#,##0",
    "share": "0.0%",
    "lined_share": "0.0%",
    "average": "0.0",
    "lined_average": "0.0",
    # English names of months, whatever the language of the program that opens it.
    "date": "[$-809]d mmm yyyy",
}
DATE_FORMAT = _FORMATS["date"]

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_STARTS = frozenset("=#+-@\t'")
"""What a text may start with that Excel takes for something else."""


def clean(text: str) -> str:
    """The text without what a workbook cannot hold: control characters, and over 32,767 letters."""
    if _NOT_IN_XML.search(text):
        text = _NOT_IN_XML.sub("", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Looks:
    """The cells of one sheet, ready to be written: what stands in them, and their style."""

    def __init__(self, sheet: Sheet, *, tall: bool = False) -> None:
        """Make no style yet; `tall` rows have lines between them and stand in the middle."""
        self._sheet = sheet
        self._tall = tall
        self._styles: dict[Kind, int] = {}

    def row(self, values: Iterable[Value], kinds: Iterable[Kind]) -> Iterator[ReadyCell]:
        """The cells of a row, for `ReadySheet.append_ready`.

        A text value in a column of counts, "hidden", is drawn as text.
        """
        for value, kind in zip(values, kinds, strict=True):
            if value is None or value == "":
                # Nothing, or a cell with only the line under it.
                lined = self._tall or kind.startswith(("lined", "strong"))
                yield (self._style(kind) if lined else 0), None
            elif isinstance(value, str):
                text = clean(value)
                # Plain text needs no style, unless Excel would take it for something else when
                # somebody goes into the cell.
                plain = kind == "text" and text[:1] not in _STARTS
                yield (0 if plain else self._style(kind)), text
            else:
                yield self._style(kind), value

    def _style(self, kind: Kind) -> int:
        """The number of a kind's style in the workbook."""
        found = self._styles.get(kind)
        if found is None:
            made: int = _cell(self._sheet, kind, tall=self._tall).style_id
            found = self._styles[kind] = made
        return found


def font(size: float = SIZE, **how: Any) -> Font:  # noqa: ANN401
    """The one font of the workbook."""
    return Font(name=FONT, sz=size, **how)


def new_workbook() -> Workbook:
    """A write-only workbook in which a cell with no look of its own has the workbook's font."""
    workbook: Any = Workbook(write_only=True)
    # openpyxl gives no public way to the font that cells without a style are drawn in.
    workbook._fonts = IndexedList([font()])  # noqa: SLF001
    workbook._named_styles["Normal"].font = font()  # noqa: SLF001
    made: Workbook = workbook
    return made


def _cell(sheet: Sheet, kind: Kind, *, tall: bool) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.font = _font(kind)
    cell.alignment = _alignment(kind, "center" if tall else None)
    if kind in _COLOURS:
        cell.fill = PatternFill("solid", fgColor=_COLOURS[kind][0])
    if kind.startswith("strong"):
        cell.border = Border(top=Side("thin", color=HEADING), bottom=Side("thin", color=HEADING))
    elif tall or kind.startswith("lined"):
        cell.border = Border(bottom=Side("hair", color=RULE))
    if kind in _FORMATS:
        cell.number_format = _FORMATS[kind]
    return cell


def _font(kind: Kind) -> Font:
    if kind in _COLOURS:
        return font(b=True, color=_COLOURS[kind][1])
    if kind.endswith("hidden"):
        return font(i=True, color=_GREY)
    if kind in ("quiet", "lined_note"):
        return font(color=_GREY)
    return font(b=kind.startswith("strong"))


def _alignment(kind: Kind, vertical: str | None) -> Alignment:
    right = kind.endswith(("hidden", "figure"))
    side = "right" if right else "center" if kind == "date" else None
    if kind.startswith("lined"):
        vertical = "center"
    if kind in INDENTED:
        return Alignment("left", vertical, indent=1, wrap_text=kind in WRAPPED)
    return Alignment(side, vertical, wrap_text=kind in WRAPPED)


def heading_cell(sheet: Sheet, words: str, kind: Kind = "text") -> Cell:
    """A column's heading: white on dark, wrapped, on the side where its cells stand."""
    cell = WriteOnlyCell(sheet, words)
    cell.font = font(b=True, color=PAPER)
    cell.fill = PatternFill("solid", fgColor=HEADING)
    side = {"date": "center"}.get(kind) or ("right" if kind in NUMBERS else "left")
    # At the right, Excel draws the filter's arrow over the words.
    indent = 2 if side == "right" else int(kind in INDENTED)
    cell.alignment = Alignment(side, "center", wrap_text=True, indent=indent)
    return cell


def band_cell(sheet: Sheet, words: str) -> Cell:
    """The title over one table of several on a sheet."""
    cell = plain_cell(sheet, words)
    cell.font = font(11, b=True, color=INK)
    cell.alignment = Alignment(vertical="center")
    return cell


def title_cell(sheet: Sheet, words: str, size: int = 16) -> Cell:
    """The sheet's title."""
    cell = plain_cell(sheet, words)
    cell.font = font(size, b=True, color=INK)
    return cell


def quiet_cell(sheet: Sheet, words: str) -> Cell:
    """Words under a title."""
    cell = plain_cell(sheet, words)
    cell.font = font(color=_GREY)
    return cell


def small_cell(sheet: Sheet, words: str) -> Cell:
    """Small print."""
    cell = plain_cell(sheet, words)
    cell.font = font(8, color=_GREY)
    return cell


def plain_cell(sheet: Sheet, words: str) -> Cell:
    """Words, whatever they start with."""
    cell = WriteOnlyCell(sheet, clean(words))
    cell.data_type = "s"
    return cell
