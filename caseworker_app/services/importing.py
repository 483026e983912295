"""Bring an incoming caseload in: match, merge, write; all or nothing, and nothing twice."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from caseworker_app.domain.incoming import Conflict, ImportResult, Incoming, IncomingCase
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Caseworker, Setting
from caseworker_app.domain.records import Record
from caseworker_app.services.merging import Merged, made, merged
from caseworker_app.services.naming import references, was_given
from caseworker_app.services.ports import Progress
from caseworker_app.services.resting import collector_resting
from caseworker_app.services.storage import Reading, Writing
from caseworker_app.services.wording import counted
from caseworker_app.services.work import Work

if TYPE_CHECKING:
    from caseworker_app.services.desk import OpenDesk

_STEP = 200
_NEW = "new:"


def apply_import(
    desk: OpenDesk,
    incoming: Incoming,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Bring an incoming caseload in, in one transaction, or say what that would do.

    Raises:
        Cancelled: the progress said so; the store is as it was.
        Unavailable: the store cannot be written.
    """
    today = desk.today()
    if dry_run:
        with desk.store.reading() as reading:
            return _planned(reading, incoming, today, progress).result("")
    with collector_resting(), desk.store.writing() as unit:
        plan = _planned(unit, incoming, today, progress)
        work = Work(unit, desk.rules, desk.clock.now(), desk.who, progress)
        work.title = _title(incoming, plan)
        plan.hand_over(work)
        return plan.result(work.finish().group)


def _planned(reading: Reading, incoming: Incoming, today: date, progress: Progress | None) -> Plan:
    plan = Plan(reading, today)
    total = len(incoming.cases)
    for done, case in enumerate(incoming.cases):
        if progress is not None and done % _STEP == 0:
            progress(done, total, "Matching children")
        plan.bring(case)
    return plan


def _title(incoming: Incoming, plan: Plan) -> str:
    names = ", ".join(PurePath(name).name for name in incoming.files)
    return f"import of {names}: {counted(plan.created + plan.updated, 'case')}"


class _Taken(Container[str]):
    """The references in use, as they come to be used."""

    def __init__(self, by_reference: dict[str, str]) -> None:
        self._by_reference = by_reference

    def __contains__(self, reference: object) -> bool:
        return folded(str(reference)) in self._by_reference


class Plan:
    """What an import comes to, worked out before anything is written.

    Attributes:
        facts_added: how many facts are new.
    """

    def __init__(self, reading: Reading, today: date) -> None:
        self.facts_added = 0
        self._made = 0
        self._today = today
        self._conflicts: list[Conflict] = []
        self._known = reading.records()
        self._after: dict[str, Record] = {}
        self._titles: dict[str, str] = {}
        self._settings = {one.id: one for one in reading.settings()}
        self._workers = {one.id: one for one in reading.caseworkers()}
        self._new_settings: dict[str, Setting] = {}
        self._new_workers: dict[str, Caseworker] = {}
        self._changed_settings: dict[str, Setting] = {}
        self._setting_by_name = {folded(one.name): one.id for one in self._settings.values()}
        self._worker_by_name = {folded(one.name): one.id for one in self._workers.values()}
        self._names = {
            "setting_id": {one.id: one.name for one in self._settings.values()},
            "caseworker_id": {one.id: one.name for one in self._workers.values()},
        }
        self._by_reference: dict[str, str] = {}
        self._by_upn: dict[str, str] = {}
        self._by_name: dict[tuple[str, str, date | None], list[str]] = {}
        for record in self._known.values():
            self._index(record.child.id, record)
        given = [record.child.reference for record in self._known.values()]
        highest = max((int(one[2:]) for one in given if was_given(one)), default=0)
        self._next_reference = references(_Taken(self._by_reference), highest)

    @property
    def created(self) -> int:
        """How many children are new."""
        return sum(key.startswith(_NEW) for key in self._after)

    @property
    def updated(self) -> int:
        """How many children change."""
        return len(self._after) - self.created

    def bring(self, case: IncomingCase) -> None:
        """Work out what one child of the file comes to."""
        people = {
            "setting_id": self._setting(case),
            "caseworker_id": self._worker(case.caseworker),
        }
        key = self._match(case)
        if key is None:
            self._made += 1
            key = f"{_NEW}{self._made}"
            reference = case.reference or next(self._next_reference)
            came = made(case, reference, people, self._today)
        else:
            came = merged(self._now(key), case, people, self._today, self._names)
        self._keep(key, came, case)

    def result(self, undo: str) -> ImportResult:
        """What it came to, for the person."""
        conflicts = tuple(self._conflicts)
        return ImportResult(self.created, self.updated, self.facts_added, conflicts, undo)

    def hand_over(self, work: Work) -> None:
        """Put everything into a unit of work, with keys for what is new."""
        settings = self._numbered(work.unit, "setting", list(self._new_settings))
        workers = self._numbered(work.unit, "caseworker", list(self._new_workers))
        children = self._numbered(
            work.unit, "child", [key for key in self._after if key.startswith(_NEW)]
        )
        for key, setting in self._new_settings.items():
            work.put_setting(None, replace(setting, id=settings[key]), f"{setting.name} added")
        for key, setting in self._changed_settings.items():
            work.put_setting(self._settings[key], setting, f"{setting.name} changed")
        for key, worker in self._new_workers.items():
            work.put_caseworker(None, replace(worker, id=workers[key]), f"{worker.name} added")
        work.preload(self._known[key] for key in self._after if key in self._known)
        for key, record in self._after.items():
            child = replace(
                record.child,
                id=children.get(key, key),
                setting_id=settings.get(record.child.setting_id or "", record.child.setting_id),
                caseworker_id=workers.get(
                    record.child.caseworker_id or "", record.child.caseworker_id
                ),
            )
            words = self._titles[key]
            if key in children:
                work.add_child(Record(child, record.facts), words)
            else:
                work.put_child(Record(child, record.facts), words)

    def _keep(self, key: str, came: Merged, case: IncomingCase) -> None:
        self._conflicts += came.conflicts
        self.facts_added += came.facts_added
        known = self._known.get(key)
        if known is not None and known == came.record:
            self._after.pop(key, None)
        else:
            self._after[key] = came.record
            file = PurePath(case.place.file).name
            new = f" with {counted(came.facts_added, 'event')}" if came.facts_added else ""
            self._titles.setdefault(key, f"imported from {file}{new}")
        self._index(key, came.record)

    def _now(self, key: str) -> Record:
        return self._after[key] if key in self._after else self._known[key]

    def _index(self, key: str, record: Record) -> None:
        child = record.child
        self._by_reference[folded(child.reference)] = key
        if child.upn:
            self._by_upn[child.upn.upper()] = key
        name = folded(child.surname), folded(child.forename), child.born
        keys = self._by_name.setdefault(name, [])
        if key not in keys:
            keys.append(key)

    def _match(self, case: IncomingCase) -> str | None:
        """The child this is, by reference, else UPN, else name and date of birth."""
        found = self._by_reference.get(folded(case.reference)) if case.reference else None
        if found is None and case.upn:
            found = self._by_upn.get(case.upn.upper())
        if found is not None:
            return found
        name = folded(case.surname), folded(case.forename), case.born
        for key in self._by_name.get(name, ()):
            if self._may_be(case, key):
                return key
        return None

    def _may_be(self, case: IncomingCase, key: str) -> bool:
        """Whether nothing says that two children of one name and birthday are not the same."""
        child = self._now(key).child
        other_upn = bool(case.upn and child.upn and case.upn.upper() != child.upn.upper())
        own = not was_given(child.reference)
        other_reference = bool(
            case.reference and own and folded(case.reference) != folded(child.reference)
        )
        return not other_upn and not other_reference

    def _setting(self, case: IncomingCase) -> str | None:
        name = " ".join(case.setting.split())
        if not name:
            return None
        key = self._setting_by_name.get(folded(name))
        if key is None:
            key = f"{_NEW}{len(self._new_settings)}"
            self._new_settings[key] = Setting(name, case.setting_kind, urn=case.urn)
            self._setting_by_name[folded(name)] = key
            self._names["setting_id"][key] = name
            return key
        now = self._new_settings.get(key) or self._changed_settings.get(key) or self._settings[key]
        fuller = replace(now, kind=now.kind or case.setting_kind, urn=now.urn or case.urn)
        if fuller != now:
            (self._new_settings if key.startswith(_NEW) else self._changed_settings)[key] = fuller
        return key

    def _worker(self, written: str) -> str | None:
        name = " ".join(written.split())
        if not name:
            return None
        key = self._worker_by_name.get(folded(name))
        if key is None:
            key = f"{_NEW}{len(self._new_workers)}"
            self._new_workers[key] = Caseworker(name)
            self._worker_by_name[folded(name)] = key
            self._names["caseworker_id"][key] = name
        return key

    @staticmethod
    def _numbered(unit: Writing, table: str, keys: list[str]) -> dict[str, str]:
        return dict(zip(keys, unit.allot(table, len(keys)), strict=True)) if keys else {}
