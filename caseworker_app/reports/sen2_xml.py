"""The SEN2 return as XML, marked as a draft: no public schema was to hand to try it against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from caseworker_app import files
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.sen2.layout import Layout
from caseworker_app.domain.sen2.rows import Return, Row
from caseworker_app.reports import target as target_file
from caseworker_app.reports.looks import clean
from caseworker_app.reports.target import Progress

DRAFT = (
    "Draft, untested: the root, the place of the officers and the order below a module follow no"
    " published schema. Send the submission template instead."
)
_STEP = "  "


def write(return_: Return, target: Path, progress: Progress | None = None) -> None:
    """Write a return beside its place and put it there when it is whole.

    Raises:
        Refused: the target is a folder, stands in no folder, or does not end in .xml.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    target_file.check(target, ".xml")
    tick = target_file.counter(len(return_.persons), progress)
    try:
        with files.replacing(target) as part, part.open("w", encoding="utf-8", newline="\n") as out:
            for piece in _pieces(return_):
                out.write(piece)
                if piece.startswith(f"{_STEP}{_STEP}<{_person(return_.layout)}"):
                    tick(1)
    except PermissionError as error:
        raise Unavailable(
            f"{target.name} cannot be written; it may be open in another program."
        ) from error
    except OSError as error:
        raise Unavailable(files.in_words(error, target.name)) from error


def _person(layout: Layout) -> str:
    return layout.module("person").xml


def _pieces(return_: Return) -> Iterator[str]:
    names = return_.layout.xml
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<!-- {DRAFT} -->\n"
    yield f"<{names['root']}>\n"
    yield from _header(return_)
    yield f"{_STEP}<{names['persons']}>\n"
    for person in return_.persons:
        yield "".join(_element(return_.layout, person.row, 2))
    yield f"{_STEP}</{names['persons']}>\n"
    yield f"</{names['root']}>\n"


def _header(return_: Return) -> Iterator[str]:
    name = return_.layout.xml["header"]
    yield f"{_STEP}<{name}>\n"
    for part, items in return_.layout.header_parts:
        depth = 2 + bool(part)
        said = "".join(_item(one, return_.header.text(one), depth) for one in items)
        yield f"{_STEP * 2}<{part}>\n{said}{_STEP * 2}</{part}>\n" if part else said
    yield f"{_STEP}</{name}>\n"


def _element(layout: Layout, row: Row, depth: int) -> Iterator[str]:
    module = layout.module(row.module)
    yield f"{_STEP * depth}<{module.xml}>\n"
    for one in module.items:
        yield _item(one.name, row.text(one.name), depth + 1)
    for below in row.below:
        yield from _element(layout, below, depth + 1)
    yield f"{_STEP * depth}</{module.xml}>\n"


def _item(name: str, said: str, depth: int) -> str:
    """An item; one that says nothing is left out."""
    text = escape(" ".join(clean(said).split()))
    return f"{_STEP * depth}<{name}>{text}</{name}>\n" if text else ""
