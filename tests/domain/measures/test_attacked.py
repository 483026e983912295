"""Somebody who reads a published return works out no hidden figure more nearly than allowed.

A drawn sample; `dev.py prove hidden` takes forty boroughs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.editions import Edition, edition_of
from caseworker_app.domain.measures.hiding import hide_small, protect
from caseworker_app.domain.measures.suppression import WIDTH, is_small
from tests.domain.measures.making import board
from tests.support.attacker import narrowed, read, totals
from tests.support.invented import files_of

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
        kept.append(edition_of(edition.as_text()))
        assert not public.narrowed
    assert narrowed(seen, whole_editions()) == []
    # A total gives way only where it grew by too few to hide anything among them.
    known = [read(one).shown for one in whole_editions()]
    for number, one in enumerate(seen):
        shown = read(one).shown
        for name in totals(one):
            count = known[number][name] or 0
            grew = [count - (before.get(name) or 0) for before in known[:number]]
            few = any(0 < more < WIDTH for more in grew)
            assert shown[name] is not None or is_small(count) or few


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
