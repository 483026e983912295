"""The breach forecast: the last day each remaining step can be taken and still be in time.

A step counts back from the legal date by what must follow it: a review meeting has 4 weeks after it
for the decision, a meeting 2 weeks before it for the notice, a draft 15 days after it for the
family, advice 6 weeks. A transfer's meeting has 12 weeks after it. Nothing here is law by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.clock.episodes import Review, meeting_fixed, reviews_of
from caseworker_app.domain.deadlines import OPEN, Deadline
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.primitives import add_days
from caseworker_app.domain.roles import Role, Stage

_DECISION, _NOTICE, _COMMENT = 28, 14, 15
_ADVICE, _TRANSFER, _FINAL = 42, 84, 56

_BEFORE_A_MOVE = 212
"""Days before the date of a move within which a review and a plan can be for it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way to a legal date.

    Attributes:
        words: what to do.
        before: how many days must be left for what follows it.
        shown_by: the kinds of fact that show it was taken.
    """

    words: str
    before: int
    shown_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps to one legal date.

    Attributes:
        steps: in the order they are taken.
    """

    steps: tuple[Step, ...]


def _step(words: str, before: int, *shown_by: str) -> Step:
    return Step(words, before, frozenset(shown_by))


_HELD = ("review_meeting_held", "review_decision_sent")
_REVIEW = Chain(
    (
        _step("fix the meeting and invite", _DECISION + _NOTICE, "review_meeting_fixed", *_HELD),
        _step("hold the meeting", _DECISION, *_HELD),
        _step("send the decision", 0, "review_decision_sent"),
    )
)
_PLAN = Chain(
    (
        _step(
            "ask for advice",
            _ADVICE + _COMMENT,
            "advice_requested",
            "advice_received",
            "draft_served",
        ),
        _step("serve the draft", _COMMENT, "draft_served"),
        _step("send the final plan", 0, "plan_sent"),
    )
)
_AMENDMENT = Chain(
    (
        _step("send the amendment notice", _COMMENT, "amendment_notice_sent"),
        _step("send the final amended plan", 0, "amended_plan_sent"),
    )
)
_MOVE = Chain(
    (
        _step("fix the meeting and invite", _TRANSFER + _NOTICE, "review_meeting_fixed", *_HELD),
        _step("hold the meeting", _TRANSFER, *_HELD),
        _step("send the amendment notice", _FINAL, "amendment_notice_sent", "amended_plan_sent"),
        _step("send the final plan", 0, "amended_plan_sent", "plan_sent"),
    )
)

CHAINS: Mapping[str, Chain] = MappingProxyType(
    {
        Role.ASSESS: Chain((_step("send the decision", 0, "assessment_decision_sent"),)),
        Role.PLAN: _PLAN,
        Role.DETAINED_PLAN: _PLAN,
        Role.REASSESSED_PLAN: Chain(
            (
                _step("serve the draft", _COMMENT, "draft_served"),
                _step("send the final plan", 0, "plan_sent"),
            )
        ),
        Role.FIRST_REVIEW: _REVIEW,
        Role.NEXT_REVIEW: _REVIEW,
        Role.ARRIVAL_REVIEW: _REVIEW,
        Role.DECISION: Chain((_step("send the decision", 0, "review_decision_sent"),)),
        Role.FINAL_IN_ALL: _AMENDMENT,
        Role.INTO_SCHOOL: _MOVE,
        Role.BETWEEN_SCHOOLS: _MOVE,
        Role.INTO_POST_16: _MOVE,
        Role.AFTER_16: _MOVE,
    }
)
"""By the role of its rule, the steps to each legal date that more than one has to work for."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """One step that is still to be taken.

    Attributes:
        file: the case.
        deadline: the legal date it leads to.
        words: what to do.
        latest: the last day to do it and have the full time for what follows.
        breaches: true when that day has passed, so that the date is or will be missed unless what
            follows is done faster than its own limit.
    """

    file: CaseFile
    deadline: Deadline
    words: str
    latest: date
    breaches: bool

    @property
    def caseworker(self) -> str:
        """Who holds the case, "" for nobody."""
        return "" if self.file.caseworker is None else self.file.caseworker.name

    @property
    def caseworker_id(self) -> str:
        """The id of whoever holds the case, "" for nobody."""
        return self.file.child.caseworker_id or ""

    @property
    def setting(self) -> str:
        """Where the child is, "" where that is not recorded."""
        return "" if self.file.setting is None else self.file.setting.name

    @property
    def week(self) -> date:
        """The Monday of the week of `latest`."""
        return self.latest - timedelta(days=min(self.latest.weekday(), self.latest.toordinal() - 1))


def remaining(
    file: CaseFile, today: date, reviews: Sequence[Review] | None = None
) -> tuple[Remaining, ...]:
    """The steps still to be taken in one case, soonest first. Exceptions excuse no step.

    Args:
        file: the case.
        today: the day; later facts are not known.
        reviews: those up to the day, where somebody has them already.
    """
    found: list[Remaining] = []
    known = tuple(fact for fact in file.facts if fact.on <= today)
    for deadline in file.deadlines:
        chain = CHAINS.get(deadline.version.role)
        if chain is None or deadline.state(today) not in OPEN:
            continue
        if reviews is None:
            reviews = reviews_of(known)
        taken = _taken(deadline, known, reviews)
        for step in chain.steps:
            if not step.shown_by & taken:
                latest = add_days(deadline.due, -step.before)
                found.append(Remaining(file, deadline, step.words, latest, latest < today))
    return tuple(sorted(found, key=_when))


def forecast(
    files: Iterable[CaseFile], today: date, weeks: int | None = None
) -> tuple[Remaining, ...]:
    """The steps still to be taken over a caseload, soonest first.

    Args:
        files: the cases.
        today: the day.
        weeks: how many weeks ahead of today, or None for all.
    """
    until = date.max if weeks is None else add_days(today, 7 * weeks)
    every = (step for file in files for step in remaining(file, today) if step.latest <= until)
    return tuple(sorted(every, key=_when))


def counts(
    steps: Iterable[Remaining], by: Callable[[Remaining], str]
) -> tuple[tuple[str, date, int], ...]:
    """How many steps have their last day in each week, by caseworker or setting.

    Args:
        steps: from `forecast`.
        by: gives the name to group under: `attrgetter("caseworker")` or `attrgetter("setting")`.

    Returns:
        Name, Monday of the week, number; by name, then week.
    """
    found = Counter((by(step), step.week) for step in steps)
    return tuple(sorted((name, week, number) for (name, week), number in found.items()))


def _taken(deadline: Deadline, facts: Sequence[Fact], reviews: Sequence[Review]) -> frozenset[str]:
    """The kinds of fact that show what was done towards a legal date.

    Of a year's review, what is recorded in the review held and undecided; of a review's own dates,
    in that review; of an assessment's, since it began. A move has no episode of its own.
    """
    stage = deadline.version.stage
    if stage == Stage.YEAR:
        running = [one for one in reviews if one.decision is None and not one.ended]
        held = running[-1].kinds if running else frozenset[str]()
        fixed = meeting_fixed(facts) is not None
        return held | {"review_meeting_fixed"} if fixed else held
    if stage == Stage.REVIEW:
        own = deadline.episode.partition(" #")[0]
        return next((one.kinds for one in reviews if one.key == own), frozenset())
    if stage == Stage.TRANSFER:
        since = add_days(deadline.due, -_BEFORE_A_MOVE)
    else:
        since = deadline.started_on or date.min
    return frozenset(fact.kind for fact in facts if since <= fact.on)


def _when(step: Remaining) -> tuple[date, str, str, str]:
    return step.latest, step.file.child.reference, step.deadline.rule, step.words
