"""What the Quality screen shows: audits with what they come to, actions, second looks, samples.

Whoever may see audits of their own cases alone is shown these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.auditing import scoring
from caseworker_app.domain.auditing.agreement import TwoLooks, two_looks
from caseworker_app.domain.auditing.sampling import OLD_BEFORE, draw
from caseworker_app.domain.auditing.scoring import Result
from caseworker_app.domain.auditing.waiting import LivePlan, LookedAt, issued
from caseworker_app.domain.declarations.auditing import (
    AuditAction,
    AuditSample,
    AuditTool,
    Moderation,
    PlanAudit,
)
from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.names import whole_name
from caseworker_app.domain.phase_transfer import MOVES, moves, year_of, years
from caseworker_app.domain.plan_history import FINALS
from caseworker_app.domain.records import CaseSummary
from caseworker_app.domain.standing import LIVE, on_day
from caseworker_app.services.cases.so_many import so_many
from caseworker_app.services.gate import asks_itself, only_own
from caseworker_app.services.record_lists import titles
from caseworker_app.services.without_collector import without_collector

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from caseworker_app.domain.deadlines import Deadline
    from caseworker_app.domain.facts import Fact
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.session import Session

_AUDIT, _ACTION, _MODERATION = kind_of(PlanAudit), kind_of(AuditAction), kind_of(Moderation)
_TOOL, _SAMPLE, _VERSION = kind_of(AuditTool), kind_of(AuditSample), kind_of(PlanVersion)
AT_ONCE = 1000
"""Of more audits, actions or second looks, so many are listed until somebody asks for all."""
_MEETING = "review_meeting_held"
LOOKED_AT = frozenset({*FINALS, _MEETING, "plan_ceased"})
"""The kinds of fact that tell of a live plan what its audits hang on."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An audit as a list shows it.

    Attributes:
        version: which version of the plan, in words.
    """

    id: str
    child_id: str
    reference: str
    name: str
    caseworker: str
    caseworker_id: str
    version: str
    result: Result


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action from an audit, with whose plan it is about."""

    action: AuditAction
    reference: str
    name: str
    caseworker_id: str

    @property
    def id(self) -> str:
        """The record's id."""
        return self.action.id

    @property
    def child_id(self) -> str:
        """Whose plan it is about."""
        return self.action.child_id


@dataclass(frozen=True, slots=True)
class Quality:
    """Audits and what hangs on them, the newest first: every one, or as many as fit at once.

    Attributes:
        actions: those still to be done before the others, where not every one is here.
        looks: what was looked at twice.
        tool: the edition in force, or None.
        many: by kind of record, how many there are of which one may know.
    """

    audits: tuple[AuditRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    looks: tuple[TwoLooks, ...] = ()
    samples: tuple[AuditSample, ...] = ()
    tool: AuditTool | None = None
    many: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_large(self) -> bool:
        """Whether there is more of anything than fits at once."""
        return any(one > AT_ONCE for one in self.many.values())

    @property
    def results(self) -> tuple[Result, ...]:
        """What the audits come to."""
        return tuple(one.result for one in self.audits)

    @property
    def references(self) -> Mapping[str, str]:
        """The references of the children who have an audit or an action, by id."""
        found = {one.child_id: one.reference for one in self.actions}
        return found | {one.child_id: one.reference for one in self.audits}


@asks_itself
def quality(session: Session, *, whole: bool = False, progress: Progress | None = None) -> Quality:
    """The audits that one may see.

    Args:
        session: of an open store.
        whole: every one, however many; else of more than `AT_ONCE` the last recorded, of actions
            those that are due first.
        progress: told how far it is; may raise `Cancelled`.

    Raises:
        Refused: one may see none.
    """
    most = None if whole else AT_ONCE
    with without_collector(), session.store.reading() as reading:
        only = only_own(session.person, "audits", reading, session.today())
        some = {one: _Some.of(reading, one, only, most) for one in (_AUDIT, _ACTION, _MODERATION)}
        second = {one.id: one for one in some[_MODERATION].read(reading, progress)}
        audits = {one.id: one for one in some[_AUDIT].read(reading, progress)}
        listed = list(audits.values())
        if not some[_AUDIT].every:
            keys = reading.pointing(_MODERATION, "audit_id", audits)
            second |= reading.all_of(_MODERATION, keys) if keys else {}
        if lacks := {one.audit_id for one in second.values()} - audits.keys():
            audits |= reading.all_of(_AUDIT, lacks)
        tools: dict[str, AuditTool] = reading.all_of(_TOOL)
        made = scoring.results(listed, tools, second.values())
        asked = some[_ACTION].read(reading, progress)
        people = _people(reading, {one.child_id for one in (*listed, *asked)})
        names = {one.id: one.name for one in reading.caseworkers()}
        versions = titles(reading, _VERSION, {one.plan_version_id for one in listed})
        samples: Iterable[AuditSample] = reading.all_of(_SAMPLE).values() if only is None else ()
        return Quality(
            tuple(_row(one, people, names, versions) for one in made),
            tuple(
                ActionRow(one, *_whose(people[one.child_id]))
                for one in sorted(asked, key=lambda one: (one.by_when, one.id))
            ),
            two_looks(list(audits.values()), second.values(), tools),
            tuple(sorted(samples, key=lambda one: (one.on, one.id), reverse=True)),
            scoring.tool_on(tools.values(), session.today()),
            {kind.name: one.many for kind, one in some.items()},
        )


@asks_itself
def auditors(session: Session) -> tuple[str, ...]:
    """Who has audited any plan of which one may know, by name."""
    with session.store.reading() as reading:
        only = only_own(session.person, "audits", reading, session.today())
        return tuple(sorted({name for (name,) in reading.some_fields(_AUDIT, ("auditor",), only)}))


@dataclass(frozen=True, slots=True)
class _Some:
    """Some records of a kind.

    Attributes:
        keys: their ids.
        many: how many there are altogether.
        every: whether these are all of them.
    """

    kind: Kind
    keys: Sequence[str]
    many: int
    every: bool

    @classmethod
    def of(
        cls, reading: Reading, kind: Kind, only: Collection[str] | None, most: int | None
    ) -> _Some:
        """Those of some children, or of all; of more than `most` those that come first."""
        if only is not None:
            theirs = sorted(reading.pointing(kind, kind.owner, only), key=int, reverse=True)
            return cls(kind, theirs[:most], len(theirs), most is None or len(theirs) <= most)
        many = reading.many(kind)
        order = ("?done_on", "by_when", "id") if kind is _ACTION else ("-id",)
        keys = reading.first_ids(kind, order, many if most is None else most)
        return cls(kind, keys, many, most is None or many <= most)

    def read(self, reading: Reading, progress: Progress | None) -> list[Any]:
        """The records, by id."""
        found: list[Any] = []
        for some in so_many(sorted(self.keys, key=int)):
            if progress is not None:
                progress(len(found), len(self.keys), f"Reading {self.kind.many}")
            found += reading.all_of(self.kind, some).values()
        return found


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plan that was drawn for a sample, and whether it was audited since."""

    plan: LivePlan
    audited_on: date | None

    @property
    def id(self) -> str:
        """What tells the row from others."""
        return self.plan.child_id


@asks_itself
def draw_sample(
    session: Session, how_many: int, drawn_from: str, which: str, seed: int
) -> tuple[str, ...]:
    """The ids of the children whose plans are drawn; see `sampling.draw`. Nothing is kept."""
    today = session.today()
    with session.store.reading() as reading:
        only = only_own(session.person, "audits", reading, today)
        plans = [one.candidate() for one in live_plans(reading, today, only)]
    return draw(plans, how_many, drawn_from, which, seed)


@asks_itself
def sample_rows(session: Session, sample: AuditSample) -> tuple[Drawn, ...]:
    """The plans of a sample, in the order drawn, but for those that are no longer live."""
    today = session.today()
    with session.store.reading() as reading:
        only = only_own(session.person, "audits", reading, today)
        asked = [key for key in sample.cases if only is None or key in only]
        plans = {one.child_id: one for one in live_plans(reading, today, asked)}
    return tuple(
        Drawn(
            plans[key],
            next((one.on for one in plans[key].audits if one.on >= sample.on), None),
        )
        for key in asked
        if key in plans
    )


def live_plans(
    reading: Reading, today: date, only: Collection[str] | None = None
) -> tuple[LivePlan, ...]:
    """Every live plan, or those of some children, with what is known of its audits."""
    summaries = {
        one.id: one for one in reading.summaries(only) if on_day(one.standing, today) == LIVE
    }
    tools = reading.all_of(_TOOL)
    settings = {one.id: one.name for one in reading.settings()}
    workers = {one.id: one.name for one in reading.caseworkers()}
    found: list[LivePlan] = []
    for some in so_many(list(summaries)):
        facts = reading.facts_of(some, LOOKED_AT)
        days = {key: issued(facts.get(key, ()), today) for key in some}
        old = [key for key, (first, _) in days.items() if first is not None and first < OLD_BEFORE]
        met = met_standard(reading, old, tools)
        looked = _looked(reading, some)
        transfers = _transfer_reviews(reading, facts, today)
        for key in sorted(some, key=int):
            child = summaries[key]
            found.append(
                LivePlan(
                    key,
                    child.reference,
                    child.surname,
                    child.forename,
                    child.need,
                    settings.get(child.setting_id or "", ""),
                    workers.get(child.caseworker_id or "", ""),
                    child.caseworker_id or "",
                    *days[key],
                    transfers.get(key),
                    looked.get(key, ()),
                    key in met,
                )
            )
    return tuple(found)


def _looked(reading: Reading, some: Collection[str]) -> dict[str, tuple[LookedAt, ...]]:
    """The audits of children, the newest first, without what they come to."""
    found: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
    for child, key, on, auditor in reading.some_fields(
        _AUDIT, ("child_id", "id", "on", "auditor"), some
    ):
        found[str(child)].append((on, str(key), auditor))
    return {
        child: tuple(LookedAt(on, auditor) for on, _, auditor in sorted(each, reverse=True))
        for child, each in found.items()
    }


def met_standard(
    reading: Reading, some: Collection[str], tools: Mapping[str, AuditTool]
) -> set[str]:
    """The children of whose plans an audit found that it meets the standard."""
    if not some:
        return set()
    made = scoring.results(_of(reading, _AUDIT, some), tools, _of(reading, _MODERATION, some))
    return {one.audit.child_id for one in made if one.meets}


def _transfer_reviews(
    reading: Reading, facts: Mapping[str, Sequence[Fact]], today: date
) -> dict[str, date | None]:
    """By child, the day of `transfer_review`: of those with a meeting that may be one."""
    since = date(min(years(today)) - 1, 9, 1)
    some = [
        key
        for key, each in facts.items()
        if any(one.kind == _MEETING and since <= one.on <= today for one in each)
    ]
    dated = reading.deadlines(some, roles=MOVES) if some else {}
    return {key: transfer_review(dates, facts[key], today) for key, dates in dated.items()}


def transfer_review(dates: Iterable[Deadline], facts: Sequence[Fact], today: date) -> date | None:
    """The day of the last review meeting held for a move to another phase; None without one.

    It is one of the school year before the move.
    """
    held = [one.on for one in facts if one.kind == _MEETING and one.on <= today]
    return transfer_day(dates, held, today)


def transfer_day(dates: Iterable[Deadline], held: Iterable[date], today: date) -> date | None:
    """The same of the days on which review meetings were held."""
    years = {year_of(one) for one in moves(dates, today)}
    spans = [(date(year - 1, 9, 1), date(year, 9, 1)) for year in years]
    return max(
        (day for day in held if any(first <= day < ends for first, ends in spans)), default=None
    )


def _row(
    one: Result,
    people: Mapping[str, CaseSummary],
    workers: Mapping[str, str],
    versions: Mapping[str, str],
) -> AuditRow:
    child = people[one.audit.child_id]
    return AuditRow(
        one.audit.id,
        child.id,
        child.reference,
        whole_name(child.surname, child.forename),
        workers.get(child.caseworker_id or "", ""),
        child.caseworker_id or "",
        versions.get(one.audit.id, ""),
        one,
    )


def _whose(child: CaseSummary) -> tuple[str, str, str]:
    name = whole_name(child.surname, child.forename)
    return child.reference, name, child.caseworker_id or ""


def _people(reading: Reading, ids: Collection[str]) -> dict[str, CaseSummary]:
    return {one.id: one for one in reading.summaries(ids)} if ids else {}


def _of(reading: Reading, kind: Kind, only: Collection[str]) -> list[Any]:
    """The records of a kind of some children."""
    keys = reading.pointing(kind, kind.owner, only)
    return list(reading.all_of(kind, keys).values()) if keys else []
