"""Texts of cells as they were meant: unwrapped, encoded once, and broken ones told as such.

Text that was UTF-8 and was then read as something else shows "ZoÃ«" for "Zoë". Where that can be
turned back with certainty it is, and told; a letter that is lost is never guessed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from caseworker_app.domain.incoming import Doubt, Place
from caseworker_app.imports.files.encodings import is_likely
from caseworker_app.imports.files.sheets import Cell, Row, Sheet, Shown

BROKEN = "some of its letters are broken"
LOST = "\ufffd"
"""What a program writes for a letter that it could not read."""

_LOST_LETTERS = (
    "a program before this one lost letters here and wrote \ufffd for each; such cells are not "
    "taken, as nobody can tell which letters they were. Save the tracker again from where it is "
    "kept, as an Excel workbook or as CSV UTF-8"
)

_MOST_TIMES = 3
_READ_AS = ("cp1252", "latin-1", "mac_roman", "cp850")
_MEANT = re.compile("[\\x20-\\x7e\u00a0-\u017f\u0218-\u021b\u2010-\u203a\u20ac\u2122\\s]*")
_CONTROL = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\ufffd\ufffe\uffff]")
_WINDOWS = re.compile("[\x80-\x9f]")
_BREAKS = str.maketrans("\x0b\x0c\x1a", "   ")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)
_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_]|(?:^|\s)\?+[a-z]{2}")
_LONGEST_NAME = 40
_LONGEST = 5_000
_SHOWN = 5
_WRAPPED = re.compile(r'="((?:[^"]|"")*)"|=(\d+)', re.DOTALL)
_APOSTROPHE = re.compile(r"'(?=[\d=+@-])")


def _pairs(encoding: str) -> str:
    """A pattern for the first two bytes of a letter of UTF-8, read in another encoding."""
    first = re.escape(bytes(range(0xC2, 0xF5)).decode(encoding, "ignore"))
    second = re.escape(bytes(range(0x80, 0xC0)).decode(encoding, "ignore"))
    return f"[{first}][{second}]"


_TWICE = re.compile("|".join((*map(_pairs, _READ_AS), "[\u00c2\u00c3](?: (?=\\w)|$)")))


@dataclass(slots=True)
class _Mended:
    """Cells in a wrong encoding, by the text they had, and those whose letters are lost."""

    first_row: int = -1
    cells: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    lost_row: int = -1
    lost: int = 0

    def note(self, row: int, text: str, mended: str) -> None:
        """Count a cell."""
        self.first_row = row if self.first_row < 0 else self.first_row
        self.cells += 1
        if len(self.texts) < _SHOWN:
            self.texts[text] = mended

    def note_lost(self, row: int) -> None:
        """Count a cell that came with letters lost."""
        self.lost_row = row if self.lost < 1 else self.lost_row
        self.lost += 1


def mended(sheet: Sheet) -> Sheet:
    """The sheet with every text as it was meant; a broken one becomes a cell without a value."""
    told = _Mended()
    rows = list(_rows(sheet, told))
    doubts = list(sheet.doubts)
    if told.cells:
        place = Place(sheet.file, sheet.name, told.first_row + 1)
        value = ", ".join(one[:40] for one in told.texts)
        read = ", ".join(one[:40] for one in told.texts.values())
        cells, are = (
            ("1 cell was", "is") if told.cells == 1 else (f"{told.cells:,} cells were", "are")
        )
        doubts.append(
            Doubt(place, "", value, f"{cells} in a wrong encoding and {are} read as {read}")
        )
    if told.lost:
        place = Place(sheet.file, sheet.name, told.lost_row + 1)
        cells = "1 cell" if told.lost == 1 else f"{told.lost:,} cells"
        doubts.append(Doubt(place, "", cells, _LOST_LETTERS))
    return replace(sheet, rows=rows, doubts=doubts)


def _rows(sheet: Sheet, told: _Mended) -> Iterator[Row]:
    for at, row in enumerate(sheet.rows):
        changed: dict[int, Cell] = {}
        for column, cell in enumerate(row):
            if isinstance(cell, str) and (not cell.isascii() or not _PLAIN.isdisjoint(cell)):
                meant = _meant(cell) if len(cell) < _LONGEST else _of_long(cell)
                if meant.cell != cell:
                    changed[column] = meant.cell
                    if LOST in cell:
                        told.note_lost(at)
                if meant.encoded_twice:
                    told.note(at, cell, str(meant.cell))
        yield [changed.get(n, cell) for n, cell in enumerate(row)] if changed else row


_PLAIN = frozenset("='&?\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x7f\x1a\x1b")
"""Plain letters that may be part of something to be looked at."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A cell as it was meant, and whether that took turning an encoding back."""

    cell: Cell
    encoded_twice: bool = False


@lru_cache(maxsize=8192)
def _meant(text: str) -> Meant:
    unwrapped = unwrap(text).translate(_BREAKS)
    once = _decoded_once(unwrapped)
    if _is_broken(once):
        return Meant(Shown(text, BROKEN))
    return Meant(once, encoded_twice=once != unwrapped)


def _of_long(text: str) -> Meant:
    """A text too long to be worth remembering: a comment."""
    text = text.translate(_BREAKS)
    return Meant(Shown(text[:200], BROKEN) if _CONTROL.search(text) else text)


def unwrap(text: str) -> str:
    """A text without what keeps Excel from taking it for a number: `="0016"`, `=0016`, `'0016`."""
    wrapped = _WRAPPED.fullmatch(text.strip())
    if wrapped:
        return (wrapped[1] or wrapped[2] or "").replace('""', '"')
    return _APOSTROPHE.sub("", text, count=1) if text.startswith("'") else text


def _decoded_once(text: str) -> str:
    if _ENTITY.search(text):
        text = html.unescape(text)
    text = _WINDOWS.sub(_as_windows_meant, text)
    return _turned_back(text, _MOST_TIMES) if _TWICE.search(text) else text


def _as_windows_meant(found: re.Match[str]) -> str:
    """A character that only Windows has at its number, where it was read as a control character."""
    return found[0].encode("latin-1").decode("cp1252", "ignore") or found[0]


def _turned_back(text: str, times: int) -> str:
    """The text before it was read in the wrong encoding, or as it is where that is not certain."""
    for encoding in _READ_AS:
        try:
            meant = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if times > 1 and _TWICE.search(meant):
            meant = _turned_back(meant, times - 1)
        if _MEANT.fullmatch(meant):
            return meant
    # Loaded for such a cell alone: most trackers have none.
    import ftfy

    meant = ftfy.fix_encoding(text)
    return meant if _MEANT.fullmatch(meant) and is_likely(meant) else text


def _is_broken(text: str) -> bool:
    """Whether a text still shows that it was read in the wrong encoding, or lost a letter."""
    if _CONTROL.search(text) or _is_name_with_a_gap(text):
        return True
    if not _TWICE.search(text):
        return False
    from ftfy import badness

    return badness.is_bad(text)


def _is_name_with_a_gap(text: str) -> bool:
    """Whether a letter of a name was turned into a question mark: "?ukasz", "N??ez"."""
    return (
        "?" in text
        and len(text) <= _LONGEST_NAME
        and len(text.split()) <= 3
        and _LOST.search(text) is not None
    )
