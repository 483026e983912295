"""Moves, changes of health body, direct payments and looked-after children."""

from __future__ import annotations

from collections.abc import Callable

from caseworker_app.domain.clock.episode import Codes
from caseworker_app.domain.clock.timeline import Timeline
from caseworker_app.domain.facts import Fact

Handler = Callable[[Timeline, Fact, Codes], None]


def move_known(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """The plan goes with the child on the day of the move; without that day nothing is counted."""
    _with_move(timeline, "move", fact, codes)


def health_move_known(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """The health body changes with the move."""
    _with_move(timeline, "health_move", fact, codes)


def opening(scope: str) -> Handler:
    """A handler for a fact that opens an episode of a scope."""

    def handle(timeline: Timeline, fact: Fact, codes: Codes) -> None:
        timeline.feed(timeline.open(scope, fact), fact, codes)

    return handle


def ending(scope: str) -> Handler:
    """A handler for a fact that the latest waiting episode of a scope takes."""

    def handle(timeline: Timeline, fact: Fact, codes: Codes) -> None:
        episode = timeline.awaiting(scope, fact, codes)
        if episode is not None:
            timeline.feed(episode, fact, codes)

    return handle


def left_care(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """The care timetable ends when the child is no longer looked after."""
    for episode in timeline.of("care"):
        timeline.close(episode, fact.on, f"no longer looked after {fact.on}")
        timeline.start(episode, fact, codes)


def care_step(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A review of the care plan or a personal education plan: the next one is counted from it."""
    episode = timeline.tied("care", fact) or timeline.latest(
        [episode for episode in timeline.of("care") if episode.ended is None], fact
    )
    if episode is None:
        return
    start = "later_care_review" if fact.kind in episode.seen else "first_care_review"
    timeline.feed(episode, fact, (*codes, start) if fact.kind == "care_review_held" else codes)


def _with_move(timeline: Timeline, scope: str, fact: Fact, codes: Codes) -> None:
    day = fact.day("move")
    if day is not None:
        timeline.start(timeline.open(scope, fact), fact, codes, ("move", day))
