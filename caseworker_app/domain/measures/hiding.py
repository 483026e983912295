"""The board return as it may be published: small numbers hidden wherever they could be worked out.

Published are every figure of a measure and every table but the managers' own, and no list of cases.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import (
    ASKED,
    BoardReturn,
    CaseLists,
    Line,
    Result,
    Table,
)
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.measures.editions import Edition, beside_earlier, settled
from caseworker_app.domain.measures.published import LIVE, is_published, published
from caseworker_app.domain.measures.relations import DENOMINATOR, NUMERATOR, OF, TOTAL
from caseworker_app.domain.measures.suppression import Cell, Counts, Hidden, hidden
from caseworker_app.domain.names import folded

HIDDEN_NOTE = "Hidden: a small number, or one that would give a small number away."
SENTENCE_LEFT_OUT = "[What tells a number is left out; the team's edition has it.]"
LEFT_OUT = (
    "The lines are left out: so few stand behind each that hiding some would not protect the rest."
)

_DAYS = re.compile(r"\b(\d{1,2} [A-Z][a-z]+ )?(19|20)\d{2}\b")
_NUMBER = re.compile(r"\b\d[\d,]*\b(?!%)")
_DIGITS = re.compile(r"\d")
_SPELT = re.compile(
    r"\b(two|three|four|(one|a single) (child|pupil|case|family|plan|review|meeting|assessment))\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?]) +")


def hide_small(board: BoardReturn) -> BoardReturn:
    """The same return with what may not be published taken out: small counts, lists, cases."""
    return protect(board)[0]


def protect(board: BoardReturn, earlier: Sequence[Edition] = ()) -> tuple[BoardReturn, Edition]:
    """The return as it may be published after others, and what is to be kept of it for the next.

    A number that the earlier returns tell already is shown: nothing hides it any more. What can be
    worked out more nearly than it should is counted in `narrowed`, be it hidden here or in a return
    before.
    """
    by_size = {table.key for table in board.tables if table.by_size and is_published(table)}
    without: frozenset[str] = frozenset()
    given, beside, found = _found(board, without, earlier)
    # So many names of so few children each may cost more than they say.
    while left_out := _to_leave_out(found, by_size - without):
        other, tied, then = _found(board, without | left_out, earlier)
        if len(then.narrow) + len(then.lost) >= len(found.narrow) + len(found.lost):
            break
        without, given, beside, found = without | left_out, other, tied, then
    came = settled(given, beside, found, (board.period, board.as_at), earlier)
    public = replace(_hide(board, came.edition.hidden, without), narrowed=came.narrowed)
    return public, replace(came.edition, left_out=without)


def shown_again(board: BoardReturn, edition: Edition) -> BoardReturn:
    """A return with hidden in it what was hidden when it was published."""
    return _hide(board, edition.hidden, edition.left_out)


def shown_with(
    board: BoardReturn, cells: frozenset[Cell], left_out: Collection[str]
) -> BoardReturn:
    """A return with some counts hidden, and some tables left out, by their keys."""
    return _hide(board, cells, left_out)


def _found(
    board: BoardReturn, without: frozenset[str], earlier: Sequence[Edition]
) -> tuple[Counts, Counts, Hidden]:
    """What the return counts, the same tied to the returns before it, and what is to be hidden."""
    given = published(board, without)
    beside = beside_earlier(given, board.period, board.as_at, earlier)
    return given, beside, hidden(beside)


def _to_leave_out(found: Hidden, by_size: set[str]) -> set[str]:
    return by_size if found.lost else by_size & {cell[0] for cell in found.narrow}


def _hide(board: BoardReturn, cells: frozenset[Cell], without: Collection[str]) -> BoardReturn:
    def tables(several: Iterable[Table]) -> tuple[Table, ...]:
        return tuple(
            _hide_table(one, cells, left_out=one.key in without)
            for one in several
            if is_published(one)
        )

    return replace(
        board,
        audience=Audience.BOARD,
        live=None if LIVE in cells else board.live,
        measures=tuple(_hide_result(result, cells) for result in board.measures),
        annual_reviews=tables(board.annual_reviews),
        assessments=tables(board.assessments),
        transfers=tables(board.transfers),
        caseload=tables(board.caseload),
        overdue_counts=tables(board.overdue_counts),
        mend_counts=tables(board.mend_counts),
        overdue=(),
        to_mend=(),
        lists=CaseLists(),
        before=None,
        commentary=_hide_commentary(board, cells),
    )


def _hide_commentary(board: BoardReturn, cells: frozenset[Cell]) -> dict[str, str]:
    """What owners say, without the sentences that tell numbers; that some are left out is said."""
    hidden_refs = {cell[0] for cell in cells}
    hidden_refs |= {one.ref for one in board.measures if one.by_hand and one.small}
    found = {}
    any_measure = any(one.ref in hidden_refs for one in board.measures)
    for ref, words in board.commentary.items():
        # What is asked of the Board may be about any measure.
        shares = any_measure if ref == ASKED else ref in hidden_refs
        kept = without_numbers(words, spelt=True, shares=shares)
        found[ref] = words if kept == words else f"{kept} {SENTENCE_LEFT_OUT}".strip()
    return found


def _hide_result(result: Result, cells: frozenset[Cell]) -> Result:
    if result.by_hand:
        return _hide_told(result)
    numerator = (result.ref, NUMERATOR) in cells
    denominator = (result.ref, DENOMINATOR) in cells
    note = without_numbers(result.note)
    if not (numerator or denominator):
        return replace(result, note=note, things=(), cases=(), of_cases=())
    return replace(
        result,
        numerator=None if numerator else result.numerator,
        denominator=None if denominator else result.denominator,
        value=None,
        rating=Rating.NONE,
        note=f"{HIDDEN_NOTE} {note}".strip(),
        things=(),
        cases=(),
        of_cases=(),
        hidden=True,
        is_share=result.shared,
    )


def without_numbers(note: str, *, spelt: bool = False, shares: bool = False) -> str:
    """A note without the sentences that tell a number other than of a day, a year or a per cent.

    What they count is in no table, so nothing could protect it.

    Args:
        note: sentences.
        spelt: of words that people typed: small numbers in letters are numbers too.
        shares: so are per cents.
    """

    def tells(sentence: str) -> bool:
        left = _DAYS.sub("", sentence)
        return bool(
            (_DIGITS if shares else _NUMBER).search(left) or (spelt and _SPELT.search(left))
        )

    return " ".join(one for one in _SENTENCES.split(note) if not tells(one))


def _hide_told(result: Result) -> Result:
    """A figure by hand: nothing adds up to it, so that it is hidden by itself, with its trend."""
    if not result.small:
        return replace(result, trend=tuple(one for one in result.trend if not one.small))
    return replace(
        result,
        numerator=None,
        denominator=None,
        value=None,
        rating=Rating.NONE,
        note=HIDDEN_NOTE,
        trend=(),
        hidden=True,
    )


def _hide_table(table: Table, cells: frozenset[Cell], *, left_out: bool) -> Table:
    total = None if (table.key, TOTAL) in cells else table.total
    if left_out:
        return replace(table, lines=(), total=total, definition=LEFT_OUT)
    lines = [_hide_line(table, line, cells) for line in table.lines]
    if table.by_size:
        lines.sort(key=_shown_first)
    return replace(table, lines=tuple(lines), total=total)


def _shown_first(line: Line) -> tuple[bool, int, str, str]:
    """By size as far as it is shown; those that are hidden by their names, after them."""
    return line.count is None, -(line.count or 0), folded(line.label), line.label


def _hide_line(table: Table, line: Line, cells: frozenset[Cell]) -> Line:
    of_cell = (table.key, TOTAL) if table.kind == "partition" else (table.key, line.key, OF)
    count = None if (table.key, line.key) in cells else line.count
    of = None if of_cell in cells else line.of
    value = line.value if count is not None else None
    return replace(line, count=count, of=of, value=value, things=(), cases=(), of_cases=())
