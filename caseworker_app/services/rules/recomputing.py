"""Deadlines against the rules in force: compare, compute anew, and prove that all is sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.domain.records import DeadlineChange, Entry
from caseworker_app.services import commands as do
from caseworker_app.services.clock import stamp
from caseworker_app.services.ports import Reading, RulePack, Writing
from caseworker_app.services.progress import Progress
from caseworker_app.services.replaying import differences, unreadable
from caseworker_app.services.restricting import standing
from caseworker_app.services.returns.open_data import open_data_at_fault
from caseworker_app.services.returns.run_bodies import runs_at_fault
from caseworker_app.services.rules.counting_anew import (
    Difference,
    Versions,
    differing,
    quiet,
    recount,
)
from caseworker_app.services.rules.in_force import (
    APPLICATION_KEPT,
    RULES_KEPT,
    VERSION_KEPT,
    binding_of,
    notes_of,
)
from caseworker_app.services.situation import Situation
from caseworker_app.services.without_collector import without_collector
from caseworker_app.services.wording import counted, joined

_BEYOND = 10**9
_NOT_OPEN = "A case that is not open to you"


def changes_by(
    session: Situation, command: do.Command | None, progress: Progress | None = None
) -> tuple[DeadlineChange, ...]:
    """The deadlines to which the rules after a command give another date, by reference and rule.

    With None they are compared with the rules in force. Cases that are not there for the person are
    counted and not named.

    Raises:
        Refused: the command would be refused.
    """
    found: list[DeadlineChange] = []
    with without_collector(), session.store.reading() as reading:
        now = session.rules_in(reading)
        rules = now if command is None else _rules_after(session, command, reading, now)
        for some in differing(rules, reading, progress, "Comparing dates", {}):
            for one in some:
                found += _changes(one)
    hidden = standing(session).never
    if hidden:
        found = [
            replace(one, reference="", name=_NOT_OPEN) if one.child_id in hidden else one
            for one in found
        ]
    found.sort(key=lambda change: (change.reference, change.rule, str(change.old or change.new)))
    return tuple(found)


def _rules_after(
    session: Situation, command: do.Command, reading: Reading, now: RulePack
) -> RulePack:
    """The rules that would bind after a command. Raises `Refused`."""
    from caseworker_app.services.handlers import handle
    from caseworker_app.services.unit_of_work import UnitOfWork

    unit = cast("Writing", _Looking(reading))
    work = UnitOfWork(unit, now, session.clock.now(), session.who, offered=session.offered)
    handle(command, work, session.today())
    return work.rules_after() or now


class _Looking:
    """A moment of the store in which a command is tried: it may allot keys, and nothing more."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._next = _BEYOND

    def __getattr__(self, name: str) -> object:
        return getattr(self._reading, name)

    def allot(self, name: str, how_many: int) -> list[str]:
        """Keys beyond all others, which nobody keeps."""
        del name
        self._next += how_many
        return [str(self._next - how_many + one) for one in range(how_many)]

    def reserve(self, name: str, how_many: int) -> None:
        """None need be put by: they are there for the asking."""


def recompute(session: Situation, progress: Progress | None = None) -> int:
    """Count every date anew, by this application's rules where they are newer.

    The value is how many dates changed.
    """
    with session.store.reading() as reading:
        newer = session.offered.improves_on(binding_of(reading).pack)
    if newer:
        with without_collector():
            moved = session.carry_out(do.AcceptRules(), progress).recounted
        return moved[0] if moved is not None else 0
    with without_collector(), session.store.writing() as unit:
        rules = session.rules_in(unit)
        kept = unit.meta()
        changed, children = recount(unit, rules, progress)
        binding = binding_of(unit)
        if binding.pack is not None:
            unit.set_meta(notes_of(rules, binding.pack.identity))
        if children or kept.get(RULES_KEPT, rules.fingerprint) != rules.fingerprint:
            what = (
                f"dates counted anew by rules {rules.version} "
                f"(before: {kept.get(VERSION_KEPT) or 'none'}), {counted(children, 'case')} changed"
            )
            counted_by = kept.get(RULES_KEPT), kept.get(APPLICATION_KEPT)
            if children and counted_by == (rules.fingerprint, rules.application):
                what += ", though no rule did and nothing on record explains it"
            entry = Entry("store", "", what, "", "", kind="note")
            unit.append([entry], stamp(session.clock.now()), session.who)
    return changed


def check(session: Situation, progress: Progress | None = None) -> tuple[str, ...]:
    """What is wrong with file, audit chain and deadlines, a sentence each."""
    tick = progress or quiet
    tick(0, 0, "Checking the store")
    faults = session.store.faults(
        lambda seen: tick(seen, 0, "Checking the audit chain"), session.second_place
    )
    if faults:
        return tuple(faults)
    with session.store.reading() as reading:
        try:
            faults = [*differences(reading, tick), *runs_at_fault(reading)]
        except Exception:
            if odd := unreadable(reading):
                return tuple(odd)
            raise
        faults += open_data_at_fault(reading, session.offered.application)
        if not faults:
            # A row that somebody put in has a key that no counter gave: it is told of itself.
            faults += [
                f"The counter of {name} was set back: it would give a key a second time."
                for name in reading.counters_set_back()
            ]
        if not reading.meta().get(RULES_KEPT) and reading.counts()["child"]:
            faults.append("By which rules the dates were counted is not noted any more.")
    try:
        otherwise = session.counted_otherwise()
    except CaseworkerError as error:
        return (*faults, error.sentence)
    if otherwise:
        other = "The dates were counted by other rules than those in force here: recount them."
        return (*faults, other)
    with session.store.reading() as reading:
        versions: Versions = {}
        wrong = differing(session.rules_in(reading), reading, progress, "Checking dates", versions)
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


def _changes(one: Difference) -> Iterator[DeadlineChange]:
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
