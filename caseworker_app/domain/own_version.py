"""A version of a rule that an administrator adds from a day on, as when the law changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rules import RuleVersion

COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "weeks_after": "weeks",
        "days_after": "days",
        "days_from": "days, the first one counted",
        "months_after": "months",
        "months_from": "months, from the day itself",
        "wdays_after": "working days",
        "wdays_from": "working days, the first one counted",
        "weeks_before": "weeks before",
        "months_before": "months before",
    }
)
"""Ways to count that take a number, in the words the screen shows."""

_FILE = "version-"


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """A rule as it is to stand from a day on.

    Attributes:
        base: the version in force on that day; what starts, meets and replaces it stays hers.
        since: the first day; what starts earlier keeps the version before.
        title: a few words for lists.
        what: the duty in a sentence.
        number, unit: how long; `unit` is a key of `COUNTED`. None and "" where `base` is counted
            otherwise or stands as text.
        period: the period in words.
        source: provision in words.
        address: where it can be read.
        checked_on: the day somebody held it against its source.
    """

    base: RuleVersion
    since: date
    title: str
    what: str
    number: int | None
    unit: str
    period: str
    source: str
    address: str
    checked_on: date

    @property
    def file(self) -> str:
        """The name of the file it is kept in."""
        return f"{_FILE}{self.base.rule}-{self.since}.toml"

    def check(self) -> None:
        """Raise `Refused`, with the field, when it cannot be a version."""
        for field, words in (
            ("title", "Enter a few words for lists."),
            ("what", "Say what the duty is, in a sentence."),
            ("period", "Say the period in words."),
            ("source", "Name the provision it comes from."),
        ):
            if not getattr(self, field).strip():
                raise Refused(words, field)
        if can_recount(self.base):
            if self.unit not in COUNTED:
                raise Refused("Choose how it is counted.", "number")
            if self.number is None or self.number < 1:
                raise Refused("The number has to be 1 or more.", "number")
        if not self.address.strip().startswith("https://"):
            raise Refused("Give the address of the source, beginning with https.", "address")
        if not self.base.in_force(self.since):
            raise Refused(f"No version of {self.base.rule} is in force on that day.", "since")
        if self.since <= self.base.since:
            raise Refused(
                f"There is a version from {self.base.since} already: take a later day.", "since"
            )

    def made(self) -> RuleVersion:
        """The version itself; it stands for as long as the one it follows would have."""
        base = self.base
        counted = can_recount(base)
        number = self.number if counted else base.number
        unit = self.unit if counted else base.primitive
        return replace(
            base,
            since=self.since,
            title=self.title.strip(),
            what=self.what.strip(),
            number=number,
            primitive=unit,
            period=self.period.strip(),
            why=_why(base, number, unit),
            source=self.source.strip(),
            address=self.address.strip(),
            checked_on=self.checked_on,
            from_memory=False,
            file=self.file,
        )


def can_recount(version: RuleVersion) -> bool:
    """Whether number and unit of a rule can be changed: it counts so many units."""
    return version.primitive in COUNTED and version.number is not None


def is_own_version(version: RuleVersion) -> bool:
    """Whether an administrator added it, so that it can be taken away again."""
    return version.file.startswith(_FILE)


def period_words(base: RuleVersion, number: int, unit: str) -> str:
    """The period of another number or unit, offered until a person words it otherwise."""
    if unit == base.primitive:
        return base.period.replace(str(base.number), str(number), 1)
    backwards = unit.endswith("_before")
    word = COUNTED[unit].partition(",")[0].removesuffix(" before")
    word = word.removesuffix("s") if number == 1 else word
    return f"at least {number} {word} before" if backwards else f"within {number} {word}"


def _why(base: RuleVersion, number: int | None, unit: str) -> str:
    """The phrase for lists; "" where it would say another unit, and the period stands for it."""
    if unit != base.primitive:
        return ""
    return base.why.replace(str(base.number), str(number), 1) if base.number else base.why
