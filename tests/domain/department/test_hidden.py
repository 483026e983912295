"""Whoever reads the published files works out no hidden number more nearly than allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import highspy
import numpy as np
import pytest

from caseworker_app.domain.department.layout import HIDDEN
from caseworker_app.domain.department.protecting import hide, protect, published
from caseworker_app.domain.department.sheets import DepartmentReturn, Sheet
from caseworker_app.domain.department.units import Unit
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.measures.hiding import protect as protect_board
from caseworker_app.domain.measures.suppression import WIDTH, is_small
from tests.domain.department.making import PERIOD, SURVEY, borough, counted
from tests.domain.department.test_relations import NOT_MORE, SUMS
from tests.domain.measures.making import board
from tests.support.attacker import THRESHOLD

SEEDS = range(2)
CHILDREN = 90
PLANS = ("caseload", "sen_needs_all_plans", "annual_reviews", "phase_transfers")
SOME_PLANS = ("personal_budgets", "residential_settings", "work_based_placements")
NEW, SOME_NEW = ("newplans", "sen_need_newplans"), ("timeliness_20_week",)

Name = tuple[str, str, str]
"""File, line of which breakdown in plain words, column."""


@cache
def small(seed: int) -> tuple[DepartmentReturn, dict[str, tuple[Unit, ...]]]:
    return counted(borough(seed, CHILDREN))


@cache
def public(seed: int) -> tuple[DepartmentReturn, Edition]:
    made, units = small(seed)
    return protect(made, units, PERIOD)


def plain(heading: str, words: str) -> str:
    """A line in words that every file has for it."""
    said = words.lower().replace("aged", "age").replace("under 3", "age 2 and under")
    return f"{heading.split()[-1].lower()}: {said}"


def numbers(made: DepartmentReturn) -> dict[Name, object]:
    """Every number somebody finds in the files, hidden or not."""
    found: dict[Name, object] = {}
    for sheet in made.sheets:
        layout = sheet.layout
        for column in layout.counted:
            found[layout.name, "", column] = sheet.everybody.values[column]
        for row in sheet.rows[1:]:
            found[layout.name, plain(row.heading, row.words), ""] = row.values[layout.base]
    return found


Relation = tuple[Name, Sequence[Name], bool]
"""A total, parts, and whether they make it or are at most it."""


def relations(made: DepartmentReturn) -> Iterator[Relation]:
    """What somebody knows of the numbers, whatever they are."""
    for file, sums in SUMS.items():
        for total, parts in sums:
            yield (file, "", total), [(file, "", one) for one in parts.split()], True
    for file, pairs in NOT_MORE.items():
        for part, whole in pairs:
            yield (file, "", whole), [(file, "", part)], False
    yield base(made, "newplans"), [("assessments", "", "assess_issued")], True
    for sheet in made.sheets:
        yield from of_lines(made, sheet)
    for files, some in ((PLANS, SOME_PLANS), (NEW, SOME_NEW)):
        yield from of_several(made, files, some)
    seen = numbers(made)
    over = [("caseload", f"age: age {age}", "") for age in range(20, 26)]
    grown = [cell for cell in over if cell in seen]
    yield ("annual_reviews", "age: age 20 and over", ""), grown, True
    needs = made.sheet("sen_needs_all_plans")
    placed = next(one for one in needs.layout.topics if one.by == "place")
    for column, words in placed.words.items():
        line = (needs.layout.name, plain(placed.heading, words), "")
        yield line, [("caseload", "", column)], True


def base(made: DepartmentReturn, name: str) -> Name:
    return name, "", made.sheet(name).layout.base


def of_lines(made: DepartmentReturn, sheet: Sheet) -> Iterator[Relation]:
    """The lines of each breakdown make everybody; those of a group its total."""
    name = sheet.layout.name
    for topic in sheet.layout.topics:
        rows = [row for row in sheet.rows if row.topic == topic.key]
        lines = {row.words: (name, plain(row.heading, row.words), "") for row in rows}
        totals = [words for words in lines if words.endswith(" - total")]
        yield base(made, name), [lines[one] for one in lines if one not in totals], True
        for total in totals:
            group = total.removesuffix("total")
            inside = [one for one in lines if one.startswith(group) and one != total]
            yield lines[total], [lines[one] for one in inside], True


def of_several(
    made: DepartmentReturn, files: Sequence[str], some: Sequence[str]
) -> Iterator[Relation]:
    """Files of the same things say the same of each line; others are of some of them."""
    seen = numbers(made)
    for other in files[1:]:
        yield base(made, files[0]), [base(made, other)], True
    for line in {cell[1] for cell in seen if cell[0] in files and cell[1]}:
        there = [(one, line, "") for one in files if (one, line, "") in seen]
        for cell in there[1:]:
            yield there[0], [cell], True
    for small_one in some:
        yield base(made, files[0]), [base(made, small_one)], False
        for cell in [one for one in seen if one[0] == small_one and one[1]]:
            for large in files:
                yield (large, *cell[1:]), [cell], False


def widths(made: DepartmentReturn, true: DepartmentReturn) -> dict[Name, float]:
    """Of each hidden number, how far its least and its greatest value lie apart."""
    seen, known = numbers(made), numbers(true)
    at = {cell: place for place, cell in enumerate(seen)}
    model = highspy.Highs()
    model.silent()
    model.setOptionValue("threads", 1)
    for value in seen.values():
        if value == HIDDEN:
            model.addVar(0.0, 1e6)
        else:
            model.addVar(float(str(value)), float(str(value)))
    for total, parts, exact in relations(made):
        there = [one for one in parts if one in at]
        if total not in at or not there:
            continue
        left = int(str(known[total])) - sum(int(str(known[one])) for one in there)
        if left < 0 or (exact and left):
            assert not exact, (total, parts, left)
            continue
        factors = {at[total]: 1.0}
        for one in there:
            factors[at[one]] = factors.get(at[one], 0.0) - 1.0
        places = np.array(list(factors), dtype=np.int32)
        values = np.array(list(factors.values()), dtype=np.double)
        model.addRow(0.0, 0.0 if exact else 1e6, len(factors), places, values)
    found = {}
    for cell, value in seen.items():
        if value == HIDDEN:
            ends = []
            for sign in (1.0, -1.0):
                model.changeColCost(at[cell], sign)
                model.run()
                assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
                ends.append(model.getSolution().col_value[at[cell]])
                model.changeColCost(at[cell], 0.0)
            found[cell] = ends[1] - ends[0]
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hidden_number_is_narrowed(seed: int) -> None:
    made, _ = public(seed)
    assert made.narrowed == 0
    found = widths(made, small(seed)[0])
    assert found
    assert [cell for cell, width in found.items() if width < THRESHOLD - 1e-6] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_small_numbers_are_hidden_and_how_many_each_file_is_of_stands(seed: int) -> None:
    made, whole = public(seed)[0], small(seed)[0]
    known = numbers(whole)
    for cell, value in numbers(made).items():
        assert value in (HIDDEN, known[cell])
        assert value == HIDDEN or not is_small(int(str(value)))
    for name in (*PLANS, *NEW, "requests", "ceased_plans"):
        sheet = made.sheet(name)
        many = int(str(known[base(made, name)]))
        assert is_small(many) or sheet.everybody.values[sheet.layout.base] == many


def test_rows_of_a_breakdown_show_how_many_they_are_of_alone() -> None:
    made, _ = public(0)
    for sheet in made.sheets:
        for row in sheet.rows[1:]:
            others = {value for key, value in row.values.items() if key != sheet.layout.base}
            assert others == {HIDDEN}
    assert made.lacking == ()


def test_what_hides_small_numbers_alone_is_found_out() -> None:
    """The attacker is one: hiding no other number beside the small ones gives many away."""
    whole, units = small(0)
    given = published(whole, units)
    gone = frozenset(cell for cell, count in given.counts.items() if is_small(count))
    bare = replace(whole, sheets=tuple(hide(one, gone) for one in whole.sheets))
    assert [cell for cell, width in widths(bare, whole).items() if width < WIDTH]


def test_a_board_return_of_the_same_day_hides_what_the_files_hid() -> None:
    """Both are published as at the survey day: neither gives away what the other hides."""
    files = borough(1, CHILDREN)
    whole, units = small(1)
    made, kept = protect(whole, units, PERIOD)
    told = board(files, start=str(PERIOD.start), end=str(PERIOD.end), as_at=str(SURVEY))
    public_board, _ = protect_board(told, [edition_of(kept.packed())])
    reasons = next(one for one in public_board.tables if one.key == "plans_ended")
    hidden = {line.key for line in reasons.lines if line.count is None}
    ceased = made.sheet("ceased_plans").everybody.values
    columns = ("max_age", "needs_met", "he", "employ", "transfer", "no_engage")
    both = {str(at) for at, one in enumerate(columns, 1) if ceased[one] == HIDDEN}
    assert both
    assert both <= hidden
    again, _ = protect(*counted(files), PERIOD, [kept])
    assert again.sheets == made.sheets
