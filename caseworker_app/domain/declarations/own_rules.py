"""What binds everyone who works with a store: the rule pack in force, and own rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.alerts import LONGEST
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.kinds import Kept, choice, day, number, record, text, words
from caseworker_app.domain.levels import Level
from caseworker_app.domain.ways_to_count import COUNTED, UNITS

LEVELS = {one.words: one.words.capitalize() for one in Level if one is not Level.QUIET}
_HTTPS = "Give the address of the source, beginning with https."


def _of(rule: str, since: date) -> str:
    return f"{rule} from {day_words(since)}"


def _version(value: OwnVersion) -> str:
    return f"our version of {_of(value.rule, value.since)}"


@record(
    "own_version",
    "version of a rule",
    "versions of rules",
    area="setup",
    binds=True,
    title=_version,
    natural=("rule", "since"),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVersion(Kept):
    """A version of a rule that an administrator adds from a day on, as when the law changes.

    What starts, meets and replaces it stays that of the version before, and so do number and unit
    where that one is counted otherwise than by a number.
    """

    rule: str = text("Rule", needed=True, search=True)
    since: date = day("In force from", needed=True)
    title: str = text("Title", needed=True, search=True)
    what: str = text("Duty", needed=True, long=True)
    number: int | None = number("Number", least=1, most=9999)
    unit: str = choice("Counted in", COUNTED)
    period: str = text("Period in words", needed=True)
    source: str = text("Source", needed=True)
    address: str = text("Address", needed=True, pattern="https://.+", pattern_says=_HTTPS)
    checked_on: date = day("Checked on", needed=True)


def _target(value: LocalTarget) -> str:
    return f"our target for {_of(value.rule, value.since)}"


@record(
    "local_target",
    "target of our own",
    "targets of our own",
    area="setup",
    binds=True,
    title=_target,
    natural=("rule",),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTarget(Kept):
    """A target beside a rule: its duty, to be done sooner than the law asks.

    It counts for what starts on `since` or later; `source` says where the council decided it.
    """

    rule: str = text("Rule", needed=True, unique=True, search=True)
    title: str = text("Title", needed=True, search=True)
    number: int = number("Number", needed=True, least=1, most=9999)
    unit: str = choice("Counted in", UNITS, needed=True)
    since: date = day("From", needed=True)
    source: str = text("Decided by", needed=True)
    set_on: date = day("Set on", needed=True)


@record("rule_file", "rule file", "rule files", area="setup", binds=True, natural=("name",))
@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile(Kept):
    """Rules that somebody wrote by hand, as `docs/contributors/rules.md` describes them."""

    name: str = text("Name", needed=True, unique=True, search=True)
    body: str = text("Text", needed=True, long=True, listed=False)


def _reading(value: ChosenReading) -> str:
    return f"reading of point {value.point}"


@record(
    "chosen_reading",
    "reading",
    "readings",
    area="setup",
    binds=True,
    title=_reading,
    natural=("point",),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenReading(Kept):
    """How the council reads an open point of law, where it does not take the recommended way."""

    point: str = text("Point", needed=True, unique=True)
    code: str = text("Reading", needed=True)


def _closed(value: ClosedDay) -> str:
    return f"closed day {day_words(value.on)}"


@record(
    "closed_day",
    "closed day",
    "closed days",
    area="setup",
    binds=True,
    title=_closed,
    natural=("on",),
    about=(
        "Bank holidays are known already. Add another day on which nobody works, such as an extra "
        "bank holiday."
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay(Kept):
    """A day on which nobody works and that no list of bank holidays has yet."""

    on: date = day("Day", needed=True)
    name: str = text("Name", needed=True, search=True)


def _threshold(value: AlertThreshold) -> str:
    of = f"turning {value.age}" if value.age is not None else ", ".join(sorted(value.rules))
    return f"{value.level} alert for {of}"


@record("alert_threshold", "alert", "alerts", area="setup", binds=True, title=_threshold)
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertThreshold(Kept):
    """From when on an open date, or a birthday, is so loud; see `domain.alerts`.

    While a store has any, they stand in the place of those that came along. They move no date.

    Attributes:
        age: of a birthday; None for the dates of `rules`.
    """

    level: str = choice("Alert", LEVELS, needed=True)
    rules: frozenset[str] = words("Rules", search=True)
    age: int | None = number("Birthday", least=0, most=30)
    days: int | None = number("Days before", least=-LONGEST, most=LONGEST)
    months: int | None = number("Months before", least=0, most=LONGEST)
    unless: frozenset[str] = words("Kept quiet by")
    within: int | None = number("Within days before", least=0, most=9999)
    said: str = text("What Today says", search=True)

    def faults(self) -> Sequence[tuple[str, str]]:
        """It is for dates or for a birthday, and counted in days or in months."""
        found = []
        if (self.age is None) != bool(self.rules):
            found.append(("rules", "Say for which rules, or for which birthday, it is."))
        if (self.days is None) == (self.months is None):
            found.append(("days", "Say from how many days or months before on."))
        if self.age is None and not self.said:
            found.append(("said", "Type what Today should say."))
        if self.age is not None and self.months is None:
            found.append(("months", "A birthday is counted in months before."))
        unknown = sorted(self.unless - KINDS.keys())
        if unknown:
            found.append(("unless", f"{unknown[0]} is not a kind of event."))
        return found


def _pack(value: PackInForce) -> str:
    return f"rule pack {value.pack}"


@record("pack_in_force", "rule pack", "rule packs", area="setup", binds=True, title=_pack)
@dataclass(frozen=True, slots=True, kw_only=True)
class PackInForce(Kept):
    """The rule pack by which the dates of this store are counted, whole.

    Attributes:
        pack: its version as people read it.
        fingerprint: of its files and of the days of its bank holidays.
        identity: of its files and of the library that gave the bank holidays.
        application: the version of the application it came with.
        counting: how that application counts; see `domain.clock.COUNTING`.
        body: its files and bank holidays, packed.
    """

    pack: str = text("Version", needed=True, by_hand=False)
    fingerprint: str = text("Fingerprint", needed=True, by_hand=False, listed=False)
    identity: str = text("Identity", needed=True, by_hand=False, listed=False)
    application: str = text("Came with Caseworker", needed=True, by_hand=False)
    counting: int = number("Way to count", needed=True, by_hand=False, listed=False)
    body: str = text("Contents", needed=True, long=True, by_hand=False, listed=False)
