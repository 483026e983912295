"""Holder: which caseworker holds a case, from a day to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.kinds import Kept, day, link, record
from caseworker_app.domain.over_time import SINCE, UNTIL


@record("holder", "case holder", "case holders", area="children", natural=("since",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(Kept):
    """A caseworker who holds or held a case.

    Attributes:
        since, until: the first and the last day; None where it is not known, or holds still.
    """

    child_id: str = link("Child", "child", needed=True)
    caseworker_id: str = link("Caseworker", "caseworker", needed=True)
    since: date | None = day("From", hint=SINCE)
    until: date | None = day("To", hint=UNTIL)
