"""The headings of a table: a text for each column, read with the groups that stand above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.imports.files.sheets import Cell, Row, Sheet, column_letters
from caseworker_app.imports.tracker.catalogue import Catalogue
from caseworker_app.imports.tracker.words import squeeze

DATE_TEXT = re.compile(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\s*")
"""A cell's text that is a date in figures."""

_NO_GROUP = frozenset(
    {"other", "details", "detail", "information", "info", "misc", "general", "admin"}
)
"""Words of a group above headings that tell nothing of them."""

_SAYS_LITTLE = frozenset({"date", "sent", "received", "held", "when", "done"})


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading.

    Attributes:
        text: as found; with the group above it where it would not be plain without.
        likeness: how like it is to each field, see `Catalogue.likeness`.
    """

    column: int
    text: str
    likeness: dict[str, float]


def over(sheet: Sheet, top: int, bottom: int, catalogue: Catalogue) -> tuple[Heading, ...]:
    """The headings that the rows from `top` to `bottom` make, the lowest row naming the columns."""
    width = max((len(row) for row in sheet.rows[top : bottom + 1]), default=0)
    groups = [_filled(sheet, row, width) for row in range(top, bottom)]
    own = [_text(cell) for cell in _padded(sheet.rows[bottom], width)]
    found: list[Heading] = []
    for column in range(width):
        above = [group[column] for group in groups if group[column]]
        above = [text for text in dict.fromkeys(above) if text != own[column]]
        text = own[column] or (above.pop() if above else "")
        likeness = dict(catalogue.likeness(squeeze(text))) if text else {}
        if above and own[column]:
            likeness = _together(above, text, catalogue)
        elif (
            text
            and found
            and set(catalogue.words_of(text)) <= _SAYS_LITTLE
            and not _holds_dates(sheet, bottom + 1, column - 1)
        ):
            # "Date" beside an outcome is the outcome's; beside a date it is something else.
            beside = catalogue.likeness(f"{squeeze(found[-1].text)} {squeeze(text)}")
            for name, value in beside.items():
                if name and catalogue.fields[name].reads in ("event", "due"):
                    likeness[name] = max(likeness.get(name, 0.0), value * 0.9)
        if above and own.count(own[column]) > 1:
            text = f"{above[-1]} / {text}"
        found.append(Heading(column, text, likeness))
    return tuple(_named(found))


def _holds_dates(sheet: Sheet, first: int, column: int) -> bool:
    """Whether a column's next cells are dates."""
    cells = [row[column] for row in sheet.rows[first : first + 40] if column < len(row)]
    filled = [cell for cell in cells if cell != ""]
    dates = sum(
        1
        for cell in filled
        if isinstance(cell, date) or (isinstance(cell, str) and DATE_TEXT.fullmatch(cell))
    )
    return 3 * dates > len(filled)


def _together(above: Sequence[str], text: str, catalogue: Catalogue) -> dict[str, float]:
    """The likeness of a heading read with the groups above it, or less surely without them."""
    likeness = {name: value * 0.99 for name, value in catalogue.likeness(squeeze(text)).items()}
    telling = [group for group in above if not set(catalogue.words_of(group)) <= _NO_GROUP]
    for group in dict.fromkeys((telling[-1], " ".join(telling))) if telling else ():
        for name, value in catalogue.likeness(squeeze(f"{group} {text}")).items():
            likeness[name] = max(likeness.get(name, 0.0), value)
    return likeness


def _named(found: Sequence[Heading]) -> Iterator[Heading]:
    """The headings that say something, doubles told apart by their column."""
    seen: set[str] = set()
    for heading in found:
        text = heading.text
        if text in seen:
            text = f"{text} (column {column_letters(heading.column)})"
        if text:
            seen.add(text)
            yield Heading(heading.column, text, heading.likeness)


def without(sheet: Sheet, first: int, headings: Sequence[Heading]) -> Iterator[Heading]:
    """Filled columns that have no heading."""
    filled = {column for row in sheet.rows[first:] for column, cell in enumerate(row) if cell != ""}
    for column in sorted(filled - {heading.column for heading in headings}):
        yield Heading(column, f"(column {column_letters(column)})", {})


def _filled(sheet: Sheet, row: int, width: int) -> list[str]:
    """A row of group headings, each carried on over the columns it spans."""
    texts = [_text(cell) for cell in _padded(sheet.rows[row], width)]
    if sum(1 for text in texts if text) == 1 and texts[0]:
        # One text in the first column is a title over the table, not a group.
        return [""] * width
    merged = [merge for merge in sheet.merges if merge[0] <= row <= merge[2]]
    if merged:
        for _, left, last_row, right in merged:
            # A heading merged downwards belongs to its column alone.
            if last_row == row:
                texts[left + 1 : right + 1] = [texts[left]] * (min(right, width - 1) - left)
        return texts
    for at in range(1, width):
        below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else ()
        if not texts[at] and at < len(below) and below[at] != "":
            texts[at] = texts[at - 1]
    return texts


def _padded(row: Row, width: int) -> list[Cell]:
    return [*row, *[""] * (width - len(row))]


def _text(cell: Cell) -> str:
    """A heading as found; white space alone is none."""
    if isinstance(cell, str):
        return cell if squeeze(cell) else ""
    return ""
