"""A Word document of a plan, read as lines under the letters of its sections. It is never changed.

Tracked changes are read as accepted. What stands in content controls, text boxes and tables is read
too: councils' templates are made of them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from caseworker_app.domain.document_changes import BEFORE_ALL, PlanDocument
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.plan_thread import SECTIONS
from caseworker_app.imports.files.archive import Archive, Damaged, TooBig

_MOST = 60_000_000
"""Bytes of a document; one of 40 pages with pictures has 5 million."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
"""What was taken out under tracked changes, and what is written a second time for old programs."""

_SECTION = re.compile(
    r"section\s*[:\-\u2013]?\s*([A-K])\s*\.?\s*([12])?\b\s*[.:)\-\u2013]*", re.IGNORECASE
)
_LETTER = re.compile(r"([A-K])\s*([12])?\s*[.:)\-\u2013]\s*(?=\D)")
_TITLES = {title.casefold(): letter for letter, title in SECTIONS.items()}
_LONGEST_HEADING = 160


def read(path: Path) -> PlanDocument:
    """Read a document.

    Raises:
        Unreadable: there is no such file, or it is no Word document; the sentence names it.
    """
    try:
        if path.stat().st_size > _MOST:
            raise Unreadable(f"{path.name} is larger than any plan: it is not read.")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(
            f"{path.name} cannot be read: is it there, and may you open it?"
        ) from error
    body = _body(data, path.name)
    found: dict[str, list[str]] = {}
    letter = BEFORE_ALL
    for line, heading in _lines(body):
        begun = _section_of(line, heading=heading)
        if begun is None:
            found.setdefault(letter, []).append(line)
        else:
            letter, rest = begun
            found.setdefault(letter, [])
            if rest:
                found[letter].append(rest)
    return PlanDocument(path.name, {key: tuple(lines) for key, lines in found.items()})


def _body(data: bytes, name: str) -> Any:  # noqa: ANN401  (an element of lxml, which has no types)
    import docx

    try:
        # No further than a document goes: it may be a stranger's.
        Archive(data)
        return docx.Document(io.BytesIO(data)).element.body
    except TooBig as error:
        raise Unreadable(f"{name} unpacks to more than any plan: it is not read.") from error
    except Damaged as error:
        what = "a Word document of the old kind" if name.lower().endswith(".doc") else "damaged"
        raise Unreadable(
            f"{name} is {what}, or no Word document: open it in Word and save it as .docx."
        ) from error
    except Exception as error:  # whatever python-docx and lxml say of what a stranger wrote
        raise Unreadable(f"{name} is no Word document that can be read.") from error


def _lines(element: Any) -> Iterator[tuple[str, bool]]:  # noqa: ANN401
    """Every line below an element, and whether it is styled as a heading."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}p":
            line = _words(child)
            if line:
                yield line, _is_heading(child)
            for box in child.iter(f"{_W}txbxContent"):
                if not _within(box, _SKIPPED):
                    yield from _lines(box)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                if next(row.iterancestors(f"{_W}tbl")) is child:
                    yield from _of_row(row)
        elif len(child):
            yield from _lines(child)


def _of_row(row: Any) -> Iterator[tuple[str, bool]]:  # noqa: ANN401
    # A cell may stand in a content control, and a table in a cell has cells of its own.
    own = [one for one in row.iter(f"{_W}tc") if next(one.iterancestors(f"{_W}tr")) is row]
    cells = [list(_lines(cell)) for cell in own]
    filled = [one for one in cells if one]
    if len(filled) == 1:
        yield from filled[0]
    elif filled:
        yield " | ".join("; ".join(line for line, _ in one) for one in filled), False


def _words(paragraph: Any) -> str:  # noqa: ANN401
    elsewhere = _SKIPPED | {f"{_W}txbxContent"}
    said = [
        part.text or "" if part.tag == f"{_W}t" else " "
        for part in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
        if not _within(part, elsewhere, paragraph)
    ]
    return " ".join("".join(said).split())


def _within(element: Any, tags: frozenset[str], below: Any = None) -> bool:  # noqa: ANN401
    for above in element.iterancestors():
        if above is below:
            return False
        if above.tag in tags:
            return True
    return False


def _is_heading(paragraph: Any) -> bool:  # noqa: ANN401
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = "" if style is None else str(style.get(f"{_W}val") or "")
    return name.lower().startswith(("heading", "title"))


def _section_of(line: str, *, heading: bool) -> tuple[str, str] | None:
    """The letter of a section that a line begins, with what stands after its title; else None."""
    found = _SECTION.match(line) if len(line) <= _LONGEST_HEADING else None
    if found is None and heading:
        found = _LETTER.match(line)
    if found is None:
        letter = _TITLES.get(line.casefold().rstrip(":. ")) if heading else None
        return None if letter is None else (letter, "")
    letter = f"{found[1].upper()}{found[2] or ''}"
    # In a table the words of the section may stand in the cell beside its heading.
    _, _, rest = line[found.end() :].partition("|")
    return letter, rest.strip()
