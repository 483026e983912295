"""What a command came to. The same value travels to the window, the command line and the tests."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

CASES, ALERTS, REVIEWS = "cases", "alerts", "reviews"
"""The lists of the window, as kinds of row: `rows.CaseRow`, `AlertRow` and `ReviewRow`."""

_NONE: Mapping[str, Any] = MappingProxyType({})


class Done(NamedTuple):
    """The command was carried out and is on disk.

    Attributes:
        message: one sentence for the message bar.
        child_ids: the children it touched; their rows below replace what lists hold. A touched
            child with no row in a list is dropped from that list.
        rows: by kind, the touched rows as they stand now: `CASES`, `ALERTS` and `REVIEWS` of the
            touched children, and the records of any kind by its name.
        gone: by kind of record, the ids of those taken out.
        everything: true when so much changed that lists read themselves anew.
        undo: the audit group that undoes it, or "" when it cannot be undone.
        redo: after an undo, the audit group that a redo brings again; else "".
        recounted: how many dates of how many children moved where the rules changed; else None.
        left_out: of several commands done together, the number of each that was refused, and why.
        followed: somebody else did it, in another window; nothing moves under the person's hands.
    """

    message: str
    child_ids: tuple[str, ...] = ()
    rows: Mapping[str, tuple[Any, ...]] = _NONE
    gone: Mapping[str, tuple[str, ...]] = _NONE
    everything: bool = False
    undo: str = ""
    redo: str = ""
    recounted: tuple[int, int] | None = None
    left_out: tuple[tuple[int, str], ...] = ()
    followed: bool = False

    def rows_of(self, kind: str) -> tuple[Any, ...]:
        """The touched rows of a kind as they stand now."""
        return self.rows.get(kind, ())

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of record that it touched."""
        return frozenset({*self.rows, *self.gone}) - {CASES, ALERTS, REVIEWS}


class Failed(NamedTuple):
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
