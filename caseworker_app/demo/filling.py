"""Put an invented borough into a store, by the same session that a person works at."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.demo import DemoBorough, around
from caseworker_app.demo.adding import add
from caseworker_app.demo.details import COUNCIL_DETAILS
from caseworker_app.demo.filling_growing import add_growing_up
from caseworker_app.demo.filling_places import add_places
from caseworker_app.demo.filling_plans import add_plans
from caseworker_app.demo.filling_promised import add_promised
from caseworker_app.demo.filling_quality import add_quality
from caseworker_app.domain.kind_values import said
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.cases.tracks import tracks
from caseworker_app.services.cases.transfers import transfers
from caseworker_app.services.commands import SetCouncil
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
    if begun:
        _add_what_goes_on(session, progress)
        add_plans(session, progress)
        add_quality(session, progress)
        add_growing_up(session, progress)
        add_places(session, progress)
        add_promised(session, progress)


def _add_settings_and_caseworkers(
    session: Session, borough: DemoBorough, progress: Progress | None
) -> None:
    if progress is not None:
        progress(0, 1, "Adding settings and caseworkers")
    add(session, "teams and professionals", around.teams_and_professionals(around.load_words()))
    teams = [one.id for one in session.record_rows("team")]
    people = [(kind_of(one).name, said(one)) for one in (*borough.settings, *borough.caseworkers)]
    of_teams = [
        (kind, {**fields, "team_id": teams[at % len(teams)]} if kind == "caseworker" else fields)
        for at, (kind, fields) in enumerate(people)
    ]
    ours = [("choice", one) for one in around.own_choices(borough.council)]
    council = SetCouncil(borough.council)
    details = ("council_details", dict(COUNCIL_DETAILS))
    add(session, "settings and caseworkers", [details, *of_teams, *ours], council)


def _add_what_goes_on(session: Session, progress: Progress | None) -> None:
    """Add the notes, promises, replies and panels around the first children of the borough."""
    if progress is not None:
        progress(0, 1, "Adding notes, consultations and panels")
    today, words = session.today(), around.load_words()
    add(session, "panels", around.panels(today))
    settings = session.settings()
    sits = [(one.id, one.record.on) for one in session.record_rows("panel")]
    in_turn = sorted(sits, key=lambda one: one[1])
    professionals = [one.id for one in session.record_rows("professional")]
    rows = sorted(session.cases(), key=lambda row: row.reference)[: around.MOST]
    taught = {row.id: row.nc_year for row in rows}
    moves = [row for row in transfers(session).rows if row.child_id in taught]
    tracked = [row for row in tracks(session) if row.child_id in taught]
    add(
        session,
        "notes, promises and consultations",
        (
            *around.around_cases(rows, today, words),
            *around.around_moves(moves, settings, today, words),
            *around.around_assessments(
                tracked, taught, settings, in_turn, professionals, today, words
            ),
        ),
    )
