"""A target of the council's own, made from the rule that it sharpens."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.domain.declarations.own_rules import LocalTarget
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.domain.target_ids import target_rule
from caseworker_app.domain.ways_to_count import UNITS


def period(target: LocalTarget) -> str:
    """Its period in words, "within 3 weeks"."""
    unit = UNITS[target.unit]
    return f"within {target.number} {unit.removesuffix('s') if target.number == 1 else unit}"


def made(target: LocalTarget, base: RuleVersion) -> RuleVersion:
    """The target as a rule; its start, who acts and what meets it are those of `base`.

    Raises:
        Refused: the rule counts from no event.
    """
    if not can_sharpen(base):
        raise Refused("This rule counts from no event, so no target can.", "rule")
    rule = target_rule(base.rule)
    return replace(
        base,
        rule=rule,
        duty=rule,
        since=target.since,
        until=None,
        title=target.title,
        primitive=target.unit,
        number=target.number,
        period=period(target),
        why=f"our target, {period(target)}",
        force="local",
        source=target.source,
        checked_on=target.set_on,
        lapses=False,
        excused_by=frozenset(),
        common="",
        notes="",
        file=f"{rule}.toml",
        common_primitive="",
        common_number=None,
        breach="",
        from_memory=False,
        stage="",
        role="",
    )


def can_sharpen(version: RuleVersion) -> bool:
    """Whether a target can be set beside a rule: it counts forward from an event."""
    return version.primitive in UNITS and bool(version.trigger) and version.force != "local"
