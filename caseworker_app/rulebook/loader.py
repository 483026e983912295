"""The whole pack: its version, every rule, the readings of open points, the closed days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from caseworker_app.domain import local_target, own_version
from caseworker_app.domain.binding import NOTHING, Binding
from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.clock.readings import applied
from caseworker_app.domain.declarations.own_rules import (
    ChosenReading,
    ClosedDay,
    LocalTarget,
    OwnVersion,
    RuleFile,
)
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.rules import Reading, Rulebook, RuleVersion
from caseworker_app.rulebook.closed_days import calendars, read_closed_days
from caseworker_app.rulebook.pack_text import PackText, shipped
from caseworker_app.rulebook.readings import read_readings
from caseworker_app.rulebook.rules_file import read_rules, refuse_overlaps, refuse_unsound

_AS_RECOMMENDED: Mapping[str, str] = {}


def load(
    resources: Path,
    extra_closed: Iterable[date] = (),
    *,
    extra_rules: Mapping[str, str] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> tuple[Rulebook, Calendars]:
    """Read the rule pack in a folder, and the calendars.

    Args:
        resources: the folder that holds `rules/` and `preferences/`.
        extra_closed: closed days beside the bank holidays and the table in `preferences/`.
        extra_rules: a council's own rule files, name to text.
        chosen: readings of open points that differ from the recommended ones, id to code.

    Raises:
        Unreadable: a file is not what it should be; the sentence names the file and the rule.
    """
    files = (extra_rules or {}).items()
    own: dict[type[Any], list[Any]] = {
        RuleFile: [RuleFile(name=name, body=text) for name, text in files],
        ChosenReading: [ChosenReading(point=key, code=one) for key, one in (chosen or {}).items()],
        ClosedDay: [ClosedDay(on=day, name="closed") for day in extra_closed],
    }
    binding = Binding(records={kind_of(of): tuple(some) for of, some in own.items()})
    return load_pack(shipped(resources), binding)


def load_pack(
    pack: PackText, own: Binding = NOTHING, *, recommended: bool = False
) -> tuple[Rulebook, Calendars]:
    """A rule pack with a council's own rules added, and the calendars.

    A version of a council's own ends the one before it the day before; so do those of a file that
    somebody wrote by hand.

    Args:
        pack: the rule pack.
        own: what the council has of its own.
        recommended: read the open points as recommended, whatever the council chose.

    Raises:
        Unreadable: a file is not what it should be; the sentence names the file and the rule.
        Refused: something of the council's own cannot be, with its field.
    """
    versions: list[RuleVersion] = []
    for name, text in pack.rules().items():
        versions += read_rules(text, name)
    if not versions:
        raise Unreadable("There are no rules in the rule pack.")
    refuse_overlaps(tuple(versions))
    for one in sorted(own.own(RuleFile), key=lambda file: str(file.name)):
        versions = _with_own(versions, read_rules(one.body, one.name))
    for one in sorted(own.own(OwnVersion), key=lambda version: (version.since, version.rule)):
        made = own_version.made(one, _base(one, versions))
        refuse_unsound(made, made.file)
        versions = _with_own(versions, (made,))
    chosen = {one.point: one.code for one in own.own(ChosenReading)}
    readings = read_readings(
        pack.file("preferences/readings.toml"),
        "readings.toml",
        _AS_RECOMMENDED if recommended else chosen,
    )
    versions = list(applied(versions, readings))
    targets = [local_target.made(one, _base(one, versions)) for one in own.own(LocalTarget)]
    for target in targets:
        refuse_unsound(target, target.file)
    versions += targets
    versions.sort(key=_place)
    refuse_overlaps(tuple(versions))
    table = pack.files.get("preferences/closed_days.toml", "")
    closed = [on for on, _ in read_closed_days(table, "closed_days.toml")]
    closed += [one.on for one in own.own(ClosedDay)]
    version = _named(pack.version, own, readings)
    return Rulebook(version, tuple(versions), readings), calendars(closed, pack.closed)


def _named(version: str, own: Binding, readings: Iterable[Reading]) -> str:
    """The version of the rules as people read it, with what is the council's own."""
    own_rules = any(own.own(of) for of in (OwnVersion, LocalTarget, RuleFile, ClosedDay))
    changed = [f"{one.id}={one.chosen}" for one in readings if one.chosen != one.recommended]
    return "+".join((version, *(["own"] if own_rules else []), *changed))


def _base(own: OwnVersion | LocalTarget, versions: Iterable[RuleVersion]) -> RuleVersion:
    """The version that one of a council's own follows, or is set beside.

    Raises:
        Refused: there is no such rule, or none is in force on its first day.
    """
    known = [one for one in versions if one.rule == own.rule]
    if not known:
        raise Refused(f"There is no rule {own.rule}.", "rule")
    found = next((one for one in known if one.in_force(own.since)), None)
    if found is None:
        raise Refused(f"No version of {own.rule} is in force on that day.", "since")
    return found


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
