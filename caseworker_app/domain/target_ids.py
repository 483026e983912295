"""How the ids of a council's own targets are made from those of the rules that they sharpen."""

from __future__ import annotations

OWN = "OWN-"
"""What the id of every target begins with."""


def target_rule(rule: str) -> str:
    """The id of a target: `OWN-` before that of the rule it sharpens."""
    return f"{OWN}{rule}"


def sharpened(rule: str) -> str:
    """The id of the rule that a target sharpens; "" where the id is no target's."""
    return rule.removeprefix(OWN) if rule.startswith(OWN) else ""
