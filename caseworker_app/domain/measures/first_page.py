"""What a chair reads first: what is off target, what changed, what is asked of the Board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.day_words import month_words
from caseworker_app.domain.measures.before import Way, trend_of, way
from caseworker_app.domain.measures.board import ASKED, BoardReturn, Result
from caseworker_app.domain.measures.catalogue import Rating

_NAMED = 6
"""So many refs at most stand in a sentence."""


@dataclass(frozen=True, slots=True)
class Stands:
    """A measure as it stands, beside the period before.

    Attributes:
        before: the same over the period before, or None where that was not counted.
        trend: how it came to where it is, in words, or "".
        said: what its owner says, or "".
    """

    now: Result
    before: Result | None
    trend: str
    said: str

    @property
    def way(self) -> Way | None:
        """How it moved; None where one of the two figures is missing or hidden."""
        return way(self.now, self.before)

    @property
    def crossed(self) -> bool:
        """Whether it is rated other than before."""
        was = self.before.rating if self.before is not None else Rating.NONE
        return Rating.NONE not in (was, self.now.rating) and was is not self.now.rating


def stands(board: BoardReturn) -> tuple[Stands, ...]:
    """Every measure that has a figure, in the catalogue's order."""
    then = board.before
    before = {} if then is None else {one.ref: one for one in then.measures}
    last = board.period if then is None else then.period
    return tuple(
        Stands(
            one,
            before.get(one.ref),
            trend_of(one, before.get(one.ref), board.past, last),
            board.commentary.get(one.ref, ""),
        )
        for one in board.measures
        if one.answered
    )


def not_recorded(board: BoardReturn) -> tuple[Result, ...]:
    """The measures without a figure."""
    return tuple(one for one in board.measures if not one.answered)


def off_target(known: Iterable[Stands]) -> tuple[Stands, ...]:
    """Those that are red: first what was not red before, then figures, then what is to be done.

    A figure beside a measure that is red itself, such as its strict count, is not told again.
    """
    red = [one for one in _told_once(known) if one.now.rating is Rating.RED]
    return tuple(sorted(red, key=lambda one: (not one.crossed, one.now.milestone)))


def _told_once(known: Iterable[Stands]) -> list[Stands]:
    """Without the figures beside a measure that are red as it is."""
    every = list(known)
    red = {one.now.ref for one in every if one.now.rating is Rating.RED}
    return [
        one for one in every if one.now.ref not in red or one.now.ref.rpartition("-")[0] not in red
    ]


def changed(known: Iterable[Stands]) -> tuple[Stands, ...]:
    """Those that moved: first what is rated other than before, then by how far a share moved."""
    moved = [one for one in known if one.way not in (None, Way.SAME)]
    return tuple(sorted(moved, key=lambda one: (not one.crossed, not one.now.shared, -_far(one))))


def _far(one: Stands) -> float:
    before = one.before.value if one.before is not None else None
    now = one.now.value
    if now is None or before is None:
        return 0.0
    return abs(now - before) / (1.0 if one.now.shared else max(abs(now), abs(before), 1.0))


def in_a_sentence(board: BoardReturn, known: Iterable[Stands]) -> str:
    """How many plans are live, and how many measures are how."""
    told = _told_once(known)
    ratings = [one.now.rating for one in told if not one.now.hidden]
    hidden = sum(one.now.hidden for one in told)
    lacking = len(not_recorded(board))
    plans = "plan" if board.live == 1 else "plans"
    live = "Live plans: hidden." if board.live is None else f"{board.live:,} live {plans}."
    counted = [
        f"{ratings.count(Rating.RED)} off target",
        f"{ratings.count(Rating.AMBER)} close to it",
        f"{ratings.count(Rating.GREEN)} on target",
        f"{ratings.count(Rating.NONE)} not rated",
        *([f"{hidden} hidden"] if hidden else ()),
        f"{lacking} not recorded yet",
    ]
    return f"{live} Of {len(told) + lacking} measures: {', '.join(counted)}."


def asked(board: BoardReturn, known: Iterable[Stands]) -> tuple[str, ...]:
    """What is asked of the Board: what was written for it, then what the figures ask for."""
    found = [board.commentary[ASKED]] if board.commentary.get(ASKED) else []
    silent: dict[str, list[str]] = defaultdict(list)
    late = []
    for one in off_target(known):
        if one.now.milestone:
            month = month_words(one.now.due)
            late.append(f"{one.now.ref} ({month})" if month else one.now.ref)
        elif not one.said:
            silent[one.now.lead or "the owner"].append(one.now.ref)
    for owner, refs in silent.items():
        found.append(
            f"Ask {owner} why {_named(refs)} {_are(refs)} off target and when that ends; nothing "
            "is written yet."
        )
    if late:
        found.append(
            f"Agree what is to be done about {_named(late)}: the month has gone by, and "
            f"{'it is' if len(late) == 1 else 'they are'} not done."
        )
    if lacking := [one.ref for one in not_recorded(board)]:
        found.append(
            f"Say who records {_named(lacking)}, which {_have(lacking)} no figure yet, and by when."
        )
    return tuple(found)


def _are(refs: list[str]) -> str:
    return "is" if len(refs) == 1 else "are"


def _have(refs: list[str]) -> str:
    return "has" if len(refs) == 1 else "have"


def _named(refs: list[str]) -> str:
    """The refs in a row, the first few of many."""
    shown, more = refs[:_NAMED], len(refs) - _NAMED
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
