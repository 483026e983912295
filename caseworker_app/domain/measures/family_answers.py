"""The measures of what families thought. An answer names a child only where the family agreed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from caseworker_app.domain.declarations.families import Feedback, Invitation
from caseworker_app.domain.families import token_key
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.counting import Answer, Caseload, Counted, share_of
from caseworker_app.domain.measures.suppression import LARGEST

AGREE = frozenset({"strongly_agree", "agree"})
GOOD = frozenset({"very_good", "good"})


def _said(
    field: str, yes: Collection[str], asked: Callable[[Feedback], bool]
) -> Callable[[Caseload], Counted | str]:
    def count(caseload: Caseload) -> Counted | str:
        every = caseload.of(Feedback)
        if not every:
            return "feedback from families"
        answers = [
            one for one in every if asked(one) and getattr(one, field) and caseload.holds(one.on)
        ]
        if 0 < len(answers) <= LARGEST:
            return f"{LARGEST + 1} or more answers in the period; fewer are not told"
        whose = _whose(caseload)
        return share_of(_thing(one, whose(one), getattr(one, field) in yes) for one in answers)

    return count


def _thing(one: Feedback, reference: str, counts: bool) -> Thing:
    """An answer that opens no case tells no day either."""
    return Thing(reference, counts, one.on if reference else None)


def _whose(caseload: Caseload) -> Callable[[Feedback], str]:
    """The reference of the child of an answer; "" where the family did not agree or none is known.

    What names nobody counts and opens no case.
    """
    tokens = {
        token_key(one.token): view.reference
        for view in caseload.views
        for one in view.of(Invitation)
        if one.token
    }
    return lambda one: tokens.get(token_key(one.token), "") if one.known and one.token else ""


def _any(one: Feedback) -> bool:
    del one
    return True


def _of_parents(one: Feedback) -> bool:
    return one.about == "assessment" and one.given_by == "parent"


_READS = (Feedback, Invitation)

ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "W1.8b": Answer(_said("reflects", AGREE, _any), _READS),
        "W1.8c": Answer(_said("involved", AGREE, _any), _READS),
        "S2.1b": Answer(_said("rating", GOOD, _of_parents), _READS),
    }
)
"""Ref to how it is counted."""
