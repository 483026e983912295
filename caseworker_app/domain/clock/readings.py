"""What a council's choice of reading changes in the rules and in what a plan brings.

Only the points that have more than one option in the pack are choices; the others say how the
clock counts. The recommended readings change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from caseworker_app.domain.roles import YEARLY, Role
from caseworker_app.domain.rules import Reading, RuleVersion


@dataclass(frozen=True, slots=True)
class Leaving:
    """How the phase transfers are read.

    Attributes:
        staying_counts: Year 11 is a transfer even where the school goes on (A12).
        no_setting_counts: starting school is one for a child at no setting (A18).
        march_for_september: a move after 16 in September is due by 31 March (A13).
    """

    staying_counts: bool = True
    no_setting_counts: bool = True
    march_for_september: bool = False


def leaving(readings: Iterable[Reading]) -> Leaving:
    """How the phase transfers are read by the readings in use."""
    chosen = {reading.id: reading.chosen for reading in readings}
    return Leaving(
        staying_counts=chosen.get("A12") != "literal",
        no_setting_counts=chosen.get("A18") != "no",
        march_for_september=chosen.get("A13") == "march",
    )


def applied(
    versions: Iterable[RuleVersion], readings: Iterable[Reading]
) -> tuple[RuleVersion, ...]:
    """The versions of the rules as the readings in use have them."""
    chosen = {reading.id: reading.chosen for reading in readings}
    found = tuple(versions)
    if chosen.get("A1") == "by":
        found = tuple(_by_the_day(one) for one in found)
    if chosen.get("A2") == "anniversary":
        found = tuple(_to_the_anniversary(one) for one in found)
    if chosen.get("A5") == "yes":
        found = tuple(_from_every_plan(one) for one in found)
    return found


def _by_the_day(version: RuleVersion) -> RuleVersion:
    if version.primitive != "phase_transfer" or version.common_number is None:
        return version
    return replace(
        version,
        number=version.common_number,
        common_number=version.number,
        period=version.period.replace("before", "by"),
        why=version.why.replace("before", "by"),
        common="By the strict reading of the Regulations it is the day before.",
    )


def _to_the_anniversary(version: RuleVersion) -> RuleVersion:
    if version.primitive != "months_from" or version.common_primitive != "months_after":
        return version
    return replace(
        version,
        primitive="months_after",
        common_primitive="months_from",
        period=version.period.replace("beginning with", "after"),
        common="By the strict reading of the Act it is the day before.",
    )


def _from_every_plan(version: RuleVersion) -> RuleVersion:
    if version.role not in YEARLY:
        return version
    again = "plan_made_again"
    trigger = f"{version.trigger} {again}" if version.role == Role.NEXT_REVIEW else version.trigger
    return replace(
        version, trigger=trigger, superseded_by=f"{version.superseded_by} {again}".strip()
    )
