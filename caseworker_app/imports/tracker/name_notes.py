"""What stands beside a name in its cell: "Rose Pike (LAC)", "Vic Stone*", "Yara Vane nee Crow".

It goes into the comment and never into surname or forename; what cannot be told from a name is left
in the name and asked about. Nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from caseworker_app.imports.tracker.names import begins_loud, is_particle
from caseworker_app.imports.tracker.words import plain, words

_BRACKETS = re.compile(r"\s*(?:\(([^()]*)\)?|\[([^\[\]]*)\]?|\{([^{}]*)\}?|<([^<>]*)>?)\s*")
_QUOTED = re.compile(
    "\\s*(?:\"([^\"]+)\"|\u201c([^\u201d]+)\u201d|(?<!\\S)['\u2018]([^'\u2018\u2019]+)['\u2019](?!\\S))\\s*"
)
_SIGNS = re.compile(r"[^\w\s.,;:'\u2018\u2019\u02bc`\u00b4\u2032\-\u2010-\u2015/&]+")
_DASH = re.compile(r"\s+[-\u2010-\u2015]+\s*|(?<=[\w.])[-\u2010-\u2015]+\s+")
_DASH_INSIDE = re.compile(r"\s+([-\u2010-\u2015]+)\s+")
_ODD = re.compile(r"[/&\d]")
_FIGURES = re.compile(r"(?:\s+[\w/.-]*\d[\w/.-]*)+$")
_HARD_SPACE = "\ue000"
_MARKERS = re.compile(
    r"\b(?:n[e\u00e9]e|aka|a\.k\.a\.?|a/k/a|k/a|(?:also )?known as|formerly|previously|was|now"
    r"|prefers|likes|called)\b\.?",
    re.IGNORECASE,
)
_LONGEST_NAME = 100
"""Letters of a text of which it is remembered whether it is a plain name."""

_SMALL = frozenset({"was", "now", "prefers", "likes", "called"})
"""Markers that are one only in small letters."""

_PLAIN = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*(?:,? [^\W\d_]+(?:['\u2019-][^\W\d_]+)*)*")


@dataclass(slots=True)
class Cleaned:
    """A name cell taken apart.

    Attributes:
        name: the name alone; "" where the cell holds none. Give its parts to `spaced`.
        notes: what stood beside it, as written.
        doubts: what a person should look at, a few words each.
    """

    name: str
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def cleaned(text: str, *, whole: bool, loud_surnames: bool = False) -> Cleaned:
    """A name cell's name, and what stands beside it.

    Args:
        text: the cell, with single spaces.
        whole: whether it holds a whole name, and not a surname or a forename alone.
        loud_surnames: whether the column writes surnames, and them alone, in capitals.
    """
    if _is_plain(text):
        return Cleaned(text)
    found = Cleaned(text)
    _take(found, _BRACKETS)
    _take(found, _QUOTED)
    _take_signs(found)
    _take_parts(found, whole=whole)
    figures = _FIGURES.search(found.name)
    if figures is not None:
        found.notes.append(figures[0].strip())
        found.doubts.append("figures beside the name")
        found.name = _squeezed(found.name[: figures.start()])
    last = found.name.rpartition(" ")[2]
    if not loud_surnames and _is_strange(found.name, last):
        found.doubts.append(f'"{last}" may be part of the name or a note; kept as written')
    if whole and not loud_surnames and begins_loud(found.name):
        found.doubts.append("the name in capitals was taken for the surname")
    if _ODD.search(found.name):
        found.doubts.append("a sign or a figure that no name has; kept as written")
    if not found.name:
        found.doubts.append("a note where a name should stand")
    return found


def _is_plain(text: str) -> bool:
    """Whether a text is nothing but a name, as most are."""
    known = _is_nothing_but_a_name
    return known(text) if len(text) <= _LONGEST_NAME else known.__wrapped__(text)


@lru_cache(maxsize=1 << 14)
def _is_nothing_but_a_name(text: str) -> bool:
    if (
        begins_loud(text)
        or _PLAIN.fullmatch(text) is None
        or _is_strange(text, text.rpartition(" ")[2])
    ):
        return False
    return words().beside_names.isdisjoint(plain(text).split())


def _is_strange(text: str, last: str) -> bool:
    """Whether the last of several words is written otherwise than the names before it."""
    before = text.split()[:-1]
    if len(before) < 2 or not last.isalpha() or is_particle(before[-1]):
        return False
    if last == last.lower():
        return all(part[0].isupper() for part in before)
    return last == last.upper() and len(last) > 2 and text != text.upper()


def _take_parts(found: Cleaned, *, whole: bool) -> None:
    """Take notes from either side of the comma, and those that stand behind a comma themselves."""
    parts = [part for part in re.split(r"\s*[,;:]\s*", found.name) if part]
    kept = []
    for at, part in enumerate(parts):
        other_name = part[0].islower() and " " in part and _MARKERS.match(part)
        if plain(part) in words().sure_notes or (at and (other_name or _is_note(part))):
            found.notes.append(part)
        else:
            kept.append(_without_notes(part, found, several=whole and len(parts) == 1))
    found.name = ", ".join(part for part in kept if part)
    if len(kept) > 2:
        found.doubts.append("more than a surname and a forename")


def spaced(name: str) -> str:
    """A part of a cleaned name as it is kept."""
    return name.replace(_HARD_SPACE, " ")


def beside(notes: Sequence[str]) -> str:
    """The notes as the comment has them."""
    return f"beside the name: {', '.join(notes)}"


def _take(found: Cleaned, pattern: re.Pattern[str]) -> None:
    """Take what is in brackets or in quotation marks out of the name."""

    def out(match: re.Match[str]) -> str:
        inside = next((part for part in match.groups() if part), "").strip()
        if inside:
            found.notes.append(inside)
        return " "

    found.name = _squeezed(pattern.sub(out, found.name))


def _take_signs(found: Cleaned) -> None:
    signs = _SIGNS.findall(found.name)
    if signs:
        found.notes += dict.fromkeys(signs)
        if any("?" in sign for sign in signs):
            found.doubts.append('a "?" beside the name, or in place of a letter that was lost')
        found.name = _squeezed(_SIGNS.sub(" ", found.name))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+([,;])", r"\1", " ".join(text.split())).strip(" ,;")


def _without_notes(part: str, found: Cleaned, *, several: bool) -> str:
    """A name, or one side of its comma, without what follows it.

    `several`: a surname and a forename are still in it, so two words at least are the name.
    """
    part = _before_dash(part, found)
    part = _before_marker(part, found, several=several)
    part = _before_known(part, found, least=2 if several else 1)
    return _without_suffix(part, found, least=2 if several else 1)


def _before_dash(part: str, found: Cleaned) -> str:
    """The name before a dash with a space; a word behind it that may be a name is asked about."""
    match = _DASH.search(part)
    if match is None:
        return part.strip(" -\u2013\u2014")
    head, tail = part[: match.start()].strip(), part[match.end() :].strip()
    if not tail or not head:
        return head or tail
    if _is_note(tail) or not _like_a_name(tail):
        found.notes.append(tail)
        return _before_dash(head, found)
    found.doubts.append(f'"{tail}" may be part of the name or a note; kept as written')
    # The spaces about the dash must not part a surname in two.
    return _DASH_INSIDE.sub(rf"{_HARD_SPACE}\1{_HARD_SPACE}", part)


def _before_marker(part: str, found: Cleaned, *, several: bool) -> str:
    for match in _MARKERS.finditer(part):
        if match[0].lower() in _SMALL and match[0] != match[0].lower():
            continue
        head, tail = part[: match.start()].strip(), part[match.end() :].strip()
        if not head or not tail:
            continue
        more = tail.split()
        if several and len(head.split()) == 1 and len(more) > 1:
            # "Jonathan known as Jonty Hale": the surname stands behind the other name.
            found.notes.append(f"{match[0]} {more[0]}")
            found.doubts.append(f'"{match[0]}" stands between the names')
            return f"{head} {' '.join(more[1:])}"
        found.notes.append(f"{match[0]} {tail}")
        return head
    return part


def _before_known(part: str, found: Cleaned, *, least: int) -> str:
    """The name before a note that stands behind it without any sign."""
    parts = part.split(" ")
    flat = part in (part.upper(), part.lower())
    for at in range(least, len(parts)):
        if _follows_a_name(parts[at:], flat=flat):
            found.notes.append(" ".join(parts[at:]))
            return " ".join(parts[:at])
    return part


def _follows_a_name(parts: Sequence[str], *, flat: bool) -> bool:
    """Whether words behind a name are a note, by what they say and by their capitals.

    Foster, Young and New are surnames too; "foster", and "FOSTER" behind "Rose Pike", are notes.
    `flat`: the whole name is in capitals, or all in small letters.
    """
    first, said = parts[0], plain(" ".join(parts))
    quiet, shouted = first == first.lower(), first == first.upper() and len(first) > 1
    if not flat and (quiet or shouted):
        return _is_note(said)
    sure = plain(first) in words().sure_notes
    return sure and (flat or shouted or len(first) > 4) and _is_note(said)


def _without_suffix(part: str, found: Cleaned, *, least: int) -> str:
    parts = part.split(" ")
    if len(parts) > least and parts[-1].lower().rstrip(".") in words().suffixes:
        found.notes.append(parts[-1])
        return " ".join(parts[:-1]).rstrip(",")
    return part


def _is_note(text: str) -> bool:
    """Whether a text is a note that councils write beside names, or begins as one does."""
    said = plain(text)
    notes = words().notes
    if said in notes or said in words().suffixes:
        return True
    first = said.partition(" ")[0]
    return first in words().note_starts and len(said) > len(first)


def _like_a_name(text: str) -> bool:
    """Whether each word is written as names are: one capital, then small letters."""
    return all(part[:1].isupper() and part[1:] == part[1:].lower() for part in text.split()) or (
        text == text.upper() and len(text) > 5
    )
