"""The Department's files as they may be published: small numbers hidden, and what gives them away.

Published are the row of everybody with every column, and of each further row how many it is of. The
other columns of those rows are hidden whole: nearly all of them are small, and hiding some of them
would protect nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from caseworker_app.domain.department.layout import Layout, Topic
from caseworker_app.domain.department.sheets import (
    DepartmentReturn,
    Sheet,
    SheetRow,
    on_line,
    without,
)
from caseworker_app.domain.department.units import REASONS, Unit
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.editions import Edition, beside_earlier, settled
from caseworker_app.domain.measures.published import LIVE
from caseworker_app.domain.measures.relations import FILE_DAY, FILE_YEAR, NUMERATOR, TOTAL
from caseworker_app.domain.measures.suppression import LAST, Cell, Counts, Sum, hidden

_AS_THE_BOARD: Mapping[tuple[str, str], Cell] = {
    **{("ceased_plans", column): ("plans_ended", code) for code, column in REASONS.items()},
    ("ceased_plans", "not_rec"): ("plans_ended", "not_recorded"),
    ("requests", "requests_decided_to_assess"): ("requests", "assess"),
    ("requests", "requests_decided_not_to_assess"): ("requests", "refuse"),
    ("requests", "requests_decision_not_made"): ("requests", "waiting"),
    ("requests", "requests_withdrawn"): ("requests", "withdrawn"),
    ("timeliness_20_week", "plans_issued_within_20_weeks"): ("issued", "in_20_weeks"),
    ("timeliness_20_week", "plans_issued_gt20weeks_ltYear"): ("issued", "20_to_52_weeks"),
    ("timeliness_20_week", "plans_issued_gt_1_year"): ("issued", "over_52_weeks"),
    ("annual_reviews", "review_expected"): ("dfe_reviews", TOTAL),
    ("annual_reviews", "no_review_meeting"): ("dfe_reviews", "no_meeting"),
    ("annual_reviews", "review_decision_not_due"): ("dfe_reviews", "not_due"),
    ("annual_reviews", "review_decision_outstanding"): ("dfe_reviews", "outstanding"),
    ("annual_reviews", "total_review_meeting"): ("dfe_outcomes", TOTAL),
    ("annual_reviews", "outcome_amend"): ("dfe_outcomes", "amend"),
    ("annual_reviews", "outcome_cease"): ("dfe_outcomes", "cease"),
    ("annual_reviews", "outcome_maintan"): ("dfe_outcomes", "maintain"),
    ("annual_reviews", "no_outcome"): ("dfe_outcomes", "none"),
    ("annual_reviews", "number_decsion_4weeks"): ("dfe_decisions", "within"),
    ("annual_reviews", "number_decision_gt_4weeks"): ("dfe_decisions", "over"),
}
"""Counts that the board return has too: by one name, so that hiding one hides the other."""

_BASES: Mapping[str, Cell] = {
    "plans": LIVE,
    "new": ("plans_begun", "first"),
    "requests": ("requests", TOTAL),
    "budgets": ("S3.1a", NUMERATOR),
    "ceased": ("plans_ended", TOTAL),
}
"""Of how many things a file is, where the board return says it too."""

_INSIDE: Mapping[str, str] = {
    "budgets": "plans",
    "residential": "plans",
    "work_based": "plans",
    "issued": "new",
}
"""Things that are some of those of another file, line by line."""

_ON_THE_DAY = frozenset({"plans", "budgets", "residential", "work_based"})
_RESTS = frozenset({*_INSIDE, "assessments"})
"""Things whose number is another beside a count that is told: a small one hides them too."""

_SUBTOTAL, _INNER = 2.0, 100.0
"""How dear it is to hide a total of some columns, and how many such things there are."""

_SEXES = frozenset({"F", "M"})

Units = Mapping[str, tuple[Unit, ...]]


def protect(
    made: DepartmentReturn, units: Units, period: Period, earlier: Sequence[Edition] = ()
) -> tuple[DepartmentReturn, Edition]:
    """The files as they may be published after other returns, and what is to be kept of them.

    Args:
        made: with every number.
        units: the things behind each file.
        period: the calendar year.
        earlier: the returns published before, of the board and of these files.
    """
    given = published(made, units)
    beside = beside_earlier(given, period, made.as_at, earlier)
    came = settled(given, beside, hidden(beside), (period, made.as_at), earlier)
    sheets = tuple(hide(one, came.edition.hidden) for one in made.sheets)
    # What could not be told is a count of children that no sum protects.
    public = replace(made, suppressed=True, sheets=sheets, lacking=(), narrowed=came.narrowed)
    return public, came.edition


def published(made: DepartmentReturn, units: Units) -> Counts:
    """Every count that is published, and how they hang together."""
    gathered = _Gathered()
    for sheet in made.sheets:
        gathered.sheet(sheet)
    for sheet in made.sheets:
        gathered.refine(sheet.layout, units[sheet.layout.name])
    gathered.between()
    return gathered.found


def _start(counts: str, name: str = "") -> str:
    return f"{FILE_DAY if counts in _ON_THE_DAY else FILE_YEAR}{name or counts}"


def cell_of(layout: Layout, column: str) -> Cell:
    """The name of a count of the row of everybody; one of several files has one name."""
    if column == layout.base:
        return _BASES.get(layout.counts, (_start(layout.counts), TOTAL))
    if column in _places(layout):
        return _start(layout.counts), "place", column
    if column == "placement_unknown":
        return _start(layout.counts), "place", ""
    if layout.counts == "plans" and column.startswith("number_"):
        return _of_need(column)
    own = (_start(layout.counts, f"{layout.name} of all"), column)
    return _AS_THE_BOARD.get((layout.name, column), own)


def _places(layout: Layout) -> Iterable[str]:
    """The columns of place of a file: what its base is the sum of, down to single places."""
    found = {part for parts in layout.also.get(layout.base, ()) for part in parts}
    found |= {part for one in found for part in layout.totals.get(one, ())}
    return {one for one in found if not one.startswith("number_")} - {"placement_unknown"}


def _of_need(column: str) -> Cell:
    """A need as the board return's own table names it, where the two are the same."""
    need = column.removeprefix("number_").upper()
    return (f"{FILE_DAY}needs", need) if need in ("OTH", "NEED_UNKNOWN") else ("primary_need", need)


def line_of(layout: Layout, topic: Topic, line: str) -> Cell:
    """The name of how many are on a line of a breakdown."""
    if topic.by == "sex" and layout.counts == "plans" and line in _SEXES:
        return "sex", line
    if topic.numbers is not None and line in ("below", "above"):
        line = f"{line} {topic.numbers[line == 'above']}"
    return _start(layout.counts), topic.by, line


class _Gathered:
    """Counts as they are gathered, file by file."""

    def __init__(self) -> None:
        self.found = Counts()
        self._behind: dict[str, dict[Cell, frozenset[tuple[str, int]]]] = {}
        self._sums: set[tuple[Cell, frozenset[Cell]]] = set()

    def sheet(self, sheet: Sheet) -> None:
        """Add the row of everybody, and how many each further row is of."""
        layout, values = sheet.layout, sheet.everybody.values
        for column in layout.counted:
            dear = _SUBTOTAL if column in layout.totals else 1.0
            if column == layout.base:
                dear = _INNER if layout.counts in _RESTS else LAST
            self._add(cell_of(layout, column), _count(values[column]), dear)
        for total, parts in layout.ways():
            self._sum(cell_of(layout, total), [cell_of(layout, one) for one in parts])
        for inner, outer in layout.inside.items():
            self._nest(cell_of(layout, inner), cell_of(layout, outer))
        for several, whole in layout.bounds:
            self._bound(
                [cell_of(layout, one) for one in several], [cell_of(layout, one) for one in whole]
            )
        for topic in layout.topics:
            rows = {row.line: row for row in sheet.rows if row.topic == topic.key}
            for line, row in rows.items():
                cell = line_of(layout, topic, line)
                self._add(cell, _count(row.values[layout.base]), 1.0)
            single = [line for line in rows if line not in topic.totals]
            base = cell_of(layout, layout.base)
            self._sum(base, [line_of(layout, topic, line) for line in single])
            for total, parts in topic.totals.items():
                there = [line_of(layout, topic, one) for one in parts if one in rows]
                if total in rows:
                    self._sum(line_of(layout, topic, total), there)

    def refine(self, layout: Layout, units: Iterable[Unit]) -> None:
        """Tie the lines of a breakdown to the finer ones of another file of the same things."""
        every = tuple(units)
        for topic in layout.topics:
            if topic.numbers is None:
                continue
            held = self._behind.setdefault(f"{_start(layout.counts)} {topic.by}", {})
            for line, some in on_line(topic, every).items():
                held[line_of(layout, topic, line)] = frozenset(one.key for one in some)

    def between(self) -> None:
        """Tie what several files count, once all are there."""
        for held in self._behind.values():
            for total, keys in held.items():
                parts = [one for one, some in held.items() if one != total and some < keys]
                large = [one for one in parts if not any(held[one] < held[two] for two in parts)]
                if len(large) > 1 and sum(len(held[one]) for one in large) == len(keys):
                    self._sum(total, large)
        for inner, outer in _INSIDE.items():
            self._nest(_BASES.get(inner, (_start(inner), TOTAL)), _BASES[outer])
            lines = [one for one in self.found.counts if one[0] == _start(inner) and len(one) == 3]
            for cell in lines:
                of_sex = outer == "plans" and cell[1] == "sex" and cell[2] in _SEXES
                self._nest(cell, cell[1:] if of_sex else (_start(outer), *cell[1:]))
        issued = (_start("assessments", "assessments of all"), "assess_issued")
        self._sum(issued, [_BASES["new"]])

    def _add(self, cell: Cell, count: int, dear: float) -> None:
        assert self.found.counts.setdefault(cell, count) == count, cell
        self.found.dear[cell] = max(dear, self.found.dear.get(cell, 0.0))

    def _sum(self, total: Cell, parts: Sequence[Cell]) -> None:
        """Tie a total to its parts, once, where the numbers do add up."""
        counts = self.found.counts
        if total not in counts or not parts or any(one not in counts for one in parts):
            return
        known = (total, frozenset(parts))
        if known in self._sums or counts[total] != sum(counts[one] for one in parts):
            return
        self._sums.add(known)
        self.found.sums.append(Sum(total, tuple(parts)))

    def _nest(self, inner: Cell, outer: Cell) -> None:
        """Say that one count lies in another; the rest follows by subtraction."""
        counts = self.found.counts
        if inner not in counts or outer not in counts or counts[outer] < counts[inner]:
            return
        rest = (*inner, "rest of", *outer)
        counts[rest] = counts[outer] - counts[inner]
        self.found.follows.add(rest)
        self.found.sums.append(Sum(outer, (inner, rest)))

    def _bound(self, several: Sequence[Cell], whole: Sequence[Cell]) -> None:
        """Say that counts together are at most others together, or as many."""
        counts = self.found.counts
        most = sum(counts[one] for one in whole)
        left = most - sum(counts[one] for one in several)
        if left < 0:
            return
        both, rest = ("all of", *whole[0]), ("left of", *whole[0])
        counts[both] = most
        self.found.follows.add(both)
        self.found.sums.append(Sum(both, tuple(whole)))
        if left:
            # Who they are is told nowhere, and what they lack is no matter of theirs.
            counts[rest] = left
            self.found.loose.add(rest)
        self.found.sums.append(Sum(both, (*several, *((rest,) if left else ()))))


def _count(value: object) -> int:
    assert isinstance(value, int)
    return value


def hide(sheet: Sheet, cells: frozenset[Cell]) -> Sheet:
    """A file without these counts, and without the figures of its lines but how many they are."""
    layout = sheet.layout
    gone = [one for one in layout.counted if cell_of(layout, one) in cells]
    rows = [without(sheet.everybody, layout, gone)]
    topics = {one.key: one for one in layout.topics}
    rows += _lines(layout, topics, sheet.rows[1:], cells)
    return replace(sheet, rows=tuple(rows))


def _lines(
    layout: Layout,
    topics: Mapping[str, Topic],
    rows: Iterable[SheetRow],
    cells: frozenset[Cell],
) -> Iterator[SheetRow]:
    inner = [one for one in layout.counted if one != layout.base]
    for row in rows:
        small = line_of(layout, topics[row.topic], row.line) in cells
        yield without(row, layout, layout.counted if small else inner)
