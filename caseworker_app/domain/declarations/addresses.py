"""Address: the postcode of a child's home, from a day to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.kinds import Kept, choice, day, link, record, text
from caseworker_app.domain.over_time import SINCE, UNTIL

INSIDE = {"yes": "Yes", "no": "No"}
_POSTCODE = r"(?i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})"


@record("address", "address", "addresses", area="children", natural=("since",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Kept):
    """A home.

    Attributes:
        inside: "yes" or "no", whether it lies in the authority; "" where that is not known.
        since, until: the first and the last day; None where it is not known, or holds still.
    """

    child_id: str = link("Child", "child", needed=True)
    postcode: str = text(
        "Postcode",
        needed=True,
        search=True,
        pattern=_POSTCODE,
        pattern_says="A postcode looks like E1 4NS.",
    )
    inside: str = choice("In the authority", INSIDE)
    since: date | None = day("From", hint=SINCE)
    until: date | None = day("To", hint=UNTIL)
