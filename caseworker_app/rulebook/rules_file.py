"""One file of rules: a duty of the timetable, and the versions of its rules from day to day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import cast

from caseworker_app.domain.clock.compiled_rules import choices, faults
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.rules import Force, RuleVersion
from caseworker_app.rulebook.tables import Table, parse

_FILE_KEYS = frozenset({"duty", "version"})
_VERSION_KEYS = frozenset(
    {
        "part",
        "from",
        "until",
        "stage",
        "role",
        "title",
        "what",
        "trigger",
        "anchor",
        "scope",
        "primitive",
        "number",
        "period",
        "why",
        "who",
        "force",
        "source",
        "address",
        "checked-on",
        "from-memory",
        "lapses",
        "breach",
        "excused-by",
        "met-by",
        "superseded-by",
        "met-words",
        "common",
        "common-primitive",
        "common-number",
        "notes",
    }
)
_FORCES = ("must", "should", "local")
_GROUNDS = frozenset(choices("exception"))


@lru_cache(maxsize=256)
def read_rules(text: str, name: str) -> tuple[RuleVersion, ...]:
    """The versions of rules that a file's text holds.

    What was read is kept: with each rule of a council's own the whole pack is put together anew.

    Args:
        text: TOML.
        name: the file's name, for messages.

    Raises:
        Unreadable: an unknown key, a missing source, a value that means nothing, or two versions
            of a rule in force on the same day; the sentence names the file and the rule.
    """
    top = Table(parse(text, name), name, _FILE_KEYS)
    duty = top.text("duty")
    blocks = top.tables("version")
    if not blocks:
        raise Unreadable(f"{name} has no version of {duty}.")
    versions = tuple(_version(block, duty, name) for block in blocks)
    refuse_overlaps(versions)
    return versions


def refuse_overlaps(versions: tuple[RuleVersion, ...]) -> None:
    """Raise `Unreadable` where two versions of one rule are in force on the same day."""
    by_rule: dict[str, list[RuleVersion]] = {}
    for version in versions:
        by_rule.setdefault(version.rule, []).append(version)
    for rule, found in by_rule.items():
        found.sort(key=_since)
        for earlier, later in pairwise(found):
            if earlier.until is None or earlier.until >= later.since:
                raise Unreadable(
                    f"{later.file}: two versions of {rule} are in force on {later.since}."
                )


def _since(version: RuleVersion) -> date:
    return version.since


def _version(block: object, duty: str, name: str) -> RuleVersion:
    where = f"{name}: a version of {duty}"
    table = Table(block, where, _VERSION_KEYS)
    force = table.text("force")
    if force not in _FORCES:
        raise Unreadable(f"{where} needs force as must, should or local.")
    version = RuleVersion(
        rule=duty + table.text("part", ""),
        since=table.day("from"),
        until=table.maybe_day("until"),
        title=table.text("title"),
        what=table.text("what"),
        trigger=" ".join(table.texts("trigger")),
        primitive=table.text("primitive", ""),
        number=table.maybe_number("number"),
        period=table.text("period"),
        who=table.text("who"),
        force=cast("Force", force),
        source=table.text("source"),
        address=table.text("address"),
        checked_on=table.day("checked-on"),
        lapses=table.flag("lapses"),
        excused_by=frozenset(table.texts("excused-by")),
        met_words=table.text("met-words", ""),
        common=table.text("common", ""),
        notes=table.text("notes", ""),
        file=name,
        duty=duty,
        scope=table.text("scope", ""),
        anchor=table.text("anchor", ""),
        why=table.text("why", ""),
        met_by=" ".join(table.texts("met-by")),
        superseded_by=" ".join(table.texts("superseded-by")),
        common_primitive=table.text("common-primitive", ""),
        common_number=table.maybe_number("common-number"),
        breach=table.text("breach", ""),
        from_memory=table.flag("from-memory"),
        stage=table.text("stage", ""),
        # A target made from a copy of the duty it sharpens stands beside it, not in its place.
        role="" if force == "local" else table.text("role", ""),
    )
    refuse_unsound(version, name)
    return version


def refuse_unsound(version: RuleVersion, name: str) -> None:
    """Refuse a version that nothing could be counted by, naming a file. Raises `Unreadable`."""
    where = f"{name}: {version.rule}"
    if version.until is not None and version.until < version.since:
        raise Unreadable(f"{where} ends on {version.until}, before it begins.")
    if not version.address.startswith("https://"):
        raise Unreadable(f"{where} needs address as a link that begins with https.")
    unknown = sorted(version.excused_by - _GROUNDS)
    if unknown:
        raise Unreadable(f"{where} is excused by {unknown[0]}, which is not a ground.")
    for fault in faults(version):
        raise Unreadable(f"{where}: {fault}.")
