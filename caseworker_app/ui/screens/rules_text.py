"""A rule and its versions as lists and panels show them. Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.own_version import is_own_version
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.rules import Reading, RuleVersion
from caseworker_app.domain.target_ids import sharpened
from caseworker_app.ui.models.column import long_date

FORCE = {"must": "must, by law", "should": "should, by the Code", "local": "the council's own"}
_OLD = timedelta(days=365)
_STARTS = {
    "plan_in_force": "a plan in force",
    "birthday": "the date of birth",
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: the version in force on a day, or the first to come, and all versions.

    Attributes:
        stale: nobody has held it against its source for a year.
    """

    version: RuleVersion
    versions: tuple[RuleVersion, ...]
    stale: bool

    @property
    def dated(self) -> bool:
        """Whether the clock makes a date of it."""
        return bool(self.version.primitive)

    @property
    def is_own(self) -> bool:
        """Whether it is a target of the council's own that can be taken away."""
        return self.version.force == "local" and bool(sharpened(self.version.rule))

    @property
    def can_change(self) -> bool:
        """Whether a version can be added from a day on; a target is set anew instead."""
        return not self.is_own

    @property
    def own_since(self) -> date | None:
        """The first day of the newest version that the council added, or None."""
        found = (one.since for one in reversed(self.versions) if is_own_version(one))
        return next(found, None)


def rule_lines(versions: tuple[RuleVersion, ...], today: date) -> list[RuleLine]:
    """A line a rule, by its number."""
    by_rule: dict[str, list[RuleVersion]] = {}
    for version in versions:
        by_rule.setdefault(version.rule, []).append(version)
    lines = []
    for held in by_rule.values():
        now = next((one for one in held if one.in_force(today)), held[0])
        stale = today - now.checked_on > _OLD
        lines.append(RuleLine(now, tuple(held), stale))
    return lines


def rule_html(line: RuleLine, dim: str, readings: Iterable[Reading] = ()) -> str:
    """The text of a rule; `dim` is the colour of what is beside the point.

    `readings` are the open points; those that bear on the rule say how they are read.
    """
    version = line.version
    source = escape(version.source)
    if version.address:
        source = f'<a href="{escape(version.address)}">{source}</a>'
    parts = [
        f'<h3 style="font-size:11pt;margin-top:0">{escape(version.title)}</h3>',
        f"<p>{escape(version.what)}</p>",
        _fact("Who acts", WHO.get(version.who, version.who)),
        _fact("Strength", FORCE[version.force]),
        _fact("Starts with", _codes(version.trigger)),
        _fact("Within", version.period),
        _fact("Met by", _codes(version.met_by) or version.met_words),
        _fact("Replaced by", _codes(version.superseded_by)),
        _fact("Excused by", ", ".join(sorted(version.excused_by)) or "nothing"),
        _fact("Common reading", version.common),
        f"<p>{source}<br><span style='color:{dim}'>{_checked(version)}</span></p>",
        _versions(line),
        *(_read_as(one) for one in readings if version.rule in one.rules),
        f'<p style="color:{dim}">{escape(version.notes)}</p>' if version.notes else "",
        "" if line.dated else f'<p style="color:{dim}">No event dates this rule yet.</p>',
    ]
    return "".join(parts)


def _read_as(reading: Reading) -> str:
    return f"<p><b>{escape(reading.id)}:</b> {escape(reading.question)} {escape(reading.words)}</p>"


def _fact(label: str, words: str) -> str:
    return f'<p style="margin:2px 0"><b>{label}:</b> {escape(words)}</p>' if words else ""


def _codes(codes: str) -> str:
    return ", ".join(_code(code) for code in codes.split())


def _code(code: str) -> str:
    kind, _, choice = code.partition(".")
    spec = KINDS.get(kind)
    words = spec.label if spec is not None else _STARTS.get(kind, kind.replace("_", " "))
    return f"{words} ({choice.replace('_', ' ')})" if choice else words


def _checked(version: RuleVersion) -> str:
    memory = ", part of it from memory" if version.from_memory else ""
    return f"{escape(version.rule)} · checked {long_date(version.checked_on)}{memory}"


def _versions(line: RuleLine) -> str:
    items = []
    for one in line.versions:
        until = f" to {long_date(one.until)}" if one.until is not None else ""
        items.append(
            f"<li>from {long_date(one.since)}{until}: {escape(one.period or one.title)}"
            f"{' (added here)' if is_own_version(one) else ''}</li>"
        )
    return f"<p><b>Versions</b></p><ul style='margin-left:-22px'>{''.join(items)}</ul>"


def search_text(row: RuleLine) -> str:
    """What the filter looks in."""
    version = row.version
    return f"{version.rule} {version.title} {version.what} {version.source} {version.period}"
