"""The date columns of all tables, each read as the one who wrote it, and its doubts told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from caseworker_app.domain.incoming import Doubt, Place
from caseworker_app.imports.files.sheets import Cell
from caseworker_app.imports.mapping import Mapping as ByHand
from caseworker_app.imports.tracker.cells import DATED, dated
from caseworker_app.imports.tracker.dating import (
    Hand,
    Signs,
    Word,
    signs_of,
)
from caseworker_app.imports.tracker.days import Doubtful, epoch_of
from caseworker_app.imports.tracker.figures import figures_of, look_over
from caseworker_app.imports.tracker.plan import Column
from caseworker_app.imports.tracker.rows import RowSource
from caseworker_app.imports.tracker.turned import Seen, turned_columns


def with_hands(sources: Sequence[RowSource], by_hand: ByHand, today: date) -> list[RowSource]:
    """The tables with a reader of its own for each column of days, and what is doubtful of it.

    Args:
        sources: every table of every file: what one sheet shows may hold for another.
        by_hand: what a person says of some columns.
        today: dates long before and well after it are unlikely.
    """
    columns = [
        (at, column)
        for at, source in enumerate(sources)
        for column in source.plan.columns
        if column.reads in DATED
    ]
    cells = [_cells(sources[at], column) for at, column in columns]
    epochs = [epoch_of(days_from_1904=source.days_from_1904) for source in sources]
    seen = [
        Seen(sources[at].file, sources[at].sheet, column.heading, signs_of(own, epochs[at]))
        for (at, column), own in zip(columns, cells, strict=True)
    ]
    elsewhere: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for one, own in zip(seen, cells, strict=True):
        elsewhere[one.file, one.heading] += own
    doubts: dict[int, list[Doubt]] = defaultdict(list)
    answered: dict[int, list[Doubt]] = defaultdict(list)
    made: dict[tuple[int, int], Column] = {}
    told = zip(columns, cells, seen, turned_columns(seen), strict=True)
    for (at, column), own, one, (turned, month_first) in told:
        hand = Hand(
            look_over(own, epochs[at], today, elsewhere[one.file, one.heading]),
            turned,
            month_first,
            one.signs.late,
            by_hand.date_word(one.sheet, column.heading),
        )
        day = hand.reader()
        made[at, column.index] = replace(column, reader=dated(day)[column.reads], said=hand.word)
        unsaid = replace(hand, word="").reader() if hand.word else day
        doubtful = sum(_doubted(unsaid(cell)) for cell in _asked_about(hand, own))
        (answered if hand.word else doubts)[at] += _told(hand, one, doubtful)
    return [
        replace(
            source,
            doubts=tuple(doubts[at]),
            answered=tuple(answered[at]),
            plan=replace(
                source.plan,
                columns=tuple(made.get((at, one.index), one) for one in source.plan.columns),
            ),
        )
        for at, source in enumerate(sources)
    ]


def _cells(source: RowSource, column: Column) -> list[Cell]:
    rows = source.rows[source.block.first : source.block.end]
    return [row[column.index] if column.index < len(row) else "" for row in rows if row]


def _asked_about(hand: Hand, cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells that may be of those that the column as a whole makes doubtful."""
    if hand.turned or hand.month_first or hand.late:
        return cells
    # A real date has no figures of its own, and most cells are one.
    return [cell for cell in cells if type(cell) is not date and figures_of(cell)]


def _doubted(found: object) -> bool:
    return isinstance(found, Doubtful)


def _told(hand: Hand, seen: Seen, count: int) -> list[Doubt]:
    if not count:
        return []
    cells = "1 cell" if count == 1 else f"{count:,} cells"
    place = Place(seen.file, seen.sheet)
    why, words = _why(hand, seen.signs)
    answers = (*words, _LEFT_OUT)
    if hand.word:
        # What follows says what is not taken while nobody has answered.
        why = why.partition("; ")[0]
    else:
        lines = " or ".join(f'"{word}"' for word in answers)
        how = f'To answer it, a mapping file says under [dates] "{seen.heading}" = {lines}'
        why = f"{why}. {how}."
    return [Doubt(place, seen.heading, cells, why, answers=answers, said=hand.word)]


_LEFT_OUT: Word = "left out"
_LATE = (
    "some dates stand at 23:00, only in summer, and all others at 00:00, as midnight in London "
    "does when it is kept as a time in UTC; those at 23:00 are not taken, the day may be the one "
    "shown or the next"
)
_MONTH_FIRST = (
    "some dates can only be written month first, and none shows that the day comes first; those "
    "that could be either are not taken"
)
_AMERICAN = "every date kept as text has a day over 12, and every real date one up to 12"
_LIKE_OTHERS = "as in other columns, no real date has a day over 12"
_TURNED = (
    "as after a machine that is set to American dates; the real dates are not taken, day and month "
    "may be turned round"
)
_FIGURES = "figures alone do not tell which day is meant; they are not taken"


def _why(hand: Hand, signs: Signs) -> tuple[str, tuple[Word, ...]]:
    """What makes a column doubtful, and what a person can say of it."""
    if hand.late:
        return _LATE, ("UTC", "as shown")
    if hand.month_first:
        return _MONTH_FIRST, ("day and month swapped", "as shown")
    if hand.turned:
        which = _AMERICAN if signs.american else _LIKE_OTHERS
        return f"{which}, {_TURNED}", ("day and month swapped", "as shown")
    return _FIGURES, ("ddmmyy", "yymmdd", "day numbers")
