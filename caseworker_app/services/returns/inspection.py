"""The inspection list of a store on a day, with what its checks find."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from caseworker_app import paths
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.inspection import checks
from caseworker_app.domain.inspection.list_rows import (
    KINDS,
    ListLayout,
    ListRow,
    layout_of,
    rows,
)
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.records import Entry
from caseworker_app.domain.sen2.checking import Hit
from caseworker_app.services.cases import lists
from caseworker_app.services.clock import stamp
from caseworker_app.services.progress import Progress
from caseworker_app.services.restricting import counting
from caseworker_app.services.returns import sen2_layouts
from caseworker_app.services.returns.sen2_return import AREA
from caseworker_app.services.situation import Situation
from caseworker_app.services.without_collector import without_collector


@dataclass(frozen=True, slots=True)
class InspectionList:
    """The list on a day.

    Attributes:
        hits: what the public checks find, by number.
        data: `Reading.head` of the moment in which it was made.
        told: the kinds of record of which the store had any, of those it looks at.
    """

    as_at: date
    layout: ListLayout
    rows: tuple[ListRow, ...]
    hits: tuple[Hit, ...]
    data: str = ""
    told: frozenset[str] = frozenset()


def made(
    session: Situation, as_at: date | None = None, progress: Progress | None = None
) -> InspectionList:
    """Make the list and check it.

    Args:
        session: the open store.
        as_at: the day; None is today.
        progress: told how it comes along; may raise `Cancelled`.

    Raises:
        Refused: the person may not see returns or cases, or the day has not come yet.
    """
    day = as_at or session.today()
    if day > session.today():
        raise Refused(f"{day_words(day)} has not come yet.", "as_at")
    return checked(*_rows(session, day, None, progress), day)


def made_again(session: Situation, old: InspectionList, changed: Collection[str]) -> InspectionList:
    """The list again after some cases changed, and every check anew; see `made`."""
    kept = [one for one in old.rows if one.case.id not in changed]
    with counting(session, ""):
        if not changed:
            return checked(kept, old.data, old.told, old.as_at)
        fresh, data, told = _rows(session, old.as_at, changed, None)
        if told != old.told:
            # The first record of a kind, or the last, says something of every child.
            return checked(*_rows(session, old.as_at, None, None), old.as_at)
    every = sorted((*kept, *fresh), key=lambda one: one.case.reference)
    return checked(every, data, told, old.as_at)


def checked(found: Sequence[ListRow], data: str, told: frozenset[str], day: date) -> InspectionList:
    """The list of some rows, with what the checks find; `data, told` as in `InspectionList`."""
    hits = checks.found(found, day, layout())
    return InspectionList(day, layout(), tuple(found), hits, data, told)


def _rows(
    session: Situation, day: date, ids: Collection[str] | None, progress: Progress | None
) -> tuple[tuple[ListRow, ...], str, frozenset[str]]:
    session.person.ask(AREA, Right.READ)
    session.person.ask("children", Right.READ)
    kinds = [kind_named(name) for name in KINDS]
    with without_collector(), session.store.reading() as reading:
        files = lists.caseload(reading, progress, kinds, ids)
        settings = {one.id: one for one in reading.settings()}
        told = frozenset(KINDS).intersection(kind.name for kind in reading.filled())
        data = reading.head()
    return rows(files, day, layout(), settings, told=told), data, told


def note_of_export(session: Situation, made_: InspectionList) -> None:
    """Say in the trail that the list was written to a file."""
    count = len(made_.rows)
    what = f"inspection list as at {day_words(made_.as_at)} written to a file, {count} children"
    with session.store.writing() as unit:
        entry = Entry("store", "", what, "", "", kind="note")
        unit.append([entry], stamp(session.clock.now()), session.who)


@cache
def layout() -> ListLayout:
    """The list's own words, from `resources/inspection`."""
    with (paths.resources() / "inspection" / "list_1.toml").open("rb") as file:
        data = tomllib.load(file)
    names = sen2_layouts.layout(sen2_layouts.years()[-1]).setting_names
    return layout_of(data, (name for name, code in names.items() if code == "EHE"))
