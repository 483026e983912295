"""The sheets of figures: measures, reviews, assessments, transfers, caseload."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caseworker_app.domain.measures.board import BoardReturn, Line, Result, Table
from caseworker_app.reports.charts import bars
from caseworker_app.reports.pages import HIDDEN, Column, Kind, Page, Row, Value

MEASURES = "Measures"
REVIEWS = "Annual reviews"
ASSESSMENTS = "Assessments and twenty weeks"
TRANSFERS = "Phase transfers"
CASELOAD = "Caseload"

_RATING, _VALUE = 6, 4
_FIGURES = (
    Column("Table", "text", 48),
    Column("Line", "text", 60),
    Column("Count", "count"),
    Column("Out of", "count"),
    Column("Per cent", "share"),
    Column("Average", "average"),
    Column("Note", "after_number", 60),
)


def measures_page(board: BoardReturn) -> Page:
    """Every measure with its count, target and rating, or the words why there is none."""
    opens = "" if board.suppressed else " The cases behind each count are on their own sheet too."
    return Page(
        MEASURES,
        "Measures",
        f"{when(board)}. Definitions are on their own sheet.{opens}",
        "What the board follows: count, target and rating",
        (
            Column("Ref", "top", 26),
            Column("Measure", "wrap", 52),
            Column("Count", "count"),
            Column("Out of", "count"),
            Column("Value", "share"),
            Column("Target", "after_number", 20),
            Column("Rating", "none", 18),
            Column("Note", "wrap", 48),
            Column("Workstream", "top", 30),
            Column("Lead", "top", 22),
            Column("Due", "top", 12),
            Column("Source", "top", 28),
        ),
        [_measure_row(result) for result in board.measures],
    )


def when(board: BoardReturn) -> str:
    """The period and the day, in words."""
    period = board.period
    return f"{period.start:%d/%m/%Y} to {period.end:%d/%m/%Y}, as at {board.as_at:%d/%m/%Y}"


def _measure_row(result: Result) -> Row:
    kinds: dict[int, Kind] = {_RATING: result.rating.value}
    if result.denominator is None:
        kinds[_VALUE] = "count"
    for place, shown in ((2, result.numerator), (3, result.denominator), (4, result.value)):
        if result.hidden and shown is None:
            kinds[place] = "hidden"
    return Row(
        (
            result.ref,
            result.statement,
            _shown(result.numerator, result.hidden),
            _shown(result.denominator, result.hidden and bool(kinds.get(3))),
            _shown(result.value, result.hidden),
            result.target,
            _rating_words(result),
            result.note,
            result.workstream,
            result.lead,
            result.due,
            result.source,
        ),
        kinds,
    )


def _rating_words(result: Result) -> str:
    if result.hidden:
        return "Hidden"
    return result.rating.words if result.answered else "Not recorded yet"


def _shown(value: float | None, hidden: bool) -> Value:
    return HIDDEN if value is None and hidden else value


def reviews_page(board: BoardReturn) -> Page:
    """Annual reviews: stock, outcomes, steps, and the two clocks."""
    tables = board.annual_reviews
    stock = next(place for place, table in enumerate(tables) if table.key == "review_stock")
    first = sum(_height(table) for table in tables[:stock])
    return Page(
        REVIEWS,
        "Annual reviews",
        f"{when(board)}. A review is complete when its decision is sent.",
        "When reviews are due, outcomes, each step in time, the two ways to count",
        _FIGURES,
        _figure_rows(tables),
        draw=bars(tables[stock].title, 2, 3, first, len(tables[stock].lines), "I"),
    )


def assessments_page(board: BoardReturn) -> Page:
    """Requests, the twenty weeks with and without exceptions, and what is open."""
    tables = board.assessments
    first = sum(_height(table) for table in tables[:-1])
    return Page(
        ASSESSMENTS,
        "Assessments and the twenty weeks",
        f"{when(board)}. An exception excuses; it never moves a date.",
        "Requests, decisions, plans in 20 weeks with and without exceptions, what is open",
        _FIGURES,
        _figure_rows(tables),
        draw=bars(tables[-1].title, 2, 3, first, len(tables[-1].lines), "I"),
    )


def transfers_page(board: BoardReturn) -> Page:
    """A row a cohort: how many, and how each final plan stands against the date."""
    standings = board.transfers[0].lines if board.transfers else ()
    return Page(
        TRANSFERS,
        "Phase transfers",
        f"{when(board)}. By the strict reading the last day is the one before the date named.",
        "Each cohort of this year and the next against 15 February or 31 March",
        (
            Column("Cohort", "text", 48),
            Column("Children", "count"),
            *(Column(line.label, "count", 14) for line in standings),
            Column("Per cent by the strict day", "share", 14),
            Column("Per cent by the day itself", "share", 14),
        ),
        [_cohort_row(table) for table in board.transfers],
    )


def _cohort_row(table: Table) -> Row:
    counts = {line.key: line.count for line in table.lines}
    values: list[Value] = [table.title, _or_hidden(table.total)]
    values += [_or_hidden(line.count) for line in table.lines]
    strict = _share((counts["in_time"],), table.total)
    common = _share((counts["in_time"], counts["last_day"]), table.total)
    values += [strict, common]
    return Row(tuple(values), _hidden_kinds(values))


def _share(parts: tuple[int | None, ...], total: int | None) -> Value:
    """The parts as a fraction of the total; hidden when one is, blank when there is nothing."""
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts):
        return HIDDEN
    return sum(known) / total if total else None


def caseload_page(board: BoardReturn) -> Page:
    """The live plans counted each way, needs from the largest down."""
    tables = tuple(
        _largest_first(table) if table.key == "primary_need" else table for table in board.caseload
    )
    return Page(
        CASELOAD,
        "Caseload",
        f"Live plans as at {board.as_at:%d/%m/%Y}.",
        "Live plans by need, kind of setting, year group, caseworker and setting",
        (
            Column("By", "text", 34),
            Column("Group", "text", 52),
            Column("Live plans", "count"),
            Column("Per cent", "share"),
        ),
        [_narrow(row) for row in _figure_rows(tables)],
        draw=bars(tables[0].title, 2, 3, 0, len(tables[0].lines), "F"),
    )


def _narrow(row: Row) -> Row:
    """A row of figures without its denominator, which is each table's total, average and note."""
    kept = (0, 1, 2, 4)
    return Row(
        tuple(row.values[place] for place in kept),
        {new: row.kinds[old] for new, old in enumerate(kept) if old in row.kinds},
    )


def _largest_first(table: Table) -> Table:
    def size(line: Line) -> tuple[bool, int]:
        return line.count is None, -(line.count or 0)

    return replace(table, lines=tuple(sorted(table.lines, key=size)))


def _height(table: Table) -> int:
    return len(table.lines) + (table.kind == "partition")


def _figure_rows(tables: Iterable[Table]) -> list[Row]:
    rows: list[Row] = []
    for table in tables:
        lines = [_line_row(table, line) for line in table.lines]
        rows += [
            replace(row, kinds={0: "again" if number else "first", **row.kinds})
            for number, row in enumerate(lines)
        ]
        if table.kind == "partition":
            rows.append(_total_row(table))
    return rows


def _line_row(table: Table, line: Line) -> Row:
    statistic = bool(line.unit)
    values = (
        table.title,
        line.label,
        _or_hidden(line.count),
        None if statistic or _no_denominator(table, line) else _or_hidden(line.of),
        None if line.count is not None and not line.of else _or_hidden(line.share),
        line.value,
        f"In {line.unit}. {line.note}".strip() if statistic else line.note,
    )
    if _no_denominator(table, line) or statistic:
        values = (*values[:4], None, *values[5:])
    return Row(values, _hidden_kinds(values))


def _no_denominator(table: Table, line: Line) -> bool:
    """Whether the line never had one: a count by itself."""
    return table.kind == "figures" and line.of is None and line.count is not None


def _total_row(table: Table) -> Row:
    total = _or_hidden(table.total)
    values: tuple[Value, ...] = (table.title, "All", total, None, None, None, None)
    strong: dict[int, Kind] = {0: "strong", 1: "strong", 2: "strong_count"}
    return Row(values, strong | _hidden_kinds(values))


def _or_hidden(value: float | None) -> Value:
    return HIDDEN if value is None else value


def _hidden_kinds(values: Iterable[Value]) -> dict[int, Kind]:
    return {place: "hidden" for place, value in enumerate(values) if value == HIDDEN}
