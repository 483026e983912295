"""A table of the return as blocks of a sheet: its lines, its total, its averages by themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from caseworker_app.domain.measures.board import Line, Table
from caseworker_app.reports.charts import bars
from caseworker_app.reports.pages import HIDDEN, Block, Column, Kind, Page, Row, Value

WIDTHS = (54.0, 11.0, 11.0, 11.0, 64.0)
"""Of a sheet of blocks: words, three figures, and room for a note or a chart."""

LONGEST = 30
"""A table of more lines than this has a sheet of its own."""

_CHART_AT = "E"


def block(table: Table, *, chart: bool = False, late: Collection[str] = ()) -> Iterator[Block]:
    """The table as one block, or as two where it has averages beside shares.

    Args:
        table: with its lines.
        chart: draw a bar a line beside it.
        late: the keys of the lines whose bar is red.
    """
    if table.kind == "partition":
        yield _partition(table, chart, late)
        return
    shares = [line for line in table.lines if not line.unit]
    if shares and all(line.of is None for line in shares):
        yield _counts(table)
    elif shares:
        yield _shares(table, shares)
    for unit in dict.fromkeys(line.unit for line in table.lines if line.unit):
        yield _averages(table, unit, [line for line in table.lines if line.unit == unit])


def long_page(table: Table, about: str) -> Page:
    """A table of many lines as a sheet, whose headings are printed on each page."""
    whole = or_hidden(table.total)
    share: Value = HIDDEN if whole == HIDDEN else 1.0 if table.total else None
    kinds: dict[int, Kind] = {1: "strong_count", 2: "strong_share"}
    if whole == HIDDEN:
        kinds = {1: "strong_hidden", 2: "strong_hidden"}
    return Page(
        table.title[:31],
        table.title,
        about,
        f"{table.title}, a line each",
        (
            Column(table.heading, "lined", 60),
            Column("Count", "lined_count", 14),
            Column("Per cent", "lined_share", 14),
        ),
        [_row((line.label, or_hidden(line.count), _share_of(line))) for line in table.lines],
        key=table.key,
        total=Row(("All", whole, share), kinds),
    )


def _partition(table: Table, chart: bool, late: Collection[str]) -> Block:
    hidden = {place for place, line in enumerate(table.lines) if line.count is None}
    labels = tuple(
        f"{line.label}: {HIDDEN}" if place in hidden else line.label
        for place, line in enumerate(table.lines)
    )
    at = len(WIDTHS) + 1 if hidden else 1
    red = [place for place, line in enumerate(table.lines) if line.key in late]
    whole = HIDDEN if table.total is None else 1.0 if table.total else None
    total: tuple[Value, ...] = ("All", or_hidden(table.total), whole)
    kinds: tuple[Kind, ...] = ("strong", "strong_count", "strong_share")
    return Block(
        table.title,
        (
            Column(table.heading, "lined"),
            Column("Count", "lined_count"),
            Column("Per cent", "lined_share"),
        ),
        [_row((line.label, or_hidden(line.count), _share_of(line))) for line in table.lines],
        total=Row(
            total,
            {
                place: "strong_hidden" if value == HIDDEN else kinds[place]
                for place, value in enumerate(total)
            },
        ),
        note="" if table.lines else table.definition,
        key=table.key,
        draw=bars(table.title, _CHART_AT, red, hidden, at) if chart else None,
        labels=labels if chart and hidden else (),
    )


def _share_of(line: Line) -> Value:
    """The line's share: blank where there is nothing to be a share of."""
    return None if line.count is not None and line.of == 0 else or_hidden(line.share)


def _shares(table: Table, lines: list[Line]) -> Block:
    return Block(
        table.title,
        (
            Column(table.heading, "lined"),
            Column("Count", "lined_count"),
            Column("Out of", "lined_count"),
            Column("Per cent", "lined_share"),
            Column("Of what", "lined_note"),
        ),
        [
            _row(
                (line.label, or_hidden(line.count), or_hidden(line.of), _share_of(line), line.note)
            )
            for line in lines
        ],
        note=table.definition,
        key=table.key,
    )


def _counts(table: Table) -> Block:
    return Block(
        table.title,
        (Column(table.heading, "lined"), Column("Count", "lined_count")),
        [_row((line.label, or_hidden(line.count))) for line in table.lines],
        note=table.definition,
        key=table.key,
    )


def _averages(table: Table, unit: str, lines: list[Line]) -> Block:
    notes = dict.fromkeys(line.note for line in lines if line.note)
    return Block(
        f"{table.title}: averages in {unit}",
        (
            Column("Average", "lined"),
            Column(unit.capitalize(), "lined_average"),
            Column("Over", "lined_count"),
        ),
        [
            _row((line.label, HIDDEN if line.count is None else line.value, or_hidden(line.count)))
            for line in lines
        ],
        note=". ".join(notes),
        key=f"{table.key}_{unit}",
    )


def _row(values: tuple[Value, ...]) -> Row:
    return Row(values, hidden_kinds(values))


def or_hidden(value: float | None) -> Value:
    """A figure, or the word that it is hidden."""
    return HIDDEN if value is None else value


def hidden_kinds(values: Iterable[Value]) -> dict[int, Kind]:
    """The look of each value that is hidden, by place."""
    return {place: "lined_hidden" for place, value in enumerate(values) if value == HIDDEN}
