"""Deadlines against the rules in force: compare, compute anew, and prove that all is sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.records import DeadlineChange, Entry, Record
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.domain.standing import standing
from caseworker_app.services.clock import stamp
from caseworker_app.services.ports import Reading, Writing
from caseworker_app.services.progress import Progress
from caseworker_app.services.replaying import differences
from caseworker_app.services.session import RULES_KEPT, Session
from caseworker_app.services.without_collector import without_collector
from caseworker_app.services.wording import counted, joined

VERSION_KEPT = "rules_version"
APPLICATION_KEPT = "application"
_STEP = 500

Versions = dict[tuple[str, date], RuleVersion]
"""Versions of rules by rule and first day."""


def keep_rules(session: Session, unit: Writing) -> None:
    """Note that the kept deadlines are those of the rules in force."""
    unit.set_meta(
        {
            RULES_KEPT: session.rules.fingerprint,
            VERSION_KEPT: session.rules.version,
            APPLICATION_KEPT: session.rules.application,
        }
    )


def refuse_older_rules(kept: str, ours: str, where: str) -> None:
    """Refuse to count a store's dates by older rules than somebody else has counted them by.

    Args:
        kept: the version of the application that counted them, or "".
        ours: this application's version.
        where: the store, for the sentence.

    Raises:
        Unavailable: `kept` is the newer.
    """
    if _number(kept) > _number(ours):
        raise Unavailable(
            f"The dates in {where} were counted by Caseworker {kept}, which has newer rules than "
            f"this one, {ours}: update this Caseworker first."
        )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def changes_by_new_rules(
    session: Session, progress: Progress | None = None
) -> tuple[DeadlineChange, ...]:
    """The deadlines to which the rules in force give another date, by reference and rule."""
    found: list[DeadlineChange] = []
    with without_collector(), session.store.reading() as reading:
        for some in _differing(session, reading, progress, "Comparing dates", {}):
            for one in some:
                found += _changes(one)
    found.sort(key=lambda change: (change.reference, change.rule, str(change.old or change.new)))
    return tuple(found)


def recompute(session: Session, progress: Progress | None = None) -> int:
    """Compute every deadline anew by the rules in force; the value is how many changed."""
    with without_collector(), session.store.writing() as unit:
        kept = unit.meta()
        refuse_older_rules(
            kept.get(APPLICATION_KEPT, ""), session.rules.application, session.store.where
        )
        versions: Versions = {}
        before = kept.get(VERSION_KEPT, "")
        wrong = changed = 0
        for some in _differing(session, unit, progress, "Counting dates", versions):
            unit.put_deadlines({one.record.child.id: one.new for one in some})
            unit.put_children([], [(one.record.child, standing(one.record.facts)) for one in some])
            wrong += len(some)
            changed += sum(len(one.deadlines) for one in some)
        unit.keep_versions(versions.values())
        unit.drop_unused_versions()
        keep_rules(session, unit)
        if wrong or kept.get(RULES_KEPT, session.rules.fingerprint) != session.rules.fingerprint:
            what = (
                f"dates counted anew by rules {session.rules.version} "
                f"(before: {before or 'none'}), {counted(wrong, 'case')} changed"
            )
            entry = Entry("store", "", what, "", "", kind="note")
            unit.append([entry], stamp(session.clock.now()), session.who)
    return changed


def check(session: Session, progress: Progress | None = None) -> tuple[str, ...]:
    """What is wrong with file, audit chain and deadlines, a sentence each."""
    tick = progress or _quiet
    tick(0, 0, "Checking the store")
    faults = session.store.faults(lambda seen: tick(seen, 0, "Checking the audit chain"))
    if faults:
        return tuple(faults)
    with session.store.reading() as reading:
        faults = differences(reading, tick)
    if session.rules_changed():
        other = "The dates were counted by other rules than those in force here: recount them."
        return (*faults, other)
    with session.store.reading() as reading:
        versions: Versions = {}
        wrong = _differing(session, reading, progress, "Checking dates", versions)
        for one in (one for some in wrong for one in some):
            rules = joined(sorted({deadline.rule for deadline in one.deadlines}))
            faults.append(
                f"The kept dates of case {one.record.child.reference} differ from a fresh count: "
                f"{rules or 'how the case stands, or where its dates are filed'}."
            )
        kept = reading.rule_versions()
        differ = [
            key[0] for key, version in versions.items() if key in kept and kept[key] != version
        ]
        faults += [f"The kept wording of rule {rule} is not that of the pack." for rule in differ]
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class _Difference:
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


def _differing(
    session: Session,
    reading: Reading,
    progress: Progress | None,
    words: str,
    versions: Versions,
) -> Iterator[list[_Difference]]:
    """The children whose kept dates are not those of a fresh count, so many at a time.

    The versions of rules that the count came upon are put into `versions`.
    """
    tick = progress or _quiet
    settings = {one.id: one for one in reading.settings()}
    ids = sorted((one.id for one in reading.summaries()), key=int)
    for start in range(0, len(ids), _STEP):
        tick(start, len(ids), words)
        records = reading.records(ids[start : start + _STEP])
        fresh = {
            key: session.rules.deadlines(
                record.child, settings.get(record.child.setting_id or ""), record.facts
            )
            for key, record in records.items()
        }
        for made in fresh.values():
            for deadline in made:
                versions[deadline.version.rule, deadline.version.since] = deadline.version
        standings = {key: standing(record.facts) for key, record in records.items()}
        stale = reading.stale(fresh, standings)
        yield [_Difference(records[key], stale[key], fresh[key]) for key in sorted(stale, key=int)]
    tick(len(ids), len(ids), words)


def _changes(one: _Difference) -> Iterator[DeadlineChange]:
    before = {(deadline.rule, deadline.episode): deadline for deadline in one.old}
    after = {(deadline.rule, deadline.episode): deadline for deadline in one.new}
    child = one.record.child
    for key in before.keys() | after.keys():
        was, now = before.get(key), after.get(key)
        due_was, due_now = was.due if was else None, now.due if now else None
        version = (now or was or one.new[0]).version
        if due_was != due_now:
            yield DeadlineChange(
                child.id, child.reference, child.name, key[0], version.title, due_was, due_now
            )


def _quiet(done: int, total: int, words: str) -> None:
    """Nobody watches."""
