"""What is kept of keeping and forgetting: legal holds on a case, and disposals with what they say.

A disposal is about nobody by name: it stands when the child is gone, and is the certificate.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import Kept, choice, day, link, record, text

OVER = "over"
BASES: Mapping[str, str] = MappingProxyType(
    {
        OVER: "The time to keep it is over",
        "erasure": "The person asked for it, and the council agreed",
        "court": "A court or the Information Commissioner ordered it",
        "mistake": "It should never have been recorded",
    }
)
"""Why a case may be disposed of; all but the first also before its time."""


@record(
    "legal_hold",
    "legal hold",
    "legal holds",
    area="setup",
    natural=("since",),
    title=lambda _: "legal hold",
    about="A case that is held is not disposed of, whatever its age, until the hold has ended.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class LegalHold(Kept):
    """A case must be kept from a day on: a claim, an inquiry, an order."""

    child_id: str = link("Child", "child", needed=True)
    why: str = text("Why it is held", needed=True, long=True)
    asked_by: str = text("Asked for by", needed=True, hint="Who decided it: a name and an office.")
    since: date = day("From", needed=True)
    until: date | None = day("To", hint="The day the hold ended; leave it blank while it stands.")

    def holds(self, today: date) -> bool:
        """Whether it stands on a day."""
        return self.since <= today and (self.until is None or today < self.until)


def _disposal(value: Disposal) -> str:
    many = len(value.listed)
    cases = "1 case" if many == 1 else f"{many:,} cases"
    return f"disposal of {cases} on {day_words(value.on)}"


@record(
    "disposal",
    "disposal",
    "disposals",
    area="setup",
    title=_disposal,
    about="Each disposal of cases stands here for good, without a name: it is the certificate.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal(Kept):
    """Cases that were disposed of in one go. No word of it names a child.

    Attributes:
        ref: tells it from others, in a store that was restored too: its moment and some letters.
        done_by: who disposed of them.
        basis: a key of `BASES`.
        why: further words, which name nobody.
        cases: of each case its number, marks of the keys destroyed, and what was held, as JSON.
        copies: of each backup or copy where it is and what became of it, as JSON.
    """

    ref: str = text("Reference", needed=True, unique=True, by_hand=False)
    on: date = day("On", needed=True, by_hand=False)
    done_by: str = text("By", needed=True, by_hand=False)
    basis: str = choice("Why", BASES, needed=True, by_hand=False)
    why: str = text("Further words", by_hand=False)
    cases: str = text("Cases", needed=True, by_hand=False, long=True, listed=False)
    copies: str = text("Copies", by_hand=False, long=True, listed=False)

    @property
    def listed(self) -> tuple[Mapping[str, Any], ...]:
        """Each case: `number`, `marks` of its keys, and `held`, how many of what."""
        return tuple(json.loads(self.cases or "[]"))

    @property
    def copies_listed(self) -> tuple[Mapping[str, Any], ...]:
        """Each copy: `where`, `state` and `why`; see `domain.retention`."""
        return tuple(json.loads(self.copies or "[]"))

    @property
    def marks(self) -> frozenset[str]:
        """The marks of all keys that it destroyed."""
        return frozenset(mark for one in self.listed for mark in one["marks"])
