"""The figures published last, for programs that read them: as rows, and as the store's view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from caseworker_app.domain.declarations.council_details import CouncilDetails, newest
from caseworker_app.domain.declarations.return_runs import BOARD, ReturnRun
from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.measures.tidy import Place, rows_of
from caseworker_app.services.ports import COUNCIL, Reading, Writing
from caseworker_app.services.returns.kept_boards import kept_board

_FIGURES = ("measure", "breakdown_topic", "breakdown", "numerator", "denominator", "hidden")


def place_of(reading: Reading, council: str = "") -> Place:
    """The council as open data names it: by its number, where an administrator gave it."""
    found = newest(reading.all_of(kind_of(CouncilDetails)).values())
    number = found.la_number if found else ""
    return Place(number, council or reading.meta().get(COUNCIL, ""))


def renew(unit: Writing, runs: Iterable[ReturnRun]) -> None:
    """Put the board return that was published last, and not withdrawn, into the store's view."""
    unit.put_open_data(_rows(unit, runs))


def open_data_at_fault(reading: Reading, program: str) -> Iterator[str]:
    """Where the view does not hold what was published last; how places are named may differ.

    `program` is this one's version: another may have cut a return into other rows.
    """
    kept = [tuple(row) for row in reading.open_figures(_FIGURES)]
    runs = reading.all_of(kind_of(ReturnRun)).values()
    if any(one.program != program for one in runs):
        return
    try:
        rows = _rows(reading, runs)
    except CaseworkerError:
        # That it cannot be read is told of the return itself.
        return
    if kept != [tuple(one[name] for name in _FIGURES) for one in rows]:
        yield "The open data are not those of the return that was published last."


def _rows(reading: Reading, runs: Iterable[ReturnRun]) -> list[Mapping[str, Any]]:
    standing = [
        one
        for one in runs
        if one.what == BOARD and one.public and one.figures and one.withdrawn_on is None
    ]
    if not standing:
        return []
    last = kept_board(reading, max(standing, key=lambda one: one.number)).shown()
    return list(rows_of(last, place_of(reading, last.council)))
