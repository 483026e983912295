"""Deadlines against the rules in force: compare, compute anew, and prove that all is sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.people import Setting
from caseworker_app.domain.records import DeadlineChange, Entry, Record
from caseworker_app.services.clock import stamp
from caseworker_app.services.ports import Progress
from caseworker_app.services.storage import Reading, Writing
from caseworker_app.services.wording import counted

if TYPE_CHECKING:
    from caseworker_app.services.desk import OpenDesk

RULES_KEPT = "rules"
VERSION_KEPT = "rules_version"
_STEP = 500


def rules_changed(desk: OpenDesk) -> bool:
    """Whether the kept deadlines were computed by other rules than those in force here."""
    return desk.store.note(RULES_KEPT) != desk.rules.fingerprint


def keep_rules(desk: OpenDesk, unit: Writing) -> None:
    """Note that the kept deadlines are those of the rules in force."""
    unit.set_meta({RULES_KEPT: desk.rules.fingerprint, VERSION_KEPT: desk.rules.version})


def pack_changes(desk: OpenDesk, progress: Progress | None = None) -> tuple[DeadlineChange, ...]:
    """The deadlines to which the rules in force give another date, by reference and rule."""
    found: list[DeadlineChange] = []
    with desk.store.reading() as reading:
        for record, old, new in _compared(desk, reading, progress, "Comparing dates"):
            found += _changes(record, old, new)
    found.sort(key=lambda change: (change.reference, change.rule, str(change.old or change.new)))
    return tuple(found)


def recompute(desk: OpenDesk, progress: Progress | None = None) -> int:
    """Compute every deadline anew by the rules in force; the value is how many changed."""
    changed = 0
    with desk.store.writing() as unit:
        replaced: dict[str, tuple[Deadline, ...]] = {}
        for record, old, new in _compared(desk, unit, progress, "Counting dates"):
            if old != new:
                replaced[record.child.id] = new
                changed += len(_differing(old, new))
        before = unit.meta().get(VERSION_KEPT, "")
        unit.put_deadlines(replaced)
        unit.drop_unused_versions()
        keep_rules(desk, unit)
        if replaced:
            what = (
                f"dates counted anew by rules {desk.rules.version} (before: {before or 'none'}), "
                f"{counted(len(replaced), 'case')} changed"
            )
            entry = Entry("store", "", what, "", "", kind="note")
            unit.append([entry], stamp(desk.clock.now()), desk.who)
    return changed


def check(desk: OpenDesk, progress: Progress | None = None) -> tuple[str, ...]:
    """What is wrong with file, audit chain and deadlines, a sentence each."""
    tick = progress or _quiet
    tick(0, 0, "Checking the store")
    faults = desk.store.faults(lambda seen: tick(seen, 0, "Checking the audit chain"))
    if faults:
        return tuple(faults)
    if rules_changed(desk):
        return ("The dates were counted by other rules than those in force here: open the store.",)
    with desk.store.reading() as reading:
        for record, old, new in _compared(desk, reading, progress, "Checking dates"):
            if old != new:
                wrong = ", ".join(sorted({one.rule for one in _differing(old, new)})) or "order"
                faults.append(
                    f"The kept dates of case {record.child.reference} differ from a fresh count: "
                    f"{wrong}."
                )
    return tuple(faults)


def _compared(
    desk: OpenDesk, reading: Reading, progress: Progress | None, words: str
) -> Iterator[tuple[Record, tuple[Deadline, ...], tuple[Deadline, ...]]]:
    tick = progress or _quiet
    settings: dict[str, Setting] = {one.id: one for one in reading.settings()}
    ids = sorted((one.id for one in reading.summaries()), key=int)
    for start in range(0, len(ids), _STEP):
        tick(start, len(ids), words)
        some = ids[start : start + _STEP]
        kept = reading.deadlines(some)
        for key, record in reading.records(some).items():
            setting = settings.get(record.child.setting_id or "")
            new = desk.rules.deadlines(record.child, setting, record.facts)
            yield record, kept.get(key, ()), new
    tick(len(ids), len(ids), words)


def _differing(old: tuple[Deadline, ...], new: tuple[Deadline, ...]) -> list[Deadline]:
    """The deadlines that only one side has; a changed one counts once, as it is to be."""
    made = [one for one in new if one not in old]
    keys = {(one.rule, one.episode) for one in made}
    return made + [one for one in old if one not in new and (one.rule, one.episode) not in keys]


def _changes(
    record: Record, old: tuple[Deadline, ...], new: tuple[Deadline, ...]
) -> Iterator[DeadlineChange]:
    before = {(one.rule, one.episode): one for one in old}
    after = {(one.rule, one.episode): one for one in new}
    for key in before.keys() | after.keys():
        was, now = before.get(key), after.get(key)
        due_was, due_now = was.due if was else None, now.due if now else None
        if due_was != due_now:
            one = now or was
            assert one is not None
            child = record.child
            yield DeadlineChange(
                child.id, child.reference, child.name, one.rule, one.version.title, due_was, due_now
            )


def _quiet(done: int, total: int, words: str) -> None:
    """Nobody watches."""
