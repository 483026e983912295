"""The formats and the shared texts of a workbook, which its cells name by number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseworker_app.imports.files.archive import Archive, TooBig
from caseworker_app.imports.files.markup import Attributes, Nested, is_true, parse
from caseworker_app.imports.files.number_formats import BUILT_IN, PLAIN, Look, look

MOST_TEXTS = 3_000_000
"""Shared texts of one workbook, as many as there may be filled cells."""

MOST_LETTERS = 200_000_000
"""Letters of all shared texts together."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is shown, as far as it matters to what it says."""

    look: Look = PLAIN
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """Shared texts, and the numbers of those that are struck through from end to end."""

    texts: list[str]
    struck: frozenset[int]


def styles(archive: Archive, path: str) -> list[Style]:
    """The cell formats of a workbook in their order."""
    if not path or path not in archive:
        return []
    found = _Styles()
    parse(archive.pieces(path), found)
    return [found.style(*one) for one in found.formats]


def texts(archive: Archive, path: str) -> Texts:
    """The shared texts of a workbook in their order."""
    if not path or path not in archive:
        return Texts([], frozenset())
    found = _Texts()
    parse(archive.pieces(path), found)
    return Texts(found.texts, frozenset(found.all_struck))


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def is_struck(name: str, attributes: Attributes) -> bool:
    """Whether an element of a font strikes its text through."""
    return name in ("strike", "dstrike") and is_true(attributes.get("val", "1"))


class _Styles(Nested):
    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.struck: list[bool] = []
        self.formats: list[tuple[str, str]] = []

    def begun(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt" and self.inside("numFmts"):
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and self.inside("fonts"):
            self.struck.append(False)
        elif is_struck(name, attributes) and self.struck and self.path[-3:-1] == ["fonts", "font"]:
            self.struck[-1] = True
        elif name == "xf" and self.inside("cellXfs"):
            number, font = attributes.get("numFmtId", "0"), attributes.get("fontId", "0")
            self.formats.append((number, font))

    def style(self, number: str, font: str) -> Style:
        found = look(self.codes[number]) if number in self.codes else PLAIN
        if number not in self.codes and number.isdigit():
            found = BUILT_IN.get(int(number[:9]), PLAIN)
        at = int(font[:9]) if font.isdigit() else -1
        return Style(found, struck=0 <= at < len(self.struck) and self.struck[at])


class _Texts(Nested):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.all_struck: set[int] = set()
        self._parts: list[str] = []
        self._keeps = False
        self._letters = 0
        self._run_struck = self._plain = self._any = False

    def begun(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._parts.clear()
            self._plain = self._any = self._run_struck = False
        elif name == "r":
            self._run_struck = False
        elif name == "t" and "rPh" not in self.path:
            self._keeps = True
        elif is_struck(name, attributes):
            self._run_struck = True

    def chars(self, text: str) -> None:
        if self._keeps:
            self._letters += len(text)
            self._parts.append(text)
            if self._run_struck:
                self._any = True
            elif text.strip():
                self._plain = True

    def ended(self, name: str) -> None:
        if name == "t":
            self._keeps = False
        elif name == "r":
            self._run_struck = False
        elif name == "si":
            if self._any and not self._plain:
                self.all_struck.add(len(self.texts))
            self.texts.append(unescaped("".join(self._parts)))
            if len(self.texts) > MOST_TEXTS or self._letters > MOST_LETTERS:
                raise TooBig
