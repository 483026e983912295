"""Every date of a store counted anew by some rules, and where that differs from what is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.records import Record
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.domain.standing import standing_by
from caseworker_app.services.ports import Reading, RulePack, Standing, Writing
from caseworker_app.services.progress import Progress

Versions = dict[tuple[str, date], RuleVersion]
"""Versions of rules by rule and first day."""


def recount(
    unit: Writing,
    rules: RulePack,
    progress: Progress | None = None,
    before: RulePack | None = None,
) -> tuple[int, int]:
    """Count every date of a store by some rules: how many changed, and of how many children.

    Args:
        unit: the transaction.
        rules: by which they are counted.
        progress: told how it comes along; may raise `Cancelled`.
        before: the rules that bound until now, where what they gave is to be proved first; None
            where another application may have counted otherwise by them.

    Raises:
        Refused: dates that move are not what the rules before gave. Other rules do not explain
            that, so they may not cover it.
    """
    versions: Versions = {}
    children = dates = 0
    settings = {} if before is None else {one.id: one for one in unit.settings()}
    for some in differing(rules, unit, progress, "Counting dates", versions):
        for one in some if before is not None else ():
            assert before is not None
            setting = settings.get(one.record.child.setting_id or "")
            given = before.deadlines(one.record.child, setting, one.record.facts)
            if _told(given) != _told(one.old):
                raise Refused(
                    f"The kept dates of case {one.record.child.reference} are not those of the "
                    "rules in force, and no rule explains it: check the store, and recalculate "
                    "every date before other rules are put in force.",
                    "rules",
                )
        unit.put_deadlines({one.record.child.id: one.new for one in some})
        unit.put_children([], [(one.record.child, standing_by(one.record.facts)) for one in some])
        children += len(some)
        dates += sum(len(one.deadlines) for one in some)
    unit.keep_versions(versions.values())
    unit.drop_unused_versions()
    return dates, children


def _told(deadlines: Iterable[Deadline]) -> dict[tuple[str, str], tuple[date | None, ...]]:
    """What some dates come to, by rule and episode, whatever the wording of their rules."""
    return {
        (one.rule, one.episode): (one.due, one.target, one.met_on, one.superseded_on)
        for one in deadlines
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """A child of whom something else is kept than a fresh count gives."""

    record: Record
    old: tuple[Deadline, ...]
    new: tuple[Deadline, ...]

    @property
    def deadlines(self) -> list[Deadline]:
        """Those that only one side has; a changed one counts once, as it is to be."""
        before = {(one.rule, one.episode): one for one in self.old}
        made = [one for one in self.new if before.pop((one.rule, one.episode), None) != one.bare()]
        return made + list(before.values())


def differing(
    rules: RulePack,
    reading: Reading,
    progress: Progress | None,
    words: str,
    versions: Versions,
) -> Iterator[list[Difference]]:
    """The children whose kept dates are not those of a fresh count, so many at a time.

    The versions of rules that the count met are put into `versions`.
    """
    tick = progress or quiet
    settings = {one.id: one for one in reading.settings()}
    # By what they are: finding one by rule and day takes longer, and there are thirty a child.
    met: dict[int, RuleVersion] = {}

    def count(record: Record) -> tuple[tuple[Deadline, ...], Standing]:
        setting = settings.get(record.child.setting_id or "")
        fresh = rules.deadlines(record.child, setting, record.facts)
        for deadline in fresh:
            version = deadline.version
            if id(version) not in met:
                met[id(version)] = version
                versions[version.rule, version.since] = version
        return fresh, standing_by(record.facts)

    total = reading.counts()["child"]
    tick(0, total, words)
    for done, some in reading.stale(count):
        yield [Difference(*one) for one in some]
        tick(done, total, words)


def quiet(done: int, total: int, words: str) -> None:
    """Nobody watches."""
