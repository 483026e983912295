"""What changed in a plan between two days, section by section: added, ended, rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from caseworker_app.domain.kind_values import in_words
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.plan_thread import (
    ANEW,
    SECTIONS,
    Thread,
    first_day,
    last_day,
    order,
    section_of,
    words_of,
)

ADDED, ENDED, REWRITTEN = "Added", "Ended", "Rewritten"
_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""From which likeness on a line that ended and one that began are the same line in other words."""

_OF_ITS_OWN = frozenset({"child_id", "aspiration_id", "section", "place", "marked_by", "ended_why"})
"""Fields that say nothing of how a line changed, or that are told otherwise."""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change of a plan.

    Attributes:
        letter: of the section.
        what: `ADDED`, `ENDED` or `REWRITTEN`.
        before, after: what the line said, and says; "" where there was or is none.
        beside: what else is another, or why it ended, in words.
    """

    letter: str
    what: str
    before: str
    after: str
    beside: str = ""


def stands_in(record: Any, day: date) -> bool:  # noqa: ANN401  (a line of the thread)
    """Whether a line is part of a plan that is sent on a day; what ends that day is not."""
    begun, ended = first_day(record), last_day(record)
    return (begun is None or begun <= day) and (ended is None or ended > day)


def plan_changes(thread: Thread, before: date, after: date) -> tuple[PlanChange, ...]:
    """What is another in the plan of one day than in that of an earlier one, in its order.

    A line that was only typed over is the same line, and what it said before is in the history.
    """
    every = (*thread.aspirations, *thread.needs, *thread.outcomes, *thread.provision)
    then = [one for one in every if stands_in(one, before)]
    now = [one for one in every if stands_in(one, after)]
    gone = [one for one in then if one not in now]
    new = [one for one in now if one not in then]
    return tuple(
        change
        for letter in SECTIONS
        for change in _of_section(
            letter,
            sorted((one for one in gone if section_of(one) == letter), key=order),
            sorted((one for one in new if section_of(one) == letter), key=order),
        )
    )


def _of_section(letter: str, gone: Sequence[Any], new: Sequence[Any]) -> Iterator[PlanChange]:
    pairs = dict(_the_same(gone, new))
    for at, one in enumerate(gone):
        if at in pairs:
            other = new[pairs[at]]
            differs = "; ".join(_differing(one, other))
            yield PlanChange(letter, REWRITTEN, words_of(one), words_of(other), differs)
        else:
            yield PlanChange(letter, ENDED, words_of(one), "", one.ended_why)
    for at, one in enumerate(new):
        if at not in pairs.values():
            yield PlanChange(letter, ADDED, "", words_of(one))


def _the_same(gone: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Which lines were written anew: at a review on that day, or in words that are alike."""
    left, right = dict(enumerate(gone)), dict(enumerate(new))
    for at, one in enumerate(gone):
        to = next((to for to, other in right.items() if _took_over(one, other)), None)
        if to is not None:
            del left[at], right[to]
            yield at, to
    ats, tos = list(left), list(right)
    before, after = map(words_of, left.values()), map(words_of, right.values())
    yield from ((ats[at], tos[to]) for at, to in alike(list(before), list(after)))


def _took_over(one: Any, other: Any) -> bool:  # noqa: ANN401
    if getattr(one, "ended_why", "") != ANEW or first_day(other) != last_day(one):
        return False
    return bool((one.area, one.aspiration_id) == (other.area, other.aspiration_id))


def alike(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which texts are the same in other words, by their numbers; the most alike first."""
    found = sorted(
        (
            (likeness(one, other), -at, -to)
            for at, one in enumerate(before)
            for to, other in enumerate(after)
        ),
        reverse=True,
    )
    left, right = set(range(len(before))), set(range(len(after)))
    for near, at, to in found:
        if near >= _ALIKE and -at in left and -to in right:
            left.discard(-at)
            right.discard(-to)
            yield -at, -to


def likeness(one: str, other: str) -> float:
    """How alike two texts are by their words, from 0 to 1; 0 where they are hardly."""
    words, others = (_WORD.findall(text.casefold()) for text in (one, other))
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    # What can be told by their lengths or their words alone costs a tenth.
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()


def _differing(one: Any, other: Any) -> Iterable[str]:  # noqa: ANN401
    kind = kind_of(one)
    for spec in kind.fields:
        was, now = getattr(one, spec.name), getattr(other, spec.name)
        told = spec.long or spec.name in _OF_ITS_OWN or spec.name in _DAYS
        if was == now or told or not spec.by_hand:
            continue
        old, new = in_words(spec, was) or "nothing", in_words(spec, now) or "nothing"
        yield f"{spec.label}: {old}, now {new}"


_DAYS = frozenset({"on", "since", "until", "set_on", "ended_on"})
"""They differ wherever a line was written anew."""
