"""Put an invented borough into a store, by the same session that a person works at."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.demo import DemoBorough
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.kind_values import said
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.outcome import Failed
from caseworker_app.services.actions import DEMO
from caseworker_app.services.commands import AddRecord, SetCouncil, Together
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session


def fill(session: Session, borough: DemoBorough, progress: Progress | None = None) -> None:
    """Add the settings, the caseworkers, and then every child with the whole history in one go.

    Raises:
        Unavailable: the session would not take something.
    """
    fill_in_parts(session, (borough,), progress)


def fill_in_parts(
    session: Session, parts: Iterable[DemoBorough], progress: Progress | None = None
) -> None:
    """The same, a borough's children so many at a time: at once, many take much memory.

    Args:
        session: of an empty store.
        parts: each with the settings and caseworkers of all, and with children of its own.
        progress: told of each part from its beginning to its end.

    Raises:
        Unavailable: the session would not take something.
    """
    begun = False
    for part in parts:
        if not begun:
            _add_settings_and_caseworkers(session, part, progress)
            begun = True
        session.apply_import(part.incoming, progress=progress)


def _add_settings_and_caseworkers(
    session: Session, borough: DemoBorough, progress: Progress | None
) -> None:
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
