"""Drafts: what a person typed into a form and has not saved, kept for them alone.

A draft is no change: it has no entry in the trail and no undo, and moves nothing. It is kept in the
store, so that what is typed of a child stands nowhere else, and goes when the child is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseworker_app.domain.permissions import Right
from caseworker_app.domain.text import is_row_id
from caseworker_app.services.actions import names_of
from caseworker_app.services.clock import stamp
from caseworker_app.services.gate import ask_of, asks_itself

if TYPE_CHECKING:
    from caseworker_app.services.ports import Writing
    from caseworker_app.services.situation import Situation


Place = tuple[str, str]
"""Where a draft is kept: its form, and whose case it is of, or ""."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person typed into a form.

    Attributes:
        form: which form, by a name that the form gives itself, "record visit".
        child_id: whose case it is of; "" where it is of none.
        at: when, as the trail writes it.
        typed: the text of each field by its name, as it was typed.
        gone: the name of the child, where they are not in the store now; else "".
    """

    form: str
    child_id: str
    at: str
    typed: Mapping[str, str]
    gone: str = ""


@asks_itself
def save_draft(
    session: Situation,
    form: str,
    typed: Mapping[str, str],
    child_id: str = "",
    was: Collection[str] = (),
) -> None:
    """Keep what was typed into a form, in the place of what was; nothing typed drops it.

    It is on disk when this returns.

    Args:
        session: whose it is.
        form: the name of the form.
        typed: the text of each field by its name.
        child_id: whose case it is of, or "".
        was: of whose cases it was before another child was chosen; it goes there at once.

    Raises:
        Refused: something is to be kept, and the person may not read that case.
        Unavailable: the store cannot be written.
    """
    said = {name: text for name, text in typed.items() if text}
    with session.store.writing() as unit:
        if child_id and said:
            ask_of(session.person, "children", Right.READ, (child_id,), unit, session.today())
        kept = json.dumps(said, sort_keys=True) if said else ""
        drop_all(unit, session.who, [(form, one) for one in was])
        at = stamp(session.clock.now())
        unit.put_draft(session.who, form, _key(child_id), at, kept)


@asks_itself
def drop_draft(session: Situation, form: str, child_id: str = "") -> None:
    """Forget what was typed into a form, once it is saved or discarded. Raises as `save_draft`."""
    save_draft(session, form, {}, child_id)


def drop_all(unit: Writing, person: str, places: Collection[Place]) -> None:
    """Forget a person's drafts at some places, inside a transaction that may do more."""
    for form, child_id in places:
        unit.put_draft(person, form, _key(child_id), "", "")


def _key(child_id: str) -> str:
    return child_id if is_row_id(child_id) else ""


@asks_itself
def drafts(session: Situation, form: str = "", child_id: str = "") -> tuple[Draft, ...]:
    """The person's own drafts, in the order they were kept: of a form or of a child, or all.

    Of a child who is not in the store now, as one merged into another, there are only those of
    `every_draft`: no form can take them up.
    """
    return tuple(
        one
        for one in every_draft(session)
        if not one.gone
        and (not form or one.form == form)
        and (not child_id or one.child_id == child_id)
    )


@asks_itself
def every_draft(session: Situation) -> tuple[Draft, ...]:
    """Every draft of the person, in the order they were kept."""
    with session.store.reading() as reading:
        kept = reading.drafts(session.who)
        ids = {child for _, child, _, _ in kept} - {""}
        lost = ids - {one.id for one in reading.summaries(ids)} if ids else ids
        names = names_of(reading, lost) if lost else {}
    return tuple(
        Draft(name, child, at, json.loads(typed), names.get(child, ""))
        for name, child, at, typed in kept
    )
