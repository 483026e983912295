"""The first page, that a chair reads in a minute: off target, changed, asked of the Board."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten, wrap

from caseworker_app.domain.day_words import period_words
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.first_page import (
    Stands,
    asked,
    changed,
    in_a_sentence,
    off_target,
)
from caseworker_app.reports.contents import made_by, marking
from caseworker_app.reports.measure_pages import EXCEPTIONS, MEASURES, now_words, when
from caseworker_app.reports.pages import HIDDEN, Block, Blocks, Column, Kind, Row

SUMMARY = "Summary"
_WIDTHS = (14.0, 52.0, 13.0, 19.0, 13.0, 66.0)
_MOST_RED, _MOST_CHANGED, _MOST_ASKED = 10, 6, 5
_LINE, _SAID = 170, 150
"""Letters of a line across the page, and of what an owner says beside a measure."""


def summary_page(board: BoardReturn, known: Sequence[Stands]) -> Blocks:
    """What is red, what changed and what is asked, on one page."""
    red, moved = off_target(known), changed(known)
    blocks = [_red(red)]
    if board.before is not None:
        blocks.append(_changed(moved, period_words(board.before.period)))
    blocks.append(_asked(asked(board, known)))
    council = board.council or "Council not named"
    return Blocks(
        SUMMARY,
        "SEND board return",
        f"{council}. {when(board)}. {marking(board)}. {in_a_sentence(board, known)}",
        "What is off target, what changed, what is asked of the Board: one page",
        _WIDTHS,
        tuple(blocks),
        one_page=True,
        small=made_by(board),
    )


def _more(count: int, most: int, where: str) -> str:
    return f"The first {most}; all are on the sheet {where}." if count > most else ""


def _red(red: Sequence[Stands]) -> Block:
    return Block(
        f"Off target: {len(red)}",
        (
            Column("Ref", "lined"),
            Column("Measure", "lined"),
            Column("Now", "lined_figure"),
            Column("Target", "lined_note"),
            Column("Before", "lined_figure"),
            Column("Owner, and what they say", "lined_said"),
        ),
        [
            _row(
                one,
                now_words(one.now),
                one.now.target_words,
                now_words(one.before),
                f"{one.now.lead}: {shorten(one.said, _SAID, placeholder=' …')}"
                if one.said
                else one.now.lead,
            )
            for one in red[:_MOST_RED]
        ],
        note=_more(len(red), _MOST_RED, EXCEPTIONS) if red else "No measure is off target.",
        key="off_target",
    )


def _changed(moved: Sequence[Stands], before: str) -> Block:
    return Block(
        f"Changed since {before}: {len(moved)}",
        (
            Column("Ref", "lined"),
            Column("Measure", "lined"),
            Column("Now", "lined_figure"),
            Column("Moved", "lined_note"),
            Column("Before", "lined_figure"),
            Column("Rating", "lined_said"),
        ),
        [
            _row(
                one,
                now_words(one.now),
                one.way.value if one.way is not None else "",
                now_words(one.before),
                _rated(one),
            )
            for one in moved[:_MOST_CHANGED]
        ],
        note=_more(len(moved), _MOST_CHANGED, MEASURES) if moved else "No figure has moved.",
        key="changed",
    )


def _rated(one: Stands) -> str:
    if one.crossed and one.before is not None:
        return f"{one.now.rating.words}, was {one.before.rating.words.lower()}"
    return one.now.rating.words


def _row(one: Stands, *rest: str) -> Row:
    kinds: dict[int, Kind] = {
        place: "lined_hidden" for place, value in enumerate(rest, start=2) if value == HIDDEN
    }
    return Row((one.now.ref, one.now.statement, *rest), kinds)


def _asked(sentences: Sequence[str]) -> Block:
    shown = sentences[:_MOST_ASKED]
    lines = [
        line
        for number, sentence in enumerate(shown, start=1)
        for line in wrap(f"{number}. {sentence}", _LINE, subsequent_indent="    ")
    ]
    return Block(
        "Asked of the Board", (), [], lines=tuple(lines) or ("Nothing beyond what stands here.",)
    )
