"""Placement: where a child is taught, from a day to a day, and what it is like and costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.codes import NAMED_IN_PLAN, SEN2_SETTINGS
from caseworker_app.domain.kinds import Kept, choice, day, link, money, number, record, yes_or_no
from caseworker_app.domain.over_time import RANKS, SINCE, UNTIL

_WEEKS = 53


@record("placement", "placement", "placements", area="costs", natural=("rank", "since"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(Kept):
    """A place at a setting of the list, or an arrangement by its SEN2 code (SENsetting).

    The year group really taught in has records of its own: it may change while the place stays.

    Attributes:
        since, until: the first and the last day; None where it is not known, or holds still.
        residential: weeks a year, or None where it is no residential place.
        yearly_cost, transport_cost: in pence.
    """

    child_id: str = link("Child", "child", needed=True)
    setting_id: str | None = link("Setting", "setting", synonyms=("School",))
    arrangement: str = choice("Or without a setting", SEN2_SETTINGS, synonyms=("SENsetting",))
    rank: str = choice("Rank", RANKS, needed=True)
    since: date | None = day("From", hint=SINCE)
    until: date | None = day("To", hint=UNTIL)
    unit: bool = yes_or_no("In a SEN unit")
    resourced: bool = yes_or_no("In resourced provision")
    residential: int | None = number("Residential weeks a year", least=1, most=_WEEKS)
    work_based: bool = yes_or_no("Work-based learning")
    named: str = choice("In the plan", NAMED_IN_PLAN)
    yearly_cost: int | None = money("Cost a year", least=0)
    transport_cost: int | None = money("Transport cost a year", least=0)

    def faults(self) -> Sequence[tuple[str, str]]:
        """It is at a setting or an arrangement, one of them."""
        if bool(self.setting_id) == bool(self.arrangement):
            said = "Choose either a setting, or the arrangement where there is none."
            return (("setting_id", said),)
        return ()
