"""The assessments under way, read from the store as it stands on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from caseworker_app.domain.deadlines import OPEN
from caseworker_app.domain.kinds import is_kind, kind_named
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.twenty_weeks import ROLES_SHOWN, TrackRow, track_rows, urgency
from caseworker_app.services.cases.consultations import consultations
from caseworker_app.services.cases.so_many import so_many
from caseworker_app.services.record_lists import record_rows

if TYPE_CHECKING:
    from datetime import date

    from caseworker_app.services.ports import Reading
    from caseworker_app.services.session import Session


def tracks(session: Session, ids: Collection[str] | None = None) -> tuple[TrackRow, ...]:
    """The assessments under way, soonest to be in breach first: of those named, or of all."""
    session.person.ask("children", Right.READ)
    panels = session.person.may("feedback", Right.READ)
    with session.store.reading() as reading:
        return read_tracks(reading, session.today(), ids, panels=panels)


def read_tracks(
    reading: Reading,
    today: date,
    ids: Collection[str] | None = None,
    *,
    panels: bool = True,
) -> tuple[TrackRow, ...]:
    """The same inside a moment of the store; with what went to a panel only where that is asked."""
    settings = {one.id: one.name for one in reading.settings()}
    workers = {one.id: one.name for one in reading.caseworkers()}
    dated = {
        key: some
        for key, some in reading.deadlines(ids, roles=ROLES_SHOWN).items()
        if any(one.state(today) in OPEN for one in some)
    }
    asked = consultations(reading, dated)
    at_panel = panels_of(reading, dated) if panels else {}
    rows: list[TrackRow] = []
    for some in so_many(list(dated)):
        for key, record in reading.records(some).items():
            rows += track_rows(
                record.child,
                record.facts,
                dated[key],
                today,
                asked=asked(key, record.facts),
                panels=at_panel.get(key, ()),
                setting=settings.get(record.child.setting_id or "", ""),
                caseworker=workers.get(record.child.caseworker_id or "", ""),
            )
    return tuple(sorted(rows, key=urgency))


def panels_of(reading: Reading, ids: Collection[str]) -> dict[str, list[str]]:
    """What of some children went or goes to a panel, in words."""
    found: dict[str, list[str]] = defaultdict(list)
    if not (ids and is_kind("panel_item")):
        return found
    kind = kind_named("panel_item")
    keys = reading.pointing(kind, "child_id", ids)
    for row in record_rows(reading, kind, keys) if keys else ():
        words = row.words
        decided = f": {words['decision'].lower()}" if words.get("decision") else ", not decided yet"
        found[row.record.child_id].append(f"{words['panel_id']}, {words['question']}{decided}")
    return found
