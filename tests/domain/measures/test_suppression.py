"""Hidden counts stay hidden, and as few others are hidden with them as it takes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caseworker_app.domain.measures.suppression import (
    LAST,
    WIDTH,
    Cell,
    Counts,
    Sum,
    hidden,
    hidden_cells,
)

TOTAL: Cell = ("total",)


def partition(*counts: int) -> tuple[dict[Cell, int], list[Sum]]:
    cells = {("line", str(place)): count for place, count in enumerate(counts)}
    return {**cells, TOTAL: sum(counts)}, [Sum(TOTAL, tuple(cells))]


def hidden_lines(*counts: int) -> set[str]:
    cells, sums = partition(*counts)
    return {cell[-1] for cell in hidden_cells(cells, sums)}


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((10, 20, 30), set()),
        ((0, 20, 30), set()),
        ((5, 20), set()),
        ((4, 20, 30), {"0", "1"}),
        ((4, 3, 30), {"0", "1"}),
        ((1, 1, 30), {"0", "1", "2"}),
        ((4, 4, 30), {"0", "1"}),
        ((2, 2, 30), {"0", "1", "2"}),
        ((1, 4), {"0", "1"}),
        ((3, 0, 0), {"0", "total"}),
        ((3, 40), {"0", "1"}),
        ((0, 0), set()),
    ],
)
def test_a_small_count_and_its_partner(counts: tuple[int, ...], hidden: set[str]) -> None:
    assert hidden_lines(*counts) == hidden


def test_a_count_told_apart_by_two_sums_takes_a_partner_in_one_of_them() -> None:
    counts: dict[Cell, int] = {
        ("a",): 3,
        ("b",): 9,
        ("c",): 8,
        ("a and b",): 12,
        ("b and c",): 17,
    }
    sums = [Sum(("a and b",), (("a",), ("b",))), Sum(("b and c",), (("b",), ("c",)))]
    hidden = hidden_cells(counts, sums)
    assert ("a",) in hidden
    assert not solved(counts, sums, hidden)


def test_a_small_difference_between_two_shown_counts_hides_one_of_them() -> None:
    counts: dict[Cell, int] = {("in time",): 97, ("all",): 100, ("late",): 3}
    sums = [Sum(("all",), (("in time",), ("late",)))]
    hidden = hidden_cells(counts, sums, unpublished=[("late",)])
    assert hidden == {("late",), ("in time",)}


def test_a_large_difference_may_be_worked_out() -> None:
    counts: dict[Cell, int] = {("in time",): 60, ("all",): 100, ("late",): 40}
    sums = [Sum(("all",), (("in time",), ("late",)))]
    assert hidden_cells(counts, sums, unpublished=[("late",)]) == frozenset()


def test_the_same_count_in_two_places_is_hidden_in_both() -> None:
    counts: dict[Cell, int] = {("here",): 7, ("there",): 7, ("other",): 2, ("all",): 9}
    sums = [Sum(("here",), (("there",),)), Sum(("all",), (("here",), ("other",)))]
    hidden = hidden_cells(counts, sums)
    assert {("other",), ("here",), ("there",)} <= hidden


@settings(max_examples=40)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
@example([1, 1, 12])
@example([1, 4])
def test_each_hidden_line_of_a_table_could_be_as_many_as_the_threshold(counts: list[int]) -> None:
    cells, sums = partition(*counts)
    hidden = hidden_cells(cells, sums)
    assert {cell for cell, count in cells.items() if 1 <= count <= 4} <= hidden
    assert TOTAL not in hidden or cells[TOTAL] < WIDTH
    lines = [cells[cell] for cell in hidden if cell != TOTAL]
    # They make a number that is known, and each could be all of it or none.
    assert not lines or TOTAL in hidden or (sum(lines) >= WIDTH and len(lines) > 1)


@settings(max_examples=25)
@given(
    st.lists(st.integers(0, 9), min_size=4, max_size=4),
    st.lists(st.integers(0, 9), min_size=4, max_size=4),
)
def test_no_sums_of_a_grid_determine_a_hidden_count(top: list[int], bottom: list[int]) -> None:
    counts: dict[Cell, int] = {}
    sums = []
    for row, line in (("top", top), ("bottom", bottom)):
        parts = tuple((row, str(place)) for place in range(4))
        counts |= dict(zip(parts, line, strict=True))
        counts[row, "sum"] = sum(line)
        sums.append(Sum((row, "sum"), parts))
    for place in range(4):
        parts = (("top", str(place)), ("bottom", str(place)))
        counts["sum", str(place)] = top[place] + bottom[place]
        sums.append(Sum(("sum", str(place)), parts))
    assert not solved(counts, sums, hidden_cells(counts, sums))


SMALL, LARGE, OTHER, BOTH = ("small",), ("large",), ("other",), ("both",)


def test_of_two_that_would_do_the_cheaper_is_hidden_and_of_as_cheap_ones_the_smaller() -> None:
    given = Counts({SMALL: 3, LARGE: 20, OTHER: 9, TOTAL: 32}, dear={TOTAL: LAST})
    given.sums.append(Sum(TOTAL, (SMALL, LARGE, OTHER)))
    assert hidden(given).cells == {SMALL, OTHER}
    given.dear[OTHER] = 4.0
    assert hidden(given).cells == {SMALL, LARGE}


def test_one_count_that_protects_two_is_hidden_once() -> None:
    one, two = ("one",), ("two",)
    counts = {one: 1, two: 1, LARGE: 40, OTHER: 9, ("left",): 41, ("right",): 41, ("last",): 50}
    sums = [
        Sum(("left",), (one, LARGE)),
        Sum(("right",), (two, LARGE)),
        Sum(("last",), (OTHER, ("left",))),
    ]
    dear = {("left",): LAST, ("right",): LAST, ("last",): LAST}
    assert hidden(Counts(counts, sums, dear=dear)).cells == {one, two, LARGE}


def test_what_has_been_published_is_not_hidden_any_more() -> None:
    given = Counts({SMALL: 3, LARGE: 20, OTHER: 9, TOTAL: 32}, dear={TOTAL: LAST})
    given.sums.append(Sum(TOTAL, (SMALL, LARGE, OTHER)))
    given.out |= {OTHER, TOTAL}
    assert hidden(given).cells == {SMALL, LARGE}
    given.out.add(LARGE)
    assert hidden(given).known == {SMALL}


def test_what_was_hidden_before_stays_protected() -> None:
    counts: dict[Cell, int] = {SMALL: 30, LARGE: 20, BOTH: 50}
    given = Counts(counts, [Sum(BOTH, (SMALL, LARGE))], dear={BOTH: LAST}, kept={SMALL})
    assert hidden(given).cells == {SMALL, LARGE}


def test_a_name_that_says_there_is_one_narrows_what_is_hidden() -> None:
    given = Counts({SMALL: 2, LARGE: 4, TOTAL: 6}, [Sum(TOTAL, (SMALL, LARGE))], dear={TOTAL: LAST})
    assert hidden(given).cells == {SMALL, LARGE}
    given.least |= {SMALL: 1, LARGE: 1}
    assert hidden(given).cells == {SMALL, LARGE, TOTAL}


def test_a_sum_by_chance_hides_no_total_and_a_sure_one_may() -> None:
    counts: dict[Cell, int] = {SMALL: 3, LARGE: 20, TOTAL: 23, BOTH: 20}
    sums = [Sum(TOTAL, (SMALL, LARGE)), Sum(LARGE, (BOTH,), sure=False)]
    dear = {TOTAL: LAST, BOTH: LAST}
    assert hidden(Counts(counts, sums, dear=dear)).cells == {SMALL, LARGE}
    sums[1] = Sum(LARGE, (BOTH,))
    assert BOTH in hidden(Counts(counts, sums, dear=dear)).cells


def test_a_count_that_must_both_fall_and_rise_to_be_wide_is_protected() -> None:
    """One of a total of five that is out: neither five more nor five fewer, but nought to five."""
    other, whole = ("other",), ("whole",)
    counts: dict[Cell, int] = {SMALL: 1, LARGE: 4, TOTAL: 5, other: 10, whole: 14}
    sums = [Sum(TOTAL, (SMALL, LARGE)), Sum(whole, (LARGE, other))]
    found = hidden(Counts(counts, sums, out={TOTAL}))
    assert found.cells == {SMALL, LARGE, other}
    assert not found.narrow


def solved(counts: dict[Cell, int], sums: list[Sum], hidden: frozenset[Cell]) -> set[Cell]:
    """The hidden cells that repeated subtraction gives away."""
    unknown = set(hidden)
    found: set[Cell] = set()
    while True:
        given_away = set()
        for one in sums:
            left = [cell for cell in one.cells if cell in unknown]
            if len(left) == 1:
                given_away.add(left[0])
        if not given_away:
            return found
        unknown -= given_away
        found |= given_away
