"""The sheets of measures: all of them, those off target, each workstream's, those not recorded."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from caseworker_app.domain.day_words import day_words, month_words, period_words
from caseworker_app.domain.measures.before import HIDDEN_WORDS, shown
from caseworker_app.domain.measures.board import BoardReturn, Result
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.measures.first_page import Stands, not_recorded, off_target
from caseworker_app.reports.looks import clean
from caseworker_app.reports.pages import HIDDEN, Column, Kind, Page, Row, Value

MEASURES = "Measures"
EXCEPTIONS = "Exception report"
NOT_RECORDED = "Not recorded"

COUNT, OF, VALUE, TARGET, RATING, BEFORE = 2, 3, 4, 5, 6, 7
"""The places of the figures in a row of measures, from 0."""

_SIGNS = {Rating.GREEN: "✔", Rating.AMBER: "▲", Rating.RED: "✖", Rating.NONE: "•"}
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def when(board: BoardReturn) -> str:
    """The period and the day, in words; a part of a period says so."""
    so_far = ", so far" if board.as_at < board.period.end else ""
    return f"{period_words(board.period)}{so_far}, as at {day_words(board.as_at)}"


def _figures(*, note: str = "Note") -> tuple[Column, ...]:
    return (
        Column("Ref", "wrap", 15),
        Column("Measure", "wrap", 42),
        Column("Count", "count", 10),
        Column("Out of", "count", 10),
        Column("Value", "share", 10),
        Column("Target", "after_number", 20),
        Column("Rating", "none", 19),
        Column("Period before", "share", 12),
        Column(note, "quiet", 40),
    )


def measures_page(board: BoardReturn, known: Sequence[Stands]) -> Page:
    """Every measure that has a figure, with count, target and rating."""
    opens = "" if board.suppressed else " The cases behind each count are on a sheet of their own."
    return Page(
        MEASURES,
        "Measures",
        f"{when(board)}. Those with a figure, from cases or by hand.{opens}",
        "What the Board follows: count, target, rating and the period before",
        (
            *_figures(),
            Column("Lead", "wrap", 18),
            Column("Due", "top", 15),
            Column("Workstream", "wrap", 18),
        ),
        [_row(one, one.now.note, one.now.workstream) for one in known],
        empty="No measure has a figure yet.",
        key="measures",
    )


def _row(one: Stands, note: str, *more: Value) -> Row:
    now = one.now
    kinds: dict[int, Kind] = {RATING: now.rating.value}
    if not now.shared:
        kinds[VALUE] = kinds[BEFORE] = "count"
    before = None if one.before is None else _value(one.before)
    for place, said in ((COUNT, now.numerator), (OF, now.denominator), (VALUE, now.value)):
        if now.hidden and said is None:
            kinds[place] = "hidden"
    if before == HIDDEN:
        kinds[BEFORE] = "hidden"
    return Row(
        (
            now.ref,
            now.statement,
            _or_hidden(now.numerator, hidden=now.hidden),
            _or_hidden(now.denominator, hidden=now.hidden and now.shared),
            _value(now),
            now.target_words,
            rating_words(now),
            before,
            note,
            now.lead,
            month_words(now.due),
            *more,
        ),
        kinds,
    )


def _value(result: Result) -> Value:
    return _or_hidden(result.value, hidden=result.hidden)


def _or_hidden(value: float | None, *, hidden: bool) -> Value:
    return HIDDEN if value is None and hidden else value


def rating_words(result: Result) -> str:
    """A sign and the words: the colour is never alone."""
    if result.hidden:
        return f"{_SIGNS[Rating.NONE]} Hidden"
    return f"{_SIGNS[result.rating]} {result.rating.words}"


def exceptions_page(board: BoardReturn, known: Sequence[Stands]) -> Page:
    """Every measure off target: now, before, how it came there, and what its owner says."""
    return Page(
        EXCEPTIONS,
        "Exception report",
        f"{when(board)}. Each measure off target, with what its owner says of it.",
        "Each measure off target: before, trend, and what its owner says",
        (
            Column("Ref", "wrap", 15),
            Column("Measure", "wrap", 40),
            Column("Now", "figure", 11),
            Column("Target", "after_number", 20),
            Column("Period before", "figure", 12),
            Column("Trend", "said", 40),
            Column("Owner", "wrap", 20),
            Column("Due", "top", 15),
            Column("What the owner says", "wrap", 56),
        ),
        [_exception(one) for one in off_target(known)],
        empty="No measure is off target.",
        key="exceptions",
    )


def _exception(one: Stands) -> Row:
    now = one.now
    return Row(
        (
            now.ref,
            now.statement,
            now_words(now),
            now.target_words,
            now_words(one.before),
            one.trend,
            now.lead,
            month_words(now.due),
            one.said or "Nothing is written yet.",
        ),
        {8: "wrap" if one.said else "quiet"},
    )


def now_words(result: Result | None) -> str:
    """The figure of a measure in words: "58.0%", "12", "not done"; "" where there is none."""
    if result is None:
        return ""
    return HIDDEN if shown(result) == HIDDEN_WORDS else shown(result)


def workstream_pages(
    board: BoardReturn, known: Sequence[Stands], taken: Collection[str]
) -> Iterator[Page]:
    """A sheet for each workstream, its measures with their trend and what owners say.

    Args:
        board: the return.
        known: its measures as they stand.
        taken: the names of the other sheets.
    """
    used = {one.casefold() for one in taken}
    for stream in dict.fromkeys(one.now.workstream for one in known):
        own = [one for one in known if one.now.workstream == stream]
        name = _free_name(stream, used)
        used.add(name.casefold())
        yield Page(
            name,
            stream or "Other measures",
            f"{when(board)}. Measures of this workstream.",
            f"Its measures, their trend and what owners say: {_how_many(own)}",
            (
                *_figures(note="Trend"),
                Column("Lead", "wrap", 18),
                Column("Due", "top", 15),
                Column("What the owner says", "wrap", 44),
            ),
            [_row(one, one.trend, one.said) for one in own],
            key=f"workstream_{name}",
        )


def _how_many(own: Sequence[Stands]) -> str:
    red = sum(one.now.rating is Rating.RED for one in own)
    return f"{len(own)}, {red} of them off target" if red else f"{len(own)}, none off target"


def _free_name(stream: str, used: Collection[str]) -> str:
    """A name for a sheet: what Excel allows, and no other sheet has."""
    name = _NOT_IN_NAMES.sub(" ", clean(stream)).strip()[:_LONGEST_NAME].strip() or "Other measures"
    tried, number = name, 2
    while tried.casefold() in used:
        end = f" {number}"
        tried, number = f"{name[: _LONGEST_NAME - len(end)]}{end}", number + 1
    return tried


def not_recorded_page(board: BoardReturn) -> Page:
    """Every measure without a figure, and what it waits for."""
    return Page(
        NOT_RECORDED,
        "Measures not recorded yet",
        f"As at {day_words(board.as_at)}: measures that nothing on record can answer.",
        "Measures without a figure, and what each waits for",
        (
            Column("Ref", "wrap", 15),
            Column("Measure", "wrap", 48),
            Column("Waits for", "wrap", 48),
            Column("Target", "wrap", 22),
            Column("Owner", "wrap", 24),
            Column("Due", "top", 15),
            Column("Workstream", "wrap", 26),
        ),
        list(_waiting(not_recorded(board))),
        empty="Every measure has a figure.",
        key="not_recorded",
    )


def _waiting(measures: Iterable[Result]) -> Iterator[tuple[Value, ...]]:
    for one in measures:
        yield (
            one.ref,
            one.statement,
            one.note,
            one.target_words,
            one.lead,
            month_words(one.due),
            one.workstream,
        )
