"""What a command came to. The same value travels to the window, the command line and the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from caseworker_app.domain.rows import AlertRow, CaseRow, ReviewRow


@dataclass(frozen=True, slots=True)
class Done:
    """The command was carried out and is on disk.

    Attributes:
        message: one sentence for the message bar.
        child_ids: the children it touched; their rows below replace what lists hold. A touched
            child with no row in a list is dropped from that list.
        cases, alerts, reviews: the touched children's rows as they stand now.
        everything: true when so much changed that lists read themselves anew.
        undo: the audit group that undoes it, or "" when it cannot be undone.
    """

    message: str
    child_ids: tuple[str, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    alerts: tuple[AlertRow, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()
    everything: bool = False
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The command was not carried out; nothing changed.

    Attributes:
        why: `refused` (the person's input), `stale`, `unavailable`, or `bug`.
        sentence: one plain sentence.
        field: the command's field it is about, or "".
        reference: for a bug, what to quote to support.
        children: ids of the children who stand in the way, where a new child is there already.
    """

    why: Literal["refused", "stale", "unavailable", "bug"]
    sentence: str
    field: str = ""
    reference: str = ""
    children: tuple[str, ...] = ()


Outcome = Done | Failed
