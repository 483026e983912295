"""The sheets of tables: reviews, assessments, transfers, caseload, what is late and to mend."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import BoardReturn, Line, Table
from caseworker_app.domain.measures.caseworker_tables import GROUP
from caseworker_app.reports.figure_blocks import (
    LONGEST,
    WIDTHS,
    block,
    hidden_kinds,
    long_page,
    or_hidden,
)
from caseworker_app.reports.measure_pages import when
from caseworker_app.reports.pages import HIDDEN, Blocks, Column, Page, Row, Value

REVIEWS = "Annual reviews"
ASSESSMENTS = "Assessments and twenty weeks"
TRANSFERS = "Phase transfers"
CASELOAD = "Caseload"
CASEWORKERS = "By caseworker"
COUNTED = "Overdue and to mend counted"

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
        key="transfers",
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


def caseload_pages(board: BoardReturn) -> Iterator[Blocks | Page]:
    """The live plans counted each way, needs from the largest down; long tables by themselves."""
    tables = [
        _largest_first(table) if table.key == "primary_need" else table
        for table in board.caseload
        if not table.managers
    ]
    tables.extend(_net(board))
    long = [table for table in tables if len(table.lines) > LONGEST]
    about = f"Live plans as at {day_words(board.as_at)}."
    yield _blocks(
        CASELOAD,
        "Caseload",
        about,
        "Live plans by need, kind of setting, year group, age and sex; plans begun and ended",
        (table for table in tables if table not in long),
        {},
        ("primary_need", "setting_kind", "year_group"),
    )
    for table in long:
        yield long_page(table, about)


def _net(board: BoardReturn) -> Iterator[Table]:
    """Plans begun less plans ended, where both totals are shown."""
    found = {table.key: table.total for table in board.caseload}
    if not {"plans_begun", "plans_ended"} <= found.keys():
        return
    begun, ended = found["plans_begun"], found["plans_ended"]
    net = None if begun is None or ended is None else begun - ended
    lines = (
        Line("begun", "Plans begun", begun),
        Line("ended", "Plans ended", ended),
        Line("net", "Net: begun less ended", net),
    )
    yield Table("plans_net", "New and net in the period", "Plans", "figures", lines)


def caseworkers_page(board: BoardReturn) -> Page:
    """What each caseworker holds, and what of it is late or to mend: a line each."""
    tables = [table for table in board.caseload if table.group == GROUP]
    names = [(line.key, line.label) for line in tables[0].lines]
    counts = {(table.key, line.key): line.count for table in tables for line in table.lines}
    total = ("All", *(or_hidden(table.total) for table in tables))
    return Page(
        CASEWORKERS,
        "By caseworker",
        f"As at {day_words(board.as_at)}. For managers alone.",
        "What each caseworker holds, and what of it is late or to mend",
        (
            Column("Caseworker", "lined", 40),
            *(
                Column(table.title.removesuffix(" by caseworker"), "lined_count", 14)
                for table in tables
            ),
        ),
        [
            Row((label, *(or_hidden(counts[table.key, key]) for table in tables)))
            for key, label in names
        ],
        empty="Nobody holds a case.",
        key="by_caseworker",
        total=Row(total, dict.fromkeys(range(1, len(total)), "strong_count")),
    )


def _largest_first(table: Table) -> Table:
    def size(line: Line) -> tuple[bool, int]:
        return line.count is None, -(line.count or 0)

    return replace(table, lines=tuple(sorted(table.lines, key=size)))
