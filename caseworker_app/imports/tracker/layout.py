"""Where on a sheet the headings stand, and which rows lie under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from caseworker_app.imports.files.sheets import Cell, Row, Sheet, column_letters
from caseworker_app.imports.tracker import assign
from caseworker_app.imports.tracker.catalogue import IGNORED, Catalogue
from caseworker_app.imports.tracker.words import squeeze

IDENTITY = frozenset({"reference", "surname", "forename", "name", "upn", "born"})
"""Fields that say which child a row is about; a table without them is no list of children."""

_DEPTH = 400
"""Rows in which a first heading may stand."""

_ALIKE = 0.6
_LEAST = 1.9
_LONGEST_HEADING = 160
_DATE_TEXT = re.compile(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\s*")
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


@dataclass(frozen=True)
class Block:
    """One table of a sheet: its headings and the span of rows under them, counted from 0."""

    headings: tuple[Heading, ...]
    first: int
    end: int

    @cached_property
    def own(self) -> dict[int, str]:
        """Column to what its heading says without the group above, squeezed, in lower case."""
        return {
            heading.column: squeeze(heading.text.rpartition(" / ")[2]).lower()
            for heading in self.headings
        }

    @property
    def signature(self) -> tuple[str, ...]:
        """What two tables of the same lay-out share."""
        return tuple(squeeze(heading.text).lower() for heading in self.headings)


def blocks(sheet: Sheet, catalogue: Catalogue) -> list[Block]:
    """The tables of a sheet from top to bottom; empty when no row of headings is found."""
    first = _first_heading(sheet, catalogue)
    found: list[Block] = []
    while first is not None:
        top, bottom = _span(sheet, first, catalogue)
        headings = _headings(sheet, top, bottom, catalogue)
        headings += tuple(_without_heading(sheet, bottom + 1, headings))
        block = Block(headings, bottom + 1, len(sheet.rows))
        following = _next_heading(sheet, block, catalogue)
        found.append(block if following is None else Block(headings, block.first, following))
        first = following
    return found


def repeats(row: Row, block: Block) -> bool:
    """Whether a row is the row of headings once more."""
    same = filled = 0
    width = len(row)
    for column, own in block.own.items():
        cell = row[column] if column < width else ""
        if cell == "":
            continue
        filled += 1
        same += isinstance(cell, str) and (cell == own or squeeze(cell).lower() == own)
        if filled >= 4 and not same:
            return False
    return same >= 2 and same * 2 > filled


def _first_heading(sheet: Sheet, catalogue: Catalogue) -> int | None:
    scores = {
        at: score
        for at, row in enumerate(sheet.rows[:_DEPTH])
        if (score := _row_score(row, catalogue)) >= _LEAST
    }
    if not scores:
        return None
    enough = 0.7 * max(scores.values())
    return next(at for at, score in scores.items() if score >= enough)


def _next_heading(sheet: Sheet, block: Block, catalogue: Catalogue) -> int | None:
    """The row where a table of another lay-out begins. The same headings again begin none."""
    least = max(3.5, 0.5 * _score([heading.likeness for heading in block.headings]))
    born = [one.column for one in block.headings if one.likeness.get("born", 0.0) > 0.9]
    for at in range(block.first, len(sheet.rows)):
        row = sheet.rows[at]
        if born and born[0] < len(row) and _has_figures(row[born[0]]):
            continue
        if (
            _could_be_headings(row)
            and not (repeats(row, block) and _adds_none(row, block))
            and _row_score(row, catalogue) >= least
        ):
            return at
    return None


def _adds_none(row: Row, block: Block) -> bool:
    """Whether a row that repeats the headings has none that the block lacks."""
    texts = [squeeze(cell).lower() for cell in row if isinstance(cell, str) and squeeze(cell)]
    return len(set(texts) - set(block.own.values())) < 2


def _has_figures(cell: Cell) -> bool:
    """Whether a cell is a number, a date, or text with figures: no heading over birthdays."""
    return any(map(str.isdigit, cell)) if isinstance(cell, str) else True


def _could_be_headings(row: Row) -> bool:
    texts = dates = others = 0
    for cell in row:
        if cell == "":
            continue
        if isinstance(cell, datetime | date) or (
            isinstance(cell, str) and _DATE_TEXT.fullmatch(cell)
        ):
            dates += 1
        elif isinstance(cell, str):
            texts += 1
        else:
            others += 1
    return texts >= 2 and texts >= 3 * (dates + others)


def _row_score(row: Row, catalogue: Catalogue) -> float:
    if not _could_be_headings(row):
        return 0.0
    likenesses = [
        catalogue.likeness(squeeze(cell))
        for cell in row
        if isinstance(cell, str) and cell and len(cell) <= _LONGEST_HEADING
    ]
    return _score(likenesses)


def _score(likenesses: Sequence[object]) -> float:
    """The sum of the best likenesses, each field counted once; 0 without a field of identity."""
    best: dict[str, float] = {}
    for likeness in likenesses:
        if not isinstance(likeness, dict) or not likeness:
            continue
        name, value = max(likeness.items(), key=lambda item: item[1])
        if value >= _ALIKE:
            gain = value * (0.5 if name == IGNORED else 1.0)
            best[name] = max(best.get(name, 0.0), gain)
    return sum(best.values()) if not IDENTITY.isdisjoint(best) else 0.0


def _span(sheet: Sheet, at: int, catalogue: Catalogue) -> tuple[int, int]:
    """The first and last row of headings that stand in up to three rows."""
    best, span = 0.0, (at, at)
    for top, bottom in ((at, at), (at, at + 1), (at - 1, at), (at - 1, at + 1), (at, at + 2)):
        if top < 0 or bottom >= len(sheet.rows):
            continue
        if not all(_may_be_part(sheet.rows[row]) for row in range(top, bottom + 1) if row != at):
            continue
        headings = _headings(sheet, top, bottom, catalogue)
        # A further row has to earn its place: a line of data below must not join the headings.
        score = assign.worth([one.likeness for one in headings], catalogue) - 0.1 * (bottom - top)
        if score > best:
            best, span = score, (top, bottom)
    return span


def _may_be_part(row: Row) -> bool:
    """Whether a row beside the headings may belong to them: words only, and short ones."""
    filled = [cell for cell in row if cell != ""]
    return bool(filled) and all(
        isinstance(cell, str)
        and len(cell) <= _LONGEST_HEADING
        and not _DATE_TEXT.fullmatch(cell)
        and sum(mark.isdigit() for mark in cell) < 4
        for cell in filled
    )


def _headings(sheet: Sheet, top: int, bottom: int, catalogue: Catalogue) -> tuple[Heading, ...]:
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
        if isinstance(cell, date) or (isinstance(cell, str) and _DATE_TEXT.fullmatch(cell))
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


def _without_heading(sheet: Sheet, first: int, headings: Sequence[Heading]) -> Iterator[Heading]:
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
