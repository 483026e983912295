"""What others have done to the store since a session last looked, told as its own changes are.

Every start of the window comes through here: until they have done something, it loads little.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseworker_app.domain.outcome import Done

if TYPE_CHECKING:
    from caseworker_app.domain.permissions import Person
    from caseworker_app.domain.records import Trace
    from caseworker_app.services.situation import Situation

_HEAD, _STORE = "audit_head", "store"
_AT_ONCE = 500
"""Of more changes than this, what they touched is not looked for: lists are read anew."""

_MANY = 50
ReadAgain = Callable[[Done, Mapping[str, Collection[str]]], Done]


@dataclass(slots=True)
class Watch:
    """How far a session has seen the trail.

    Attributes:
        seen: the last entry that was looked at, or None before the first look.
    """

    seen: int | None = None


def others_did(session: Situation, watch: Watch, read_again: ReadAgain) -> Done | None:
    """What others did since the last look; None where they did nothing.

    Args:
        session: the store.
        watch: how far the session has seen; brought up to now.
        read_again: reads the touched rows as they stand now.

    Returns:
        What they did, `followed` and without a message.
    """
    now = int(session.store.note(_HEAD).partition(":")[0] or 0)
    if watch.seen is None or watch.seen >= now:
        watch.seen = now
        return None
    own = session.store.take_written()
    for some in own:
        # What one has brought in oneself may be thousands.
        if watch.seen + 1 in some:
            watch.seen = some[-1]
    with session.store.reading() as reading:
        found = reading.traces(watch.seen, _AT_ONCE + 1)
    watch.seen = max((watch.seen, *(one.seq for one in found)))
    if len(found) > _AT_ONCE:
        watch.seen = max(watch.seen, now)
        return Done("", everything=True, followed=True)
    # A note about the store itself, that a return was written say, changes no list.
    theirs = [
        one
        for one in found
        if not any(one.seq in some for some in own)
        and not (one.table == _STORE and one.kind == "note")
    ]
    return _told(theirs, session.person, read_again) if theirs else None


def _told(traces: Collection[Trace], person: Person, read_again: ReadAgain) -> Done:
    from caseworker_app.domain.kinds import is_kind, kind_named
    from caseworker_app.services.staging import CHILD

    touched = {one.row if one.table == CHILD.name else one.child for one in traces} - {""}
    records: dict[str, set[str]] = {}
    named_in_lists = {one.to for one in CHILD.links()}
    for one in traces:
        known = is_kind(one.table)
        # What binds everyone, or is named beside every child, shows everywhere.
        if not known or kind_named(one.table).binds or one.table in named_in_lists:
            return Done("", everything=True, followed=True)
        if one.table != CHILD.name and person.may_of_own(kind_named(one.table).area):
            records.setdefault(one.table, set()).add(one.row)
    if len(touched) > _MANY:
        return Done("", everything=True, followed=True)
    done = read_again(Done("", tuple(sorted(touched, key=int)), followed=True), records)
    gone = {
        name: tuple(sorted(ids - {row.id for row in done.rows_of(name)}, key=int))
        for name, ids in records.items()
    }
    return Done(
        "",
        done.child_ids,
        rows=done.rows,
        gone={name: ids for name, ids in gone.items() if ids},
        followed=True,
    )
