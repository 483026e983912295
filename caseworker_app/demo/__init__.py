"""An invented borough: children, settings, caseworkers and years of history, from a seed.

The same arguments give the same caseload, child for child: each child is drawn from its own
number, so that a larger borough holds the smaller one's children unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from caseworker_app.demo.case import invent_case
from caseworker_app.demo.places import invent_settings
from caseworker_app.demo.words import Words, load_words
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.incoming import Incoming
from caseworker_app.domain.people import Caseworker, Setting

CHILDREN = 2000
SEED = 7
PART = 5000
"""How many children of a borough are made and put into a store at once."""

PER_CASEWORKER = 220
"""How many children one caseworker holds, about the middle of what is usual."""


@dataclass(frozen=True, slots=True)
class DemoBorough:
    """What goes into a demo store, in the order it goes in."""

    council: str
    settings: tuple[Setting, ...]
    caseworkers: tuple[Caseworker, ...]
    incoming: Incoming


def invent_borough(
    today: date,
    children: int = CHILDREN,
    seed: int = SEED,
    progress: Callable[[int, int, str], None] | None = None,
) -> DemoBorough:
    """Invent a borough as it stands on `today`. No fact in it is later than that day.

    Raises:
        Refused: there are no children to invent, or more than a million.
    """
    (borough,) = invent_in_parts(today, children, seed, progress, children)
    return borough


def invent_in_parts(
    today: date,
    children: int = CHILDREN,
    seed: int = SEED,
    progress: Callable[[int, int, str], None] | None = None,
    at_once: int = PART,
) -> Iterator[DemoBorough]:
    """The same borough, so many children at a time, each time with all settings and caseworkers.

    Raises:
        Refused: there are no children to invent, or more than a million.
    """
    if not 1 <= children <= 1_000_000:
        raise Refused("A demo store holds between 1 and 1,000,000 children.", "children")
    words = load_words()
    settings = invent_settings(words, today)
    caseworkers = _invent_caseworkers(words, seed, children)
    for first in range(0, children, at_once):
        cases = []
        for number in range(first, min(first + at_once, children)):
            if progress is not None and number % 200 == 0:
                progress(number, children, "Inventing children")
            # Every sixth caseworker has a lighter load, as part-timers do.
            holder = caseworkers[_holder(number, len(caseworkers))]
            draw = Random(f"{seed}:{number}")  # noqa: S311  (invented data, not secrets)
            cases.append(invent_case(draw, number, today, words, settings, holder.name))
        incoming = Incoming(files=("demo",), rows_read=len(cases), cases=tuple(cases))
        yield DemoBorough(words.council, settings, caseworkers, incoming)


def _invent_caseworkers(words: Words, seed: int, children: int) -> tuple[Caseworker, ...]:
    draw = Random(f"{seed}:caseworkers")  # noqa: S311
    wanted = max(1, round(children / PER_CASEWORKER))
    names: dict[str, None] = {}
    while len(names) < wanted:
        forename = draw.choice(words.girls + words.boys)
        names[f"{forename} {draw.choice(words.surnames)}"] = None
    return tuple(Caseworker(name) for name in names)


def _holder(number: int, caseworkers: int) -> int:
    index = (number * 7919) % caseworkers
    if index % 6 == 5 and number % 3 == 0:
        return (index + 1) % caseworkers
    return index
