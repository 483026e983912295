"""The whole pack: its version, every rule, the readings of open points, the closed days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.clock.readings import applied
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.rules import Rulebook, RuleVersion
from caseworker_app.rulebook.closed_days import calendars, read_closed_days
from caseworker_app.rulebook.readings import read_readings
from caseworker_app.rulebook.rules_file import read_rules, refuse_overlaps
from caseworker_app.rulebook.tables import Table, parse, read_text

_PACK = "pack.toml"


def load(
    resources: Path,
    extra_closed: Iterable[date] = (),
    *,
    extra_rules: Mapping[str, str] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> tuple[Rulebook, Calendars]:
    """Read the rule pack and the calendars.

    Args:
        resources: the folder that holds `rules/` and `preferences/`.
        extra_closed: closed days beside the bank holidays and the table in `preferences/`.
        extra_rules: a council's own rule files, name to text: local targets, and versions of a
            rule from a day on, which end the version before them the day before.
        chosen: readings of open points that differ from the recommended ones, id to code.

    Raises:
        Unreadable: a file is not what it should be; the sentence names the file and the rule.
    """
    folder = resources / "rules"
    version = _pack_version(folder / _PACK)
    versions: list[RuleVersion] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name != _PACK:
            versions += read_rules(read_text(path), path.name)
    if not versions:
        raise Unreadable(f"There are no rules in {folder}.")
    refuse_overlaps(tuple(versions))
    for name, text in sorted((extra_rules or {}).items()):
        versions = _with_own(versions, read_rules(text, name))
    if extra_rules:
        version = f"{version}+own"
    versions.sort(key=_place)
    readings = read_readings(resources / "preferences" / "readings.toml", chosen or {})
    closed = (*read_closed_days(resources / "preferences" / "closed_days.toml"), *extra_closed)
    changed = [f"{one.id}={one.chosen}" for one in readings if one.chosen != one.recommended]
    version = "+".join((version, *changed))
    return Rulebook(version, applied(versions, readings), readings), calendars(closed)


def _pack_version(path: Path) -> str:
    return Table(parse(read_text(path), path.name), path.name, {"version"}).text("version")


def _with_own(versions: list[RuleVersion], own: tuple[RuleVersion, ...]) -> list[RuleVersion]:
    """The versions with a council's own, which end the version in force when they begin."""
    kept, joined = list(versions), list[RuleVersion]()
    for said in own:
        new = _in_its_role(said, kept)
        joined.append(new)
        for place, old in enumerate(kept):
            stands = old.until is None or old.until >= new.since
            if old.rule == new.rule and old.since < new.since and stands:
                kept[place] = replace(old, until=new.since - timedelta(days=1))
    joined += kept
    refuse_overlaps(tuple(joined))
    return joined


def _in_its_role(new: RuleVersion, kept: list[RuleVersion]) -> RuleVersion:
    """A version of a rule of the pack plays its part, whether or not its file says so."""
    before = [old for old in kept if old.rule == new.rule and old.since <= new.since]
    if new.role or not before:
        return new
    return replace(new, stage=before[-1].stage, role=before[-1].role)


def _place(version: RuleVersion) -> tuple[str, date]:
    return version.rule, version.since
