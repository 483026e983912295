"""Every figure of a return in one row each: measures, lines of tables, totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from caseworker_app.domain.measures.board import BoardReturn, Result, Table, Thing
from caseworker_app.domain.measures.hiding import HIDDEN_NOTE

LIVE = "live"
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class OneFigure:
    """One figure of a return.

    Attributes:
        ref: of the measure, or the key of the table.
        line: the key of the line of a table, `TOTAL` for what its lines add up to; "" of a measure.
        statement: the words of the measure, or the title of the table.
        topic: what the lines of the table are, "Primary need"; "" of a measure.
        label: the words of the line; "" of a measure.
        numerator, denominator: counts; None where hidden, not asked or not recorded.
        value: the share, the count where there is no denominator, or what a line gives instead.
        unit: of a mean or a median.
        hidden: a number is left out of it.
        things: what it looked at.
        by_hand: people told it.
        part: a line of a partition, which is out of the total of all its lines.
    """

    ref: str
    line: str
    statement: str
    topic: str
    label: str
    numerator: int | None
    denominator: int | None
    value: float | None
    unit: str
    hidden: bool
    definition: str
    note: str
    things: tuple[Thing, ...] = ()
    by_hand: bool = False
    part: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by."""
        return self.ref, self.line

    @property
    def words(self) -> str:
        """The measure, or the table and its line."""
        return f"{self.statement}: {self.label}" if self.line else self.statement

    @property
    def own(self) -> tuple[int | float | None, ...]:
        """Those of its numbers that are its own: a part's total is a figure by itself."""
        return (self.numerator,) if self.part else self.figures

    @property
    def figures(self) -> tuple[int | None, int | None, float | None]:
        """Its numbers."""
        return self.numerator, self.denominator, self.value


def every_figure(board: BoardReturn) -> Iterator[OneFigure]:
    """The number of live plans, each measure, and each line and total of each table."""
    live = "Live plans on the day"
    yield OneFigure(
        *(LIVE, "", live, "", "", board.live, None, board.live, "", board.live is None, live, "")
    )
    for result in board.measures:
        yield _of_measure(result)
    for table in board.tables:
        yield from _of_table(table)


def _of_measure(one: Result) -> OneFigure:
    return OneFigure(
        one.ref,
        "",
        one.statement,
        "",
        "",
        one.numerator,
        one.denominator,
        one.value,
        "",
        one.hidden,
        one.definition,
        one.note.removeprefix(HIDDEN_NOTE).strip(),
        one.things,
        one.by_hand,
    )


def _of_table(table: Table) -> Iterator[OneFigure]:
    blank = OneFigure(
        ref=table.key,
        line=TOTAL,
        statement=table.title,
        topic=table.heading,
        label="Total",
        numerator=table.total,
        denominator=None,
        value=table.total,
        unit="",
        hidden=table.total is None,
        definition=table.definition,
        note="",
    )
    # Where no line is out of anything, none is asked for; where one is, the others are hidden.
    out_of = any(line.of is not None for line in table.lines)
    for line in table.lines:
        asked = out_of and not line.unit
        counted = None if asked else line.count
        yield replace(
            blank,
            line=line.key,
            label=line.label,
            numerator=line.count,
            denominator=line.of,
            value=line.value if line.unit else line.share if line.of is not None else counted,
            unit=line.unit,
            hidden=line.count is None or (asked and line.of is None),
            note=line.note,
            things=line.things,
            part=table.kind == "partition",
        )
    if table.kind == "partition":
        yield blank
