"""Everything about a set of children at once, for measures, exports and the bench."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.over_time import Spell, on_day
from caseworker_app.domain.people import Caseworker, Child, Setting
from caseworker_app.domain.rows import HistoryRow

Records = Mapping[str, tuple[Any, ...]]
"""Records by the name of their kind."""

_NOTHING: Records = MappingProxyType({})


def nothing() -> Records:
    """No records: one value for all who have none, for there are many of them."""
    return _NOTHING


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One child with everything known of them.

    Attributes:
        facts: in the order of `facts.in_order`.
        deadlines: by due date, then rule.
        spells: what was true of them from a day to a day, of fields that ever changed.
        kept: further records of theirs by the name of their kind: those that were asked for.
    """

    child: Child
    setting: Setting | None
    caseworker: Caseworker | None
    facts: tuple[Fact, ...]
    deadlines: tuple[Deadline, ...]
    history: tuple[HistoryRow, ...] = field(default=())
    spells: tuple[Spell, ...] = field(default=())
    kept: Records = field(default_factory=nothing)

    def on(self, day: date) -> CaseFile:
        """The file with what was true of the child on a day."""
        if not self.spells:
            return self
        child, at = on_day(self.child, self.spells, day)
        if child == self.child:
            return self
        setting = at.get("setting_id", self.setting)
        return replace(
            self, child=child, setting=setting, caseworker=at.get("caseworker_id", self.caseworker)
        )


@dataclass(frozen=True, slots=True)
class AsKnown:
    """The caseload as a store had it when a day was over.

    Attributes:
        files: every child, by reference, without deadlines and history.
        settings, caseworkers: by key.
        disposed: how many children were on record by then who have been disposed of since; nothing
            more can be said of them.
        beside: records that belong to no child by the name of their kind, of the kinds asked for.
    """

    day: date
    files: tuple[CaseFile, ...]
    settings: tuple[Setting, ...]
    caseworkers: tuple[Caseworker, ...]
    disposed: int
    beside: Records = field(default_factory=nothing)
