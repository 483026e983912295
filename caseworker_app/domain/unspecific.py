"""Words of a plan that leave open what is provided, or how far somebody is to come.

Which they are is data (`resources/plans/unspecific.toml`, each with its source). Here it is told
where they stand in a text, and where the same words are something else or are made exact beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PROVISION, OUTCOME = "provision", "outcome"

_NUMBER = (
    r"(?:\d[\d.,:]*|half|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|twenty-five|thirty|forty|forty-five|fifty|sixty|ninety|once|twice|an?)"
)
_UNIT = (
    r"(?:hours?|hrs?|h|minutes?|mins?|sessions?|times?|lessons?|days?|nights?|mornings?"
    r"|afternoons?|weeks?|visits?|blocks?|periods?|mealtimes?|meetings?|appointments?)"
)
_PERIOD = (
    r"(?:daily|weekly|fortnightly|monthly|termly|half-termly|yearly|annually"
    r"|(?:a|an|per|each|every|in (?:a|each|every))\s+(?:school\s+|working\s+|half[- ]?|other\s+"
    r"|two\s+|three\s+|four\s+|six\s+|academic\s+|calendar\s+|single\s+)*"
    r"(?:hour|day|morning|afternoon|week|fortnight|month|term|year|lesson|session|weekday|weekend"
    r"|night|break|lunchtime|playtime|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?)"
)
_AMOUNT = re.compile(
    rf"\b{_NUMBER}[\s-]*(?:and a half\s+)?(?:\w+[\s-]){{0,3}}?{_UNIT}\b", re.IGNORECASE
)
_OFTEN = re.compile(rf"\b(?:{_PERIOD}|once|twice|\d+ times)\b", re.IGNORECASE)
_THROUGHOUT = re.compile(
    r"\b(?:(?:in|for|during|throughout|across) (?:all|every|each)\b|full[- ]time"
    r"|all day|at all times|throughout the (?:school )?day|every (?:lesson|meal|journey))",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|once|twice"
    r"|every|each|all|without (?:help|an adult|prompts?|being)|independently)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<=[.;!?])\s+|\n\s*(?:\n|[-*\u2022])\s*")


@dataclass(frozen=True, slots=True)
class Vague:
    """Some words to point out.

    Attributes:
        pattern: finds them.
        where: `PROVISION`, `OUTCOME` or both.
        instead: what to write in their place.
        source: why they are pointed out.
        quantified: they may stand where the sentence says how much and how often.
        counted: they may stand where the sentence says how far, by a number.
        only: where there is one, the words count only as a part of it.
        unless: what the words may be a part of, and are then something else.
    """

    pattern: re.Pattern[str]
    where: frozenset[str]
    instead: str
    source: str
    quantified: bool = False
    counted: bool = False
    only: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words pointed out in a text.

    Attributes:
        at: where they begin.
        words: as they stand there.
        instead, source: see `Vague`.
    """

    at: int
    words: str
    instead: str
    source: str


def read(document: Mapping[str, Any]) -> tuple[Vague, ...]:
    """The words of the file, as TOML gives it.

    Raises:
        ValueError: a block has a source that is not named, or a pattern that is none.
    """
    sources, found = document["sources"], []
    for block in document["vague"]:
        if block["source"] not in sources:
            raise ValueError(f"{block['source']!r} is not among the sources")
        found.append(
            Vague(
                _any_of(block["words"]),
                frozenset(block["where"]),
                block["instead"],
                sources[block["source"]],
                block.get("quantified", False),
                block.get("counted", False),
                _patterns(block.get("only", ())),
                _patterns(block.get("unless", ())),
            )
        )
    return tuple(found)


def pointed_out(
    text: str, where: str, vague: Iterable[Vague], beside: str = ""
) -> tuple[Pointed, ...]:
    """The words of a text that leave something open, in their order.

    Args:
        text: what the plan says.
        where: `PROVISION` or `OUTCOME`.
        vague: the words to look for.
        beside: what a field of its own says of how much and how often; it counts for every
            sentence.
    """
    words = [one for one in vague if where in one.where]
    exact = is_quantified(beside)
    found: list[Pointed] = []
    for start, sentence in _sentences(text):
        said = exact or is_quantified(sentence)
        for one in words:
            if (one.quantified and said) or (one.counted and _COUNTED.search(sentence)):
                continue
            found += _in_sentence(sentence, start, one)
    return tuple(sorted(_longest(found), key=lambda one: one.at))


def is_quantified(text: str) -> bool:
    """Whether it says how much and how often, or that it is all the time."""
    if _THROUGHOUT.search(text):
        return True
    return bool(_AMOUNT.search(text) and _OFTEN.search(text))


def says_how_much(text: str) -> bool:
    """Whether it says how much or how often at all."""
    return bool(_AMOUNT.search(text) or _OFTEN.search(text) or _THROUGHOUT.search(text))


def _in_sentence(sentence: str, start: int, one: Vague) -> Iterator[Pointed]:
    only = [] if one.only is None else [hit.span() for hit in one.only.finditer(sentence)]
    other = [] if one.unless is None else [hit.span() for hit in one.unless.finditer(sentence)]
    for hit in one.pattern.finditer(sentence):
        if one.only is not None and not _within(hit.span(), only):
            continue
        if not _within(hit.span(), other):
            yield Pointed(start + hit.start(), hit[0], one.instead, one.source)


def _within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _longest(found: Sequence[Pointed]) -> Iterator[Pointed]:
    """Without those that stand inside another: "regular access to" is one place and not three."""
    for one in found:
        end = one.at + len(one.words)
        inside = any(
            other is not one
            and other.at <= one.at
            and end <= other.at + len(other.words)
            and len(other.words) > len(one.words)
            for other in found
        )
        if not inside:
            yield one


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _ENDS.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    # The longest first, so that "continue to" is not found as "continue".
    ordered = sorted(words, key=len, reverse=True)
    said = "|".join(re.escape(one).replace(r"\ ", r"\s+").replace(r"\*", r"\w*") for one in ordered)
    return re.compile(rf"\b(?:{said})(?!\w)", re.IGNORECASE)


def _patterns(some: Iterable[str]) -> re.Pattern[str] | None:
    given = list(some)
    return re.compile("|".join(f"(?:{one})" for one in given), re.IGNORECASE) if given else None
