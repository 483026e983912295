"""Charts of flow: what came into each step and what went out of it, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.charts import Chart, Series, count_of
from caseworker_app.domain.clock.episodes import Assessment
from caseworker_app.domain.codes import CEASE_REASONS
from caseworker_app.domain.dashboard.months import Months
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.further_tables import why_ended

GROUP = "Flow, month by month"


@dataclass(frozen=True, slots=True)
class Passage:
    """One case's way through one step.

    Attributes:
        entered: the day it came in.
        left: the day it went out, or None while it waits.
        how: how it went out, in words.
    """

    reference: str
    entered: date
    left: date | None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that cases pass through.

    Attributes:
        came, went: what one does that comes in, and that goes out.
        waits: what is said of those that are still in it.
        passages: every way through it in a caseload.
    """

    key: str
    title: str
    came: str
    went: str
    waits: str
    passages: Callable[[Caseload], Iterator[Passage]]
    note: str


def flow_charts(caseload: Caseload, months: Months) -> tuple[Chart, ...]:
    """A chart a step."""
    return tuple(flow_chart(step, step.passages(caseload), months) for step in STEPS)


def flow_chart(step: Step, passages: Iterable[Passage], months: Months) -> Chart:
    """What came in and went out in each month, and how many are in it on the day."""
    every = list(passages)
    came = months.sorted_out(every, lambda one: one.entered)
    went = months.sorted_out(every, lambda one: one.left)
    waiting = sum(one.left is None for one in every)
    into = tuple(count_of(Thing(one.reference, on=one.entered) for one in some) for some in came)
    out = tuple(
        count_of(Thing(one.reference, on=one.left, why=one.how) for one in some) for some in went
    )
    in_all, out_all = sum(map(len, came)), sum(map(len, went))
    since = day_words(months.firsts[0])
    said = (
        f"Since {since}: {in_all:,} {_lower(step.came)}, {out_all:,} {_lower(step.went)}. "
        f"On {day_words(months.as_at)}, {waiting:,} {step.waits}."
    )
    return Chart(
        step.key,
        GROUP,
        step.title,
        said,
        "columns",
        "Month",
        "Cases",
        months.words,
        (
            Series(f"In: {_lower(step.came)}", into),
            Series(f"Out: {_lower(step.went)}", out, "green"),
        ),
        months.short,
        note=step.note,
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _requests(caseload: Caseload) -> Iterator[Passage]:
    for view in caseload.views:
        for one in view.assessments:
            if one.request is not None:
                yield Passage(view.reference, one.request, *_decided(one))


def _decided(one: Assessment) -> tuple[date | None, str]:
    """When and how a request was answered; where no decision is on record, by what came after."""
    if one.decision is not None:
        return one.decision, _OUTCOMES.get(one.outcome, "decided")
    return _ended(one)


def _assessed(caseload: Caseload) -> Iterator[Passage]:
    for view in caseload.views:
        for one in view.assessments:
            if one.decision is not None and one.outcome == "assess":
                yield Passage(view.reference, one.decision, *_ended(one))


def _ended(one: Assessment) -> tuple[date | None, str]:
    """When and how an assessment ended."""
    return _first(
        (one.plan, "plan issued"),
        (one.refusal, "no plan to be issued"),
        (one.withdrawn, "withdrawn"),
        (one.ceased, "plan ceased"),
    )


def _first(*ends: tuple[date | None, str]) -> tuple[date | None, str]:
    known = [(day, how) for day, how in ends if day is not None]
    return min(known, default=(None, ""), key=lambda one: one[0])


def _meetings(caseload: Caseload) -> Iterator[Passage]:
    for view in caseload.views:
        for one in view.reviews:
            if one.meeting is not None:
                decided = f"decided: {one.outcome}" if one.outcome else "decided"
                left = _first((one.decision, decided), (one.ceased, "plan ceased"))
                yield Passage(view.reference, one.meeting, *left)


def _amendments(caseload: Caseload) -> Iterator[Passage]:
    for view in caseload.views:
        for one in view.reviews:
            if one.decision is not None and one.outcome == "amend":
                left = _first(
                    (one.final, "final amended plan sent"),
                    (one.not_amended, "not amended after all"),
                    (one.ceased, "plan ceased"),
                )
                yield Passage(view.reference, one.decision, *left)


def _plans(caseload: Caseload) -> Iterator[Passage]:
    for view in caseload.views:
        for spell in view.spells:
            how = "" if spell.ceased is None else _reason(why_ended(view, spell.ceased))
            yield Passage(view.reference, spell.since, spell.ceased, how)


def _reason(code: str) -> str:
    return CEASE_REASONS.get(code, "reason not recorded")


_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {"assess": "decided to assess", "refuse": "decided not to assess"}
)

STEPS: tuple[Step, ...] = (
    Step(
        "flow_requests",
        "Requests for an assessment",
        "Requests received",
        "Decided or withdrawn",
        "wait for a decision",
        _requests,
        "A request is answered by the decision whether to assess; where none is on record, by what "
        "came after it.",
    ),
    Step(
        "flow_assessments",
        "Assessments under way",
        "Decided to assess",
        "Finished: plan, refusal or withdrawal",
        "are under way",
        _assessed,
        "Where no decision to assess is on record, an assessment is not among these.",
    ),
    Step(
        "flow_reviews",
        "Review meetings to be decided",
        "Meetings held",
        "Decisions sent",
        "wait for a decision",
        _meetings,
        "Every meeting, also of plans that have ended since.",
    ),
    Step(
        "flow_amendments",
        "Plans to be amended",
        "Decided to amend",
        "Finished: final plan, or none to come",
        "wait for the final plan",
        _amendments,
        "Reviews decided as amend, until the final amended plan or word that there will be none.",
    ),
    Step(
        "flow_plans",
        "Plans",
        "Plans begun",
        "Plans ceased",
        "are live",
        _plans,
        "A plan is live from the day it is sent or transferred in until the day it ceased; a "
        "decision to cease ends nothing by itself.",
    ),
)
"""The steps, in the order that a case takes them."""
