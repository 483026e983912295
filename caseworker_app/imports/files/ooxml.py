"""What the reader of .xlsx files leaves out, taken from the file's own XML.

calamine gives "" for an Excel error and for a formula without a kept value, and lays a sheet out
as a full rectangle up to its farthest cell.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

from caseworker_app.imports.files.sheets import Shown

MOST_UNPACKED = 600_000_000
"""Bytes that a workbook may unpack to; a real one of 50,000 rows takes a tenth of it."""

MOST_CELLS = 8_000_000
"""Cells from the first to the farthest; beyond it a stray cell has blown a sheet up."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_ERROR = re.compile(
    rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?'
    rb"\s*<v>([^<]*)</v>"
)
_NOT_CALCULATED = re.compile(
    rb'<c\s([^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*)>\s*<f(?:[^>]*/>|[^>]*>([^<]*)</f>)'
    rb"\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_CELL = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_FAR_COLUMN, _FAR_ROW = re.compile(rb'r="[A-Z]{3}\d'), re.compile(rb'<row r="\d{6}')


class TooBig(Exception):
    """The workbook unpacks to more than a workbook should."""


class Damaged(Exception):
    """The archive is broken off or altered."""


@dataclass(frozen=True, slots=True)
class Extra:
    """What calamine does not tell of one sheet.

    Attributes:
        shown: (row, column) from 0 to the cell, for errors and formulas never calculated.
        far: whether the sheet's farthest cell lies too far out to lay it out whole.
    """

    shown: Mapping[tuple[int, int], Shown] = field(default_factory=dict)
    far: bool = False


@dataclass(frozen=True, slots=True)
class Extras:
    """What calamine does not tell of a workbook, by sheet name."""

    sheets: Mapping[str, Extra] = field(default_factory=dict)
    days_from_1904: bool = False


def check_archive(data: bytes) -> frozenset[str]:
    """Prove that a zip archive is whole and of a sane size; its members' names.

    Raises:
        TooBig: it unpacks to more than `MOST_UNPACKED` bytes.
        Damaged: it is no whole zip archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = [member.file_size for member in archive.infolist()]
            if sum(sizes) > MOST_UNPACKED:
                raise TooBig
            if archive.testzip() is not None:
                raise Damaged
            return frozenset(archive.namelist())
    except TooBig:
        raise
    except Exception as error:
        raise Damaged from error


def extras(data: bytes) -> Extras:
    """Errors, formulas never calculated and far cells of an .xlsx or .xlsm workbook.

    A workbook whose parts are named in an unknown way gives nothing extra.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # Entities cannot blow these up: expat stops at its own bound on what they expand to.
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
            links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
            targets = {link.get("Id", ""): link.get("Target", "") for link in links}
            found: dict[str, Extra] = {}
            for sheet in book.iter(f"{_MAIN}sheet"):
                target = targets.get(sheet.get(_RELATION, ""), "")
                path = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
                if target.startswith("/"):
                    path = target.lstrip("/")
                found[sheet.get("name", "")] = _scan(archive.read(path))
            properties = book.find(f"{_MAIN}workbookPr")
            epoch = "" if properties is None else properties.get("date1904", "")
            return Extras(found, epoch.lower() in ("1", "true", "on"))
    except (ElementTree.ParseError, KeyError):
        return Extras()


def _scan(xml: bytes) -> Extra:
    far = _FAR_COLUMN.search(xml) or _FAR_ROW.search(xml)
    if far is not None and _area(xml) > MOST_CELLS:
        return Extra(far=True)
    shown: dict[tuple[int, int], Shown] = {}
    if b't="e"' in xml:
        for letters, row, text in _ERROR.findall(xml):
            shown[_at(letters, row)] = Shown(_text(text), "an Excel error")
    if b"<f" in xml:
        for attributes, letters, row, formula in _NOT_CALCULATED.findall(xml):
            # A formula whose kept result is the empty text says t="str": that is a blank.
            if b't="str"' not in attributes:
                shown[_at(letters, row)] = Shown(
                    f"={_text(formula)}", "a formula that was never calculated"
                )
    return Extra(shown)


def _area(xml: bytes) -> int:
    farthest = [_at(letters, row) for letters, row in _CELL.findall(xml)]
    if not farthest:
        return 0
    return (max(row for row, _ in farthest) + 1) * (max(column for _, column in farthest) + 1)


def _at(letters: bytes, row: bytes) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(row) - 1, column - 1


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})
