"""Keeping the steps of a review with its meeting when a day typed by hand would part them.

The clock goes by date. A decision dated before its meeting, or a meeting moved past its decision,
would fall out of its review without a word, and might end another one. So such a step is tied to
the review it was typed into, by the review's key; it is out of order, and is said to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseworker_app.domain.clock.episodes import reviews_of
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.order.doubt import review_key
from caseworker_app.domain.order.pieces import Piece, review_pieces
from caseworker_app.domain.order.table import OF_REVIEW

_HELD = "review_meeting_held"


def recorded(facts: Sequence[Fact], new: Fact) -> tuple[Fact, ...]:
    """The facts with a new one, which may carry a tie of its own."""
    return _together((*facts, new), new)


def changed(facts: Sequence[Fact], old: Fact, new: Fact) -> tuple[Fact, ...]:
    """The facts with a new one in an old one's place; both have the same id."""
    after = tuple(new if one.id == old.id else one for one in facts)
    if old.kind not in OF_REVIEW:
        return after
    for piece in _pieces(facts):
        if piece.get(old.kind) == old and _HELD in piece:
            held = new if old.kind == _HELD else piece[_HELD]
            after = _tied(after, piece, held, review_key(piece[_HELD].on))
    return _together(after, next(one for one in after if one.id == old.id))


def removed(facts: Sequence[Fact], old: Fact) -> tuple[Fact, ...]:
    """The facts without one; what was tied to the review of a meeting removed goes free."""
    rest = tuple(one for one in facts if one.id != old.id)
    if old.kind != _HELD:
        return rest
    key = review_key(old.on)
    return tuple(replace(one, episode=None) if one.episode == key else one for one in rest)


def _pieces(facts: Sequence[Fact]) -> list[Piece]:
    ordered = in_order(facts)
    return review_pieces(ordered, reviews_of(ordered))


def _together(facts: tuple[Fact, ...], typed: Fact) -> tuple[Fact, ...]:
    """The facts, those that a wrong order parts from the meeting they are held against tied to it.

    Only in the review that the fact typed is of: nothing else moves because of it.
    """
    if typed.kind not in OF_REVIEW:
        return facts
    for piece in _pieces(facts):
        if piece.get(typed.kind) == typed and _HELD in piece:
            return _tied(facts, piece, piece[_HELD], "")
    return facts


def _tied(facts: tuple[Fact, ...], piece: Piece, held: Fact, was: str) -> tuple[Fact, ...]:
    """The facts, a piece's steps tied to the meeting where they are dated before it.

    `was` is the key by which steps are tied to it already, before the meeting moved.
    """
    if held.episode is not None:
        return facts
    key = review_key(held.on)
    steps = [one for kind, one in piece.items() if kind != _HELD]
    kept = []
    for fact in facts:
        mine = any(fact == one or (fact.id and fact.id == one.id) for one in steps)
        parted = fact.episode is None and fact.on < held.on
        follows = was and fact.episode == was
        kept.append(replace(fact, episode=key) if mine and (parted or follows) else fact)
    return tuple(kept)
