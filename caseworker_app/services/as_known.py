"""The caseload as it was known on a past evening, rebuilt from the audit trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from caseworker_app.services.ports import Reading, Until
from caseworker_app.services.progress import Progress
from caseworker_app.services.replaying import replayed

_STEP = 500
_WORDS = "Reading the audit trail"


@dataclass(frozen=True)
class Known:
    """The records of a store as they were at some point of its trail.

    Attributes:
        until: up to where, as `until_of` gives it.
    """

    reading: Reading
    until: Until

    def all_of(self, kind: Kind) -> dict[str, Any]:
        """The records of a kind by id, in the order of their keys; versions are 0."""
        rows = _people(self.reading, kind.name, self.until).items()
        return {key: made_of(kind, key, 0, values) for key, values in rows}


def until_of(day: date, last: int | None) -> Until:
    """Up to where the trail is read: an evening, and where it is given the number of an entry."""
    return after(day) if last is None else (after(day), last)


def as_known(
    reading: Reading,
    day: date,
    progress: Progress | None = None,
    kinds: Iterable[Kind] = (),
    last: int | None = None,
) -> AsKnown:
    """Every child, setting and caseworker as the store had them when a day was over in London.

    What was done to them later, and what was found out later, is left out. Versions are no part of
    the trail and are 0.

    Args:
        reading: the store.
        day: the evening; `date.max` where `last` alone says up to where.
        progress: told how it comes along; may raise `Cancelled`.
        kinds: those of the further records that are wanted.
        last: the number of the last entry of the trail that counts.

    Raises:
        Unreadable: an entry of the trail does not open.
    """
    until = until_of(day, last)
    known = Known(reading, until)
    settings: dict[str, Setting] = known.all_of(kind_of(Setting))
    workers: dict[str, Caseworker] = known.all_of(kind_of(Caseworker))
    at: dict[str, Mapping[str, Setting] | Mapping[str, Caseworker]] = {
        "setting_id": settings,
        "caseworker_id": workers,
    }
    over_time = spells_of(_told(known), at)
    versions: dict[str, list[PlanVersion]] = defaultdict(list)
    for version in known.all_of(kind_of(PlanVersion)).values():
        versions[version.child_id].append(version)
    kept, beside = _further(known, kinds)
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


def _further(known: Known, kinds: Iterable[Kind]) -> tuple[dict[str, Records], Records]:
    """The records of some kinds as they were: those of children by child, and the others."""
    kept: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    beside: dict[str, tuple[Any, ...]] = {}
    for kind in kinds:
        records = list(known.all_of(kind).values())
        if not kind.owner:
            beside[kind.name] = tuple(records)
        for one in records if kind.owner else ():
            of_child = kept[getattr(one, kind.owner)]
            of_child[kind.name] = (*of_child.get(kind.name, ()), one)
    return dict(kept), beside


def _told(known: Known) -> Iterator[Any]:
    """The records that tell over time what was true of children, as they were."""
    for name in KINDS_TOLD:
        yield from known.all_of(kind_named(name)).values()


def _people(reading: Reading, table: str, until: Until) -> dict[str, Values]:
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
