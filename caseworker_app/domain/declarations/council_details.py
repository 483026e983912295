"""The council beside its name: its number, its neighbours, and the officers it has in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.kinds import Kept, choice, number, record, text, words

IN_POST = {"yes": "Yes, in post", "no": "No", "recruiting": "Recruiting"}
"""What SEN2 asks of each designated officer."""

KEEP_YEARS = 31
"""For how many years from birth a record is kept where a council has not said otherwise."""


@record(
    "council_details",
    "details of the council",
    "details of the council",
    area="setup",
    natural=("la_number",),
    about="Your council's number for SEN2, whom it is compared with, and its designated officers.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilDetails(Kept):
    """The council whose store this is; there is one such record or none. Its name stands apart.

    Attributes:
        la_number: three digits, as the Department numbers authorities.
        neighbours: the numbers of the authorities it is compared with.
        keep_years: for how many years from birth a child's record is kept; None is `KEEP_YEARS`.
    """

    la_number: str = text(
        "LA number",
        needed=True,
        unique=True,
        search=True,
        pattern=r"\d{3}",
        pattern_says="An LA number is three digits.",
    )
    neighbours: frozenset[str] = words(
        "Neighbours", hint="The LA numbers of those it is compared with."
    )
    medical_officer: str = choice("Designated medical officer", IN_POST)
    clinical_officer: str = choice("Designated clinical officer", IN_POST)
    social_care_officer: str = choice("Designated social care officer", IN_POST)
    keep_years: int | None = number(
        "Years a record is kept",
        least=25,
        most=100,
        hint="From the date of birth. Leave it blank for 31.",
    )


def years_kept(records: Iterable[CouncilDetails]) -> int:
    """For how many years from birth a child's record is kept."""
    found = newest(records)
    return KEEP_YEARS if found is None or found.keep_years is None else found.keep_years


def newest(records: Iterable[CouncilDetails]) -> CouncilDetails | None:
    """The record that counts where a file has brought a second one: the last made; None of none."""
    return max(records, key=lambda one: int(one.id or 0), default=None)
