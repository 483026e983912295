"""The rule pack made ready to run: every version under the event codes that start it.

An anchor says which day a rule counts from:

    ""                  the day of the fact that starts it
    "served|on"         an extra key of that fact, or its day where the key is not given
    "meeting"           an extra key of that fact; without it the rule cannot be computed
    "episode KIND"      the first fact of that kind in the same episode; without it, likewise
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.clock.counts import COUNTS, FIXED, Count, arithmetic, days_added
from caseworker_app.domain.clock.readings import Leaving, leaving
from caseworker_app.domain.clock.scopes import SCOPES, STARTS
from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.roles import Role, Stage
from caseworker_app.domain.rules import COMMENCEMENT, Rulebook, RuleVersion


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """One version of a rule, made ready.

    Attributes:
        version: the version itself.
        since, until: in force from and to; `until` is the last day there is while it stands.
        always: whether it is in force on every day there is.
        count, number: how to count.
        delta: what to add, for the ways to count that add so many days; `count` agrees.
        common, common_number: how to count the common reading, or None.
        anchored: whether another day than that of the fact is counted from.
        key: the extra key that holds the day counted from, or "".
        key_needed: whether the rule cannot be computed without that key.
        first: the kind whose first fact in the episode is counted from, or "".
        met, superseded: the event codes that end it.
        words: the step of the arithmetic.
        lapses: a window or an age.
        statutory: false for a council's own target, which never draws a fact to its episode.
        counted: the dates already counted from a day, strict and common; at most one for each day
            of the calendar, and it changes no answer.
    """

    version: RuleVersion
    since: date
    until: date
    always: bool
    count: Count
    number: int
    delta: timedelta | None
    common: Count | None
    common_number: int
    anchored: bool
    key: str
    key_needed: bool
    first: str
    met: frozenset[str]
    superseded: frozenset[str]
    words: str
    lapses: bool
    statutory: bool
    counted: dict[date, tuple[date, date | None]]

    def in_force(self, day: date) -> bool:
        """Whether this version is the law on a day; see `rules.COMMENCEMENT`."""
        return self.since <= max(day, COMMENCEMENT) <= self.until


class Starts(dict[tuple[str, ...], tuple[Ready, ...]]):
    """The versions that each set of event codes starts in one scope, looked up once a set."""

    def __init__(self) -> None:
        super().__init__()
        self.by_code: dict[str, tuple[Ready, ...]] = {}

    def __missing__(self, codes: tuple[str, ...]) -> tuple[Ready, ...]:
        found = tuple(ready for code in codes for ready in self.by_code.get(code, ()))
        self[codes] = found
        return found


@dataclass(frozen=True, slots=True, eq=False)
class CompiledRules:
    """A rule pack made ready.

    Attributes:
        rulebook, calendars: what it was made from.
        starts: scope, then the event codes of a fact, to the versions it starts.
        fixed: primitive to the versions that count from birth or the year of a transfer.
        leaving: how phase transfers are read.
    """

    rulebook: Rulebook
    calendars: Calendars
    starts: Mapping[str, Starts]
    fixed: Mapping[str, tuple[Ready, ...]]
    leaving: Leaving


@lru_cache(maxsize=8)
def compiled(rulebook: Rulebook, calendars: Calendars) -> CompiledRules:
    """The rule pack made ready; made once for each rulebook and its calendars."""
    starts = {scope: Starts() for scope in SCOPES}
    fixed: dict[str, list[Ready]] = defaultdict(list)
    for version in rulebook.versions:
        if not version.primitive:
            continue
        ready = _ready(version)
        if version.primitive in FIXED:
            fixed[version.primitive].append(ready)
        for code in version.trigger.split():
            by_code = starts[version.scope].by_code
            by_code[code] = (*by_code.get(code, ()), ready)
    return CompiledRules(
        rulebook,
        calendars,
        starts,
        MappingProxyType({key: tuple(found) for key, found in fixed.items()}),
        leaving(rulebook.readings),
    )


def faults(version: RuleVersion) -> Iterable[str]:
    """What keeps a version from being run, in words after the rule's name; empty when sound."""
    if version.who not in WHO:
        yield f"who {version.who!r} is not one of {', '.join(WHO)}"
    if version.stage and version.stage not in set(Stage):
        yield f"stage {version.stage!r} is not one of {', '.join(Stage)}"
    if version.role and version.role not in set(Role):
        yield f"role {version.role!r} is not one of {', '.join(Role)}"
    if not version.primitive:
        return
    known = {*COUNTS, *FIXED}
    if version.primitive not in known:
        yield f"primitive {version.primitive!r} is not one of {', '.join(sorted(known))}"
    if version.common_primitive and version.common_primitive not in known:
        yield f"common-primitive {version.common_primitive!r} is not a way to count"
    if version.scope not in SCOPES:
        yield f"scope {version.scope!r} is not one of {', '.join(sorted(SCOPES))}"
        return
    if not version.trigger:
        yield "a rule with a primitive needs a trigger"
    for code in (*version.trigger.split(), *version.met_by.split(), *version.superseded_by.split()):
        yield from _code_faults(version.scope, code)


def _code_faults(scope: str, code: str) -> Iterable[str]:
    kind, _, choice = code.partition(".")
    if code in STARTS:
        return
    if kind not in KINDS:
        yield f"{kind!r} is not a kind of fact"
    elif kind not in SCOPES[scope]:
        yield f"{kind!r} never reaches an episode of scope {scope!r}"
    elif choice and choice != "unstated" and choice not in choices(kind):
        yield f"{choice!r} is not a choice of {kind!r}"


def choices(kind: str) -> Iterable[str]:
    """The choices of a kind that qualify its event code; empty when it has none."""
    return next((key.choices for key in KINDS[kind].keys if key.type == "choice"), ())


def _ready(version: RuleVersion) -> Ready:
    anchor = version.anchor
    first = anchor.removeprefix("episode ") if anchor.startswith("episode ") else ""
    key, _, otherwise = ("", "", "") if first else anchor.partition("|")
    never = COUNTS["same_day"]
    return Ready(
        version=version,
        since=version.since,
        until=version.until or date.max,
        always=version.since <= COMMENCEMENT and version.until is None,
        count=COUNTS.get(version.primitive, never),
        number=version.number or 0,
        delta=days_added(version.primitive, version.number or 0),
        common=COUNTS.get(version.common_primitive),
        common_number=version.common_number or version.number or 0,
        anchored=bool(anchor),
        key=key,
        key_needed=bool(key) and not otherwise,
        first=first,
        met=frozenset(version.met_by.split()),
        superseded=frozenset(version.superseded_by.split()),
        words=arithmetic(version.period, version.primitive, version.number),
        lapses=version.lapses,
        statutory=version.force != "local",
        counted={},
    )
