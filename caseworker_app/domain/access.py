"""Who looked: which cases were opened, and what was written out, printed or copied, by whom."""

from __future__ import annotations

from dataclasses import dataclass

OPENED, WRITTEN, PRINTED, COPIED = "opened", "written", "printed", "copied"
ACTS = {
    OPENED: "Opened the case",
    WRITTEN: "Wrote a file",
    PRINTED: "Printed",
    COPIED: "Copied",
}
"""What somebody did that shows them a case or takes it out, in words."""


@dataclass(frozen=True, slots=True)
class Access:
    """One look.

    Attributes:
        at: when, as the audit keeps it.
        who: the person who was signed in.
        act: a key of `ACTS`.
        what: what it was, in words that name nobody: "a list", "the board return".
        how_many: of how many cases it was; 0 of everybody.
        child_id: whose, where it was of one case; else "".
        number: counts them, the oldest first; 0 before it is kept.
    """

    at: str
    who: str
    act: str
    what: str
    how_many: int = 0
    child_id: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One look as a person reads it.

    Attributes:
        number: counts them, the oldest first.
        at: "22 Nov 2026 10:42".
        who, act, what: as in `Access`, in words.
        cases: the child's name where it was one, else how many, or "everybody".
    """

    number: int
    at: str
    who: str
    act: str
    what: str
    cases: str
