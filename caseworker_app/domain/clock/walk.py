"""One walk over one child's facts in date order: episodes open and end, rules start and are met.

The walk knows nothing of particular rules. Which fact belongs to which episode is decided by the
handlers in the sibling modules; which rules it starts or ends there is in the rule pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.clock.program import Program, Ready
from caseworker_app.domain.deadlines import Step
from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.rules import COMMENCEMENT

Codes = tuple[str, ...]

_CHOICE = {
    kind: next((key.name for key in spec.keys if key.type == "choice"), "")
    for kind, spec in KINDS.items()
}
_LABELS = {kind: spec.label for kind, spec in KINDS.items()}
_CODES: dict[tuple[str, object], Codes] = {}


def event_codes(fact: Fact) -> Codes:
    """The event codes of a fact: its kind, and its kind with the choice it carries."""
    kind = fact.kind
    name = _CHOICE[kind]
    if not name:
        return (kind,)
    value = fact.detail.get(name)
    found = _CODES.get((kind, value))
    if found is None:
        found = (kind, f"{kind}.{value if isinstance(value, str) else 'unstated'}")
        known = next(key.choices for key in KINDS[kind].keys if key.name == name)
        if value is None or value in known:
            _CODES[kind, value] = found
    return found


class Draft:
    """A deadline in the making: `met` and `gone` are set as the walk goes on."""

    __slots__ = (
        "common",
        "due",
        "episode",
        "gone",
        "gone_why",
        "holder",
        "met",
        "ready",
        "start",
        "steps",
    )

    def __init__(
        self, ready: Ready, episode: Episode, start: date, due: date, steps: list[Step]
    ) -> None:
        self.ready = ready
        self.episode = episode
        self.start = start
        self.due = due
        self.steps = steps
        self.common: date | None = None
        self.met: date | None = None
        self.gone: date | None = None
        self.gone_why = ""
        self.holder = ""


class Episode:
    """A review, an assessment, an order and the like, while the walk goes on.

    Attributes:
        scope: a key of `scopes.SCOPES`.
        key: stable for the same facts, and unique for the child.
        label: what ties facts to it explicitly, or None.
        number: which it was to open, counted over all scopes.
        opened: the day of the fact that opened it.
        seen: the first day of each kind of fact that belongs to it.
        outcome: the outcome of its decision, "" while there is none or it was not given.
        ended: the day after which no more facts fit it, or None.
        about: the body asked, or the setting consulted.
        parent: the assessment it is part of, or None.
        parts: what is part of it.
        open: deadlines neither met nor superseded.
        exceptions: the exceptions claimed in it.
        asked: the days on which the head or principal was asked for advice.
    """

    __slots__ = (
        "about",
        "asked",
        "ended",
        "exceptions",
        "key",
        "label",
        "number",
        "open",
        "opened",
        "outcome",
        "parent",
        "parts",
        "scope",
        "seen",
    )

    def __init__(self, scope: str, key: str, label: str | None, opened: date, number: int) -> None:
        self.scope = scope
        self.number = number
        self.key = key
        self.label = label
        self.opened = opened
        self.seen: dict[str, date] = {}
        self.outcome = ""
        self.ended: date | None = None
        self.about = ""
        self.parent: Episode | None = None
        self.parts: list[Episode] = []
        self.open: list[Draft] = []
        self.exceptions: list[Fact] = []
        self.asked: list[date] = []


class Walk:
    """The state of the walk over one child's facts."""

    __slots__ = (
        "_keys",
        "_labels",
        "_starts",
        "calendars",
        "claims",
        "drafts",
        "episodes",
        "plans",
        "sent",
    )

    def __init__(self, program: Program, calendars: Calendars) -> None:
        self._starts = program.starts
        self._labels: dict[tuple[str, str], Episode] = {}
        self._keys: set[str] = set()
        self.calendars = calendars
        self.drafts: list[Draft] = []
        self.episodes: dict[str, list[Episode]] = {}
        self.plans: list[tuple[date, date, date | None]] = []
        """Times a plan was live: counted as made on, in force here from, and ceased on."""
        self.sent: list[date] = []
        """The days final plans, first and amended, were sent."""
        self.claims: list[Fact] = []
        """Exceptions claimed before the episode they may excuse had opened."""

    def of(self, scope: str) -> Sequence[Episode]:
        """The episodes of a scope since the plan last ceased, in the order they opened."""
        return self.episodes.get(scope, ())

    def open(self, scope: str, fact: Fact, *, tie: bool = True) -> Episode:
        """Open an episode with a fact, tied to the fact's label unless `tie` is false."""
        key = self._unique(f"{scope} {fact.on}")
        label = fact.episode if tie else None
        episode = Episode(scope, key, label, fact.on, len(self._keys))
        self.episodes.setdefault(scope, []).append(episode)
        self._labels[scope, key] = episode
        if label is not None:
            self._labels.setdefault((scope, label), episode)
        return episode

    def tied(self, scope: str, fact: Fact) -> Episode | None:
        """The episode a fact is explicitly tied to, by label or by key."""
        return None if fact.episode is None else self._labels.get((scope, fact.episode))

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
        tied = self.tied(scope, fact)
        if tied is not None:
            return tied
        meets, ends = [], []
        for episode in self.of(scope):
            for draft in episode.open:
                ready = draft.ready
                if not ready.statutory or (ready.lapses and draft.due < fact.on):
                    continue
                if any(code in ready.met for code in codes):
                    meets.append(episode)
                elif any(code in ready.superseded for code in codes):
                    ends.append(episode)
        return self.latest(meets or ends, fact)

    def feed(self, episode: Episode, fact: Fact, codes: Codes) -> None:
        """Let a fact that belongs to an episode end its deadlines, and start its rules."""
        episode.seen.setdefault(fact.kind, fact.on)
        if episode.open:
            self.end(episode, codes, fact.on)
        self.start(episode, fact, codes)

    def end(self, episode: Episode, codes: Codes, on: date) -> None:
        """Mark what a fact meets or supersedes in an episode."""
        kept = []
        for draft in episode.open:
            ready = draft.ready
            if ready.lapses and draft.due < on:
                continue
            if _any(codes, ready.met):
                draft.met = on
            elif _any(codes, ready.superseded):
                draft.gone = on
                draft.gone_why = f"{_LABELS[codes[0]]} {on}"
            else:
                kept.append(draft)
        episode.open = kept

    def close(self, episode: Episode, on: date, why: str) -> None:
        """Supersede all that is open on an episode and its parts."""
        for draft in episode.open:
            if not (draft.ready.lapses and draft.due < on):
                draft.gone = on
                draft.gone_why = why
        episode.open = []
        episode.ended = episode.ended or on
        for part in episode.parts:
            self.close(part, on, why)

    def start(
        self, episode: Episode, fact: Fact, codes: Codes, other: tuple[str, date] | None = None
    ) -> None:
        """Start the rules that a fact starts in an episode.

        `other` names the second day, for the few ways to count that weigh two.
        """
        starts, scope = self._starts, episode.scope
        for code in codes:
            for ready in starts.get((scope, code), ()):
                anchor = _anchor(ready, episode, fact)
                if anchor is not None:
                    self.begin(ready, episode, fact.on, anchor, other)

    def started(self, scope: str, codes: Codes) -> list[Ready]:
        """The versions that an event starts in a scope, whatever their days in force."""
        return [ready for code in codes for ready in self._starts.get((scope, code), ())]

    def begin(
        self,
        ready: Ready,
        episode: Episode,
        on: date,
        anchor: tuple[str, date],
        other: tuple[str, date] | None = None,
    ) -> None:
        """Start one rule, if this version is the law on the day of its trigger."""
        day = max(on, COMMENCEMENT)
        if not ready.since <= day <= ready.until:
            return
        start = anchor[1]
        second = None if other is None else other[1]
        due = ready.count(start, ready.number, self.calendars, second)
        steps: list[Step] = [anchor]
        if other is not None:
            steps.append(other)
        steps.append(ready.words)
        draft = Draft(ready, episode, start, due, steps)
        if ready.common is not None:
            draft.common = ready.common(start, ready.common_number, self.calendars, second)
        self.drafts.append(draft)
        episode.open.append(draft)

    def _unique(self, key: str) -> str:
        if key in self._keys:
            number = 2
            while f"{key} ({number})" in self._keys:
                number += 1
            key = f"{key} ({number})"
        self._keys.add(key)
        return key


def _any(codes: Codes, among: frozenset[str]) -> bool:
    return codes[0] in among or codes[-1] in among


def _anchor(ready: Ready, episode: Episode, fact: Fact) -> tuple[str, date] | None:
    if ready.first:
        first = episode.seen.get(ready.first)
        return None if first is None else (_LABELS[ready.first], first)
    if ready.key:
        day = fact.day(ready.key)
        if day is not None:
            return (f"{_LABELS[fact.kind]}, {ready.key}", day)
        if ready.key_needed:
            return None
    return (_LABELS[fact.kind], fact.on)


def labelled(fact: Fact) -> tuple[str, date]:
    """A fact as a step: its words and its day."""
    return (_LABELS[fact.kind], fact.on)
