"""Moves between phases: each cohort of this calendar year and the next."""

from __future__ import annotations

from caseworker_app.domain.measures.board import Table
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.moves import BEFORE_16, INTO_POST_16, STANDINGS
from caseworker_app.domain.measures.tables import partition
from caseworker_app.domain.roles import Role

COHORTS = {
    Role.INTO_SCHOOL: "Early years to school",
    Role.BETWEEN_SCHOOLS: "Between schools",
    Role.INTO_POST_16: "Into post-16",
}


def transfer_tables(caseload: Caseload) -> tuple[Table, ...]:
    """A row a cohort, for the year of the as-at date, the year after and those of the measures."""
    year = caseload.as_at.year
    counted = {caseload.transfer_year(roles) for roles in (BEFORE_16, INTO_POST_16)}
    return tuple(
        _cohort(caseload, role, words, moving)
        for moving in sorted({year, year + 1, *counted})
        for role, words in COHORTS.items()
    )


def _cohort(caseload: Caseload, role: Role, words: str, year: int) -> Table:
    day = "31 March" if role is Role.INTO_POST_16 else "15 February"
    return partition(
        f"transfers_{role}_{year}",
        f"{words}, by {day} {year}",
        "Standing",
        STANDINGS,
        [(move.standing, move.reference) for move in caseload.moves((role,), year)],
        group="transfers",
    )
