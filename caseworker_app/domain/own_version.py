"""A version of a rule of the council's own, made from the version that it follows."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.domain.declarations.own_rules import OwnVersion
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.domain.ways_to_count import COUNTED

_FILE = "version-"


def version_file(version: OwnVersion) -> str:
    """The name that tells it from what came with the pack."""
    return f"{_FILE}{version.rule}-{version.since}.toml"


def made(version: OwnVersion, base: RuleVersion) -> RuleVersion:
    """The version itself; it stands for as long as `base`, the one it follows, would have.

    Raises:
        Refused: it cannot be, with the field.
    """
    counted = can_recount(base)
    if counted and version.unit not in COUNTED:
        raise Refused("Choose how it is counted.", "unit")
    if counted and version.number is None:
        raise Refused("The number has to be 1 or more.", "number")
    if version.since <= base.since:
        raise Refused(f"There is a version from {base.since} already: take a later day.", "since")
    number = version.number if counted else base.number
    unit = version.unit if counted else base.primitive
    return replace(
        base,
        since=version.since,
        title=version.title,
        what=version.what,
        number=number,
        primitive=unit,
        period=version.period,
        why=_why(base, number, unit),
        source=version.source,
        address=version.address,
        checked_on=version.checked_on,
        from_memory=False,
        file=version_file(version),
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
