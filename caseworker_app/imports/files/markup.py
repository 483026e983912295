"""XML as a stream of events, by the parser of the standard library, within bounds.

No XML of a stranger is ever held whole, and none may declare a document type: that is where
entities come from, and no workbook has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

LONGEST_TOKEN = 4_000_000
"""Bytes of one tag. Excel's longest cell is 32,767 letters, and text comes in pieces anyway; the
parser keeps a tag whole and looks it through again with every piece, so a long one is refused."""

DEEPEST = 256
"""Elements inside one another; a sheet has 8, a text document 20."""

MOST_NAMES = 10_000
"""Names of elements and attributes in one part; all that the standard has are 3,000."""

Attributes = Mapping[str, str]


class BadMarkup(Exception):
    """The bytes are no XML that a workbook may hold."""


class Handler(Protocol):
    """What is called as the XML goes by; names come with their namespace before them."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def chars(self, text: str) -> None:
        """A piece of text, not always a whole one."""


class _LocalNames(dict[str, str]):
    """Names without their namespace, so that every flavour of a workbook reads the same."""

    def __missing__(self, name: str) -> str:
        if len(self) >= MOST_NAMES:
            raise BadMarkup
        found = self[name] = name.rpartition(" ")[2]
        return found


LOCAL: dict[str, str] = _LocalNames()
"""From a name as the parser gives it to the name alone."""


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Send the events of one XML document to a handler.

    Raises:
        BadMarkup: it is not well formed, declares a document type, or holds an endless tag.
    """
    if len(LOCAL) > MOST_NAMES // 2:
        LOCAL.clear()
    parser = expat.ParserCreate(None, " ")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.chars
    parser.StartDoctypeDeclHandler = _no_document_type
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 (positional only)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise BadMarkup
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadMarkup from error


def _no_document_type(*_: object) -> None:
    raise BadMarkup


class Nested:
    """A handler that keeps the way from the outermost element to the one it is in."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note the element, then tell of it."""
        local = LOCAL[name]
        self.path.append(local)
        if len(self.path) > DEEPEST:
            raise BadMarkup
        self.begun(local, attributes)

    def end(self, name: str) -> None:
        """Tell of the element, then forget it."""
        self.ended(LOCAL[name])
        self.path.pop()

    def chars(self, text: str) -> None:
        """Nothing: most parts of a workbook say all in attributes."""

    def begun(self, name: str, attributes: Attributes) -> None:
        """An element begins; `path` ends with it."""

    def ended(self, name: str) -> None:
        """An element ends; `path` still ends with it."""

    def inside(self, name: str) -> bool:
        """Whether the element stands directly in one of this name."""
        return len(self.path) > 1 and self.path[-2] == name


def is_true(value: str | None) -> bool:
    """Whether an attribute says yes, in any of the ways XML has for it."""
    return value is not None and value.strip().lower() in ("1", "true", "on")
