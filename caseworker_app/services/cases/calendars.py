"""The dates of the cases that some caseworkers hold, for a calendar."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseworker_app.domain.calendar_dates import CalendarDate, calendar_dates
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.permissions import Right
from caseworker_app.services.cases.so_many import so_many

if TYPE_CHECKING:
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Dates:
    """What a calendar is made of.

    Attributes:
        child_ids: the cases.
        dates: by day.
    """

    child_ids: tuple[str, ...]
    dates: tuple[CalendarDate, ...]


def dates_of(
    session: Session,
    caseworkers: Collection[str],
    *,
    names: bool = False,
    progress: Progress | None = None,
) -> Dates:
    """The dates of the cases that some caseworkers hold.

    Args:
        session: the open store.
        caseworkers: their ids.
        names: whether children stand in it by name.
        progress: told how it comes along; may raise `Cancelled`.

    Raises:
        Refused: the person may not read cases.
    """
    session.person.ask("children", Right.READ)
    today = session.today()
    found: list[CalendarDate] = []
    with session.store.reading() as reading:
        settings = {one.id: one for one in reading.settings()}
        ids = reading.pointing(kind_named("child"), "caseworker_id", caseworkers)
        for done, some in enumerate(so_many(ids)):
            if progress is not None:
                progress(done, len(ids), "Reading dates")
            deadlines = reading.deadlines(some)
            files = (
                CaseFile(
                    one.child,
                    settings.get(one.child.setting_id or ""),
                    None,
                    one.facts,
                    deadlines.get(key, ()),
                )
                for key, one in reading.records(some, kinds=()).items()
            )
            found += calendar_dates(files, today, names=names)
    found.sort(key=lambda one: (one.on, one.summary, one.uid))
    return Dates(tuple(ids), tuple(found))
