"""Year taught in: the year group a child is really taught in, from a day to a day.

A record of its own and no field of the placement: a child may be put up or back a year and stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.kinds import Kept, day, link, number, record, text
from caseworker_app.domain.over_time import SINCE, UNTIL
from caseworker_app.domain.people import OLDEST_YEAR, YOUNGEST_YEAR


@record("taught_year", "year taught in", "years taught in", area="children", natural=("since",))
@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtYear(Kept):
    """The National Curriculum year taught in, where the date of birth gives another one.

    Attributes:
        year: as it was on the day `true_on`, or else on its first day; it rises each September.
        since, until: the first and the last day; None where it is not known, or holds still.
        true_on: the day it was recorded, so that it can be carried into later years.
    """

    child_id: str = link("Child", "child", needed=True)
    year: int = number("Year taught in", least=YOUNGEST_YEAR, most=OLDEST_YEAR, needed=True)
    why: str = text("Why that year")
    since: date | None = day("From", hint=SINCE)
    until: date | None = day("To", hint=UNTIL)
    true_on: date | None = day("Day of the year taught in", by_hand=False)
