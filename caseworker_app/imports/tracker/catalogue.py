"""The fields a tracker's column may hold, and how like a heading is to each of them.

A heading and the known headings are brought to the same words (`ar mtg` is `annual review
meeting`); words that stand in many headings weigh little; likeness is the weight they share.
"""

from __future__ import annotations

import copy
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from caseworker_app import paths

IGNORED = ""
"""The field of a column that the application has no place for."""

BY_HAND = 9.0
"""The likeness of a heading that a person has given to a field: more than any other can reach."""

_TO_COME = frozenset({"due", "next", "booked", "planned", "scheduled", "upcoming", "arranged"})
"""Words of headings over what is still to happen: never over what did."""

_CLOSE_SPELLING = 84
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z]{2}|[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_NUMBERED = re.compile(r"(\d{0,2})([a-z]+)\d{0,2}")
_DAY = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_STEP = re.compile(r"^\s*(?:(?:step|stage)\s*)?\d{1,2}\s*[.):-]\s+")
_YES_NO = re.compile(r"(?<=\w.)[(\[]?\s*\b(?:yes\s*/\s*no|y\s*/\s*n)\b\s*[)\]]?")
_BY = re.compile(r"\bby\W*$")
_LONG_ENOUGH = 5
_SHORTEST_CUT = 3
_VOWELS = frozenset("aeiou")
_INITIALS = re.compile(r"\b(?:[a-z]\.\s?)+[a-z]\b\.?")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a tracker.

    Attributes:
        name: `born`, `review_meeting_held`; the events are named as the facts they make.
        label: in words.
        reads: the name of its reader in `cells`.
    """

    name: str
    label: str
    reads: str


class Catalogue:
    """The fields and their known headings."""

    def __init__(self, data: Mapping[str, Mapping[str, object]]) -> None:
        self.fields: dict[str, Field] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._known: list[tuple[str, frozenset[str]]] = []
        self._met: set[tuple[str, frozenset[str]]] = set()
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._near_words: dict[str, tuple[tuple[str, float], ...]] = {}
        self._vocabulary: frozenset[str] = frozenset()
        self._spellings: tuple[str, ...] = ()
        self._spelt: dict[str, str] = {}
        self._likeness: dict[str, dict[str, float]] = {}
        self.overrulings: dict[str, dict[str, float]] = {}
        self._foreign = frozenset(_texts(data["foreign"]))
        self._fillers = frozenset(_texts(data["fillers"]))
        self._weights = {word: float(str(weight)) for word, weight in data["weights"].items()}
        for shown, listed in data["words"].items():
            self._words.update((word, tuple(shown.split())) for word in _texts(listed))
        for name, about in data["field"].items():
            table = dict(about) if isinstance(about, Mapping) else {}
            self.fields[name] = Field(name, str(table["label"]), str(table["reads"]))
            self._learn(name, _texts(table["headings"]))
        self._learn(IGNORED, _texts(data["ignored"]["headings"]))
        self._vocabulary = frozenset(
            {*self._words, *self._by_word, *self._weights, *self._fillers, *self._foreign}
        )

        # In order, so that a word as near to two known ones is always read as the same.
        self._spellings = tuple(sorted(one for one in self._vocabulary if len(one) >= _LONG_ENOUGH))

    def likeness(self, heading: str) -> Mapping[str, float]:
        """Field to likeness of its best known heading, 0 to 1; `IGNORED` among them."""
        found = self.overrulings.get(heading.lower()) or self._likeness.get(heading)
        if found is None:
            found = self._likeness[heading] = self._compare(self.words_of(heading))
        return found

    def overruled(self, headings: Mapping[str, str]) -> Catalogue:
        """This catalogue with some headings given to fields, whatever they say or hold.

        Args:
            headings: heading, squeezed and in lower case, to field.
        """
        other = copy.copy(self)
        other.overrulings = {heading: {name: BY_HAND} for heading, name in headings.items()}
        return other

    def words_of(self, heading: str) -> tuple[str, ...]:
        """A heading's words, each in its one form."""
        text = unicodedata.normalize("NFKC", heading[:200])
        text = _CAMEL.sub(" ", text).lower().replace("'", "").replace("\u2019", "")
        text = text.replace("a/r", "ar")
        text = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]), text)
        text = _YES_NO.sub(" ", _STEP.sub(" ", _DAY.sub(" ", text)))
        # "Final by" tells when the final plan is due, not who made it or when it was sent.
        text = _BY.sub(" due", text)
        words: list[str] = []
        for word in _WORD.findall(text):
            if word.isdigit() and int(word) > 20:
                continue
            for bare in self._parts(word):
                for one in self._words.get(bare, (bare,)):
                    if one not in self._fillers and one not in words:
                        words.append(one)
        return tuple(words)

    def _parts(self, word: str) -> tuple[str, ...]:
        """AR1 is AR, 4wk is 4 wk, and a slip in the spelling of a known word is that word."""
        if not self._vocabulary or word in self._vocabulary:
            return (word,)
        numbered = _NUMBERED.fullmatch(word)
        if numbered is not None and numbered[2] in self._vocabulary:
            return (numbered[1], numbered[2]) if numbered[1] else (numbered[2],)
        if word not in self._spelt:
            self._spelt[word] = self._unabbreviated(word) or self._mended(word) or word
        return (self._spelt[word],)

    def _mended(self, word: str) -> str:
        """The known word that a slip of the hand made this one of, or ""."""
        if len(word) < _LONG_ENOUGH or not word.isalpha():
            return ""
        # Most headings are spelt as they are known, and to load this takes as long as to know them.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        close = process.extractOne(word, self._spellings, scorer=OSA.distance, score_cutoff=1)
        return close[0] if close else ""

    def _unabbreviated(self, word: str) -> str:
        """The known word that this one cuts short (estab) or robs of vowels (dcsn), or ""."""
        if len(word) < _SHORTEST_CUT or not word.isalpha():
            return ""
        if _VOWELS.isdisjoint(word):
            alike = [known for known in self._spellings if _bones(known) == word]
        else:
            alike = [known for known in self._spellings if len(word) > 3 and known.startswith(word)]
        meant = {self._words.get(known, (known,)) for known in alike}
        return alike[0] if len(meant) == 1 else ""

    def _learn(self, name: str, headings: Sequence[str]) -> None:
        for heading in headings:
            words = frozenset(self.words_of(heading))
            if words and (name, words) not in self._met:
                self._met.add((name, words))
                for word in words:
                    self._by_word[word].append(len(self._known))
                self._known.append((name, words))

    def _compare(self, words: Sequence[str]) -> dict[str, float]:
        near = {word: self._near(word) for word in words}
        candidates = {
            at for found in near.values() for known, _ in found for at in self._by_word[known]
        }
        total = sum(self._weight(word) for word in words)
        best: dict[str, float] = {}
        for at in candidates:
            name, known = self._known[at]
            shared = sum(
                max((likeness for word, likeness in near[one] if word in known), default=0.0)
                * self._weight(one)
                for one in words
            )
            weight = sum(self._weight(word) for word in known)
            likeness = min(1.0, 2 * shared / (total + weight))
            foreign = self._foreign.intersection(words) - known
            if (foreign or not _TO_COME.isdisjoint(words)) and self._is_past(name):
                likeness /= 2
            if likeness > best.get(name, 0.0):
                best[name] = likeness
        return best

    def _is_past(self, name: str) -> bool:
        return name != IGNORED and self.fields[name].reads in ("event", "outcome")

    def _near(self, word: str) -> tuple[tuple[str, float], ...]:
        """Known words spelt like this one, with how like."""
        found = self._near_words.get(word)
        if found is None:
            if word in self._by_word:
                found = ((word, 1.0),)
            elif len(word) < 4 or any(map(str.isdigit, word)):
                found = ()
            else:
                from rapidfuzz import fuzz, process

                close = process.extract(
                    word, list(self._by_word), scorer=fuzz.ratio, score_cutoff=_CLOSE_SPELLING
                )
                found = tuple((known, score / 100) for known, score, _ in close)
            self._near_words[word] = found
        return found

    def _weight(self, word: str) -> float:
        return self._weights.get(word, 1.0)


@cache
def catalogue() -> Catalogue:
    """The catalogue of `resources/imports/headings.toml`, read once."""
    with (paths.resources() / "imports" / "headings.toml").open("rb") as file:
        return Catalogue(tomllib.load(file))


def _bones(word: str) -> str:
    """A word without the vowels after its first letter, and without letters doubled."""
    bones = word[0] + "".join(mark for mark in word[1:] if mark not in _VOWELS)
    return "".join(mark for at, mark in enumerate(bones) if at == 0 or mark != bones[at - 1])


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()
