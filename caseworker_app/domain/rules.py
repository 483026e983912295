"""Rules: dated statements of law or local practice, as `resources/rules/*.toml` hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Force = Literal["must", "should", "local"]

WHO: Mapping[str, str] = MappingProxyType(
    {
        "authority": "Council",
        "school": "School",
        "health": "Health",
        "adviser": "Adviser",
        "family": "Family",
    }
)
"""Who has to act, by the code in the rule pack, in the word a list shows."""


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One rule as it stands from one day to another.

    Attributes:
        rule: the id in the statutory timetable, `AR-07`.
        since, until: in force from and to, both days in; `until` None while it stands.
        title: a few words for lists, "Decision after review".
        what: one sentence that says the duty.
        trigger: the kind of fact it starts from, or the name of a derived start.
        primitive: the name of a date primitive, or "" for a rule that stands as text only.
        number: how many of the primitive's unit, or None.
        period: the period in words, "within 4 weeks".
        who: a key of `WHO`.
        force: `must` for Act or regulation, `should` for the Code, `local` for the council's own.
        source: provision in words, "SEND Regulations 2014, reg 20(10)".
        address: where the source can be read.
        checked_on: the day somebody last held the rule against its source.
        lapses: true where the date closes a window or marks an age: never overdue, no alert.
        excused_by: the grounds of exception that may excuse lateness.
        met_words: what would make it met, "record the decision".
        common: the reading most people use where the law has two, in words, or "".
    """

    rule: str
    since: date
    until: date | None
    title: str
    what: str
    trigger: str
    primitive: str
    number: int | None
    period: str
    who: str
    force: Force
    source: str
    address: str
    checked_on: date
    lapses: bool = False
    excused_by: frozenset[str] = frozenset()
    met_words: str = ""
    common: str = ""
    notes: str = ""
    file: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
