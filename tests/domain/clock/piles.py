"""A history sorted into piles: the facts of each assessment, request for advice and review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from caseworker_app.domain.facts import Fact

At = tuple[int, Fact]
"""A fact with its place in the sorted history."""


@dataclass
class Pile:
    """The facts of one assessment or review."""

    facts: list[At] = field(default_factory=list)

    def first(self, kind: str, **keys: str) -> At | None:
        found = (at for at in self.facts if at[1].kind == kind)
        return next((a for a in found if all(a[1].text(k) == v for k, v in keys.items())), None)

    def has(self, *kinds: str) -> bool:
        return any(self.first(kind) for kind in kinds)


def times(
    history: list[At],
) -> Iterator[
    tuple[int, At | None, tuple[list[Pile], list[Pile], list[tuple[At, Pile | None, Pile]]]]
]:
    """The history cut after each end of a plan."""
    began, rest = 0, history
    while rest:
        ended = next((at for at in rest if at[1].kind == "plan_ceased"), None)
        part = rest if ended is None else [at for at in rest if at[0] <= ended[0]]
        yield began, ended, _piles(part)
        rest = rest[len(part) :]
        began = rest[0][0] if rest else 0


def _piles(part: list[At]) -> tuple[list[Pile], list[Pile], list[tuple[At, Pile | None, Pile]]]:
    assessments: list[Pile] = []
    reviews: list[Pile] = []
    asked: list[tuple[At, Pile | None, Pile]] = []
    for at in part:
        kind = at[1].kind
        if kind == "request_received":
            assessments.append(Pile([at]))
        elif kind in {"assessment_decision_sent", "refusal_to_issue_sent", "draft_served"}:
            _put(at, assessments, _assessment_tests(kind))
        elif kind == "plan_sent":
            _put(at, assessments, [_is_under_way])
        elif kind == "request_withdrawn":
            _withdraw(at, assessments, asked)
        elif kind == "advice_requested":
            under_way = [pile for pile in assessments if _is_under_way(pile)]
            asked.append((at, under_way[-1] if under_way else None, Pile([at])))
        elif kind == "advice_received":
            _receive(at, asked)
        elif kind == "review_meeting_held":
            reviews.append(Pile([at]))
        elif kind in _REVIEW_TESTS:
            found = _put(at, reviews, _REVIEW_TESTS[kind])
            if not found and kind in {"review_decision_sent", "amendment_notice_sent"}:
                reviews.append(Pile([at]))
    return assessments, reviews, asked


def _put(at: At, piles: list[Pile], tests: Sequence[Callable[[Pile], bool]]) -> bool:
    """Put a fact on the last pile that passes the first test any pile passes."""
    for test in tests:
        for pile in reversed(piles):
            if test(pile):
                pile.facts.append(at)
                return True
    return False


def _is_under_way(pile: Pile) -> bool:
    refused = pile.first("assessment_decision_sent", outcome="refuse")
    return not (refused or pile.has("refusal_to_issue_sent", "plan_sent", "request_withdrawn"))


def _assessment_tests(kind: str) -> list[Callable[[Pile], bool]]:
    lacking = [lambda pile: _is_under_way(pile) and not pile.has(kind), _is_under_way]
    if kind == "assessment_decision_sent":
        lacking.append(lambda pile: not pile.has(kind, "request_withdrawn"))
    return [_is_under_way] if kind == "refusal_to_issue_sent" else lacking


def _is_undecided(pile: Pile) -> bool:
    return pile.has("review_meeting_held") and not pile.has("review_decision_sent", *_FINALS)


def _is_noticed(pile: Pile) -> bool:
    return pile.has("amendment_notice_sent") and not pile.has(*_FINALS)


def _is_amending(pile: Pile) -> bool:
    decision = pile.first("review_decision_sent")
    open_ended = decision is not None and decision[1].text("outcome") in {"amend", None}
    return open_ended and not pile.has("amendment_notice_sent", *_FINALS)


_FINALS = ("amended_plan_sent", "no_amendment_sent")
_REVIEW_TESTS: dict[str, list[Callable[[Pile], bool]]] = {
    "review_report_received": [
        lambda pile: _is_undecided(pile) and not pile.has("review_report_received")
    ],
    "review_decision_sent": [_is_undecided],
    "amendment_notice_sent": [_is_amending, _is_noticed, _is_undecided],
    "amended_plan_sent": [_is_noticed, _is_amending, _is_undecided],
    "no_amendment_sent": [_is_noticed, _is_amending, _is_undecided],
}


def _withdraw(at: At, assessments: list[Pile], asked: list[tuple[At, Pile | None, Pile]]) -> None:
    for pile in reversed(assessments):
        waits = any(
            parent is pile and not own.has("advice_received", "request_withdrawn")
            for _, parent, own in asked
        )
        if waits or _lacks_something(pile):
            pile.facts.append(at)
            for _, parent, own in asked:
                if parent is pile:
                    own.facts.append(at)
            return


def _lacks_something(pile: Pile) -> bool:
    """Whether any of the assessment's own deadlines is still open."""
    if pile.has("request_withdrawn"):
        return False
    if not pile.has("assessment_decision_sent"):
        return True
    return _is_under_way(pile) or (
        pile.first("assessment_decision_sent", outcome="refuse") is None
        and not pile.has("plan_sent", "refusal_to_issue_sent")
    )


def _receive(at: At, asked: list[tuple[At, Pile | None, Pile]]) -> None:
    waiting = [
        (parent, own)
        for request, parent, own in asked
        if request[1].text("source") == at[1].text("source")
        and not own.has("advice_received", "request_withdrawn")
    ]
    if waiting:
        for parent, own in waiting:
            if parent is waiting[-1][0]:
                own.facts.append(at)
