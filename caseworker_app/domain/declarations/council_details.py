"""The council beside its name: its number, its neighbours, and the officers it has in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.kinds import Kept, choice, record, text, words

IN_POST = {"yes": "Yes, in post", "no": "No", "recruiting": "Recruiting"}
"""What SEN2 asks of each designated officer."""


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


def newest(records: Iterable[CouncilDetails]) -> CouncilDetails | None:
    """The record that counts where a file has brought a second one: the last made; None of none."""
    return max(records, key=lambda one: int(one.id or 0), default=None)
