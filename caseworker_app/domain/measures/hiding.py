"""The board return with its small numbers hidden, everywhere they could be read or worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from caseworker_app.domain.adulthood import NOT_KNOWN
from caseworker_app.domain.declarations.growing_up import PATHWAYS
from caseworker_app.domain.measures.board import (
    BoardReturn,
    CaseLists,
    Line,
    MendRow,
    OverdueRow,
    Period,
    Result,
    Table,
)
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.measures.moves import BEFORE_16, INTO_POST_16, year_of
from caseworker_app.domain.measures.suppression import Cell, Sum, hidden_cells

HIDDEN_NOTE = "Hidden: a small number, or one that would give a small number away."

_LIVE: Cell = ("live",)

_NESTED = (
    ("W1.6a-strict", "W1.6a"),
    ("W1.6b-strict", "W1.6b"),
    ("S2.1a-without-exceptions", "S2.1a"),
    ("S2.1a", "S2.1a-all"),
    ("I2.1", "S2.1a"),
    ("I2.2", "I2.2-open"),
    ("W1.4g", "W1.4f"),
)
"""Measures whose counts lie inside those of another, so that the difference is a count too."""


_WITHIN = (("outside_area", "setting_kind"),)
"""Tables whose lines lie inside the lines of another of the same key."""


@dataclass(slots=True)
class _Counts:
    """Every count of a return by name, and how they hang together.

    Counts of the same cases are one: whoever reads either knows both.
    """

    counts: dict[Cell, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    unpublished: set[Cell] = field(default_factory=set)
    behind: dict[tuple[int, tuple[str, ...]], Cell] = field(default_factory=dict)

    def add(self, cell: Cell, count: int, cases: tuple[str, ...] = ()) -> None:
        """Add a count that is printed, tied to an earlier count of the same cases."""
        self.counts[cell] = count
        if cases:
            same = self.behind.setdefault((count, cases), cell)
            if same != cell:
                self.sums.append(Sum(same, (cell,)))

    def part(self, inner: Cell, outer: Cell, count: int) -> None:
        """Say that `inner` lies in `outer`; the rest follows by subtraction."""
        rest = (*inner, "rest of", *outer)
        self.counts[rest] = count
        self.unpublished.add(rest)
        self.sums.append(Sum(outer, (inner, rest)))


def hide_small(board: BoardReturn) -> BoardReturn:
    """The same return with small counts taken out, and lists cut down to reference and dates."""
    hidden = _hidden(board)

    def table(one: Table) -> Table:
        lines = tuple(_hide_line(one, line, hidden) for line in one.lines)
        total = None if (one.key, "total") in hidden else one.total
        return replace(one, lines=lines, total=total)

    def tables(several: Iterable[Table]) -> tuple[Table, ...]:
        return tuple(table(one) for one in several)

    return replace(
        board,
        suppressed=True,
        live=None if _LIVE in hidden else board.live,
        measures=tuple(_hide_result(result, hidden) for result in board.measures),
        annual_reviews=tables(board.annual_reviews),
        assessments=tables(board.assessments),
        transfers=tables(board.transfers),
        caseload=tables(board.caseload),
        overdue_counts=tables(board.overdue_counts),
        mend_counts=tables(board.mend_counts),
        overdue=tuple(_bare_overdue(row) for row in board.overdue),
        to_mend=tuple(_bare_mend(row) for row in board.to_mend),
        lists=CaseLists(),
    )


def _hidden(board: BoardReturn) -> frozenset[Cell]:
    gathered = _Counts()
    if board.live is not None:
        everyone = next((t for t in board.caseload if t.key == "primary_need"), None)
        cases = (
            tuple(sorted({ref for line in everyone.lines for ref in line.cases}))
            if everyone
            else ()
        )
        gathered.add(_LIVE, board.live, cases)
    for result in board.measures:
        _gather_result(gathered, result)
    _gather_nested(gathered, {result.ref: result for result in board.measures})
    for table in board.tables:
        _gather_table(gathered, table)
    _gather_within(gathered)
    for total, parts in _add_up(board.period):
        _gather_sum(gathered, total, parts)
    return hidden_cells(gathered.counts, gathered.sums, gathered.unpublished)


def _gather_result(gathered: _Counts, result: Result) -> None:
    if result.numerator is None or result.by_hand:
        return
    numerator = (result.ref, "numerator")
    gathered.add(numerator, result.numerator, result.cases)
    if result.denominator is None:
        return
    denominator = (result.ref, "denominator")
    gathered.add(denominator, result.denominator, result.of_cases)
    if set(result.cases) <= set(result.of_cases):
        gathered.part(numerator, denominator, result.denominator - result.numerator)


def _gather_nested(gathered: _Counts, by_ref: dict[str, Result]) -> None:
    for inner, outer in _NESTED:
        small, large = by_ref.get(inner), by_ref.get(outer)
        if small is None or large is None:
            continue
        for name in ("numerator", "denominator"):
            inside, outside = getattr(small, name), getattr(large, name)
            if inside is not None and outside is not None and inside <= outside:
                gathered.part((inner, name), (outer, name), outside - inside)


def _gather_table(gathered: _Counts, table: Table) -> None:
    parts = []
    for line in table.lines:
        if line.count is None:
            continue
        cell = (table.key, line.key)
        parts.append(cell)
        gathered.add(cell, line.count, line.cases)
        if table.kind == "figures" and line.of is not None:
            of = (table.key, line.key, "of")
            gathered.add(of, line.of, line.of_cases)
            gathered.part(cell, of, line.of - line.count)
    if table.kind == "partition" and table.total is not None:
        total = (table.key, "total")
        cases = {reference for line in table.lines for reference in line.cases}
        gathered.add(total, table.total, tuple(sorted(cases)))
        gathered.sums.append(Sum(total, tuple(parts)))


def _gather_within(gathered: _Counts) -> None:
    for inner, outer in _WITHIN:
        for cell in [one for one in gathered.counts if len(one) == 2 and one[0] == inner]:
            around = (outer, cell[1])
            if around in gathered.counts:
                rest = gathered.counts[around] - gathered.counts[cell]
                gathered.part(cell, around, rest)


def _add_up(period: Period) -> Iterable[tuple[Cell, tuple[Cell, ...]]]:
    """Counts of one sheet that are the sum of counts on another."""
    before_16, into_post_16 = (
        [f"transfers_{role}_{year_of(role, period)}" for role in roles]
        for roles in (BEFORE_16, INTO_POST_16)
    )
    for ref, tables in (("W1.6a", before_16), ("W1.6b", into_post_16)):
        yield (ref, "denominator"), tuple((table, "total") for table in tables)
        in_time = tuple((table, "in_time") for table in tables)
        yield (f"{ref}-strict", "numerator"), in_time
        on_the_day = tuple((table, "last_day") for table in tables)
        yield (ref, "numerator"), (*in_time, *on_the_day)
    known = tuple(("pathway", code) for code in PATHWAYS if code != NOT_KNOWN)
    yield ("W1.6d", "numerator"), known
    past_twenty = ("20_to_30_weeks", "30_to_52_weeks", "over_52_weeks")
    yield ("I2.2-open", "numerator"), tuple(("open_assessments", line) for line in past_twenty)
    not_late = ("later", "in_3_months", "in_1_month")
    yield ("two_clocks", "law_12_months"), tuple(("review_stock", line) for line in not_late)
    told = tuple((f"S2.1a-{one}", "numerator") for one in ("no-request", "overturned"))
    yield ("S2.1a-all", "denominator"), (("S2.1a", "denominator"), *told)
    long_held = ("to_6_months", "to_12_months", "to_24_months", "over_24_months")
    undecided = tuple(("meetings_undecided", line) for line in long_held)
    yield ("data_to_mend", "decision"), undecided


def _gather_sum(gathered: _Counts, total: Cell, parts: tuple[Cell, ...]) -> None:
    """Tie a total to its parts, where both are there and the numbers do add up."""
    counts = gathered.counts
    there = total in counts and all(part in counts for part in parts)
    if there and counts[total] == sum(counts[part] for part in parts):
        gathered.sums.append(Sum(total, parts))


def _hide_result(result: Result, hidden: frozenset[Cell]) -> Result:
    if result.by_hand:
        return _hide_told(result)
    numerator = (result.ref, "numerator") in hidden
    denominator = (result.ref, "denominator") in hidden
    if not (numerator or denominator):
        return replace(result, things=(), cases=(), of_cases=())
    return replace(
        result,
        numerator=None if numerator else result.numerator,
        denominator=None if denominator else result.denominator,
        value=None,
        rating=Rating.NONE,
        note=f"{HIDDEN_NOTE} {result.note}".strip(),
        things=(),
        cases=(),
        of_cases=(),
        hidden=True,
    )


def _hide_told(result: Result) -> Result:
    """A figure by hand: nothing adds up to it, so that it is hidden by itself, with its trend."""
    if not result.small:
        return replace(result, trend=())
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


def _hide_line(table: Table, line: Line, hidden: frozenset[Cell]) -> Line:
    of_cell = (table.key, "total") if table.kind == "partition" else (table.key, line.key, "of")
    count = None if (table.key, line.key) in hidden else line.count
    of = None if of_cell in hidden else line.of
    value = line.value if count is not None else None
    return replace(line, count=count, of=of, value=value, things=(), cases=(), of_cases=())


def _bare_overdue(row: OverdueRow) -> OverdueRow:
    return replace(row, caseworker="", setting="")


def _bare_mend(row: MendRow) -> MendRow:
    return replace(row, caseworker="", setting="")
