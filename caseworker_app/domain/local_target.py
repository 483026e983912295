"""A council's own target: a duty of the rule pack, to be done sooner than the law asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rules import RuleVersion

UNITS = {
    "weeks_after": "weeks",
    "days_after": "days",
    "wdays_after": "working days",
}
"""Ways to count that a target may use, in the word the screen shows."""


@dataclass(frozen=True, slots=True)
class LocalTarget:
    """A target from a day on.

    Attributes:
        base: the version of the rule it sharpens; the start, who acts and what meets it are hers.
        title: a few words for lists.
        number, unit: how long after the start; `unit` is a key of `UNITS`.
        since: the first day it counts for starts on or after it.
        source: where the council decided it.
    """

    base: RuleVersion
    title: str
    number: int
    unit: str
    since: date
    source: str

    @property
    def rule(self) -> str:
        """The rule's id: `OWN-` before the one it sharpens."""
        return f"OWN-{self.base.rule}"

    @property
    def period(self) -> str:
        """The period in words, "within 3 weeks"."""
        unit = UNITS[self.unit]
        return f"within {self.number} {unit.removesuffix('s') if self.number == 1 else unit}"

    def check(self) -> None:
        """Raise `Refused`, with the field, when it cannot be a target."""
        if not self.title.strip():
            raise Refused("Enter a few words for lists.", "title")
        if self.unit not in UNITS:
            raise Refused("Choose days, working days or weeks.", "unit")
        if self.number < 1:
            raise Refused("The number has to be 1 or more.", "number")
        if not self.source.strip():
            raise Refused("Say where the council decided it.", "source")
        if not can_sharpen(self.base):
            raise Refused("This rule counts from no event, so no target can.", "base")


def can_sharpen(version: RuleVersion) -> bool:
    """Whether a target can be set beside a rule: it counts forward from an event."""
    return version.primitive in UNITS and bool(version.trigger) and version.force != "local"
