"""One timeline of one child's facts in date order: episodes open and end, rules start and are met.

The timeline knows nothing of particular rules. Which fact belongs to which episode is decided by
the handlers in the sibling modules; which rules it starts or ends there is in the rule pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.clock.compiled_rules import CompiledRules, Ready, compiled
from caseworker_app.domain.clock.episode import LABELS, Codes, Draft, Episode
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.rules import Rulebook

_EARLY, _LATE = date(1000, 1, 1), date(9000, 1, 1)

STRAY = {"review": "stray review", "assessment": "stray assessment"}
"""The scopes of what found nothing to belong to, and which nothing joins."""

Start = tuple[str, date]
"""A day counted from, with what happened on it."""


class Spell(NamedTuple):
    """One time a plan was live.

    Attributes:
        since: the day it was sent or transferred in.
        made: the day it is counted as made on: before `since` where it was transferred in.
        ceased: the day it ended, or None.
        first: whether it is known to be the first plan, and not a later version of it.
    """

    since: date
    made: date
    ceased: date | None = None
    first: bool = True


class Timeline:
    """The state of the timeline of one child's facts.

    Attributes:
        calendars: the working days.
        every: all episodes, in the order they opened.
        episodes: by scope, those since the plan last ceased, in the order they opened.
        plans: the times a plan was live.
        sent: the days final plans, first and amended, were sent.
        claims: exceptions claimed before the episode they may excuse had opened.
        meetings: the keys of the reviews that meetings will open, where a fact is tied at all.
        held_back: by such a key, the facts dated before the meeting of their review.
    """

    __slots__ = (
        "_labels",
        "_starts",
        "calendars",
        "claims",
        "episodes",
        "every",
        "held_back",
        "meetings",
        "plans",
        "sent",
    )

    bare = False
    """Whether no rules are counted; see `EpisodeTimeline`."""

    def __init__(self, rules: CompiledRules) -> None:
        self._starts = rules.starts
        self._labels: dict[tuple[str, str], Episode] = {}
        self.calendars = rules.calendars
        self.every: list[Episode] = []
        self.episodes: dict[str, list[Episode]] = {}
        self.plans: list[Spell] = []
        self.sent: list[date] = []
        self.claims: list[Fact] = []
        self.meetings: frozenset[str] = frozenset()
        self.held_back: dict[str, list[tuple[Fact, Codes]]] = {}

    def of(self, scope: str) -> Sequence[Episode]:
        """The episodes of a scope since the plan last ceased, in the order they opened."""
        return self.episodes.get(scope, ())

    def open(self, scope: str, fact: Fact, *, tie: bool = True) -> Episode:
        """Open an episode with a fact, tied to the fact's label unless `tie` is false."""
        others = self.episodes.get(scope)
        if others is None:
            others = self.episodes[scope] = []
        on = fact.on
        ordinal = others[-1].ordinal + 1 if others and others[-1].opened == on else 1
        label = fact.episode if tie else None
        episode = Episode(scope, label, on, ordinal, len(self.every))
        others.append(episode)
        self.every.append(episode)
        if label is not None:
            self._labels.setdefault((scope, label), episode)
        return episode

    def stray(self, scope: str, fact: Fact) -> Episode:
        """Keep a fact that has no episode to belong to, so that it can be mended."""
        episode = Episode(STRAY[scope], None, fact.on, 1, len(self.every))
        episode.seen[fact.kind] = fact.on
        self.every.append(episode)
        return episode

    def tied(self, scope: str, fact: Fact) -> Episode | None:
        """The episode a fact is explicitly tied to, by label or by key."""
        if fact.episode is None:
            return None
        found = self._labels.get((scope, fact.episode))
        if found is None and fact.episode.startswith(scope):
            found = next((one for one in self.of(scope) if one.key == fact.episode), None)
        return found

    def latest(self, episodes: Iterable[Episode], fact: Fact) -> Episode | None:
        """The last of the episodes that a fact without a known tie can belong to.

        A label nobody has used yet is given to the episode, so that later facts follow.
        """
        found: Episode | None = None
        for episode in episodes:
            if fact.episode is None or episode.label is None:
                found = episode
        if found is not None and fact.episode is not None:
            found.label = fact.episode
            self._labels[found.scope, fact.episode] = found
        return found

    def awaiting(self, scope: str, fact: Fact, codes: Codes) -> Episode | None:
        """The latest episode with an open statutory deadline that the fact meets, or else ends."""
        episodes = self.episodes.get(scope)
        if not episodes:
            return None
        tied = self.tied(scope, fact)
        if tied is not None:
            return tied
        meets, ends = [], []
        for episode in episodes:
            for draft in episode.open:
                ready = draft.ready
                if not ready.statutory or draft.has_lapsed(fact.on):
                    continue
                if _any(codes, ready.met):
                    meets.append(episode)
                elif _any(codes, ready.superseded):
                    ends.append(episode)
        return self.latest(meets or ends, fact)

    def feed(self, episode: Episode, fact: Fact, codes: Codes) -> None:
        """Let a fact that belongs to an episode end its deadlines, and start its rules."""
        episode.seen.setdefault(fact.kind, fact.on)
        if episode.open:
            self.end(episode, codes, fact.on)
        self.start(episode, fact, codes)

    def end(self, episode: Episode, codes: Codes, on: date) -> None:
        """Mark what a fact meets or supersedes in an episode. What has lapsed stays as it is."""
        kept = []
        kind, qualified = codes[0], codes[-1]
        for draft in episode.open:
            met, superseded = draft.ready.met, draft.ready.superseded
            if (kind in met or qualified in met) and not draft.has_lapsed(on):
                draft.met = on
            elif (kind in superseded or qualified in superseded) and not draft.has_lapsed(on):
                draft.gone = on
                draft.gone_why = f"{LABELS[kind]} {on}"
            else:
                kept.append(draft)
        episode.open = kept

    def close(self, episode: Episode, on: date, why: str) -> None:
        """Supersede all that is open on an episode."""
        for draft in episode.open:
            if not draft.has_lapsed(on):
                draft.gone = on
                draft.gone_why = why
        episode.open = []
        episode.ended = episode.ended or on

    def start(self, episode: Episode, fact: Fact, codes: Codes, other: Start | None = None) -> None:
        """Start the rules that a fact starts in an episode.

        `other` is the second day, for the few ways to count that weigh two.
        """
        started = self._starts[episode.scope][codes]
        if not started:
            return
        on = fact.on
        plain = (LABELS[fact.kind], on)
        for ready in started:
            anchor = _anchor(ready, episode, fact) if ready.anchored else plain
            if anchor is not None:
                self.begin(ready, episode, on, anchor, other)

    def started(self, scope: str, codes: Codes) -> tuple[Ready, ...]:
        """The versions that an event starts in a scope, whatever their days in force."""
        return self._starts[scope][codes]

    def begin(
        self, ready: Ready, episode: Episode, on: date, anchor: Start, other: Start | None = None
    ) -> None:
        """Start one rule, if this version is the law on the day of its trigger."""
        if not ready.always and not ready.in_force(on):
            return
        start = anchor[1]
        if other is not None:
            due = ready.count(start, ready.number, self.calendars, other[1])
            draft = Draft(ready, start, due, (anchor, other, ready.words))
        elif ready.delta is not None and _EARLY < start < _LATE:
            draft = Draft(ready, start, start + ready.delta, (anchor, ready.words))
        else:
            counted = ready.counted.get(start) or self._count(ready, start)
            draft = Draft(ready, start, counted[0], (anchor, ready.words))
            draft.common = counted[1]
        episode.made.append(draft)
        episode.open.append(draft)

    def _count(self, ready: Ready, start: date) -> tuple[date, date | None]:
        due = ready.count(start, ready.number, self.calendars, None)
        common = None
        if ready.common is not None:
            common = ready.common(start, ready.common_number, self.calendars, None)
        ready.counted[start] = due, common
        return due, common


class EpisodeTimeline(Timeline):
    """A timeline that makes episodes alone and counts no rule."""

    __slots__ = ()
    bare = True

    def __init__(self) -> None:
        super().__init__(_NO_RULES)

    def feed(self, episode: Episode, fact: Fact, codes: Codes) -> None:  # noqa: ARG002
        """Let a fact belong to an episode."""
        episode.seen.setdefault(fact.kind, fact.on)


_NO_RULES = compiled(Rulebook("", ()), Calendars.of_days(()))


def _any(codes: Codes, among: frozenset[str]) -> bool:
    return codes[0] in among or codes[-1] in among


def _anchor(ready: Ready, episode: Episode, fact: Fact) -> Start | None:
    if ready.first:
        first = episode.seen.get(ready.first)
        return None if first is None else (LABELS[ready.first], first)
    if ready.key:
        day = fact.day(ready.key)
        if day is not None:
            return (f"{LABELS[fact.kind]}, {ready.key}", day)
        if ready.key_needed:
            return None
    return (LABELS[fact.kind], fact.on)


def labelled(fact: Fact) -> Start:
    """A fact as a step: its words and its day."""
    return (LABELS[fact.kind], fact.on)
