"""Where on a sheet the headings stand, and which rows lie under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from caseworker_app.imports.files.sheets import Cell, Row, Sheet
from caseworker_app.imports.tracker import assign, heading_rows
from caseworker_app.imports.tracker.catalogue import BY_HAND, IGNORED, Catalogue
from caseworker_app.imports.tracker.heading_rows import DATE_TEXT, Heading
from caseworker_app.imports.tracker.words import squeeze

IDENTITY = frozenset({"reference", "surname", "forename", "name", "upn", "born"})
"""Fields that say which child a row is about; a table without them is no list of children."""

_DEPTH = 400
"""Rows in which a first heading may stand."""

_ALIKE = 0.6
_LEAST = 1.9
_LONGEST_HEADING = 160


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
        headings = heading_rows.over(sheet, top, bottom, catalogue)
        headings += tuple(heading_rows.without(sheet, bottom + 1, headings))
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
    scores: dict[int, float] = {}
    most, worth = 0.0, BY_HAND if catalogue.overrulings else 1.0
    for at, row in enumerate(sheet.rows[:_DEPTH]):
        # A row whose texts could not make it better than the best so far begins nothing.
        if most >= worth * sum(1 for cell in row if isinstance(cell, str) and cell):
            continue
        score = _row_score(row, catalogue)
        if score >= _LEAST:
            scores[at] = score
            most = max(most, score)
    if not scores:
        return None
    enough = 0.7 * most
    return next(at for at, score in scores.items() if score >= enough)


def _next_heading(sheet: Sheet, block: Block, catalogue: Catalogue) -> int | None:
    """The row where a table of another lay-out begins. The same headings again begin none."""
    least = max(3.5, 0.5 * _score([heading.likeness for heading in block.headings]))
    born = [one.column for one in block.headings if one.likeness.get("born", 0.0) > 0.9]
    for at in range(block.first, len(sheet.rows)):
        row = sheet.rows[at]
        if not row:
            continue
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
            isinstance(cell, str) and DATE_TEXT.fullmatch(cell)
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
        headings = heading_rows.over(sheet, top, bottom, catalogue)
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
        and not DATE_TEXT.fullmatch(cell)
        and sum(mark.isdigit() for mark in cell) < 4
        for cell in filled
    )
