"""Rows for the lists, read from the store as it stands on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from sys import intern
from typing import Any

from caseworker_app.domain.ball import KINDS_ASKED, elsewhere, may_be_elsewhere
from caseworker_app.domain.caseload import CaseFile, Records, nothing
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import FACT, Kind, kind_named
from caseworker_app.domain.names import folded
from caseworker_app.domain.over_time import KINDS_TOLD
from caseworker_app.domain.people import Caseworker, Setting
from caseworker_app.domain.records import CaseSummary, Entry
from caseworker_app.domain.rows import CaseRow, HistoryRow, ReviewRow
from caseworker_app.domain.standing import LIVE, on_day
from caseworker_app.domain.text import is_row_id
from caseworker_app.domain.tracker import KINDS_SHOWN, ROLES_SHOWN, review_row
from caseworker_app.domain.yeargroup import nc_year
from caseworker_app.services.actions import history_row, named, names_of
from caseworker_app.services.cases.field_history import changed_by, names_from
from caseworker_app.services.cases.joining import MERGED_IN
from caseworker_app.services.cases.so_many import so_many
from caseworker_app.services.cases.spells import At, spells
from caseworker_app.services.changes import from_json
from caseworker_app.services.clock import after
from caseworker_app.services.ports import Reading
from caseworker_app.services.progress import Progress
from caseworker_app.services.wording import fact_in_words

_HISTORY_OF_CHILD = 1000


def case_rows(
    reading: Reading, today: date, ids: Collection[str] | None = None
) -> tuple[CaseRow, ...]:
    """The case list, by surname and forename: of those named, or of all."""
    settings = {one.id: one.name for one in reading.settings()}
    workers = {one.id: one.name for one in reading.caseworkers()}
    coming = reading.next_deadlines(today, ids)
    rows = [
        _case_row(one, today, settings, workers, coming.get(one.id))
        for one in reading.summaries(ids)
    ]
    rows.sort(key=lambda row: (folded(row.surname), folded(row.forename), row.reference))
    return tuple(rows)


def _case_row(
    one: CaseSummary,
    today: date,
    settings: dict[str, str],
    workers: dict[str, str],
    coming: tuple[str, str, date, bool] | None,
) -> CaseRow:
    rule, what, due, excused = coming or ("", "", None, False)
    state = None
    if due is not None:
        late = State.EXCEPTION_CLAIMED if excused else State.OVERDUE
        state = State.DUE if due >= today else late
    return CaseRow(
        # One text for every list that says the same: of a large council they fill the memory.
        intern(one.id),
        one.version,
        intern(one.reference),
        intern(one.surname),
        intern(one.forename),
        one.born,
        nc_year(one.born, today, one.actual_year, one.actual_year_on) if one.born else None,
        one.upn,
        settings.get(one.setting_id or "", ""),
        one.need,
        workers.get(one.caseworker_id or "", ""),
        on_day(one.standing, today),
        rule,
        what,
        due,
        state,
        one.caseworker_id or "",
    )


def review_rows(
    reading: Reading, today: date, ids: Collection[str] | None = None
) -> tuple[ReviewRow, ...]:
    """The annual review tracker, one row a live plan: of the children named, or of all.

    Ordered by the day the review must be complete, those without one last.
    """
    live = [one.id for one in reading.summaries(ids) if on_day(one.standing, today) == LIVE]
    settings = {one.id: one.name for one in reading.settings()}
    workers = {one.id: one.name for one in reading.caseworkers()}
    rows: list[ReviewRow] = []
    for some in so_many(live):
        records = reading.records(some, kinds=KINDS_SHOWN)
        deadlines = reading.deadlines(some, roles=ROLES_SHOWN)
        for key in some:
            child, facts = records[key].child, records[key].facts
            setting = settings.get(child.setting_id or "", "")
            worker = workers.get(child.caseworker_id or "", "")
            rows.append(review_row(child, facts, deadlines.get(key, ()), today, setting, worker))
    rows = _with_others(reading, rows, today)
    rows.sort(key=lambda row: (row.due or date.max, folded(row.surname), row.reference))
    return tuple(rows)


def _with_others(reading: Reading, rows: list[ReviewRow], today: date) -> list[ReviewRow]:
    """The rows with the ball where family, psychologist or panel have it; few need be looked at."""
    found: dict[str, ReviewRow] = {}
    some_of = {row.child_id: row for row in rows if may_be_elsewhere(row)}
    item = kind_named("panel_item")
    for some in so_many(list(some_of)):
        records = reading.records(some, kinds=KINDS_ASKED)
        noticed = [key for key in some if some_of[key].notice is not None]
        deadlines = reading.deadlines(noticed) if noticed else {}
        items = reading.all_of(item, reading.pointing(item, "child_id", some)).values()
        waiting = {one.child_id for one in items if not one.decision}
        for key in some:
            facts = records[key].facts if key in records else ()
            found[key] = elsewhere(
                some_of[key], facts, deadlines.get(key, ()), key in waiting, today
            )
    return [found.get(row.child_id, row) for row in rows]


def case_file(reading: Reading, child_id: str) -> CaseFile:
    """Everything of one child, unexplained. Raises `Refused` when there is no such child."""
    record = reading.records((child_id,)).get(child_id) if is_row_id(child_id) else None
    if record is None:
        raise Refused("This child is not in the store.")
    settings = {one.id: one for one in reading.settings()}
    workers = {one.id: one for one in reading.caseworkers()}
    trail = _trail(reading, child_id)
    gone = reading.undone_among({entry.group for entry, _ in trail})
    pointed_at = names_from(
        reading,
        {
            **{("setting", key): one.name for key, one in settings.items()},
            **{("caseworker", key): one.name for key, one in workers.items()},
            **{(FACT, one.id): fact_in_words(one) for one in record.facts},
        },
    )
    return CaseFile(
        record.child,
        settings.get(record.child.setting_id or ""),
        workers.get(record.child.caseworker_id or ""),
        record.facts,
        reading.deadlines((child_id,)).get(child_id, ()),
        tuple(
            replace(
                history_row(entry, named(entry, of), gone), changed=changed_by(entry, pointed_at)
            )
            for entry, of in trail
        ),
        spells(reading, _at(settings, workers), (child_id,)).get(child_id, ()),
    )


def changes_since(reading: Reading, child_id: str, day: date) -> tuple[HistoryRow, ...]:
    """What was recorded of a child after a day was over in London, newest first."""
    until = after(day)
    return _history(reading, child_id, lambda entry: entry.at >= until)


def changes_between(
    reading: Reading, child_id: str, first: int, last: int
) -> tuple[HistoryRow, ...]:
    """What was recorded of a child after one entry of the trail and up to another."""
    return _history(reading, child_id, lambda entry: first < entry.seq <= last)


def _history(
    reading: Reading, child_id: str, wanted: Callable[[Entry], bool]
) -> tuple[HistoryRow, ...]:
    trail = [(entry, of) for entry, of in _trail(reading, child_id) if wanted(entry)]
    gone = reading.undone_among({entry.group for entry, _ in trail})
    return tuple(history_row(entry, named(entry, of), gone) for entry, of in trail)


def _trail(reading: Reading, child_id: str) -> list[tuple[Entry, str]]:
    """A child's entries, newest first; those of cases merged into it with their reference."""
    theirs = reading.latest_entries(_HISTORY_OF_CHILD, only=(child_id,))
    own = [entry for entry in theirs if entry.table == "child"]
    changed = {entry.group for entry in own}
    # What only follows a change of the child is told with that change.
    found = [
        (entry, "")
        for entry in theirs
        if entry.table not in KINDS_TOLD or entry.group not in changed
    ]
    for entry in own:
        if MERGED_IN not in entry.what:
            continue
        for gone in reading.group(entry.group):
            if gone.table != "child" or gone.row == child_id or gone.after or gone.gone:
                continue
            # Undone, or undone and merged with another case, it is not in this one.
            if reading.latest_entries(1, ("child", gone.row))[0].group != entry.group:
                continue
            reference = from_json(gone.before)["reference"]
            found += [(one, of or reference) for one, of in _trail(reading, gone.row)]
    return sorted(found, key=lambda pair: -pair[0].seq)


def caseload(
    reading: Reading,
    progress: Progress | None = None,
    kinds: Iterable[Kind] = (),
    ids: Collection[str] | None = None,
) -> tuple[CaseFile, ...]:
    """Everything of every child, or of some, by reference, without history and explanations.

    `kinds` are those of the further records that are wanted; those of no child are left out.
    """
    tick = progress or _quiet
    tick(0, 3, "Reading cases")
    settings = {one.id: one for one in reading.settings()}
    workers = {one.id: one for one in reading.caseworkers()}
    records = reading.records(ids)
    tick(1, 3, "Reading dates")
    deadlines = reading.deadlines(ids)
    tick(2, 3, "Putting cases together")
    over_time = spells(reading, _at(settings, workers), ids)
    kept = _kept(reading, kinds, ids)
    files = [
        CaseFile(
            record.child,
            settings.get(record.child.setting_id or ""),
            workers.get(record.child.caseworker_id or ""),
            record.facts,
            deadlines.get(key, ()),
            spells=over_time.get(key, ()),
            kept=kept.get(key, nothing()),
        )
        for key, record in records.items()
    ]
    files.sort(key=lambda file: file.child.reference)
    tick(3, 3, "Done")
    return tuple(files)


def _kept(
    reading: Reading, kinds: Iterable[Kind], ids: Collection[str] | None = None
) -> dict[str, Records]:
    """The records of some kinds, by the child they are of."""
    found: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for kind in (one for one in kinds if one.owner):
        of_child: dict[str, list[Any]] = defaultdict(list)
        theirs = None if ids is None else reading.pointing(kind, kind.owner, ids)
        held = reading.all_of(kind, theirs) if theirs is None or theirs else {}
        for one in held.values():
            of_child[getattr(one, kind.owner)].append(one)
        for key, some in of_child.items():
            found[key][kind.name] = tuple(some)
    return dict(found)


def beside(reading: Reading, kinds: Iterable[Kind]) -> Records:
    """The records of some kinds, of those that belong to no child."""
    some = (one for one in kinds if not one.owner)
    return {one.name: tuple(reading.all_of(one).values()) for one in some}


def _at(settings: Mapping[str, Setting], workers: Mapping[str, Caseworker]) -> At:
    return {"setting_id": settings, "caseworker_id": workers}


def history_rows(
    reading: Reading, limit: int, only: Collection[str] | None = None
) -> tuple[HistoryRow, ...]:
    """The latest audit entries, newest first, each with whose case it was.

    `only` are the ids of children whose entries alone are shown.
    """
    entries = reading.latest_entries(limit, only=only)
    names = names_of(reading, {entry.row for entry in entries if entry.table == "child"})
    gone = reading.undone_among({entry.group for entry in entries})
    return tuple(
        history_row(entry, named(entry, names[entry.row] if entry.table == "child" else ""), gone)
        for entry in entries
    )


def _quiet(done: int, total: int, words: str) -> None:
    """Nobody watches."""
