"""The settings and caseworkers that an import names: those that are there, and those it adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from caseworker_app.domain.incoming import IncomingCase, RecordBeside
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Caseworker, Child, Setting
from caseworker_app.services import changes
from caseworker_app.services.ports import Reading, Writing
from caseworker_app.services.unit_of_work import UnitOfWork

NEW = "new:"
"""Begins the key of what the store does not have yet."""

_LOOKED_BACK = 200

_EMPTY = object.__new__
_NAMES = tuple(one.name for one in fields(Child))
_held = attrgetter(*_NAMES)
_PUT = {name: getattr(Child, name).__set__ for name in _NAMES}
_PUTS = tuple(_PUT.values())


@dataclass(frozen=True, slots=True)
class Numbered:
    """The store's keys for the settings and caseworkers that are new."""

    settings: Mapping[str, str]
    workers: Mapping[str, str]

    def known(self, child: Child, key: str) -> Child:
        """A child with the store's keys, their own and others', in place of the import's."""
        setting, worker = child.setting_id or "", child.caseworker_id or ""
        # Straight into the slots: `replace` takes thrice as long, and a file has thousands.
        made = _EMPTY(Child)
        for put, value in zip(_PUTS, _held(child), strict=True):
            put(made, value)
        _PUT["id"](made, key)
        # As the first row of theirs will have it; later ones count on from here.
        _PUT["version"](made, max(1, child.version))
        _PUT["setting_id"](made, self.settings.get(setting, child.setting_id))
        _PUT["caseworker_id"](made, self.workers.get(worker, child.caseworker_id))
        return made


class Places:
    """Settings and caseworkers by name, as an import comes to need them.

    Attributes:
        names: for `setting_id` and `caseworker_id` of a child, key to name.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._settings = {one.id: one for one in reading.settings()}
        self._workers = {one.id: one for one in reading.caseworkers()}
        self._new_settings: dict[str, Setting] = {}
        self._new_workers: dict[str, Caseworker] = {}
        self._changed: dict[str, Setting] = {}
        self._setting_by_urn = {one.urn: one.id for one in self._settings.values() if one.urn}
        self._setting_by_name = {folded(one.name): one.id for one in self._settings.values()}
        self._worker_by_name = {folded(one.name): one.id for one in self._workers.values()}
        self._emptied: dict[str, frozenset[str]] = {}
        self.names = {
            "setting_id": {one.id: one.name for one in self._settings.values()},
            "caseworker_id": {one.id: one.name for one in self._workers.values()},
        }

    def setting(self, case: IncomingCase | RecordBeside) -> str | None:
        """The key of the setting a case names, or None where it names none."""
        name = " ".join(case.setting.split())
        if not name:
            return None
        key = self._setting_by_name.get(folded(name))
        if key is None and case.urn and name.endswith(case.urn):
            # A return names schools by their numbers alone.
            key = self._setting_by_urn.get(case.urn)
        if key is None:
            key = f"{NEW}{len(self._new_settings)}"
            self._new_settings[key] = Setting(name, case.setting_kind, urn=case.urn)
            self._setting_by_name[folded(name)] = key
            if case.urn:
                self._setting_by_urn.setdefault(case.urn, key)
            self.names["setting_id"][key] = name
            return key
        now = self._new_settings.get(key) or self._changed.get(key) or self._settings[key]
        if (now.kind or not case.setting_kind) and (now.urn or not case.urn):
            return key
        fuller = replace(now, kind=now.kind or case.setting_kind, urn=now.urn or case.urn)
        if fuller != now and key in self._settings:
            emptied = self._emptied_by_hand(key)
            kept = {name: getattr(now, name) for name in emptied}
            fuller = replace(fuller, **kept)
        if fuller != now:
            (self._new_settings if key.startswith(NEW) else self._changed)[key] = fuller
        return key

    def worker(self, written: str) -> str | None:
        """The key of a caseworker, or None where the file names none."""
        name = " ".join(written.split())
        if not name:
            return None
        key = self._worker_by_name.get(folded(name))
        if key is None:
            key = f"{NEW}{len(self._new_workers)}"
            self._new_workers[key] = Caseworker(name)
            self._worker_by_name[folded(name)] = key
            self.names["caseworker_id"][key] = name
        return key

    def hand_over(self, work: UnitOfWork) -> Numbered:
        """Put what is new and changed into a unit of work."""
        settings = numbered(work.unit, "setting", list(self._new_settings))
        workers = numbered(work.unit, "caseworker", list(self._new_workers))
        for key, setting in self._new_settings.items():
            work.add(replace(setting, id=settings[key]), f"{setting.name} added")
        for key, setting in self._changed.items():
            work.one_of(kind_of(Setting), key)
            work.put(setting, f"{setting.name} changed")
        for key, worker in self._new_workers.items():
            work.add(replace(worker, id=workers[key]), f"{worker.name} added")
        return Numbered(settings, workers)

    def _emptied_by_hand(self, key: str) -> frozenset[str]:
        """Of kind and URN, what a person took out of a setting: no import fills it again."""
        if key not in self._emptied:
            found = set()
            for entry in self._reading.latest_entries(_LOOKED_BACK, ("setting", key)):
                before, after = changes.from_json(entry.before), changes.from_json(entry.after)
                if entry.kind == "change" and before and after:
                    gone = {name for name in before if before[name] and not after.get(name)}
                    found |= gone & {"kind", "urn"}
            self._emptied[key] = frozenset(found)
        return self._emptied[key]


def numbered(unit: Writing, table: str, keys: Sequence[str]) -> dict[str, str]:
    """Keys of the import to new keys of the store."""
    return dict(zip(keys, unit.allot(table, len(keys)), strict=True)) if keys else {}
