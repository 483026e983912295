"""One function a command: it looks, decides, and puts what is to be into the unit of work."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import singledispatch
from typing import Any

from caseworker_app.domain.errors import Refused, Stale
from caseworker_app.domain.kinds import is_kind, kind_named, kind_of
from caseworker_app.domain.names import reference_key
from caseworker_app.domain.people import Caseworker, Child
from caseworker_app.domain.records import CaseSummary, Record
from caseworker_app.services import commands as do
from caseworker_app.services import keeping_records
from caseworker_app.services.cases import recording
from caseworker_app.services.cases.bulk import set_over
from caseworker_app.services.cases.joining import merge
from caseworker_app.services.cases.leaving import let_leave
from caseworker_app.services.cases.naming import namesakes, references
from caseworker_app.services.cases.splitting import split
from caseworker_app.services.imports.proposing import (
    by_hand,
    drop_proposal,
    take_proposal,
    tell_apart,
)
from caseworker_app.services.improvement.ready_plans import load_plan
from caseworker_app.services.keeping_records import refuse_broken_links
from caseworker_app.services.letters.sending import send_letters
from caseworker_app.services.plans.reviewing import review_outcomes
from caseworker_app.services.plans.writing import copy_lines
from caseworker_app.services.ports import COUNCIL
from caseworker_app.services.quality.keeping_audits import keep_audit
from caseworker_app.services.returns import run_commands
from caseworker_app.services.rules.accepting import accept_rules
from caseworker_app.services.undo import redo, undo
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.validating import checked_fields
from caseworker_app.services.wording import (
    capital,
    counted,
    fields_in_words,
    joined,
)

_REQUIRED = ("surname", "forename", "born")


@singledispatch
def handle(command: object, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    """Carry a command out in a unit of work; the value is a sentence for the message bar.

    Raises:
        Refused: what was asked cannot be; `field` names the command's field.
        Stale: somebody changed the same thing since it was read.
    """
    raise TypeError(f"no handler for {type(command).__name__}")


@handle.register
def _record_fact(command: do.RecordFact, work: UnitOfWork, today: date) -> str:
    return recording.record_fact(command, work, today)


@handle.register
def _change_fact(command: do.ChangeFact, work: UnitOfWork, today: date) -> str:
    return recording.change_fact(command, work, today)


@handle.register
def _remove_fact(command: do.RemoveFact, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    return recording.remove_fact(command, work)


@handle.register
def _add_child(command: do.AddChild, work: UnitOfWork, today: date) -> str:
    for name in _REQUIRED:
        if not command.fields.get(name):
            words = "date of birth" if name == "born" else name
            raise Refused(f"The {words} is needed.", name)
    given = {name: value for name, value in command.fields.items() if value not in ("", None)}
    values = _dated(checked_fields(given, today), today)
    others = list(work.unit.summaries())
    taken = {reference_key(one.reference) for one in others}
    if not values.get("reference"):
        keys = {one.upper() for one in taken}
        values["reference"] = next(references(keys))
    _refuse_taken(values["reference"], taken)
    child = Child(**values, id=work.unit.allot("child", 1)[0], typed=frozenset(given))
    work.add_child(Record(child, ()), "case opened")
    refuse_broken_links(work)
    if not command.another:
        _refuse_here(namesakes(child.surname, child.forename, child.born, others))
    return f"Case opened for {child.name}, reference {child.reference}."


@handle.register
def _change_child(command: do.ChangeChild, work: UnitOfWork, today: date) -> str:
    record = work.child(command.child_id, command.seen, frozenset(command.fields))
    values = checked_fields(command.fields, today)
    changed = {
        name: value for name, value in values.items() if getattr(record.child, name) != value
    }
    if not changed:
        return f"Nothing changed for {record.child.name}."
    changed = _dated(changed, today)
    if "reference" in changed:
        _refuse_taken(changed["reference"], _others(record.child, work))
    child = by_hand(record.child, changed)
    words = f"{fields_in_words(changed)} changed"
    work.put_child(Record(child, record.facts), words)
    refuse_broken_links(work)
    return f"{capital(words)} for {child.name}."


@handle.register
def _merge_children(command: do.MergeChildren, work: UnitOfWork, today: date) -> str:
    return merge(command, work, today)


@handle.register
def _split_child(command: do.SplitChild, work: UnitOfWork, today: date) -> str:
    return split(command, work, today)


@handle.register
def _take_proposal(command: do.TakeProposal, work: UnitOfWork, today: date) -> str:
    return take_proposal(command, work, today)


@handle.register
def _drop_proposal(command: do.DropProposal, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    return drop_proposal(command, work)


@handle.register
def _tell_apart(command: do.TellApart, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    return tell_apart(command, work)


@handle.register
def _add_record(command: do.AddRecord, work: UnitOfWork, today: date) -> str:
    return keeping_records.add_record(command, work, today)


@handle.register
def _change_record(command: do.ChangeRecord, work: UnitOfWork, today: date) -> str:
    return keeping_records.change_record(command, work, today)


@handle.register
def _finish_action(command: do.FinishAction, work: UnitOfWork, today: date) -> str:
    fields = {"done_on": command.on}
    change = do.ChangeRecord("audit_action", command.id, command.seen, fields)
    return keeping_records.change_record(change, work, today)


@handle.register
def _remove_record(command: do.RemoveRecord, work: UnitOfWork, today: date) -> str:
    return keeping_records.remove_record(command, work, today)


@handle.register
def _copy_plan_lines(command: do.CopyPlanLines, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    return copy_lines(command, work)


@handle.register
def _review_plan(command: do.ReviewPlan, work: UnitOfWork, today: date) -> str:
    return review_outcomes(command, work, today)


@handle.register
def _keep_audit(command: do.KeepAudit, work: UnitOfWork, today: date) -> str:
    return keep_audit(command, work, today)


@handle.register
def _send_letters(command: do.SendLetters, work: UnitOfWork, today: date) -> str:
    return send_letters(command, work, today)


@handle.register
def _load_plan(command: do.LoadPlan, work: UnitOfWork, today: date) -> str:
    return load_plan(command, work, today)


@handle.register
def _let_leave(command: do.LetLeave, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    return let_leave(command, work)


@handle.register
def _set_council(command: do.SetCouncil, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    name = " ".join(command.council.split())
    old = work.unit.meta().get(COUNCIL, "")
    if name == old:
        return "The council's name is that already."
    words = f"the council's name is {name}" if name else "the council's name is taken out"
    work.put_council(old, name, words)
    return f"{capital(words)}."


@handle.register
def _send_run(command: do.SendRun, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    return run_commands.mark_sent(command, work)


@handle.register
def _withdraw_run(command: do.WithdrawRun, work: UnitOfWork, today: date) -> str:
    return run_commands.withdraw(command, work, today)


@handle.register
def _comment_on_measure(command: do.CommentOnMeasure, work: UnitOfWork, today: date) -> str:
    return run_commands.comment(command, work, today)


@handle.register
def _accept_rules(command: do.AcceptRules, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    return accept_rules(command, work)


@handle.register
def _reassign(command: do.Reassign, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    workers = work.all_of(kind_of(Caseworker))
    if command.caseworker_id is not None and command.caseworker_id not in workers:
        raise Refused("This caseworker is no longer in the store.", "caseworker_id")
    to = workers[command.caseworker_id].name if command.caseworker_id else "nobody"
    work.preload(work.unit.records(set(command.child_ids)).values())
    moved = 0
    for child_id, seen in command.child_ids.items():
        record = work.child(child_id, seen, {"caseworker_id"})
        if record.child.caseworker_id != command.caseworker_id:
            typed = record.child.typed | {"caseworker_id"}
            child = replace(record.child, caseworker_id=command.caseworker_id, typed=typed)
            work.put_child(Record(child, record.facts), f"given to {to}")
            moved += 1
    work.title = f"{counted(moved, 'case')} given to {to}"
    return f"{work.title}."


@handle.register
def _set_over(command: do.SetOver, work: UnitOfWork, today: date) -> str:
    return set_over(command, work, today)


@handle.register
def _together(command: do.Together, work: UnitOfWork, today: date) -> str:
    done: list[object] = []
    new = [one for one in command.commands if isinstance(one, do.AddRecord)]
    if not command.good_alone:
        for kind, many in Counter(one.kind for one in new).items():
            work.unit.reserve(kind, many)
    work.look_ahead((kind_named(one.kind), one.fields) for one in new if is_kind(one.kind))
    for number, one in enumerate(command.commands):
        try:
            with work.attempt() if command.good_alone else nullcontext():
                handle(one, work, today)
        except (Refused, Stale) as refused:
            if not command.good_alone:
                raise
            work.left_out.append((number, refused.sentence))
        else:
            done.append(one)
    entries = counted(len(done), "entry", "entries")
    words = command.what.replace(do.ENTRIES, entries)
    work.title, work.act = words, command.act
    return f"{capital(words)}.{recording.questions_about(done, work)}"


@handle.register
def _undo(command: do.Undo, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    return undo(command, work)


@handle.register
def _redo(command: do.Redo, work: UnitOfWork, today: date) -> str:  # noqa: ARG001
    return redo(command, work)


def _dated(values: dict[str, Any], today: date) -> dict[str, Any]:
    """The attributes, with the day a year group that is given was true."""
    if "actual_year" in values and "actual_year_on" not in values:
        values["actual_year_on"] = None if values["actual_year"] is None else today
    return values


def _refuse_here(found: tuple[CaseSummary, ...]) -> None:
    if found:
        said = joined([f"{one.reference}, {one.surname}, {one.forename}" for one in found])
        raise Refused(f"Already here: {said}.", "", tuple(one.id for one in found))


def _others(child: Child, work: UnitOfWork) -> set[str]:
    """The references of all other children, as they are compared."""
    return {reference_key(one.reference) for one in work.unit.summaries() if one.id != child.id}


def _refuse_taken(reference: str, taken: set[str]) -> None:
    """Refuse a reference that is another child's; `taken` is as `reference_key` has them."""
    if reference_key(reference) in taken:
        raise Refused(f"The reference {reference} is another child's.", "reference")
