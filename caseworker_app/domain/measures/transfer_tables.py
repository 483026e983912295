"""Moves between phases: each cohort of this calendar year and the next."""

from __future__ import annotations

from caseworker_app.domain.measures.answers import Caseload
from caseworker_app.domain.measures.board import Table
from caseworker_app.domain.measures.moves import STANDINGS
from caseworker_app.domain.measures.tables import partition

COHORTS = {
    "PT-01": "Early years to school",
    "PT-02": "Between schools",
    "PT-03": "Into post-16",
}


def transfer_tables(caseload: Caseload) -> tuple[Table, ...]:
    """A row a cohort, for the year of the as-at date and the year after."""
    year = caseload.as_at.year
    return tuple(
        _cohort(caseload, rule, words, moving)
        for moving in (year, year + 1)
        for rule, words in COHORTS.items()
    )


def _cohort(caseload: Caseload, rule: str, words: str, year: int) -> Table:
    day = "31 March" if rule == "PT-03" else "15 February"
    return partition(
        f"transfers_{rule}_{year}",
        f"{words}, by {day} {year}",
        "Standing",
        STANDINGS,
        [(move.standing, move.reference) for move in caseload.moves((rule,), year)],
        group="transfers",
    )
