"""Records of the demo added through the session, as many as belong together in one action."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.demo import around
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.outcome import Failed
from caseworker_app.services.actions import DEMO
from caseworker_app.services.commands import AddRecord, SetCouncil, Together
from caseworker_app.services.session import Session


def add(
    session: Session, what: str, wanted: Iterable[tuple[str, around.Fields]], *more: SetCouncil
) -> None:
    """Add records, each its kind with its fields, and do more, all or nothing.

    Raises:
        Unavailable: the session would not take something.
    """
    commands: list[AddRecord | SetCouncil] = [AddRecord(kind, fields) for kind, fields in wanted]
    commands += more
    if not commands:
        return
    # All in one: one key too many takes no part of a demo away.
    outcome = session.submit(Together(tuple(commands), f"{what} of the demo", DEMO))
    if isinstance(outcome, Failed):
        raise Unavailable(outcome.sentence)
