"""What a use case works with: an open store, the rules that bind in it, the clock, and who asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from caseworker_app.domain.outcome import Done
    from caseworker_app.domain.permissions import Person
    from caseworker_app.services.commands import Command
    from caseworker_app.services.ports import Clock, Reading, RulePack, Store
    from caseworker_app.services.progress import Progress


class Situation(Protocol):
    """What the session is to the use cases that it hands things on to.

    Attributes:
        store, clock: what it works with.
        offered: the rules that came with this application.
        person: who is at the keyboard, with their roles.
        who: their name, for the audit.
        with_reason: the restricted cases that were opened with a reason.
        second_place: a folder to which the ends of the trail are sent as they are signed, or None.
    """

    store: Store
    clock: Clock
    offered: RulePack
    person: Person
    who: str
    with_reason: frozenset[str]
    second_place: Path | None

    def today(self) -> date:
        """The day, by the clock."""
        ...

    def rules_in(self, reading: Reading) -> RulePack:
        """The rules that bind, inside a moment of the store."""
        ...

    def counted_otherwise(self) -> bool:
        """Whether the kept dates were counted by other rules than those in force."""
        ...

    def carry_out(self, command: Command, progress: Progress | None = None) -> Done:
        """Carry a command out, raising where it cannot be."""
        ...
