"""A child's template and the versions of their plan, kept the same as either changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.plan_history import TEMPLATE, finals, made, told
from caseworker_app.domain.records import Record
from caseworker_app.services.staging import Staging

_KIND = kind_of(PlanVersion)


def follow_templates(work: Staging) -> None:
    """Let versions say the template that an action gave a child.

    The plan in force has it. Where it is another than the plan before was on, that one keeps what
    the child said until now.

    Raises:
        Refused: a template that versions tell is to be blank.
    """
    for before, after in list(work.changed_children()):
        key = (after.id, TEMPLATE)
        if before.template == after.template or key in work.settled:
            continue
        work.settled.add(key)
        record = work.child(after.id)
        if _held(work, record) is None:
            facts = finals(record.facts)
            if len(facts) < 2 or not (before.template and after.template):
                continue
            _add(work, record, facts[-2], before.template)
        _say(work, record)


def settle_version(work: Staging, old: Any, new: Any) -> None:  # noqa: ANN401
    """Let a child say what a version says that was added, changed or taken out by hand.

    Args:
        work: the action, with the version staged.
        old: the version before; None where it is added.
        new: the version after; None where it is taken out.
    """
    for child_id in {one.child_id for one in (old, new) if one is not None}:
        record = work.child(child_id)
        others = [one for one in _kept(work, child_id) if new is None or one.id != new.id]
        facts = finals(record.facts)
        alone = old is None and not _told(record, others)
        if alone and record.child.template and facts and new.fact_id != facts[-1].id:
            # Until now the child said it of the plan in force.
            _add(work, record, facts[-1], record.child.template)
        let_say(work, child_id)


def let_say(work: Staging, child_id: str) -> None:
    """Let a child say what their newest version says, if any says a template."""
    record = work.child(child_id)
    held = _held(work, record)
    work.settled.add((child_id, TEMPLATE))
    if held is not None and held.template != record.child.template:
        typed = record.child.typed | {TEMPLATE}
        child = replace(record.child, template=held.template, typed=typed)
        work.put_child(Record(child, record.facts), "plan template changed")


def agree(work: Staging, child_id: str) -> None:
    """Let the versions of a child, some of them another case's, say what the child says."""
    record = work.child(child_id)
    work.settled.add((child_id, TEMPLATE))
    if record.child.template:
        _say(work, record)
    else:
        let_say(work, child_id)


def _say(work: Staging, record: Record) -> None:
    """Let the version of the plan in force say the child's template."""
    held, template = _held(work, record), record.child.template
    if held is not None and held.template == template:
        return
    facts = finals(record.facts)
    if not facts:
        return
    if not template:
        raise Refused("The template is that of a version of the plan: change it there.", TEMPLATE)
    mine = [one for one in _kept(work, record.child.id) if one.fact_id == facts[-1].id]
    mine = [one for one in mine if one.kind != "draft"]
    if mine:
        newest = max(mine, key=lambda one: one.number)
        work.put(replace(newest, template=template), f"{_KIND.one} changed: template")
    else:
        _add(work, record, facts[-1], template)


def _add(work: Staging, record: Record, fact: Any, template: str) -> None:  # noqa: ANN401
    version = made(record.child.id, fact, record.facts, template)
    taken = {one.number for one in _kept(work, record.child.id)}
    if version.number in taken:
        version = replace(version, number=max(taken) + 1)
    work.add(replace(version, id=work.unit.allot(_KIND.name, 1)[0]), f"{_KIND.one} as it was known")


def _held(work: Staging, record: Record) -> PlanVersion | None:
    found = _told(record, _kept(work, record.child.id))
    return found[-1] if found else None


def _told(record: Record, versions: list[PlanVersion]) -> tuple[PlanVersion, ...]:
    return told(versions, {fact.id: fact.on for fact in record.facts})


def _kept(work: Staging, child_id: str) -> list[PlanVersion]:
    staged = work.owned_by(_KIND, (child_id,))[child_id]
    return [one.after for one in staged if one.after is not None and one.after.child_id == child_id]
