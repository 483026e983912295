"""Put population, places commissioned and where children were before into a demo store."""

from __future__ import annotations

from caseworker_app.demo import around, moved
from caseworker_app.demo.adding import add
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session


def add_places(session: Session, progress: Progress | None) -> None:
    """Add them.

    Raises:
        Unavailable: the session would not take something.
    """
    if progress is not None:
        progress(0, 1, "Adding places and where children were before")
    today, settings = session.today(), session.settings()
    rows = sorted(session.cases(), key=lambda row: row.reference)[: around.MOST]
    add(session, "population", moved.population(today))
    add(session, "places commissioned", moved.commissioned(rows, settings, today))
    add(session, "placements", moved.placements(rows, settings, today))
