"""Put an invented borough into a store, by the same session that a person works at."""

from __future__ import annotations

from caseworker_app.demo import DemoBorough
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.incoming import ImportResult
from caseworker_app.domain.kind_values import said
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.outcome import Failed
from caseworker_app.services.actions import DEMO
from caseworker_app.services.commands import AddRecord, SetCouncil, Together
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session


def fill(session: Session, borough: DemoBorough, progress: Progress | None = None) -> ImportResult:
    """Add the settings, the caseworkers, and then every child with the whole history in one go.

    Raises:
        Unavailable: the session would not take something.
    """
    people = (*borough.settings, *borough.caseworkers)
    commands: list[AddRecord | SetCouncil] = [
        AddRecord(kind_of(one).name, said(one)) for one in people
    ]
    commands.append(SetCouncil(borough.council))
    if progress is not None:
        progress(0, len(commands), "Adding settings and caseworkers")
    # All in one: one key too many takes no part of a demo away.
    words = "settings and caseworkers of the demo"
    outcome = session.submit(Together(tuple(commands), words, DEMO))
    if isinstance(outcome, Failed):
        raise Unavailable(outcome.sentence)
    return session.apply_import(borough.incoming, progress=progress)
