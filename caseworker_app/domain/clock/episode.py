"""Episodes and deadlines in the making, as one timeline over a child's facts builds them."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.clock.compiled_rules import Ready
from caseworker_app.domain.deadlines import Step
from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.facts import Fact

Codes = tuple[str, ...]

LABELS = {kind: spec.label for kind, spec in KINDS.items()}
"""Each kind of fact in words."""

_CHOICE = {
    kind: next(((key.name, key.choices) for key in spec.keys if key.type == "choice"), None)
    for kind, spec in KINDS.items()
}
_ALONE: dict[str, Codes] = {kind: (kind,) for kind in KINDS}
_CODES: dict[str, dict[str | None, Codes]] = {
    kind: {
        None: (kind, f"{kind}.unstated"),
        **{value: (kind, f"{kind}.{value}") for value in choice[1]},
    }
    for kind, choice in _CHOICE.items()
    if choice is not None
}


def event_codes(fact: Fact) -> Codes:
    """The event codes of a fact: its kind, and its kind with the choice it carries."""
    choice = _CHOICE[fact.kind]
    if choice is None:
        return _ALONE[fact.kind]
    known = _CODES[fact.kind]
    return known.get(fact.text(choice[0])) or known[None]


class Draft:
    """A deadline in the making: `met` and `gone` are set as the timeline goes on.

    Attributes:
        ready: the version of the rule.
        start: the day counted from.
        due, common: by the strict and the common reading.
        steps: the facts and the arithmetic.
        met, gone, gone_why: how it ended, or None.
        holder: who has to act where the facts tell, else "".
    """

    __slots__ = (
        "common",
        "due",
        "gone",
        "gone_why",
        "holder",
        "met",
        "ready",
        "start",
        "steps",
    )

    def __init__(self, ready: Ready, start: date, due: date, steps: tuple[Step, ...]) -> None:
        self.ready = ready
        self.start = start
        self.due = due
        self.steps = steps
        self.common: date | None = None
        self.met: date | None = None
        self.gone: date | None = None
        self.gone_why = ""
        self.holder = ""

    def has_lapsed(self, on: date) -> bool:
        """Whether it is a window or an age that was over before a day."""
        return self.ready.lapses and self.due < on


class Episode:
    """A review, an assessment, an order and the like.

    Nothing below an episode points back to it, so that a timeline is gone as soon as it is done and
    leaves the garbage collector nothing to find.

    Attributes:
        scope: a key of `scopes.SCOPES`.
        label: what ties facts to it explicitly, or None.
        opened: the day of the fact that opened it.
        ordinal: 1, or more where others of its scope opened on the same day before it.
        number: which it was to open, counted over all scopes.
        seen: the first day of each kind of fact that belongs to it; `plan_ceased` too, where the
            plan ended while facts could still join it.
        outcome: the outcome of its decision, "" while there is none or it was not given.
        ended: the day after which no more facts fit it, or None.
        about: the body asked, or the setting consulted.
        parent: the assessment it is part of, or None.
        made: its deadlines.
        open: those of them neither met nor superseded.
        exceptions: the exceptions claimed in it.
        asked: the days on which the head or principal was asked for advice.
    """

    __slots__ = (
        "_key",
        "about",
        "asked",
        "ended",
        "exceptions",
        "label",
        "made",
        "number",
        "open",
        "opened",
        "ordinal",
        "outcome",
        "parent",
        "scope",
        "seen",
    )

    def __init__(
        self, scope: str, label: str | None, opened: date, ordinal: int, number: int
    ) -> None:
        self.scope = scope
        self.label = label
        self.opened = opened
        self.ordinal = ordinal
        self.number = number
        self.seen: dict[str, date] = {}
        self.outcome = ""
        self.ended: date | None = None
        self.about = ""
        self.parent: Episode | None = None
        self.made: list[Draft] = []
        self.open: list[Draft] = []
        self.exceptions: tuple[Fact, ...] = ()
        self.asked: tuple[date, ...] = ()
        self._key = ""

    @property
    def key(self) -> str:
        """Its name, stable for the same facts: "review 2026-11-20"."""
        if not self._key:
            name = f"{self.scope} {self.opened}"
            self._key = name if self.ordinal == 1 else f"{name} ({self.ordinal})"
        return self._key
