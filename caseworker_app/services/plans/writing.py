"""Lines of a plan that are written anew from others: copied from what stood, or rewritten.

A copy has the ties of the line it is of: to the other copies, and to what still stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.domain.declarations.thread import (
    Aspiration,
    NeedBehind,
    Outcome,
    ProvisionFor,
)
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.plan_thread import ENDED, state
from caseworker_app.services import commands as do
from caseworker_app.services.keeping_records import refuse_broken_links
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import counted

LINES = ("aspiration", "described_need", "outcome", "provision")
"""The kinds of record that are lines of a plan, those pointed at first."""

_TIES: Mapping[str, tuple[type[Any], tuple[tuple[str, str], ...]]] = {
    "need_behind": (NeedBehind, (("outcome_id", "outcome"), ("need_id", "described_need"))),
    "provision_for": (
        ProvisionFor,
        (
            ("provision_id", "provision"),
            ("outcome_id", "outcome"),
            ("need_id", "described_need"),
        ),
    ),
}
"""Kinds of record that tie lines, with the fields that point at them."""


def copy_lines(command: do.CopyPlanLines, work: UnitOfWork) -> str:
    """Write lines of a child's plan again; see `handlers.handle`.

    Raises:
        Refused: nothing was chosen, or it is no line of the plan of this child.
    """
    chosen: list[Any] = []
    for name in LINES:
        for key in command.lines:
            kind, _, row = key.partition("/")
            if kind == name:
                chosen.append(_of_child(work, kind, row, command.child_id))
    if not chosen or len(chosen) != len(set(command.lines)):
        raise Refused("Choose the lines to copy.", "lines")
    write_again(work, command.child_id, {_key(one): {} for one in chosen}, command.on)
    words = f"{counted(len(chosen), 'line')} of the plan copied"
    work.title = words
    return f"{words} for {work.child(command.child_id).child.name}."


def write_again(
    work: UnitOfWork, child_id: str, lines: Mapping[str, Mapping[str, Any]], on: date
) -> dict[str, str]:
    """Add a copy of some lines from a day on, with their ties.

    Args:
        work: the action.
        child_id: whose plan.
        lines: "outcome/4" and so on, each with the fields that the copy has otherwise; those
            pointed at before those that point.
        on: from which day on the copies stand.

    Returns:
        The ids of the copies, by the key of the line.
    """
    made: dict[str, str] = {}
    for key, fields in lines.items():
        name, _, row = key.partition("/")
        old = _of_child(work, name, row, child_id)
        new_id = work.unit.allot(name, 1)[0]
        new = replace(old, **{**_begun(old, on), **fields}, id=new_id, version=1)
        if isinstance(new, Outcome) and new.aspiration_id:
            to = made.get(f"aspiration/{new.aspiration_id}", new.aspiration_id)
            new = replace(new, aspiration_id=to)
        made[key] = new_id
        work.add(new, f"{kind_of(new).one} copied")
    for tie in _ties_of(work, child_id, made, on):
        work.add(tie, f"{kind_of(tie).one} copied")
    refuse_broken_links(work)
    return made


def _ties_of(work: UnitOfWork, child_id: str, made: Mapping[str, str], on: date) -> Iterator[Any]:
    """The ties of the copies: between them, and to lines that still stand."""
    owned = list(work.owned(child_id))
    live = {_key(one) for kind, one in owned if kind.name in LINES and state(one, on) != ENDED}
    for name, (of, ends) in _TIES.items():
        kind = kind_named(name)
        for held, tie in owned:
            if held is not kind:
                continue
            asked = {
                field: f"{to}/{getattr(tie, field)}" for field, to in ends if getattr(tie, field)
            }
            if not _is_copied(asked.values(), made, live):
                continue
            fields = {field: made.get(key, key.partition("/")[2]) for field, key in asked.items()}
            key = work.unit.allot(name, 1)[0]
            yield of(child_id=child_id, id=key, **fields)


def _is_copied(keys: Collection[str], made: Mapping[str, str], live: Collection[str]) -> bool:
    return any(key in made for key in keys) and all(key in made or key in live for key in keys)


def _begun(old: Any, on: date) -> dict[str, Any]:  # noqa: ANN401  (a line of a plan)
    """The fields of a line that begins on a day, in the place of those of the line copied."""
    if isinstance(old, Outcome):
        return {"set_on": on, "ended_on": None, "ended_why": ""}
    if isinstance(old, Aspiration):
        return {"on": on, "until": None, "ended_why": ""}
    return {"since": on, "until": None, "ended_why": ""}


def _of_child(work: UnitOfWork, kind: str, row: str, child_id: str) -> Any:  # noqa: ANN401
    if kind not in LINES:
        raise Refused("This is no line of a plan.", "lines")
    found = work.one_of(kind_named(kind), row)
    if found.child_id != child_id:
        raise Refused("This line is of another child's plan.", "lines")
    return found


def _key(one: Any) -> str:  # noqa: ANN401
    return f"{kind_of(one).name}/{one.id}"
