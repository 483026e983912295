"""Somebody who reads a published return works out no hidden figure more nearly than allowed.

A drawn sample; `dev.py prove hidden` takes forty boroughs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.hiding import hide_small
from caseworker_app.domain.measures.suppression import is_small
from tests.domain.measures.making import board
from tests.support.attacker import kinds_of, narrowed, read, totals
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
    assert narrowed([public(*borough)], kinds_of(whole(*borough))) == []


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
    assert narrowed([_only_small(made)], kinds_of(made))


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
        assert narrowed([shown_again], kinds_of(made))


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
