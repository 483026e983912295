"""The sheet Beside others: England, the region and neighbours, over the years, for each measure."""

from __future__ import annotations

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.department.beside import (
    LIVE,
    Beside,
    Published,
    Standing,
    period_words,
    standings,
)
from caseworker_app.domain.measures.board import BoardReturn, Result
from caseworker_app.reports.pages import HIDDEN, Block, Blocks, Column, Kind, Row, Value

BESIDE = "Beside others"

_AREA, _PERIOD = 34.0, 13.0


def beside_page(board: BoardReturn) -> Blocks:
    """A block for each measure with a published twin: an area a line, a period a column."""
    results = {one.ref: one for one in board.measures}
    most = max((len(one.periods) for one in board.beside), default=0)
    return Blocks(
        BESIDE,
        BESIDE,
        f"As the Department for Education published them; your own as at {day_words(board.as_at)}.",
        "England, the region and neighbours, over the years",
        (_AREA, *([_PERIOD] * (most + 1))),
        tuple(_block(board, one, results.get(one.ref)) for one in board.beside),
    )


def _block(board: BoardReturn, one: Beside, result: Result | None) -> Block:
    number: Kind = "lined_share" if one.share else "lined_count"
    columns = (
        Column("Area", "lined"),
        *(Column(period_words(period), number) for period in one.periods),
        Column("This return", number),
    )
    hidden, now = own_now(board, one, result)
    rows = [_row(one, line) for line in standings(one, board.council, now, hidden=hidden)]
    title = "Live plans" if result is None else f"{one.ref}  {result.statement}"
    return Block(title, columns, rows, note=one.differs)


def own_now(board: BoardReturn, one: Beside, result: Result | None) -> tuple[bool, float | None]:
    """Whether what the return itself has is hidden, and what it is; None for nothing to compare."""
    if result is None:
        return one.ref == LIVE and board.live is None, board.live if one.ref == LIVE else None
    if one.share:
        return result.hidden, result.value if result.shared else None
    return result.hidden, result.numerator


def _row(one: Beside, line: Standing) -> Row:
    figures = (_value(line.figures.get(period)) for period in one.periods)
    values = (line.name, *figures, HIDDEN if line.hidden else line.now)
    words = (at for at, value in enumerate(values) if at and isinstance(value, str))
    return Row(values, dict.fromkeys(words, "lined_hidden"))


def _value(figure: Published | None) -> Value:
    if figure is None:
        return None
    return figure.sign if figure.value is None else figure.value
