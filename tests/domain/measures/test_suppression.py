"""Hidden counts stay hidden: an attacker with every shown figure finds two values for each."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caseworker_app.domain.measures.suppression import Cell, Sum, hidden_cells

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
        ((4, 4, 30), {"0", "1", "2"}),
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


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
@example([1, 1, 12])
def test_no_hidden_small_count_of_a_table_has_one_possible_value(counts: list[int]) -> None:
    cells, sums = partition(*counts)
    hidden = hidden_cells(cells, sums)
    small = {cell for cell, count in cells.items() if 1 <= count <= 4}
    assert small <= hidden
    if TOTAL in hidden:
        return
    lines = [cell for cell in hidden if cell != TOTAL]
    left = cells[TOTAL] - sum(
        count for cell, count in cells.items() if cell != TOTAL and cell not in hidden
    )
    most = 4 if set(lines) <= small else left
    others = len(lines) - 1
    for cell in lines:
        # Between one each and the most each, the other lines add up to anything.
        values = [value for value in range(1, most + 1) if others <= left - value <= others * most]
        assert len(values) > 1 or cell not in small


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
