"""Returns as they were written, kept for good, and what owners say of their measures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import Kept, day, link, record, text, yes_or_no

BOARD = "board"
RETURNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        BOARD: ("Board return", "board"),
        "department": ("Files of the Department's shape", "board"),
        "sen2": ("SEN2", "returns"),
        "inspection": ("Inspection list", "returns"),
        "answers": ("Answer", "returns"),
    }
)
"""What a run may be of: code to words, and the line of the permission table that it falls under."""

_DAYS = ("from", "to", "as_at", "known_at")


def _run(value: ReturnRun) -> str:
    return f"run {value.id} of the {value.words}" if value.id else value.words


@record(
    "return_run",
    "kept return",
    "kept returns",
    area="board",
    title=_run,
    about="Every return that is written is kept here: count it again, or compare two.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRun(Kept):
    """One return as it was written. Rows and figures stand apart, under their digests.

    Attributes:
        what: a key of `RETURNS`.
        parameters: what it was asked for, as JSON: days as ISO, and whose edition it is.
        figures: the digest of its figures and rows; "" of one published before runs were kept.
        protection: the digests of what protects returns published later, that of its own figures
            last; "" where it is the team's.
        public: it may be published, and has no rows.
        rule_pack: by whose rules it was counted, as people read it; `rules` their fingerprint.
        program: the version of Caseworker that counted it.
        data: the fingerprint of the data: the end of the audit trail, `number:hash`.
        made_at: UTC, as the trail keeps moments.
        withdrawn_on: the day an administrator withdrew it, with the reason.
        never_left: it was withdrawn before anybody outside had it, so that it protects nothing.
    """

    what: str = text("Return", needed=True, by_hand=False)
    parameters: str = text("Asked for", needed=True, by_hand=False, long=True)
    figures: str = text("Figures", by_hand=False, listed=False)
    protection: str = text("Protection", by_hand=False, listed=False)
    public: bool = yes_or_no("May be published", by_hand=False)
    rule_pack: str = text("Rules", by_hand=False)
    rules: str = text("Fingerprint of the rules", by_hand=False, listed=False)
    program: str = text("Caseworker", by_hand=False)
    data: str = text("Fingerprint of the data", by_hand=False, listed=False)
    made_by: str = text("Made by", by_hand=False, search=True)
    made_at: str = text("Made", by_hand=False)
    sent_on: date | None = day("Sent on", by_hand=False)
    sent_to: str = text("Sent to", by_hand=False, search=True)
    withdrawn_on: date | None = day("Withdrawn on", by_hand=False)
    withdrawn_why: str = text("Why withdrawn", by_hand=False)
    never_left: bool = yes_or_no("Never left the house", by_hand=False)

    @property
    def asked(self) -> Mapping[str, Any]:
        """What it was asked for, by name."""
        found: dict[str, Any] = json.loads(self.parameters or "{}")
        return found

    @property
    def days(self) -> dict[str, date]:
        """Those of its parameters that are days."""
        asked = self.asked
        return {name: date.fromisoformat(asked[name]) for name in _DAYS if asked.get(name)}

    @property
    def words(self) -> str:
        """The return and its period, in a few words."""
        days = self.days
        what = RETURNS[self.what][0] if self.what in RETURNS else self.what
        words = what if what.isupper() else what.lower()
        if "question" in self.asked:
            words = f"{words} to {self.asked['question']}"
        if "from" in days and "to" in days:
            return f"{words}, {day_words(days['from'])} to {day_words(days['to'])}"
        named = [str(value) for name, value in self.asked.items() if name not in _DAYS]
        when = [f"as at {day_words(days['as_at'])}"] if "as_at" in days else []
        return ", ".join([words, *named, *when])

    @property
    def area(self) -> str:
        """The line of the permission table that says who may see it."""
        return RETURNS[self.what][1] if self.what in RETURNS else BOARD

    @property
    def protections(self) -> tuple[str, ...]:
        """The digests of what protects later returns, that of its own figures last."""
        return tuple(self.protection.split())

    @property
    def bodies(self) -> tuple[str, ...]:
        """The digest of everything that stands apart from its record."""
        return (*filter(None, (self.figures,)), *self.protections)

    @property
    def number(self) -> int:
        """Its number, by which runs are ordered."""
        return int(self.id)

    @property
    def counted_until(self) -> int:
        """The number of the last entry of the trail that it counts; 0 where that is not kept."""
        return int(self.data.partition(":")[0] or 0)


def _commentary(value: Commentary) -> str:
    return f"commentary on {value.measure}"


@record(
    "commentary",
    "commentary",
    "commentaries",
    area="improvement",
    natural=("run_id", "measure"),
    title=_commentary,
    about="What the owner of a measure says of it; it stands beside the measure until the next.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Commentary(Kept):
    """What somebody says of a measure in a kept return; without words, that nothing is to be said.

    Attributes:
        measure: its ref.
    """

    run_id: str = link("Kept return", "return_run", needed=True, by_hand=False)
    measure: str = text("Measure", needed=True, by_hand=False, search=True)
    words: str = text("Commentary", long=True, search=True)
    said_by: str = text("Said by", by_hand=False)
    said_on: date = day("Said on", needed=True, by_hand=False)
