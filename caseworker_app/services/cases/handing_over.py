"""The pages of a handover, read from the store: of some cases, or of a caseworker's whole list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.handover import Around, handover_page
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.permissions import Right
from caseworker_app.services.cases.consultations import consultations
from caseworker_app.services.cases.so_many import so_many
from caseworker_app.services.cases.tracks import panels_of
from caseworker_app.services.imports.proposing import proposed_value
from caseworker_app.services.wording import value_in_words

if TYPE_CHECKING:
    from datetime import date

    from caseworker_app.domain.paper import Paper
    from caseworker_app.domain.people import Caseworker, Child, Setting
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.session import Session


def cases_of(session: Session, caseworker_id: str) -> tuple[str, ...]:
    """The ids of the cases that a caseworker holds, by name of the child; "" is nobody."""
    session.person.ask("children", Right.READ)
    return tuple(row.id for row in session.cases() if row.caseworker_id == caseworker_id)


def handovers(
    session: Session,
    child_ids: Sequence[str],
    foot: str = "",
    progress: Progress | None = None,
) -> tuple[Paper, ...]:
    """The page of each case named, in their order; see `handovers_by_child`."""
    return tuple(handovers_by_child(session, child_ids, foot, progress).values())


def handovers_by_child(
    session: Session,
    child_ids: Sequence[str],
    foot: str = "",
    progress: Progress | None = None,
) -> dict[str, Paper]:
    """The page of each case named by its id, in their order.

    What one may not read of it is left out.

    Raises:
        Refused: the person may not read cases.
        Cancelled: `progress` raised it.
    """
    session.person.ask("children", Right.READ)
    today = session.today()
    pages: dict[str, Paper] = {}
    with session.store.reading() as reading:
        settings = {one.id: one for one in reading.settings()}
        workers = {one.id: one for one in reading.caseworkers()}
        with_panels = session.person.may("feedback", Right.READ)
        for some in so_many(child_ids):
            if progress is not None:
                progress(len(pages), len(child_ids), "Writing pages")
            pages |= _pages(reading, some, today, foot, settings, workers, with_panels=with_panels)
    return {key: pages[key] for key in child_ids if key in pages}


def _pages(
    reading: Reading,
    ids: Collection[str],
    today: date,
    foot: str,
    settings: dict[str, Setting],
    workers: dict[str, Caseworker],
    *,
    with_panels: bool,
) -> dict[str, Paper]:
    deadlines = reading.deadlines(ids)
    asked = consultations(reading, ids)
    promises, notes, contacts = (_of(reading, kind, ids) for kind in ("promise", "note", "contact"))
    panels = panels_of(reading, ids) if with_panels else {}
    pages = {}
    for key, record in reading.records(ids).items():
        child = record.child
        file = CaseFile(
            child,
            settings.get(child.setting_id or ""),
            workers.get(child.caseworker_id or ""),
            record.facts,
            deadlines.get(key, ()),
        )
        around = Around(
            asked(key, record.facts),
            tuple(promises[key]),
            tuple(notes[key]),
            tuple(contacts[key]),
            tuple(panels.get(key, ())),
            tuple(_proposed(child)),
        )
        pages[key] = handover_page(file, around, today, foot)
    return pages


def _of(reading: Reading, name: str, ids: Collection[str]) -> dict[str, list[Any]]:
    """The records of a kind by child."""
    kind = kind_named(name)
    found: dict[str, list[Any]] = defaultdict(list)
    keys = reading.pointing(kind, "child_id", ids)
    for one in reading.all_of(kind, keys).values() if keys else ():
        found[one.child_id].append(one)
    return found


def _proposed(child: Child) -> list[str]:
    words = {"surname": "surname", "forename": "forename", "born": "date of birth"}
    return [
        f"Left to you: a file says the {words[one.field]} is {value_in_words(proposed_value(one))}."
        for one in child.open_proposals
    ]
