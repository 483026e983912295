"""The council's thresholds for alerts, from `preferences/alerts.toml`."""

from __future__ import annotations

from caseworker_app.domain.alerts import BirthdayThreshold, Threshold, Thresholds
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.levels import Level
from caseworker_app.rulebook.pack_text import PackText
from caseworker_app.rulebook.tables import Table, parse

ALERTS = "alerts.toml"
"""The file's name, in a rule pack and in the folder of a computer."""

_ALERT_KEYS = frozenset({"rules", "level", "days", "months", "unless", "within", "words"})
_BIRTHDAY_KEYS = frozenset({"ages", "level", "months"})
_LEVELS = {"amber": Level.AMBER, "red": Level.RED, "escalate": Level.ESCALATE}


def load_thresholds(pack: PackText) -> Thresholds:
    """The thresholds that come with a rule pack. Raises `Unreadable` as `read_thresholds`."""
    return read_thresholds(pack.file(f"preferences/{ALERTS}"), ALERTS)


def read_thresholds(text: str, name: str) -> Thresholds:
    """The thresholds in a TOML text.

    Raises:
        Unreadable: a key, a level or a kind of fact is not known; the sentence names the file.
    """
    top = Table(parse(text, name), name, {"alert", "birthday"})
    return Thresholds(
        tuple(_threshold(block, f"{name}: an alert") for block in top.tables("alert")),
        tuple(
            threshold
            for block in top.tables("birthday")
            for threshold in _birthdays(block, f"{name}: a birthday")
        ),
    )


def _threshold(block: object, where: str) -> Threshold:
    table = Table(block, where, _ALERT_KEYS)
    rules = table.texts("rules")
    unknown = [kind for kind in table.texts("unless") if kind not in KINDS]
    if unknown:
        raise Unreadable(f"{where} has unless {unknown[0]}, which is not a kind of fact.")
    if not rules or table.has("days") == table.has("months"):
        raise Unreadable(f"{where} needs rules, and either days or months.")
    return Threshold(
        frozenset(rules),
        _level(table, where),
        table.text("words"),
        table.number("days", 0),
        table.maybe_number("months"),
        frozenset(table.texts("unless")),
        table.number("within", 0),
    )


def _birthdays(block: object, where: str) -> tuple[BirthdayThreshold, ...]:
    table = Table(block, where, _BIRTHDAY_KEYS)
    level, months = _level(table, where), table.number("months")
    return tuple(BirthdayThreshold(age, level, months) for age in table.numbers("ages"))


def _level(table: Table, where: str) -> Level:
    level = _LEVELS.get(table.text("level"))
    if level is None:
        raise Unreadable(f"{where} needs level as amber, red or escalate.")
    return level
