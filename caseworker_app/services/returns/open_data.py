"""The figures published last, for programs that read them: as rows, and as the store's view."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.declarations.council_details import CouncilDetails, newest
from caseworker_app.domain.declarations.return_runs import BOARD, ReturnRun
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.measures.tidy import Place, rows_of
from caseworker_app.services.ports import COUNCIL, Reading, Writing
from caseworker_app.services.returns.kept_boards import kept_board


def place_of(reading: Reading, council: str = "") -> Place:
    """The council as open data names it: by its number, where an administrator gave it."""
    found = newest(reading.all_of(kind_of(CouncilDetails)).values())
    number = found.la_number if found else ""
    return Place(number, council or reading.meta().get(COUNCIL, ""))


def renew(unit: Writing, runs: Iterable[ReturnRun]) -> None:
    """Put the board return that was published last, and not withdrawn, into the store's view."""
    standing = [
        one
        for one in runs
        if one.what == BOARD and one.public and one.figures and one.withdrawn_on is None
    ]
    if not standing:
        unit.put_open_data(())
        return
    last = kept_board(unit, max(standing, key=lambda one: one.number)).shown()
    unit.put_open_data(rows_of(last, place_of(unit, last.council)))
