"""What waits to be audited: live plans whose newest version nobody has looked at, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.domain.auditing.sampling import OLD_BEFORE, Candidate
from caseworker_app.domain.clock.episodes import Spell, episodes_of
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.names import whole_name
from caseworker_app.domain.plan_history import finals

REASONS: Mapping[str, str] = {
    "old": "Before April 2018",
    "transfer": "Phase transfer",
    "again": "Amended since its audit",
    "new": "New plan",
    "never": "Never audited",
}
"""Why a plan waits; the first that fits counts, and they stand in this order."""
_ORDER = {code: at for at, code in enumerate(REASONS)}

NEW = timedelta(days=183)
"""A plan first issued so long ago or less is a new one."""


_OF_ONE_PLAN = frozenset({"plan_sent", "amended_plan_sent", "review_meeting_held"})
"""Kinds of fact that end no plan and bring none from elsewhere."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """An audit of a plan: its day, and whose it was."""

    on: date
    auditor: str


@dataclass(frozen=True, slots=True)
class LivePlan:
    """A live plan with what is known of its audits.

    Attributes:
        child_id, reference, surname, forename: whose it is.
        need: the code of the primary need, or "".
        setting, caseworker: names, or "".
        caseworker_id: or "".
        first_issued: the day it was first issued or came here, or None.
        newest: the day of the newest final version, or None.
        transfer_review: the day of the review meeting for a move to another phase, or None. Of
            what waits for another reason it is not told.
        audits: of any version, the newest first.
        met: whether an audit found that it meets the standard; asked of plans of before April 2018
            alone, and false of others.
    """

    child_id: str
    reference: str
    surname: str
    forename: str
    need: str
    setting: str
    caseworker: str
    caseworker_id: str
    first_issued: date | None
    newest: date | None
    transfer_review: date | None
    audits: tuple[LookedAt, ...] = ()
    met: bool = False

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)

    def candidate(self) -> Candidate:
        """The plan as it may be drawn for a sample."""
        return Candidate(
            self.child_id,
            self.need,
            self.setting,
            frozenset(one.auditor for one in self.audits),
            self.first_issued,
            self.met,
            self.transfer_review is not None,
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A plan that waits to be audited.

    Attributes:
        reason: a code of `REASONS`.
        since: the day from which it waits.
    """

    plan: LivePlan
    reason: str
    since: date | None

    @property
    def id(self) -> str:
        """What tells the row from others."""
        return self.plan.child_id

    @property
    def why(self) -> str:
        """Why it waits, in a sentence."""
        plan, since = self.plan, self.since
        if since is None:
            return "No day is known on which it was issued."
        day = day_words(since)
        if self.reason == "old":
            return f"First issued {day}, and no audit found yet that it meets the standard."
        if self.reason == "transfer":
            return f"The review for the move to another phase was held {day}."
        if self.reason == "again":
            return f"Amended {day}, after the audit of {day_words(plan.audits[0].on)}."
        return (
            f"First issued {day}."
            if self.reason == "new"
            else (f"First issued {day}, and never audited.")
        )


def issued(facts: Iterable[Fact], today: date) -> tuple[date | None, date | None]:
    """When the plan now live was first issued, and its newest final version; None for neither.

    A plan that another authority transferred in keeps the day it was first made there, where the
    transfer says it. Where the first plan on record is a later version, the day of the first is
    known only to lie before.

    Args:
        facts: of one child; finals and the end of a plan are enough.
        today: later facts do not count.
    """
    known = tuple(one for one in facts if one.on <= today)
    versions = finals(known)
    newest = versions[-1].on if versions else None
    if _is_one_plan(known, versions):
        return versions[0].on, newest
    return first_issued(episodes_of(known).spells), newest


def _is_one_plan(known: Iterable[Fact], versions: Sequence[Fact]) -> bool:
    """Whether it is one plan from its first version on, as most are: no spells need be told."""
    first = versions[0] if versions else None
    if first is None or first.kind != "plan_sent" or first.detail:
        return False
    return all(one.kind in _OF_ONE_PLAN for one in known) and not any(
        one.kind == "plan_sent" for one in versions[1:]
    )


def first_issued(spells: Sequence[Spell]) -> date | None:
    """When the plan of the last spell was first issued; None where it is not known.

    Of a later version, whose first is not known, its own day serves where that is old already.
    """
    if not spells:
        return None
    last = spells[-1]
    return last.made if last.first or last.made < OLD_BEFORE else None


def what_waits(plans: Iterable[LivePlan], today: date) -> tuple[Waiting, ...]:
    """The plans that wait, the most pressing first; within a reason, the longest first."""
    found = []
    for plan in plans:
        waits = why_waits(
            plan.first_issued,
            plan.newest,
            plan.transfer_review,
            plan.audits[0].on if plan.audits else None,
            met=plan.met,
            today=today,
        )
        if waits is not None:
            found.append(Waiting(plan, *waits))
    return tuple(sorted(found, key=pressing))


def pressing(one: Waiting) -> tuple[int, date, str]:
    """The order of what waits."""
    return _ORDER[one.reason], one.since or date.max, one.plan.reference


def why_waits(
    first: date | None,
    newest: date | None,
    transfer_review: date | None,
    last: date | None,
    *,
    met: bool,
    today: date,
) -> tuple[str, date | None] | None:
    """Why a live plan waits, a code of `REASONS`, and from which day on; None where it does not.

    Args:
        first: the day it was first issued, or None.
        newest: the day of the newest final version, or None.
        transfer_review: the day of the review meeting for a move to another phase, or None.
        last: the day of its last audit, or None.
        met: whether an audit found that it meets the standard.
        today: the day.
    """
    if first is not None and first < OLD_BEFORE and not met:
        if last is not None and (newest is None or newest <= last):
            # It was looked at and fell short: it waits to be amended, not to be audited.
            return None
        return "old", first
    if transfer_review is not None and (last is None or last < transfer_review):
        return "transfer", transfer_review
    if last is not None:
        return None if newest is None or newest <= last else ("again", newest)
    return "new" if first is not None and today - first <= NEW else "never", first
