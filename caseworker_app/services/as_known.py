"""The caseload as it was known on a past evening, rebuilt from the audit trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.domain import plan_history
from caseworker_app.domain.caseload import AsKnown, CaseFile, Records, nothing
from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.facts import in_order
from caseworker_app.domain.kind_values import Values, made_of
from caseworker_app.domain.kinds import Kind, kind_named, kind_of
from caseworker_app.domain.over_time import KINDS_TOLD
from caseworker_app.domain.people import Caseworker, Setting
from caseworker_app.services import changes
from caseworker_app.services.cases.spells import spells_of
from caseworker_app.services.clock import after
from caseworker_app.services.ports import Reading
from caseworker_app.services.progress import Progress
from caseworker_app.services.replaying import replayed

_STEP = 500
_WORDS = "Reading the audit trail"


def as_known(
    reading: Reading, day: date, progress: Progress | None = None, kinds: Iterable[Kind] = ()
) -> AsKnown:
    """Every child, setting and caseworker as the store had them when a day was over in London.

    What was done to them later, and what was found out later, is left out. Versions are no part of
    the trail and are 0.

    Args:
        reading: the store.
        day: the evening.
        progress: told how it comes along; may raise `Cancelled`.
        kinds: those of the further records that are wanted.

    Raises:
        Unreadable: an entry of the trail does not open.
    """
    until = after(day)
    settings = {
        key: made_of(kind_of(Setting), key, 0, values)
        for key, values in _people(reading, "setting", until).items()
    }
    workers = {
        key: made_of(kind_of(Caseworker), key, 0, values)
        for key, values in _people(reading, "caseworker", until).items()
    }
    at = {"setting_id": settings, "caseworker_id": workers}
    over_time = spells_of(_told(reading, until), at)
    versions: dict[str, list[PlanVersion]] = defaultdict(list)
    for key, values in _people(reading, "plan_version", until).items():
        version = made_of(kind_of(PlanVersion), key, 0, values)
        versions[version.child_id].append(version)
    kept, beside = _further(reading, kinds, until)
    ids = reading.trail_rows("child", until)
    files: list[CaseFile] = []
    gone = 0
    for start in range(0, len(ids), _STEP):
        if progress is not None:
            progress(start, len(ids), _WORDS)
        found = replayed(reading.entries_of("child", ids[start : start + _STEP], until))
        gone += len(found.gone)
        for key, values in found.rows.items():
            file = _file(key, values, settings, workers)
            days = {fact.id: fact.on for fact in file.facts}
            own = (*over_time.get(key, ()), *plan_history.spells(versions.get(key, ()), days))
            files.append(replace(file, spells=own, kept=kept.get(key, nothing())))
    if progress is not None:
        progress(len(ids), len(ids), _WORDS)
    files.sort(key=lambda file: file.child.reference)
    people = tuple(settings.values()), tuple(workers.values())
    return AsKnown(day, tuple(files), *people, gone, beside)


def _further(
    reading: Reading, kinds: Iterable[Kind], until: str
) -> tuple[dict[str, Records], Records]:
    """The records of some kinds as they were: those of children by child, and the others."""
    kept: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    beside: dict[str, tuple[Any, ...]] = {}
    for kind in kinds:
        rows = _people(reading, kind.name, until).items()
        records = [made_of(kind, key, 0, values) for key, values in rows]
        if not kind.owner:
            beside[kind.name] = tuple(records)
        for one in records if kind.owner else ():
            of_child = kept[getattr(one, kind.owner)]
            of_child[kind.name] = (*of_child.get(kind.name, ()), one)
    return dict(kept), beside


def _told(reading: Reading, until: str) -> Iterator[Any]:
    """The records that tell over time what was true of children, as they were."""
    for name in KINDS_TOLD:
        for key, values in _people(reading, name, until).items():
            yield made_of(kind_named(name), key, 0, values)


def _people(reading: Reading, table: str, until: str) -> dict[str, Values]:
    ids = reading.trail_rows(table, until)
    rows = replayed(reading.entries_of(table, ids, until)).rows
    return dict(sorted(rows.items(), key=lambda pair: int(pair[0])))


def _file(
    key: str,
    values: Values,
    settings: Mapping[str, Setting],
    workers: Mapping[str, Caseworker],
) -> CaseFile:
    record = changes.new_record(key, values)
    child = replace(record.child, version=0)
    return CaseFile(
        child,
        settings.get(child.setting_id or ""),
        workers.get(child.caseworker_id or ""),
        in_order(record.facts),
        (),
    )
