"""Keeps who looked at which case, and who took what out, beside the audit trail.

It is no change, and so has no place in the chain: what somebody saw cannot be taken back. A search
is not kept by its words, for those may be anything; what is opened from it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from caseworker_app.domain.access import ACTS, OPENED, WRITTEN, Access, AccessRow
from caseworker_app.domain.names import folded, whole_name
from caseworker_app.services.clock import in_words, stamp
from caseworker_app.services.ports import Reading
from caseworker_app.services.situation import Situation
from caseworker_app.services.wording import counted

_AGAIN = timedelta(hours=1)
"""A case that somebody opens again within this is one look."""
_OF = re.compile(r"['\u2019]s?(?!\w)")


def opened(session: Situation, child_id: str) -> None:
    """Keep that a case was opened, once an hour for each person."""
    now = session.clock.now()
    with session.store.reading() as reading:
        last = reading.last_access(session.who, OPENED, child_id)
    if last and now - datetime.fromisoformat(last) < _AGAIN:
        return
    _keep(session, Access(stamp(now), session.who, OPENED, "", 1), (child_id,))


def taken_out(session: Situation, act: str, what: str, child_ids: Collection[str]) -> None:
    """Keep that something left: written to a file, printed or copied."""
    known = act if act in ACTS else WRITTEN
    whose = tuple(dict.fromkeys(child_ids))
    if len(whose) == 1 and _names(session, whose[0], what):
        what = ""
    at = stamp(session.clock.now())
    _keep(session, Access(at, session.who, known, what, len(whose)), whose)


def _names(session: Situation, child_id: str, what: str) -> bool:
    """Whether words name a child: they would stand here when the child is gone."""
    with session.store.reading() as reading:
        found = list(reading.summaries((child_id,)))
    words = _words(what)
    names = (_words(f"{one.surname} {one.forename}") for one in found)
    return any(words & name for name in names)


def _words(text: str) -> set[str]:
    """The words in a text, whatever stands between or behind them: "Khan's" has that of Khan."""
    return set(re.findall(r"\w+", folded(_OF.sub(" ", text))))


def _keep(session: Situation, access: Access, whose: Collection[str]) -> None:
    with session.store.writing() as unit:
        unit.put_access(access, whose)


def rows(
    reading: Reading,
    child_id: str = "",
    limit: int = 2000,
    only: Collection[str] | None = None,
) -> tuple[AccessRow, ...]:
    """The newest looks, newest first.

    Args:
        reading: a moment of the store.
        child_id: of this child alone, those of everybody included; "" for all.
        limit: at most so many.
        only: of these children alone, where the person may read of no others.
    """
    found = reading.accesses(child_id, limit, only)
    single = {one.child_id for one in found} - {""}
    here = reading.summaries(single) if single else ()
    names = {one.id: whole_name(one.surname, one.forename) for one in here}
    return tuple(_row(one, names) for one in found)


def _row(one: Access, names: dict[str, str]) -> AccessRow:
    if not one.how_many:
        cases = "everybody"
    elif one.how_many == 1:
        cases = names.get(one.child_id, f"case number {one.child_id}, gone")
    else:
        cases = counted(one.how_many, "case")
    return AccessRow(one.number, in_words(one.at), one.who, ACTS[one.act], one.what, cases)
