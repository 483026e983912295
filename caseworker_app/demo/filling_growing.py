"""Put reviews from Year 9, pathways and adult services into a demo store."""

from __future__ import annotations

from caseworker_app.demo import around, growing
from caseworker_app.demo.adding import add
from caseworker_app.services.cases.adulthood import young_people
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session


def add_growing_up(session: Session, progress: Progress | None) -> None:
    """Add what is recorded of the young people among the first children of the borough.

    Raises:
        Unavailable: the session would not take something.
    """
    if progress is not None:
        progress(0, 1, "Adding pathways and adult services")
    today = session.today()
    first = sorted(session.cases(), key=lambda row: row.reference)[: around.MOST]
    rows = young_people(session, [row.id for row in first]).rows
    ids = [row.child_id for row in rows if row.met_from_year_9]
    with session.store.reading() as reading:
        last = reading.last_of("review_meeting_held", today, ids) if ids else ()
        meetings = {str(child): str(fact) for child, fact, _ in last}
    add(session, "growing up", growing.growing_up(rows, meetings, today))
    school = (*growing.suspensions(first, today), *growing.school_results(first, today))
    add(session, "school records", school)
