"""A council's own folder beside the rule pack: readings chosen, targets, versions of rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from caseworker_app import files
from caseworker_app.domain.alerts import Thresholds
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.local_target import LocalTarget
from caseworker_app.domain.own_version import OwnVersion
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.rulebook.alerts_file import ALERTS, thresholds_text
from caseworker_app.rulebook.tables import Table, block_text, parse, quoted, read_text

_READINGS = "readings.toml"


def read_own(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What the folder holds; both empty where there is no folder.

    Returns:
        Rule files, name to text, and readings chosen, point to code.

    Raises:
        Unreadable: a file cannot be read, or the readings are not what they should be.
    """
    if not folder.is_dir():
        return {}, {}
    paths = (path for path in sorted(folder.glob("*.toml")) if path.name != ALERTS)
    files = {path.name: read_text(path) for path in paths}
    return files, _readings(files.pop(_READINGS, ""))


def choose_reading(folder: Path, point: str, code: str | None) -> None:
    """Keep the reading of an open point; None goes back to the recommended one."""
    _, chosen = read_own(folder)
    chosen.pop(point, None)
    if code is not None:
        chosen[point] = code
    lines = [f"{quoted(key)} = {quoted(value)}" for key, value in sorted(chosen.items())]
    _write(folder / _READINGS, "".join(f"{line}\n" for line in lines))


def add_target(folder: Path, target: LocalTarget, checked_on: date) -> None:
    """Keep a target in a file of its own, in place of an earlier one for the same rule."""
    _write(folder / f"{target.rule}.toml", target_text(target, checked_on))


def remove_target(folder: Path, rule: str) -> None:
    """Take a target away by its rule's id; nothing where there is none."""
    try:
        (folder / f"{rule}.toml").unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(f"{rule}.toml could not be removed: {error.strerror}.") from error


def add_version(folder: Path, version: OwnVersion) -> None:
    """Keep a version of a rule in a file of its own."""
    _write(folder / version.file, version_text(version.made()))


def remove_version(folder: Path, file: str) -> None:
    """Take a version away by the name of its file; nothing where there is none."""
    remove_target(folder, file.removesuffix(".toml"))


def set_thresholds(folder: Path, thresholds: Thresholds | None) -> None:
    """Keep the council's own thresholds for alerts; None goes back to those that came along."""
    if thresholds is None:
        remove_target(folder, ALERTS.removesuffix(".toml"))
    else:
        _write(folder / ALERTS, thresholds_text(thresholds))


def version_text(version: RuleVersion) -> str:
    """A version of a rule as a rule file."""
    values: dict[str, object] = {
        "part": version.rule.removeprefix(version.duty),
        "from": version.since,
        "until": version.until or "",
        "stage": version.stage,
        "role": version.role,
        "title": version.title,
        "what": version.what,
        "trigger": version.trigger.split(),
        "scope": version.scope,
        "anchor": version.anchor,
        "primitive": version.primitive,
        "number": "" if version.number is None else version.number,
        "period": version.period,
        "why": version.why,
        "who": version.who,
        "force": version.force,
        "source": version.source,
        "address": version.address,
        "checked-on": version.checked_on,
        "from-memory": version.from_memory,
        "lapses": version.lapses,
        "breach": version.breach,
        "excused-by": sorted(version.excused_by),
        "met-by": version.met_by.split(),
        "superseded-by": version.superseded_by.split(),
        "met-words": version.met_words,
        "common": version.common,
        "common-primitive": version.common_primitive,
        "common-number": "" if version.common_number is None else version.common_number,
        "notes": version.notes,
    }
    return _file_text(version.duty, values)


def target_text(target: LocalTarget, checked_on: date) -> str:
    """A target as a rule file."""
    base = target.base
    values: dict[str, object] = {
        "from": target.since,
        "title": target.title.strip(),
        "what": base.what,
        "trigger": base.trigger.split(),
        "scope": base.scope,
        "anchor": base.anchor,
        "primitive": target.unit,
        "number": target.number,
        "period": target.period,
        "why": f"our target, {target.period}",
        "who": base.who,
        "force": "local",
        "source": target.source.strip(),
        "address": base.address,
        "checked-on": checked_on,
        "met-by": base.met_by.split(),
        "superseded-by": base.superseded_by.split(),
        "met-words": base.met_words,
    }
    return _file_text(target.rule, values)


def _file_text(duty: str, values: Mapping[str, object]) -> str:
    """A rule file of one version; keys that say nothing are left out."""
    return f"duty = {quoted(duty)}\n\n{block_text('version', values)}"


def _readings(text: str) -> dict[str, str]:
    held: Mapping[str, object] = parse(text, _READINGS) if text else {}
    table = Table(held, _READINGS, set(held))
    return {point: table.text(point) for point in held}


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write_whole(path, text.encode())
    except OSError as error:
        raise Unavailable(files.in_words(error, path.name)) from error
