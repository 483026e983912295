"""What waits to be audited, read narrowly: of every live plan little, of those that wait the rest.

Of a large council the plans that were made longest ago are looked at first, since those of before
April 2018 are the most pressing; the rest is looked at so many plans at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from caseworker_app.domain.auditing.sampling import OLD_BEFORE
from caseworker_app.domain.auditing.waiting import (
    LivePlan,
    LookedAt,
    Waiting,
    issued,
    pressing,
    why_waits,
)
from caseworker_app.domain.declarations.auditing import AuditTool, PlanAudit
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.people import Child
from caseworker_app.domain.phase_transfer import MOVES, years
from caseworker_app.domain.standing import LIVE
from caseworker_app.services.gate import asks_itself, only_own
from caseworker_app.services.quality.audits import LOOKED_AT, met_standard, transfer_day
from caseworker_app.services.without_collector import without_collector

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.session import Session

AT_ONCE = 2000
"""At so many children is looked in one go where there are more."""
FIRST = AT_ONCE // 4
"""So many are looked at first then: enough for a screenful."""
_AUDIT, _CHILD = kind_of(PlanAudit), kind_of(Child)
_SENT, _AMENDED, _MEETING = "plan_sent", "amended_plan_sent", "review_meeting_held"
_ANY_AGE = date.min, date.max
_PERSON = ("id", "reference", "surname", "forename", "need", "setting_id", "caseworker_id")


@dataclass(frozen=True, slots=True)
class ToAudit:
    """What was found to wait so far.

    Attributes:
        rows: the most pressing first.
        looked: at how many children.
        rest: those who were not looked at, in pieces for one after the other.
    """

    rows: tuple[Waiting, ...] = ()
    looked: int = 0
    rest: tuple[Sequence[str], ...] = field(default=(), repr=False)

    @property
    def of(self) -> int:
        """How many children there are."""
        return self.looked + sum(map(len, self.rest))


def most_pressing(found: Sequence[ToAudit]) -> tuple[Waiting, ...]:
    """What some pieces came to, the most pressing first."""
    return tuple(sorted((row for one in found for row in one.rows), key=pressing))


@asks_itself
def first_waiting(session: Session) -> ToAudit:
    """What waits of the plans that were made longest ago; of all where they are not too many."""
    today = session.today()
    with without_collector(), session.store.reading() as reading:
        only = only_own(session.person, "audits", reading, today)
        ids = reading.child_ids() if only is None else sorted(only, key=int)
        if len(ids) <= AT_ONCE:
            return ToAudit(_waiting(reading, today, ids), len(ids))
        first = reading.longest_so(LIVE, FIRST) if only is None else ids[:FIRST]
        keys = set(first)
        rest = [key for key in ids if key not in keys]
        pieces = tuple(rest[at : at + AT_ONCE] for at in range(0, len(rest), AT_ONCE))
        return ToAudit(_waiting(reading, today, first), len(first), pieces)


@asks_itself
def more_waiting(session: Session, ids: Sequence[str]) -> ToAudit:
    """What waits among some children."""
    today = session.today()
    with without_collector(), session.store.reading() as reading:
        only = only_own(session.person, "audits", reading, today)
        asked = ids if only is None else [key for key in ids if key in only]
        return ToAudit(_waiting(reading, today, asked), len(ids))


def waiting(session: Session) -> tuple[Waiting, ...]:
    """The live plans that wait to be audited, the most pressing first."""
    first = first_waiting(session)
    return most_pressing([first, *(more_waiting(session, some) for some in first.rest)])


class _Facts:
    """What the facts of some children say of their plans, by the child's key.

    Attributes:
        sent: the day the plan was sent first, of those with one such day alone.
        newest: the day of the newest final version.
        met: the days of review meetings that may be of a move to another phase.
        unclear: those of whom it takes more to tell when the plan was first issued.
    """

    def __init__(self, reading: Reading, today: date, ids: Collection[str]) -> None:
        since = dict.fromkeys(LOOKED_AT, date.min)
        since[_MEETING] = date(min(years(today)) - 1, 9, 1)
        self.sent: dict[int, date] = {}
        self.newest: dict[int, date] = {}
        self.met: dict[int, list[date]] = defaultdict(list)
        self.unclear: set[int] = set()
        amended: dict[int, date] = {}
        for key, kind, day, says_more in reading.bare_facts(since, today, ids):
            if kind == _MEETING:
                self.met[key].append(day)
            elif kind == _AMENDED:
                if key not in amended or day < amended[key]:
                    amended[key] = day
                if key not in self.newest or day > self.newest[key]:
                    self.newest[key] = day
            elif kind == _SENT and not says_more and key not in self.sent:
                self.sent[key] = day
            else:
                self.unclear.add(key)
        for key, day in self.sent.items():
            if day > self.newest.get(key, date.min):
                self.newest[key] = day
        self.unclear |= {key for key, day in amended.items() if day <= self.sent.get(key, day)}


def _waiting(reading: Reading, today: date, ids: Collection[str]) -> tuple[Waiting, ...]:
    """What waits among some children."""
    ids = [str(key) for key, _ in reading.standing_so(LIVE, today, _ANY_AGE, ("id",), ids)]
    if not ids:
        return ()
    facts = _Facts(reading, today, ids)
    days = {key: (facts.sent.get(key), facts.newest.get(key)) for key in map(int, ids)}
    unclear = {
        str(key) for key, (first, _) in days.items() if first is None or key in facts.unclear
    }
    told = reading.facts_of(unclear, LOOKED_AT) if unclear else {}
    days |= {int(key): issued(told.get(key, ()), today) for key in unclear}
    audits: dict[int, list[tuple[date, str, str]]] = defaultdict(list)
    for child, key, on, auditor in reading.some_fields(
        _AUDIT, ("child_id", "id", "on", "auditor"), ids
    ):
        audits[child].append((on, str(key), auditor))
    last = {child: max(some)[0] for child, some in audits.items()}
    old = {key for key, (first, _) in days.items() if first is not None and first < OLD_BEFORE}
    tools: dict[str, AuditTool] = reading.all_of(kind_of(AuditTool))
    met = {int(key) for key in met_standard(reading, sorted(map(str, old)), tools)}
    moved = _transfer_reviews(reading, today, facts, last)
    found = {}
    for key, (first, newest) in days.items():
        waits = why_waits(first, newest, moved.get(key), last.get(key), met=key in met, today=today)
        if waits is not None:
            found[key] = waits
    if not found:
        return ()
    settings = {int(one.id): one.name for one in reading.settings()}
    workers = {int(one.id): one.name for one in reading.caseworkers()}
    rows = []
    for key, reference, surname, forename, need, setting, worker in reading.some_fields(
        _CHILD, _PERSON, list(map(str, found))
    ):
        looked = sorted(audits.get(key, ()), reverse=True)
        reason, since = found[key]
        plan = LivePlan(
            str(key),
            reference,
            surname,
            forename,
            need,
            settings.get(setting, ""),
            workers.get(worker, ""),
            str(worker) if worker else "",
            *days[key],
            since if reason == "transfer" else None,
            tuple([LookedAt(on, auditor) for on, _, auditor in looked]),
            key in met,
        )
        rows.append(Waiting(plan, reason, since))
    return tuple(sorted(rows, key=pressing))


def _transfer_reviews(
    reading: Reading, today: date, facts: _Facts, last: dict[int, date]
) -> dict[int, date | None]:
    """By child, the day of the review for a move to another phase: of those not audited since."""
    some = [str(key) for key, held in facts.met.items() if key not in last or last[key] < max(held)]
    dated = reading.deadlines(some, roles=MOVES) if some else {}
    return {
        int(key): transfer_day(dates, facts.met[int(key)], today) for key, dates in dated.items()
    }
