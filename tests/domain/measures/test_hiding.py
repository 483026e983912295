"""A small number is hidden everywhere: what says the same, or the rest of it, is hidden with it.

Each test has a return of a few figures, in which one tie between two sheets is all that keeps a
small number from being worked out.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from caseworker_app.domain.measures.board import BoardReturn, Line, Result, Table
from caseworker_app.domain.measures.hiding import HIDDEN_NOTE, hide_small
from tests.domain.measures.making import board

Figure = tuple[str, str]


def result(ref: str, numerator: int, denominator: int | None = None) -> Result:
    return Result(ref, *[""] * 7, numerator=numerator, denominator=denominator)


def partition(key: str, **lines: int) -> Table:
    """A table of these lines, and zero of the others that a sum over sheets looks for."""
    whole = dict.fromkeys(LINES.get(key.rstrip("0123456789_"), ()), 0) | lines
    made = tuple(Line(name, name, count) for name, count in whole.items())
    return Table(key, key, "", "partition", made, sum(lines.values()))


def figures(key: str, name: str, count: int, of: int | None = None) -> Table:
    return Table(key, key, "", "figures", (Line(name, name, count, of),))


def hidden(*made: Result | Table) -> BoardReturn:
    measures = tuple(one for one in made if isinstance(one, Result))
    tables = tuple(one for one in made if isinstance(one, Table))
    empty = dict.fromkeys(("assessments", "transfers", "caseload", "overdue_counts"), ())
    whole = replace(
        board([], start="2026-01-01", as_at="2026-11-22"),
        live=None,
        measures=measures,
        annual_reviews=tables,
        mend_counts=(),
        **empty,
    )
    return hide_small(whole)


def shown(made: BoardReturn) -> set[Figure]:
    """The figures that are there to read."""
    found = {(one.ref, "numerator") for one in made.measures if one.numerator is not None}
    found |= {(one.ref, "denominator") for one in made.measures if one.denominator is not None}
    for table in made.tables:
        found |= {(table.key, line.key) for line in table.lines if line.count is not None}
        found |= {(table.key, "of") for line in table.lines if line.of is not None}
        if table.total is not None:
            found.add((table.key, "total"))
    return found


def unknown(made: BoardReturn, *numbers: set[Figure]) -> int:
    """How many of some numbers cannot be read, each given by the figures that say it."""
    seen = shown(made)
    return len([one for one in numbers if not one & seen])


_MOVES = ("in_time", "last_day")
LINES = {
    "transfers_into_school": _MOVES,
    "transfers_between_schools": _MOVES,
    "transfers_into_post": _MOVES,
    "open_assessments": ("20_to_30_weeks", "30_to_52_weeks", "over_52_weeks"),
    "review_stock": ("later", "in_3_months", "in_1_month"),
    "meetings_undecided": ("to_6_months", "to_12_months", "to_24_months", "over_24_months"),
}
COHORTS = ("transfers_into_school_2026", "transfers_between_schools_2026")

ONE_SUM = {
    "W1.6a-strict": ("transfers_into_school_2026", "in_time"),
    "W1.6a": ("transfers_between_schools_2026", "last_day"),
    "W1.6b-strict": ("transfers_into_post_16_2026", "in_time"),
    "W1.6b": ("transfers_into_post_16_2026", "last_day"),
    "I2.2-open": ("open_assessments", "30_to_52_weeks"),
}


@pytest.mark.parametrize("ref", ONE_SUM)
def test_a_measure_that_is_one_line_of_a_table_is_hidden_with_it(ref: str) -> None:
    key, line = ONE_SUM[ref]
    lines = {line: 7, "late": 2, "none": 9}
    others = [partition(one) for one in COHORTS if one != key]
    made = hidden(result(ref, 7, 18), partition(key, **lines), *others)
    assert (key, "late") not in shown(made)
    parts = ({(key, "late")}, {(key, line), (ref, "numerator")}, {(key, "none")})
    assert unknown(made, *parts, {(key, "total")}) > 1


@pytest.mark.parametrize(
    ("of", "lines"),
    [
        (("two_clocks", "law_12_months"), ("review_stock", "in_3_months")),
        (("data_to_mend", "decision"), ("meetings_undecided", "to_6_months")),
    ],
)
def test_a_figure_that_is_one_line_of_a_table_is_hidden_with_it(of: Figure, lines: Figure) -> None:
    key, line = lines
    made = hidden(figures(*of, 7), partition(key, **{line: 7, "late": 2, "none": 9}))
    parts = ({(key, "late")}, {(key, line), of}, {(key, "none")}, {(key, "total")})
    assert unknown(made, *parts) > 1


def test_the_cohorts_of_a_measure_add_up_to_it() -> None:
    one, other = COHORTS
    tables = (partition(one, late=2), partition(other, in_time=6, none=5))
    made = hidden(result("W1.6a", 6, 13), *tables)
    first = {(one, "late"), (one, "total")}
    assert not first & shown(made)
    assert unknown(made, first, {(other, "total")}, {("W1.6a", "denominator")}) > 1


@pytest.mark.parametrize(
    ("inner", "outer", "name"),
    [
        ("W1.6a-strict", "W1.6a", "numerator"),
        ("W1.6b-strict", "W1.6b", "numerator"),
        ("S2.1a-without-exceptions", "S2.1a", "numerator"),
        ("S2.1a-without-exceptions", "S2.1a", "denominator"),
        ("W1.4g", "W1.4f", "denominator"),
    ],
)
@pytest.mark.parametrize("rest", [0, 1, 4, 5])
def test_the_rest_of_a_measure_that_lies_in_another_is_a_number_too(
    inner: str, outer: str, name: str, rest: int
) -> None:
    numbers = {"numerator": (10, 10), "denominator": (30, 30), name: (20, 20 + rest)}
    (low, high), (of_low, of_high) = numbers["numerator"], numbers["denominator"]
    made = hidden(result(inner, low, of_low), result(outer, high, of_high))
    both = unknown(made, {(inner, name)}, {(outer, name)}) == 0
    assert both is (rest in {0, 5})


def test_the_same_cases_in_two_places_are_hidden_in_both() -> None:
    few, many = tuple("AB"), tuple("CDEFGHI")
    lines = (Line("a", "", 2, cases=few), Line("b", "", 7, cases=many), Line("c", "", 9))
    table = Table("need", "", "", "partition", lines, 18)
    twin = Table("other", "", "", "figures", (Line("x", "", 7, cases=many),))
    made = hidden(table, twin)
    parts = ({("need", "a")}, {("need", "b"), ("other", "x")}, {("need", "c")}, {("need", "total")})
    assert unknown(made, *parts) > 1
    apart = replace(twin, lines=(Line("x", "", 7, cases=tuple("JKLMNOP")),))
    assert ("other", "x") in shown(hidden(table, apart))


@pytest.mark.parametrize(("rest", "both"), [(0, True), (1, False), (4, False), (5, True)])
def test_the_rest_of_a_share_is_a_number_too(rest: int, both: bool) -> None:
    measure = hidden(result("W1.4e", 20, 20 + rest))
    assert (len(shown(measure)) == 2) is both
    figure = hidden(figures("steps", "report", 20, 20 + rest))
    assert (len(shown(figure)) == 2) is both


def test_a_measure_hidden_says_so_and_has_neither_value_nor_cases() -> None:
    (one,) = hidden(
        replace(result("W1.4e", 3, 30), value=0.1, cases=("A",), note="So far.")
    ).measures
    assert (one.numerator, one.value, one.cases, one.hidden) == (None, None, (), True)
    assert one.note == f"{HIDDEN_NOTE} So far."


@pytest.mark.parametrize(("outside", "both"), [(19, True), (12, False)])
def test_the_plans_of_a_kind_that_are_inside_the_area_are_a_number_too(
    outside: int, both: bool
) -> None:
    kinds = partition("setting_kind", special=20, primary=60, secondary=50)
    away = partition("outside_area", special=outside, primary=14, secondary=15)
    left = {("setting_kind", "special"), ("outside_area", "special")} & shown(hidden(kinds, away))
    assert bool(left != {("setting_kind", "special"), ("outside_area", "special")}) is both
