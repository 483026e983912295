"""The parts of an Office package (ECMA-376 part 2): which sheets a workbook has, and where.

Nothing depends on how a part is named or how a namespace is spelled: Excel, LibreOffice, Google and
the .NET writers each do it another way.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from caseworker_app.imports.files.archive import Archive, Damaged
from caseworker_app.imports.files.markup import LOCAL, Attributes, Nested, is_true, parse

_DOCUMENT, _SHEET = "/officedocument", "/worksheet"
_STYLES, _STRINGS = "/styles", "/sharedstrings"
_MOST_SHEETS = 1_000
_USUAL = ("xl/workbook.xml", "xl/workbook.bin")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, whether Excel hides it, and the part that holds its cells."""

    name: str
    hidden: bool
    path: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship of a part: its type and the part it leads to."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook says of itself.

    Attributes:
        styles, strings: the parts with formats and with shared texts, "" where it has none.
        recalculates: it asks to be calculated when opened, so a kept 0 may be no result.
    """

    sheets: tuple[SheetPart, ...]
    days_from_1904: bool
    styles: str
    strings: str
    recalculates: bool


def main_part(archive: Archive) -> str:
    """The part that the package is about, "" where none can be found."""
    for link in links(archive, "").values():
        if link.kind.endswith(_DOCUMENT) and link.path in archive:
            return link.path
    return next((path for path in _USUAL if path in archive), "")


def content_type(archive: Archive, path: str) -> str:
    """What kind of part the package says a part is, in lower case."""
    found = _ContentTypes()
    if "[content_types].xml" in archive:
        parse(archive.pieces("[content_types].xml"), found)
    return found.types.get(path.lower(), "")


def links(archive: Archive, path: str) -> dict[str, Link]:
    """The relationships of a part by their ids; of the package itself for ""."""
    folder, name = posixpath.split(path)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if beside not in archive:
        return {}
    found = _Links(folder)
    parse(archive.pieces(beside), found)
    return found.links


def book(archive: Archive, path: str) -> Book:
    """The workbook whose main part is `path`.

    Raises:
        Damaged: a sheet's part is missing.
        BadMarkup: by the XML.
    """
    found = _Book()
    parse(archive.pieces(path), found)
    around = links(archive, path)
    by_kind: dict[str, str] = {}
    for link in around.values():
        by_kind.setdefault(link.kind.rpartition("/")[2], link.path)
    return Book(
        sheets=tuple(_parts(archive, found.sheets, around)),
        days_from_1904=found.days_from_1904,
        styles=by_kind.get(_STYLES[1:], ""),
        strings=by_kind.get(_STRINGS[1:], ""),
        recalculates=found.recalculates,
    )


def _parts(
    archive: Archive, listed: list[tuple[str, str, bool]], around: dict[str, Link]
) -> list[SheetPart]:
    parts = []
    for name, link_id, hidden in listed:
        link = around.get(link_id)
        if link is None or (link.kind.endswith(_SHEET) and link.path not in archive):
            raise Damaged
        if link.kind.endswith(_SHEET):
            parts.append(SheetPart(name, hidden, link.path))
    return parts


class _ContentTypes(Nested):
    def __init__(self) -> None:
        super().__init__()
        self.types: dict[str, str] = {}

    def begun(self, name: str, attributes: Attributes) -> None:
        if name == "Override":
            path = attributes.get("PartName", "").lstrip("/").lower()
            self.types[path] = attributes.get("ContentType", "").lower()


class _Links(Nested):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.links: dict[str, Link] = {}

    def begun(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship" or attributes.get("TargetMode", "").lower() == "external":
            return
        target = unquote(attributes.get("Target", "")).replace("\\", "/")
        whole = target if target.startswith("/") else posixpath.join("/", self.folder, target)
        path = posixpath.normpath(whole).lstrip("/").lower()
        self.links[attributes.get("Id", "")] = Link(attributes.get("Type", "").lower(), path)


class _Book(Nested):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.days_from_1904 = False
        self.recalculates = False

    def begun(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr" and self.inside("workbook"):
            self.days_from_1904 = is_true(attributes.get("date1904"))
        elif name == "calcPr":
            self.recalculates = is_true(attributes.get("fullCalcOnLoad"))
        elif name == "sheet" and self.inside("sheets") and len(self.sheets) < _MOST_SHEETS:
            hidden = attributes.get("state", "").lower() in ("hidden", "veryhidden")
            link = next((v for k, v in attributes.items() if k != "id" and LOCAL[k] == "id"), "")
            self.sheets.append((attributes.get("name", ""), link, hidden))
