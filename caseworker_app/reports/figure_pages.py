"""The sheets of figures: measures, reviews, assessments, transfers, caseload, what is late."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import BoardReturn, Line, Result, Table
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.reports.figure_blocks import WIDTHS, block, hidden_kinds, or_hidden
from caseworker_app.reports.pages import HIDDEN, Blocks, Column, Kind, Page, Row, Value

MEASURES = "Measures"
REVIEWS = "Annual reviews"
ASSESSMENTS = "Assessments and twenty weeks"
TRANSFERS = "Phase transfers"
CASELOAD = "Caseload"
COUNTED = "Overdue and to mend counted"

_VALUE, _RATING = 4, 6
_SIGNS = {Rating.GREEN: "✔", Rating.AMBER: "▲", Rating.RED: "✖", Rating.NONE: "•"}
_LATE_REVIEWS = frozenset(
    {
        "late_to_1_month",
        "late_to_3_months",
        "late_to_6_months",
        "late_to_12_months",
        "late_over_12_months",
        "no_date",
    }
)
_LATE_DECISIONS = frozenset({"to_6_months", "to_12_months", "to_24_months", "over_24_months"})
_PAST_TWENTY = frozenset(
    {"20_to_52_weeks", "20_to_30_weeks", "30_to_52_weeks", "over_52_weeks", "no_request"}
)


def measures_page(board: BoardReturn) -> Page:
    """Every measure with its count, target and rating, or the words why there is none."""
    opens = "" if board.suppressed else " The cases behind each count are on their own sheet too."
    answered = [result for result in board.measures if result.answered]
    waiting = [result for result in board.measures if not result.answered]
    return Page(
        MEASURES,
        "Measures",
        f"{when(board)}. First those with a figure, from cases or by hand, then what is not "
        f"recorded yet.{opens}",
        "What the board follows: count, target and rating",
        (
            Column("Ref", "wrap", 16),
            Column("Measure", "wrap", 42),
            Column("Count", "count", 10),
            Column("Out of", "count", 10),
            Column("Value", "share", 10),
            Column("Target", "after_number", 21),
            Column("Rating", "none", 21),
            Column("Note", "quiet", 36),
            Column("Lead", "wrap", 19),
            Column("Due", "top", 10),
            Column("Workstream", "wrap", 19),
            Column("Source", "wrap", 17),
        ),
        [_measure_row(result) for result in (*answered, *waiting)],
    )


def when(board: BoardReturn) -> str:
    """The period and the day, in words."""
    period = board.period
    return f"{day_words(period.start)} to {day_words(period.end)}, as at {day_words(board.as_at)}"


def _measure_row(result: Result) -> Row:
    kinds: dict[int, Kind] = {_RATING: result.rating.value}
    if not result.shared:
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
            result.target_words,
            _rating_words(result),
            result.note,
            result.lead,
            result.due,
            result.workstream,
            result.source,
        ),
        kinds,
    )


def _rating_words(result: Result) -> str:
    """A sign and the words: the colour is never alone."""
    if result.hidden:
        return f"{_SIGNS[Rating.NONE]} Hidden"
    if not result.answered:
        return f"{_SIGNS[Rating.NONE]} Not recorded yet"
    return f"{_SIGNS[result.rating]} {result.rating.words}"


def _shown(value: float | None, hidden: bool) -> Value:
    return HIDDEN if value is None and hidden else value


def reviews_page(board: BoardReturn) -> Blocks:
    """Annual reviews: stock, outcomes, steps, and the two clocks."""
    late = {"review_stock": _LATE_REVIEWS, "meetings_undecided": _LATE_DECISIONS}
    return _blocks(
        REVIEWS,
        "Annual reviews",
        f"{when(board)}. A review is complete when its decision is sent.",
        "When reviews are due, outcomes, each step in time, the two ways to count",
        board.annual_reviews,
        late,
    )


def assessments_page(board: BoardReturn) -> Blocks:
    """Requests, the twenty weeks with and without exceptions, and what is open."""
    late = {"issued": _PAST_TWENTY, "open_assessments": _PAST_TWENTY}
    return _blocks(
        ASSESSMENTS,
        "Assessments and the twenty weeks",
        f"{when(board)}. An exception excuses; it never moves a date.",
        "Requests, decisions, plans in 20 weeks with and without exceptions, what is open",
        board.assessments,
        late,
    )


def counted_page(board: BoardReturn) -> Blocks:
    """How many duties are late, by duty and by how long, and what is to mend."""
    return _blocks(
        COUNTED,
        "Overdue and data to mend, counted",
        f"As at {day_words(board.as_at)}. A case counts once for each duty or fault.",
        "How many duties are late, by duty and by how long; what is to mend",
        (*board.overdue_counts, *board.mend_counts),
        {},
        ("overdue_by_time",),
    )


def _blocks(
    name: str,
    title: str,
    about: str,
    holds: str,
    tables: Iterable[Table],
    late: Mapping[str, frozenset[str]],
    charted: Collection[str] = (),
) -> Blocks:
    """A sheet of tables; those in `late` and `charted` have a chart beside them."""
    made = tuple(
        one
        for table in tables
        for one in block(
            table, chart=table.key in late or table.key in charted, late=late.get(table.key, ())
        )
    )
    return Blocks(name, title, about, holds, WIDTHS, made)


def transfers_page(board: BoardReturn) -> Page:
    """A row a cohort: how many, and how each final plan stands against the date."""
    standings = board.transfers[0].lines if board.transfers else ()
    return Page(
        TRANSFERS,
        "Phase transfers",
        f"{when(board)}. By the strict reading the last day is the one before the date named.",
        "Each cohort of this year and the next against 15 February or 31 March",
        (
            Column("Cohort", "lined", 44),
            Column("Children", "lined_count"),
            *(Column(line.label, "lined_count", 13) for line in standings),
            Column("Per cent by the strict day", "lined_share", 15),
            Column("Per cent by the day itself", "lined_share", 15),
        ),
        [_cohort_row(table) for table in board.transfers],
    )


def _cohort_row(table: Table) -> Row:
    counts = {line.key: line.count for line in table.lines}
    values: list[Value] = [table.title, or_hidden(table.total)]
    values += [or_hidden(line.count) for line in table.lines]
    strict = _share((counts["in_time"],), table.total)
    common = _share((counts["in_time"], counts["last_day"]), table.total)
    values += [strict, common]
    return Row(tuple(values), hidden_kinds(values))


def _share(parts: tuple[int | None, ...], total: int | None) -> Value:
    """The parts as a fraction of the total; hidden when one is, blank when there is nothing."""
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts):
        return HIDDEN
    return sum(known) / total if total else None


def caseload_page(board: BoardReturn) -> Blocks:
    """The live plans counted each way, needs from the largest down."""
    tables = tuple(
        _largest_first(table) if table.key == "primary_need" else table for table in board.caseload
    )
    return _blocks(
        CASELOAD,
        "Caseload",
        f"Live plans as at {day_words(board.as_at)}.",
        "Live plans by need, kind of setting, year group, caseworker and setting",
        tables,
        {},
        ("primary_need", "setting_kind", "year_group"),
    )


def _largest_first(table: Table) -> Table:
    def size(line: Line) -> tuple[bool, int]:
        return line.count is None, -(line.count or 0)

    return replace(table, lines=tuple(sorted(table.lines, key=size)))
