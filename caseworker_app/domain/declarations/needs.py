"""Need: which type of special educational need a child has, from a day to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.kinds import Kept, choice, day, link, record
from caseworker_app.domain.over_time import RANKS, SINCE, UNTIL


@record("need", "need", "needs", area="children", natural=("rank", "since"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Kept):
    """A need, by the SEN2 codes (SENtype), primary or secondary.

    Attributes:
        since, until: the first and the last day; None where it is not known, or holds still.
    """

    child_id: str = link("Child", "child", needed=True)
    type: str = choice("Type of need", NEEDS, needed=True, synonyms=("SENtype", "Need"))
    rank: str = choice("Rank", RANKS, needed=True, synonyms=("SENtypeRank",))
    since: date | None = day("From", hint=SINCE)
    until: date | None = day("To", hint=UNTIL)
