"""Names: one cell cut into surname and forename, and capitals brought back to usual spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from caseworker_app.imports.tracker.words import words

Order = Literal["surname first", "forename first", "capitals"]

PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "du", "da", "dos", "del", "della", "di", "la", "le", "ten"}
    | {"\u00f3", "n\u00ed", "u\u00ed", "nic", "o"}
    | {"das", "delle", "los", "las", "zu", "zum"}
    | {"bin", "ibn", "bint", "al", "el", "ap", "st", "st.", "mac", "mc", "o'", "ter", "ul", "abu"}
)
"""Words that belong to the surname behind them."""

_SMALL_PARTICLES = frozenset({"do", "ben", "e", "y", "af", "av"})
"""The same, where they are written small: Ben and Do are names too."""

_PARTS = re.compile(r"([^\W\d_]+)")


_PERSON = re.compile(r"[A-Z](?:\.\s?|[a-z'\u2019-]*\s)[A-Z][A-Za-z'\u2019-]+")


def is_particle(part: str) -> bool:
    """Whether a word belongs to the surname behind it: van, de la, O', St."""
    return part.lower() in PARTICLES or part in _SMALL_PARTICLES


def is_person(text: str) -> bool:
    """Whether a text is written as an officer's name is: J. Smith, Jo Smith."""
    return _PERSON.fullmatch(text.strip()) is not None


def order_of(heading_words: Sequence[str], names: Iterable[str]) -> Order:
    """In which order a column writes names that have no comma."""
    uncut = [name.split() for name in names if "," not in name]
    capitals = sum(1 for parts in uncut if _capitals(parts))
    if uncut and capitals * 2 > len(uncut):
        return "capitals"
    told = [word for word in heading_words if word in ("surname", "forename")]
    return "surname first" if told == ["surname", "forename"] else "forename first"


def split(name: str, order: Order) -> tuple[str, str]:
    """Surname and forename. A comma always stands behind the surname."""
    name = without_title(name)
    if "," in name:
        surname, _, forename = name.partition(",")
        return surname.strip(), without_title(forename.strip(" ,"))
    parts = name.split()
    if len(parts) < 2:
        return name, ""
    if (order == "capitals" and _capitals(parts)) or begins_loud(name):
        loud = [
            part
            for part, after in zip(parts, [*parts[1:], ""], strict=True)
            if _is_capital(part) or (part.lower() in PARTICLES and _is_capital(after))
        ]
        quiet = [part for part in parts if part not in loud]
        return " ".join(loud), " ".join(quiet)
    if order == "surname first":
        at = 1
        while at < len(parts) - 1 and is_particle(parts[at - 1]):
            at += 1
        return " ".join(parts[:at]), " ".join(parts[at:])
    at = len(parts) - 1
    while at > 1 and is_particle(parts[at - 1]):
        at -= 1
    return " ".join(parts[at:]), " ".join(parts[:at])


def begins_loud(name: str) -> bool:
    """Whether a name begins with a surname in capitals and goes on without: PIKE Rose."""
    if not name[:3].isupper():
        return False
    parts = name.split()
    loud = [_is_capital(part) and len(part) > 2 and "." not in part for part in parts]
    return len(parts) > 1 and "," not in name and loud[0] and not loud[-1]


def without_title(name: str) -> str:
    """A name without the Mr or Miss before or, behind a comma, within it."""
    parts = name.split()
    kept = [
        part
        for at, part in enumerate(parts)
        if part.lower().rstrip(".,") not in words().titles
        or (at and not parts[at - 1].endswith(","))
    ]
    return " ".join(kept) if 0 < len(kept) < len(parts) else name


_INITIALS = re.compile(r"[^\W\d_aeiouy]{2}|[aeo]j")
_NO_INITIALS = frozenset({"ng", "st", "mc", "mr", "ms", "dr"})
"""Two letters that nobody can say are initials: JP, TJ, AJ. These are not."""


class Spelling:
    """How names are spelt, for those that a tracker writes all in capitals or all in small letters.

    A spelling found elsewhere in the same files is believed first: McDonald, van der Berg.
    """

    def __init__(self, names: Iterable[str]) -> None:
        seen = Counter(name for name in names if _is_mixed(name))
        self._known: dict[str, str] = {}
        for name, _ in seen.most_common():
            self._known.setdefault(name.casefold(), name)

    def of(self, name: str) -> str:
        """The name as people write it; one that is in mixed letters already stays as it is."""
        if _is_mixed(name) or len(name) < 2:
            return name
        return self._known.get(name.casefold()) or _usual(name)


def _is_mixed(name: str) -> bool:
    return name != name.upper() and name != name.lower()


def _usual(name: str) -> str:
    parts = _PARTS.split(name.lower())
    return "".join(
        part if at > 1 and part in PARTICLES and at < len(parts) - 1 else _with_capitals(part)
        for at, part in enumerate(parts)
    )


def _with_capitals(part: str) -> str:
    if _INITIALS.fullmatch(part) and part not in _NO_INITIALS:
        return part.upper()
    if part in words().mac:
        return f"Mac{part[3:].capitalize()}"
    if part.startswith("mc") and len(part) > 3:
        return f"Mc{part[2:].capitalize()}"
    return part.capitalize()


def _capitals(parts: Sequence[str]) -> bool:
    """Whether some, but not all, words stand in capitals."""
    return len({_is_capital(part) for part in parts}) == 2


def _is_capital(part: str) -> bool:
    letters = [mark for mark in part.replace("Mc", "MC").replace("Mac", "MAC") if mark.isalpha()]
    return len(letters) > 1 and all(mark.isupper() for mark in letters)
