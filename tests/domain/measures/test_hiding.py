"""A small number is hidden everywhere: what says the same, or the rest of it, is hidden with it.

Each test has a return of a few figures, in which one tie between two sheets is all that keeps a
small number from being worked out.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from caseworker_app.domain.measures.board import BoardReturn, Line, Result, Table
from caseworker_app.domain.measures.hiding import HIDDEN_NOTE, LEFT_OUT, hide_small
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
        ("I2.1", "S2.1a", "numerator"),
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


@pytest.mark.parametrize(("inner", "outer"), [("W1.4g", "W1.4f"), ("I2.1", "S2.1a")])
def test_a_denominator_of_five_or_more_stands_however_near_another(inner: str, outer: str) -> None:
    made = hidden(result(inner, 10, 30), result(outer, 10, 32))
    assert {(inner, "denominator"), (outer, "denominator")} <= shown(made)
    assert (inner, "denominator") not in shown(hidden(result(inner, 0, 4)))


def test_a_denominator_that_is_the_rest_of_a_hidden_count_gives_way() -> None:
    lines = (
        Line("plan_20_weeks", "", 10, 30),
        Line("plan_20_weeks_without_exceptions", "", 9, 28),
        Line("exceptions", "", 2, 30),
    )
    made = hidden(Table("assessment_timeliness", "", "", "figures", lines))
    (table,) = made.annual_reviews
    every, plain, excepted = table.lines
    assert (every.of, plain.of, excepted.count, excepted.of) == (30, None, None, 30)


def test_a_table_by_size_shows_the_order_of_what_it_shows_alone() -> None:
    lines = tuple(
        Line(name, name, count) for name, count in (("c", 9), ("b", 4), ("d", 3), ("a", 2))
    )
    table = Table("setting", "", "", "partition", lines, 18, by_size=True)
    (made,) = hidden(table).annual_reviews
    assert [(line.key, line.count) for line in made.lines] == [
        ("c", 9),
        ("a", None),
        ("b", None),
        ("d", None),
    ]


def test_schools_too_small_to_protect_are_not_named_and_their_total_stands() -> None:
    lines = tuple(Line(name, name, 1) for name in "abcdef")
    (made,) = hidden(Table("setting", "", "", "partition", lines, 6, by_size=True)).annual_reviews
    assert (made.lines, made.total, made.definition) == ((), 6, LEFT_OUT)


def test_a_kind_of_school_is_protected_from_its_schools_that_are_shown() -> None:
    cases = {"a": "ABC", "b": "DEFGHI", "c": "JKLMNOP", "d": "QRSTUV"}
    schools = tuple(Line(key, key, len(some), cases=tuple(some)) for key, some in cases.items())
    kinds = (
        Line("special", "", 9, cases=tuple(cases["a"] + cases["b"])),
        Line("primary", "", 13, cases=tuple(cases["c"] + cases["d"])),
    )
    made = hidden(
        Table("setting_kind", "", "", "partition", kinds, 22),
        Table("setting", "", "", "partition", schools, 22, by_size=True),
    )
    seen = shown(made)
    assert ("setting", "a") not in seen
    assert not {("setting", "b"), ("setting_kind", "special")} <= seen


def test_what_is_the_teams_own_is_not_published() -> None:
    assert hidden(replace(partition("caseworker", one=9), managers=True)).tables == ()


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("3 live plans have no outcome recorded, and do not pass.", ""),
        ("1,204 live plans are not counted: no setting.", ""),
        ("Year 2026. 1 live plan is not counted.", "Year 2026."),
        ("Per cent of the backlog on 1 September 2026; over 100% it has grown.", ...),
        ("Meetings whose 28th day has come.", ...),
        ("", ""),
    ],
)
def test_a_note_that_tells_a_number_no_table_has_is_the_teams_own(note: str, kept: str) -> None:
    (made,) = hidden(replace(result("W1.4e", 20, 20), note=note)).measures
    assert made.note == (note if kept is ... else kept)


def test_two_returns_that_differ_in_hidden_numbers_alone_are_one_in_public() -> None:
    def some(small: int, large: int) -> BoardReturn:
        lines = (("a", 40), ("b", small), ("c", large))
        table = Table("x", "", "", "partition", tuple(Line(*[k] * 2, n) for k, n in lines), 49)
        return hidden(table, replace(table, key="y", by_size=True), result("W1.4e", small, 9))

    assert some(2, 7) == some(3, 6) == some(4, 5)
