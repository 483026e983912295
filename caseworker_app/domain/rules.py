"""Rules: dated statements of law or local practice, as `resources/rules/*.toml` hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Force = Literal["must", "should", "local"]

COMMENCEMENT = date(2014, 9, 1)
"""The day the Act and the Regulations came into force.

An earlier date in a record is a slip, since there were no plans before. It is counted by the law
of this day, so that what is wrong shows rather than hides.
"""


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One rule as it stands from one day to another.

    An *event code* below is a kind of fact, or a kind and its choice, `review_decision_sent.amend`,
    or one of the derived starts that `clock.scopes` lists.

    Attributes:
        rule: the id in the statutory timetable, `AR-07`, with a letter where a row has more dates.
        since, until: in force from and to, both days in; `until` None while it stands.
        title: a few words for lists, "Decision after review".
        what: one sentence that says the duty.
        trigger: the event codes it starts from, parted by blanks; "" for a rule without a date.
        primitive: the name of a way to count, or "" for a rule that stands as text only.
        number: how many of the primitive's unit, or None.
        period: the period in words, "within 4 weeks".
        who: a key of `parties.WHO`.
        force: `must` for Act or regulation, `should` for the Code, `local` for the council's own.
        source: provision in words, "SEND Regulations 2014, reg 20(10)".
        address: where the source can be read.
        checked_on: the day somebody last held the rule against its source.
        lapses: true where the date closes a window or marks an age: never overdue, no alert.
        excused_by: the grounds of exception that may excuse lateness.
        met_words: what would make it met, "record the decision".
        common: the reading most people use where the law has two, in words, or "".
        duty: the row of the timetable, `TRB-02` for `TRB-02a`.
        scope: the kind of episode it belongs to, see `clock.scopes`.
        anchor: which day is counted from: "" for the day of the trigger, see
            `clock.compiled_rules`.
        why: a short phrase for lists with a place for the day, "8 weeks from the notice of {day}".
        met_by, superseded_by: the event codes that end it, parted by blanks.
        common_primitive: the way to count the common reading; `common_number` as `number`.
        stage, role: what code knows it by, a value of `roles.Stage` and of `roles.Role`, or "".
        breach: the timetable's code for what follows from a breach.
        from_memory: true while part of it has not been held against the source.
        file: the file it was read from.
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
    duty: str = ""
    scope: str = ""
    anchor: str = ""
    why: str = ""
    met_by: str = ""
    superseded_by: str = ""
    common_primitive: str = ""
    common_number: int | None = None
    breach: str = ""
    from_memory: bool = False
    stage: str = ""
    role: str = ""

    def in_force(self, day: date) -> bool:
        """Whether this version is the law on `day`."""
        day = max(day, COMMENCEMENT)
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read an open point of law.

    Attributes:
        code: short name kept in the preferences.
        words: what the screen says of it.
    """

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A point on which the law can be read in more than one way, and the reading in use.

    Attributes:
        id: the timetable's number, `A2`.
        question: what is open, in a few words.
        options: the readings; one only where the clock offers no choice.
        recommended: the code of the one to adopt.
        chosen: the code of the one in use.
        rules: the rules it bears on.
    """

    id: str
    question: str
    options: tuple[Option, ...]
    recommended: str
    chosen: str
    rules: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The reading in use, in words."""
        return next(option.words for option in self.options if option.code == self.chosen)


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Every version of every rule, and how open points are read. Equal only to itself.

    Attributes:
        version: the version of the rule pack.
        versions: by rule, then by `since`.
        readings: the open points, by id.
    """

    version: str
    versions: tuple[RuleVersion, ...]
    readings: tuple[Reading, ...] = ()

    def of(self, rule: str) -> tuple[RuleVersion, ...]:
        """All versions of a rule, oldest first; empty when there is no such rule."""
        return tuple(version for version in self.versions if version.rule == rule)

    def in_force(self, rule: str, day: date) -> RuleVersion | None:
        """The version of a rule that is the law on `day`."""
        return next((v for v in self.versions if v.rule == rule and v.in_force(day)), None)

    def reads(self, reading: str) -> str:
        """The code of the reading in use for an open point; "" when the pack does not have it."""
        return next((one.chosen for one in self.readings if one.id == reading), "")
