"""Settings asked whether they can take a child: who was asked, who answered and what they said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.domain.declarations.consultations import ANSWERS
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.names import folded

SENT, RECEIVED, REPLIED = "consultation_sent", "consultation_received", "consultation_replied"
KINDS_OF_CONSULTING = frozenset({SENT, RECEIVED, REPLIED})
"""The kinds of fact that tell of consultations."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One setting asked about one child.

    Attributes:
        setting: its name.
        sent, received, replied: the days on record, or None.
        answer: a key of `consultations.ANSWERS`, or "".
        reasons: what it gave as reasons.
        preference: the place in the family's own order, or None.
        id, version: of the record of the consultation; "" and 0 where only facts tell of it.
    """

    setting: str
    sent: date | None = None
    received: date | None = None
    replied: date | None = None
    answer: str = ""
    reasons: str = ""
    preference: int | None = None
    id: str = ""
    version: int = 0

    @property
    def began(self) -> date:
        """The first day known of it."""
        return min(day for day in (self.sent, self.received, self.replied, date.max) if day)

    @property
    def words(self) -> str:
        """What came of it: "Mile End Gate: yes", "Wharf Lane: no reply yet"."""
        if self.replied is None and not self.answer:
            return f"{self.setting}: no reply yet"
        said = ANSWERS.get(self.answer, "").lower() or "replied, answer not recorded"
        return f"{self.setting}: {said}"

    @property
    def waits(self) -> bool:
        """Whether the setting has still to answer."""
        return self.replied is None and not self.answer


def told_by_facts(facts: Iterable[Fact], known: Collection[str] = ()) -> tuple[Asked, ...]:
    """The consultations that facts tell of, the settings in the order they were first asked.

    Args:
        facts: of one child, in order.
        known: the ids of facts that a record tells of already.
    """
    found: dict[str, list[Asked]] = {}
    for fact in facts:
        if fact.kind not in KINDS_OF_CONSULTING or fact.id in known:
            continue
        name = fact.text("setting") or "A setting not named"
        same = found.setdefault(folded(name), [])
        _put(same, fact, name)
    return tuple(sorted((one for some in found.values() for one in some), key=_first))


def in_order(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Consultations by the family's preference, then by the day they began."""
    last = 10**6
    return tuple(sorted(asked, key=lambda one: (one.preference or last, *_first(one))))


def counted(asked: Sequence[Asked]) -> str:
    """How many replied, in a few words: "2 of 3 replied"; "" where nobody was asked."""
    if not asked:
        return ""
    return f"{sum(not one.waits for one in asked)} of {len(asked)} replied"


def _put(same: list[Asked], fact: Fact, name: str) -> None:
    """Add a fact to the consultation of its setting that it belongs to, or begin another."""
    last = same[-1] if same else None
    field = {SENT: "sent", RECEIVED: "received", REPLIED: "replied"}[fact.kind]
    fits = last is not None and getattr(last, field) is None and last.replied is None
    if last is not None and fits:
        same[-1] = _with(last, field, fact.on)
    else:
        same.append(_with(Asked(name), field, fact.on))


def _with(one: Asked, field: str, on: date) -> Asked:
    if field == "sent":
        return replace(one, sent=on)
    return replace(one, received=on) if field == "received" else replace(one, replied=on)


def _first(one: Asked) -> tuple[date, str]:
    return one.began, folded(one.setting)
