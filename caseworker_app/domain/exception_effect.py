"""What a claimed exception comes to: the dates it excuses, and why it does not excuse others.

SEN2 asks for an exception at each stage of an assessment: 6, 16 and 20 weeks. A stage has one when
a claim on its date passes its test.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.roles import Role

_WEEKS: dict[str, int] = {Role.ASSESS: 6, Role.REFUSE: 16, Role.PLAN: 20}
"""The roles of the rules at an assessment's stages, and after how many weeks SEN2 asks."""


@dataclass(frozen=True, slots=True)
class StageFlags:
    """The exceptions of one assessment.

    Attributes:
        episode: the assessment.
        received: the day it is counted from, or None where it is not known.
        grounds: weeks of the stage to the ground that excuses it, or None.
    """

    episode: str
    received: date | None
    grounds: tuple[tuple[int, str | None], ...]

    @property
    def any(self) -> bool:
        """Whether any stage has an exception."""
        return any(ground for _, ground in self.grounds)


def stage_flags(deadlines: Iterable[Deadline]) -> tuple[StageFlags, ...]:
    """The stages of every assessment among a child's deadlines, in the order they come."""
    found: dict[str, list[Deadline]] = {}
    for deadline in deadlines:
        if deadline.version.role in _WEEKS:
            found.setdefault(deadline.episode, []).append(deadline)
    return tuple(_flags(episode, stages) for episode, stages in found.items())


def _flags(episode: str, stages: list[Deadline]) -> StageFlags:
    starts = [step[1] for one in stages for step in one.steps if not isinstance(step, str)]
    grounds = sorted((_WEEKS[one.version.role], one.exception) for one in stages)
    return StageFlags(episode, min(starts, default=None), tuple(grounds))


def effect(claim: Fact, deadlines: Iterable[Deadline]) -> tuple[list[Deadline], list[str]]:
    """The dates a claim excuses, and what keeps it from excusing others, each sentence once.

    Args:
        claim: the fact of the claim.
        deadlines: of the child, counted with the claim among the facts.
    """
    ground = claim.text("ground") or ""
    found = list(deadlines)
    excused = [one for one in found if one.exception == ground and _since(one, claim)]
    head = f"{ground} claimed {claim.on} does not excuse: "
    failed = dict.fromkeys(
        step.removeprefix(head)
        for one in found
        for step in one.steps
        if isinstance(step, str) and step.startswith(head)
    )
    return sorted(excused, key=lambda one: one.due), list(failed)


def _since(deadline: Deadline, claim: Fact) -> bool:
    return deadline.exception_on is not None and deadline.exception_on >= claim.on
