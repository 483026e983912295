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
        redo: after an undo, the audit group that a redo brings again; else "".
    """

    message: str
    child_ids: tuple[str, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    alerts: tuple[AlertRow, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()
    everything: bool = False
    undo: str = ""
    redo: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The command was not carried out; nothing changed.

    Attributes:
        why: `refused` (the person's input), `stale`, `unavailable`, `bug`, or `unsure`: it is
            carried out when the same is asked for again with the person's yes.
        sentence: one plain sentence; the question where it is `unsure`.
        field: the command's field it is about, or "".
        reference: for a bug, what to quote to support.
        children: ids of the children who stand in the way, where a new child is there already.
        group: where it is `unsure`, the change it is about.
        touched: where it is `unsure`, how many cases it touches, or else settings and the like.
    """

    why: Literal["refused", "stale", "unavailable", "bug", "unsure"]
    sentence: str
    field: str = ""
    reference: str = ""
    children: tuple[str, ...] = ()
    group: str = ""
    touched: int = 0


Outcome = Done | Failed
