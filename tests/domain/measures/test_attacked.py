"""Somebody who reads a published return works out no hidden figure more nearly than allowed.

A drawn sample; `dev.py prove hidden` takes forty boroughs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.measures.hiding import hide_small, protect
from caseworker_app.domain.measures.published import published
from caseworker_app.domain.measures.suppression import Cell, is_small
from tests.domain.measures.making import board, case, fact
from tests.support.attacker import Attacker, Name, kinds_of, narrowed, read, totals
from tests.support.invented import files_of
from tests.support.row_by_row import hidden_row_by_row, hidden_until_safe, let_out_row_by_row
from tests.support.standing import lost, might_stand

TODAY = date(2026, 11, 22)
BOROUGHS = ((30, 3), (70, 8), (200, 5))


@cache
def whole(children: int, seed: int) -> BoardReturn:
    return board(files_of(TODAY, children, seed))


@cache
def public(children: int, seed: int) -> BoardReturn:
    return hide_small(whole(children, seed))


@pytest.mark.parametrize("borough", BOROUGHS)
def test_no_hidden_figure_is_narrowed(borough: tuple[int, int]) -> None:
    assert narrowed([public(*borough)], [whole(*borough)]) == []


@pytest.mark.parametrize("borough", BOROUGHS)
def test_small_figures_are_hidden_and_totals_stand(borough: tuple[int, int]) -> None:
    known, seen = read(whole(*borough)).shown, read(public(*borough)).shown
    for name, count in seen.items():
        assert count in (None, known[name])
        assert count is None or not is_small(count)
    for name in totals(public(*borough)):
        assert seen[name] is not None or is_small(known[name] or 0)


def test_a_number_told_by_the_rows_or_the_json_alone_is_found_out() -> None:
    borough = BOROUGHS[1]
    seen, known = read(public(*borough)), read(whole(*borough))
    assert not {name for name, count in seen.shown.items() if count is None} & seen.elsewhere.keys()
    assert {name: known.elsewhere[name] for name in known.shown} == known.shown
    name = next(name for name, count in seen.shown.items() if count is None)
    seen.elsewhere[name] = known.elsewhere[name]
    found = Attacker([seen], kinds_of(whole(*borough)), [known]).attack()
    assert [one.greatest for one in found if one.name == name] == [known.shown[name]]
    assert any(one.narrow for one in found)


def test_what_hides_small_figures_alone_is_found_out() -> None:
    made = whole(*BOROUGHS[1])
    assert narrowed([_only_small(made)], [made])


def test_one_figure_shown_again_is_found_out() -> None:
    """Each figure hidden beside the small ones is there for a reason."""
    made, seen = whole(*BOROUGHS[1]), public(*BOROUGHS[1])
    known = {table.key: table for table in made.tables}
    beside = [
        (table.key, line.key)
        for table in seen.caseload
        for line in table.lines
        if line.count is None
        and not is_small(next(x.count or 0 for x in known[table.key].lines if x.key == line.key))
    ]
    assert beside
    for key, name in beside:
        shown_again = replace(
            seen,
            caseload=tuple(
                replace(
                    table,
                    lines=tuple(
                        next(one for one in known[key].lines if one.key == name)
                        if (table.key, line.key) == (key, name)
                        else line
                        for line in table.lines
                    ),
                )
                for table in seen.caseload
            ),
        )
        assert narrowed([shown_again], [made])


@pytest.mark.parametrize("borough", BOROUGHS)
def test_what_a_reader_knows_for_certain_is_known_for_certain(borough: tuple[int, int]) -> None:
    """A sum that only happens to hold may be let go; what holds by definition never is."""
    made = whole(*borough)
    given, reading = published(made), read(made)
    sure = [one for one in given.sums if one.sure]
    at = {cell: place for place, cell in enumerate(given.counts)}

    def row(total: Cell, parts: Iterable[Cell]) -> list[int]:
        factors = [0] * len(at)
        factors[at[total]] = -1
        for part in parts:
            factors[at[part]] += 1
        return factors

    equal = []
    for total, parts, more in Attacker([reading], kinds_of(made), [reading]).relations(reading):
        names = [_cell(one) for one in (total, *parts) if one in reading.shown]
        if len(names) < 2 or names[0] != _cell(total) or not at.keys() >= set(names):
            continue
        left = given.counts[names[0]] - sum(given.counts[name] for name in names[1:])
        if more and left >= 0:
            assert any(x.total == names[0] and set(names[1:]) <= set(x.parts) for x in sure), names
        elif left == 0:
            equal.append(names)
    assert len(equal) > 50
    known = np.array([row(one.total, one.parts) for one in sure], dtype=float).T
    wanted = np.array([row(names[0], names[1:]) for names in equal], dtype=float).T
    from_known = known @ np.linalg.lstsq(known, wanted, rcond=None)[0]
    far = np.abs(wanted - from_known).max(axis=0) > 1e-6
    assert [names for names, one in zip(equal, far, strict=True) if one] == []


def _cell(name: Name) -> Cell:
    return (*name[:-1], {"num": "numerator", "den": "denominator"}.get(name[-1], name[-1]))


def test_what_an_earlier_return_gives_away_is_told_once() -> None:
    needs = ["ASD"] * 9 + ["SEMH"] * 8 + ["MLD"] * 3
    sent = fact("plan_sent", "2024-03-01")
    made = board([case(f"C{place:02}", sent, need=need) for place, need in enumerate(needs)])
    _, edition = protect(made)
    counts = edition.counts.counts
    one = min(x for x in edition.hidden if x[0] == "primary_need" and is_small(counts[x]))
    careless = replace(edition, hidden=frozenset({one}))
    assert protect(made, [careless])[0].narrowed == 1
    told = edition_of(replace(careless, narrow=frozenset({one})).packed())
    assert protect(made, [told])[0].narrowed == 0


def test_no_more_is_hidden_than_row_by_row_until_nobody_works_one_out() -> None:
    borough = BOROUGHS[1]
    hidden = {name for name, count in read(public(*borough)).shown.items() if count is None}
    alone = hidden_row_by_row(whole(*borough))
    assert len(alone) < len(hidden) <= len(hidden_until_safe(whole(*borough)))
    # What it hides less, it lets out.
    assert alone > let_out_row_by_row(whole(*borough)) > set()


EDITIONS = tuple(("2026-09-01", end) for end in ("2026-09-30", "2026-10-31", "2026-11-22"))


@cache
def whole_editions() -> tuple[BoardReturn, ...]:
    files = files_of(TODAY, 120, 4)
    return tuple(board(files, start=start, end=end) for start, end in EDITIONS)


def test_no_hidden_figure_is_narrowed_by_the_editions_of_a_year() -> None:
    kept: list[Edition] = []
    seen = []
    for one in whole_editions():
        public, edition = protect(one, kept)
        seen.append(public)
        # A total gives way only where it would tell what a return before it hid.
        assert might_stand(one, edition, kept) == []
        kept.append(edition_of(edition.packed()))
        assert not public.narrowed
    assert narrowed(seen, whole_editions()) == []


def test_a_total_that_is_hidden_and_need_not_be_is_found_out() -> None:
    made = whole(*BOROUGHS[1])
    _, edition = protect(made)
    assert lost(edition) == []
    total = ("primary_need", "total")
    careless = replace(edition, hidden=edition.hidden | {total})
    assert lost(careless) == might_stand(made, careless, []) == [total]


def test_editions_that_know_nothing_of_each_other_give_numbers_away() -> None:
    files = files_of(TODAY, 120, 4)
    periods = (*EDITIONS[:1], ("2026-10-01", "2026-11-22"), *EDITIONS[2:])
    apart = [board(files, start=start, end=end) for start, end in periods]
    assert narrowed([hide_small(one) for one in apart], apart)


def _only_small(made: BoardReturn) -> BoardReturn:
    def small(count: int | None) -> int | None:
        return None if count is None or is_small(count) else count

    return replace(
        made,
        caseload=tuple(
            replace(
                table,
                total=small(table.total),
                lines=tuple(replace(line, count=small(line.count)) for line in table.lines),
            )
            for table in made.caseload
        ),
    )
