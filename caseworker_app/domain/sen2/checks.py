"""Every check of the return, by module and number."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.domain.sen2 import (
    checks_of_people,
    checks_of_places,
    checks_of_plans,
    checks_of_requests,
)
from caseworker_app.domain.sen2.checking import QUERY, Check, Hit
from caseworker_app.domain.sen2.comparing import lost_plans
from caseworker_app.domain.sen2.frame import Frame
from caseworker_app.domain.sen2.rows import Return, Row

CHECKS: tuple[Check, ...] = (
    *checks_of_people.CHECKS,
    *checks_of_requests.CHECKS,
    *checks_of_plans.CHECKS,
    *checks_of_places.CHECKS,
)

TITLES = {one.rule: one.title for one in CHECKS} | {"X01": "Plans of last year's return"}
"""What each rule asks for, by its id."""

LEVELS = {one.rule: one.level for one in CHECKS} | {"X01": QUERY}


def found(return_: Return, frame: Frame, before: Sequence[Row] | None = None) -> tuple[Hit, ...]:
    """What every check finds, by rule and then in the order of the return.

    Args:
        return_: the return.
        frame: what it was made by.
        before: the persons of last year's submitted return, where there is one to compare with.
    """
    hits = [hit for check in CHECKS for hit in check.hits(return_, frame)]
    if before is not None:
        hits += lost_plans(return_, before)
    return tuple(hits)
