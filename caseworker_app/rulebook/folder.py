"""The council's own rules as a folder of this computer has them, to be brought into a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from caseworker_app.domain.alerts import BirthdayThreshold, Threshold
from caseworker_app.domain.binding import Binding, threshold_fields
from caseworker_app.domain.declarations.own_rules import (
    AlertThreshold,
    ChosenReading,
    LocalTarget,
    OwnVersion,
    RuleFile,
)
from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.domain.kind_values import said
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.own_version import is_own_version
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.domain.target_ids import sharpened
from caseworker_app.domain.ways_to_count import COUNTED
from caseworker_app.rulebook.alerts_file import ALERTS, read_thresholds
from caseworker_app.rulebook.loader import load_pack
from caseworker_app.rulebook.pack_text import PackText
from caseworker_app.rulebook.rules_file import read_rules
from caseworker_app.rulebook.tables import Table, parse, read_text

_READINGS = "readings.toml"

Found = tuple[tuple[str, Mapping[str, Any]], ...]
"""Records to be made: the name of their kind, and their fields."""


def holds_rules(folder: Path) -> bool:
    """Whether a folder holds anything of a council's own."""
    return folder.is_dir() and any(folder.glob("*.toml"))


def read_folder(folder: Path, pack: PackText) -> Found:
    """What a folder holds, as records of a store; nothing where there is no folder.

    A version or a target that the window made becomes a record of its own; anything else, or all
    where the rules would not come out as they were, stays the file that it is.

    Raises:
        Unreadable: a file cannot be read, or the rules do not hold together with those of `pack`.
    """
    if not holds_rules(folder):
        return ()
    files = {path.name: read_text(path) for path in sorted(folder.glob("*.toml"))}
    chosen = _readings(files.pop(_READINGS, ""))
    alerts = read_thresholds(files.pop(ALERTS, ""), ALERTS)
    readings = [ChosenReading(point=point, code=code) for point, code in chosen.items()]
    by_hand = [*(RuleFile(name=name, body=text) for name, text in files.items()), *readings]
    typed = [*(_record(name, text) for name, text in files.items()), *readings]
    records = typed if _rules(typed, pack) == _rules(by_hand, pack) else by_hand
    every: list[Threshold | BirthdayThreshold] = [*alerts.deadlines, *alerts.birthdays]
    thresholds = [threshold_fields(one) for one in every]
    return (
        *((kind_of(one).name, said(one)) for one in records),
        *((kind_of(AlertThreshold).name, fields) for fields in thresholds),
    )


def _rules(records: list[Any], pack: PackText) -> list[RuleVersion] | None:
    """The rules with some of a council's own; None where those cannot be."""
    kinds: dict[Any, list[Any]] = {}
    for one in records:
        kinds.setdefault(kind_of(one), []).append(one)
    binding = Binding(records={kind: tuple(some) for kind, some in kinds.items()})
    if all(isinstance(one, RuleFile | ChosenReading) for one in records):
        return _without_files(load_pack(pack, binding)[0].versions)
    try:
        return _without_files(load_pack(pack, binding)[0].versions)
    except CaseworkerError:
        return None


def _without_files(versions: tuple[RuleVersion, ...]) -> list[RuleVersion]:
    return [replace(one, file="") for one in versions]


def _record(name: str, text: str) -> OwnVersion | LocalTarget | RuleFile:
    """A file as the record that would say the same, where there may be one."""
    versions = read_rules(text, name)
    one = versions[0]
    number, unit = (one.number, one.primitive) if one.primitive in COUNTED else (None, "")
    if len(versions) == 1 and is_own_version(one):
        return OwnVersion(
            rule=one.rule,
            since=one.since,
            title=one.title,
            what=one.what,
            number=number,
            unit=unit,
            period=one.period,
            source=one.source,
            address=one.address,
            checked_on=one.checked_on,
        )
    if len(versions) == 1 and sharpened(one.rule) and one.force == "local" and number:
        return LocalTarget(
            rule=sharpened(one.rule),
            title=one.title,
            number=number,
            unit=unit,
            since=one.since,
            source=one.source,
            set_on=one.checked_on,
        )
    return RuleFile(name=name, body=text)


def _readings(text: str) -> dict[str, str]:
    held: Mapping[str, object] = parse(text, _READINGS) if text else {}
    table = Table(held, _READINGS, set(held))
    return {point: table.text(point) for point in held}
