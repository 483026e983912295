"""Dates of one case that cannot all be right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.episodes import Assessment, Review


def find(view: CaseView) -> Iterator[tuple[str, date | None]]:
    """Each pair of dates in the wrong order, with the later step's day."""
    yield from _before_birth(view)
    yield from _ceased_without_plan(view)
    for review in view.reviews:
        yield from _out_of_order(_review_steps(review))
    for assessment in view.assessments:
        yield from _out_of_order(_assessment_steps(assessment))
        asked = assessment.request
        if asked is not None and not assessment.ended and view.live_on(asked):
            yield "Assessment requested while a plan was live", asked


def _before_birth(view: CaseView) -> Iterator[tuple[str, date | None]]:
    born = view.file.child.born
    if born is None:
        return
    if born > view.as_at:
        yield "Date of birth is after the as-at date", None
    for fact in view.facts[:1]:
        if fact.on < born:
            yield f"{_sentence(KINDS[fact.kind].label)} before the child was born", fact.on


def _ceased_without_plan(view: CaseView) -> Iterator[tuple[str, date | None]]:
    ends = {end for _, end in view.spells}
    for fact in view.facts:
        if fact.kind == "plan_ceased" and fact.on not in ends:
            yield "Plan ceased while none was live", fact.on


def _review_steps(review: Review) -> tuple[tuple[str, date | None], ...]:
    return (
        ("meeting", review.meeting),
        ("report", review.report),
        ("decision", review.decision),
        ("final amended plan", review.final),
    )


def _assessment_steps(one: Assessment) -> tuple[tuple[str, date | None], ...]:
    return (("request", one.request), ("decision to assess", one.decision), ("plan", one.plan))


def _out_of_order(
    steps: tuple[tuple[str, date | None], ...],
) -> Iterator[tuple[str, date | None]]:
    """Each step dated before the first step. A report may come after the decision."""
    (first, begun), *rest = steps
    for name, day in rest:
        if begun is not None and day is not None and day < begun:
            yield f"{_sentence(name)} dated before the {first}", day


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
