"""Samples of plans to audit, drawn by lot: the same seed draws the same from the same plans.

Each plan has a lot of its own from the seed, so that the order of a list changes nothing, and a
plan that comes or goes moves no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import folded

OLD_BEFORE = date(2018, 4, 1)
"""Plans first issued before this day are to be quality assured first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live plan that may be drawn.

    Attributes:
        child_id: whose it is.
        need: the code of the primary need, or "".
        setting: the name of the setting, or "".
        auditors: who has audited it, any version.
        first_issued: the day it was first issued or came here, or None.
        met: whether an audit found that it meets the standard.
        at_transfer: whether its review is that of a move to another phase.
    """

    child_id: str
    need: str = ""
    setting: str = ""
    auditors: frozenset[str] = frozenset()
    first_issued: date | None = None
    met: bool = False
    at_transfer: bool = False

    @property
    def is_old(self) -> bool:
        """Whether it was first issued before April 2018."""
        return self.first_issued is not None and self.first_issued < OLD_BEFORE


_FROM: Mapping[str, Callable[[Candidate, str], bool]] = {
    "all": lambda _one, _which: True,
    "old": lambda _one, _which: True,
    "transfer": lambda one, _which: one.at_transfer,
    "need": lambda one, which: folded(one.need) == which,
    "setting": lambda one, which: folded(one.setting) == which,
    "auditor": lambda one, which: which in {folded(each) for each in one.auditors},
}
_NAMED = {"need": "need", "setting": "setting", "auditor": "auditor"}


def draw(
    candidates: Iterable[Candidate], how_many: int, drawn_from: str, which: str, seed: int
) -> tuple[str, ...]:
    """The ids of the children whose plans are drawn, in the order drawn.

    With "old", plans from before April 2018 that no audit has found good enough come first, and
    others only once these are all drawn.

    Args:
        candidates: every live plan.
        how_many: at most so many.
        drawn_from: a code of `DRAWN_FROM`.
        which: the code of the need, the name of the setting or of the auditor, where it is by one.
        seed: any whole number; it draws the same again.

    Raises:
        Refused: it says by need, setting or auditor, and not which.
    """
    if drawn_from in _NAMED and not which.strip():
        raise Refused(f"Say which {_NAMED[drawn_from]} to draw from.", "which")
    fits, wanted = _FROM[drawn_from], folded(which)
    lots = [
        (drawn_from == "old" and not (one.is_old and not one.met), _lot(seed, one), one.child_id)
        for one in candidates
        if fits(one, wanted)
    ]
    return tuple(key for _, _, key in sorted(lots)[:how_many])


def _lot(seed: int, one: Candidate) -> str:
    return sha256(f"{seed}:{one.child_id}".encode()).hexdigest()
