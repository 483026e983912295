"""Whether a text about one child names another: by name, UPN, reference or date of birth.

The wrong-child guard. What is made of one child and leaves (a copy, a letter, a print) may hold a
line that was meant for another. Names are compared by the one fold of `names`, in both orders and
with or without further forenames. A surname alone, or a forename alone, names nobody.

Of a finding one may be certain, or in doubt: a caseworker, a parent or a school can be called as a
child is, a bare date is the birthday of somebody in any large council, and the name of a brother or
sister may well be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from caseworker_app.domain.british_dates import parse
from caseworker_app.domain.names import folded, whole_name

NAME, UPN, REFERENCE, BIRTHDAY = "name", "UPN", "reference", "date of birth"
"""What a finding is."""

_RAW = re.compile('[^\\s,.\\-\u2010-\u2015_/\\\\"\u201c\u201d:@&+=<>#*~!?]+|[,\t]')
_WORD = re.compile(r"[^\W_]+")
_APART = re.compile(r"[;|()\[\]{}\u2022]+|(?:(?<=\w{3})\.|[:!?])(?=\s|\Z)|\s[-\u2013\u2014]+\s")
"""What no name goes across. A comma or a tab may stand between surname and forename."""
_OF = re.compile("['\u2019]s\\b", re.IGNORECASE)
_LONGEST = 8
"""So many words are compared together: long names, and schools."""
_LEAST_MARK, _LEAST_NAME = 5, 5
"""Signs of a reference or a UPN, and letters of a whole name, below which it may be anything."""
_INFANT_YEARS = 4
"""A bare date nearer than this is hardly anybody's date of birth, but something that happened."""
_BORN = re.compile(r"\b(?:born|birth|birthday|d\.?\s?o\.?\s?b)\b", re.IGNORECASE)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATES = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?[\s-]+(?:{_MONTHS})[a-z]*[\s,-]+(?:\d{{4}}|'?\d\d)"
    rf"|(?:{_MONTHS})[a-z]*\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """By what a child can be told from a text.

    Attributes:
        further: other forenames they go by.
    """

    id: str
    surname: str
    forename: str
    born: date | None = None
    upn: str = ""
    reference: str = ""
    further: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of what leaves.

    Attributes:
        where: where it stands, in words: "Notes, 3 May 2026"; "" where the line says enough.
    """

    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What in a text is another child's.

    Attributes:
        child_ids: whose it is, perhaps.
        what: `NAME`, `UPN`, `REFERENCE` or `BIRTHDAY`.
        said: as the text has it.
        where: where it stands, "line 3" or as the part says.
        whose: the name of that child, or how many there are.
        doubt: why it may be meant otherwise; "" where it may not.
    """

    child_ids: tuple[str, ...]
    what: str
    said: str
    where: str
    whose: str
    doubt: str = ""

    @property
    def words(self) -> str:
        """The finding in a sentence."""
        return f"{self.where[:1].upper()}{self.where[1:]}: {self.plain}"

    @property
    def plain(self) -> str:
        """The same without where it stands, for what stands beside the field itself."""
        verb = "may be" if self.doubt else "is"
        of = "another child, " if self.what == NAME else f"the {self.what} of "
        beside = f"; {self.doubt}" if self.doubt else ""
        return f"\u201c{self.said}\u201d {verb} {of}{self.whose}{beside}."


@dataclass(frozen=True, slots=True)
class About:
    """Of whom a text is, and what may stand in it without a word.

    Attributes:
        child: the child.
        today: the day.
        own_days: days of their own: of what happened, of what is due.
        siblings: ids of children recorded as siblings.
        people: names of adults and places that may be called as a child is, with what they are:
            "a caseworker", "a setting".
    """

    child: Known
    today: date
    own_days: frozenset[date] = frozenset()
    siblings: frozenset[str] = frozenset()
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Word:
    """A word of a text: its letters, whether a comma follows, and where it stands as written."""

    letters: str
    comma: bool
    start: int
    end: int


_Span = tuple[int, int]
"""The first and the last of some words."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """Some words of a line that are a name, a UPN or a reference of children."""

    span: _Span
    what: str
    ids: tuple[str, ...]


@dataclass(slots=True)
class _Read:
    """What the words of a line come to.

    Attributes:
        hits: what is other children's.
        own: where the child is named themselves.
        people: where adults and places are named, with what they are.
    """

    hits: list[_Hit] = field(default_factory=list)
    own: list[_Span] = field(default_factory=list)
    people: list[tuple[_Span, str]] = field(default_factory=list)


def keys_of(child: Known) -> Iterator[str]:
    """All by which a child may stand in a text, as `keys_in` has it: for an index of everybody."""
    for key, _ in _forms(child):
        yield key
    for key, _ in _marks(child):
        yield key
    if child.born is not None:
        yield child.born.isoformat()


def keys_in(parts: Iterable[Part]) -> set[str]:
    """All in a text that may be somebody's; rather too much than too little."""
    found: set[str] = set()
    for part in parts:
        for line in part.text.splitlines():
            for _, piece in _pieces(line):
                found.update(key for _, key in _keys(_words(piece)))
            found.update(day.isoformat() for _, day in _days(line))
    return found


def findings(parts: Sequence[Part], about: About, others: Iterable[Known]) -> tuple[Finding, ...]:
    """What in some text is another child's, in the order it stands there, each once.

    Args:
        parts: what leaves, piece by piece.
        about: of whom it is.
        others: the children to look for; those found by `keys_in` are enough.
    """
    return _Looking(about, others).through(parts)


class _Looking:
    """One text looked through."""

    def __init__(self, about: About, others: Iterable[Known]) -> None:
        self._about = about
        self._days = about.own_days | ({about.child.born} if about.child.born else set())
        self._own = {key for key, _ in (*_forms(about.child), *_marks(about.child))}
        self._people = {key: what for name, what in about.people.items() for key in _called(name)}
        self._known: dict[str, Known] = {}
        self._names: dict[str, dict[str, int]] = {}
        self._marks: dict[str, tuple[str, list[str]]] = {}
        self._born: dict[date, list[str]] = {}
        for child in others:
            if child.id != about.child.id:
                self._put(child)

    def _put(self, child: Known) -> None:
        self._known[child.id] = child
        for key, half in _forms(child):
            self._names.setdefault(key, {})[child.id] = half
        for key, what in _marks(child):
            self._marks.setdefault(key, (what, []))[1].append(child.id)
        if child.born is not None:
            self._born.setdefault(child.born, []).append(child.id)

    def through(self, parts: Sequence[Part]) -> tuple[Finding, ...]:
        found: dict[tuple[str, str, tuple[str, ...]], Finding] = {}
        for part in parts:
            for number, line in enumerate(part.text.splitlines(), 1):
                where = part.where or f"line {number}"
                for one in (*self._named(line, where), *self._born_on(line, where)):
                    found.setdefault((one.what, folded(one.said), one.child_ids), one)
        return tuple(found.values())

    def _named(self, line: str, where: str) -> Iterator[Finding]:
        for start, piece in _pieces(line):
            words = _words(piece)
            read = self._read(words)
            for hit in read.hits:
                if any(_covers(own, hit.span) for own in read.own):
                    continue
                if any(_inside(hit.span, other.span) for other in read.hits):
                    continue
                first, last = hit.span
                said = line[start + words[first].start : start + words[last].end]
                doubt = _doubt(hit.span, read)
                if hit.what == NAME and not doubt and self._about.siblings.issuperset(hit.ids):
                    doubt = "recorded as a brother or sister"
                whose = self._whose(hit.ids)
                yield Finding(hit.ids, hit.what, said, where, whose, doubt)

    def _read(self, words: Sequence[_Word]) -> _Read:
        read = _Read()
        for span, key in _keys(words):
            if key in self._own:
                read.own.append(span)
                continue
            if key in self._people:
                read.people.append((span, self._people[key]))
            ids = self._fitting(key, words[span[0] : span[1] + 1])
            if ids:
                read.hits.append(_Hit(span, NAME, ids))
            if key in self._marks:
                what, of = self._marks[key]
                read.hits.append(_Hit(span, what, tuple(of)))
        return read

    def _fitting(self, key: str, words: Sequence[_Word]) -> tuple[str, ...]:
        """Those who are called so where the halves of the name part as they do in the text."""
        held = self._names.get(key)
        if not held:
            return ()
        ends, commas, at = set(), set(), 0
        for word in words[:-1]:
            at += len(word.letters)
            ends.add(at)
            if word.comma:
                commas.add(at)
        return tuple(one for one, half in held.items() if half in ends and commas <= {half})

    def _born_on(self, line: str, where: str) -> Iterator[Finding]:
        for said, day in _days(line):
            ids = tuple(self._born.get(day, ()))
            if not ids or day in self._days:
                continue
            told = bool(_BORN.search(where) or _BORN.search(line))
            if not told and self._about.today.year - day.year < _INFANT_YEARS:
                continue
            doubt = "" if told else "nothing says that it is meant as one"
            yield Finding(ids, BIRTHDAY, said, where, self._whose(ids), doubt)

    def _whose(self, ids: Sequence[str]) -> str:
        if len(ids) > 1:
            return f"one of {len(ids):,} children"
        child = self._known[ids[0]]
        return f"{child.name} ({child.reference})" if child.reference else child.name


def _doubt(span: _Span, read: _Read) -> str:
    """Why the words at a place may be meant otherwise; "" where they may not."""
    for people, what in read.people:
        if _covers(people, span):
            return f"{what} is called so too"
    if any(own[0] <= span[1] and span[0] <= own[1] for own in read.own):
        return "the name of this child runs into it"
    return ""


def _forms(child: Known) -> Iterator[tuple[str, int]]:
    """Every way in which a whole name is written, with where its second half begins."""
    surname = "".join(_letters(child.surname))
    seen: set[str] = set()
    for given in (child.forename, *child.further):
        letters = _letters(given)
        for forename in ("".join(letters), *letters[:1]):
            whole = min(len(forename), len(surname)) > 1
            if whole and len(surname + forename) >= _LEAST_NAME and forename not in seen:
                seen.add(forename)
                yield surname + forename, len(surname)
                yield forename + surname, len(forename)


def _marks(child: Known) -> Iterator[tuple[str, str]]:
    """UPN and reference, where nothing else can be meant by them."""
    for mark, what in ((child.upn, UPN), (child.reference, REFERENCE)):
        if len(mark) < _LEAST_MARK:
            continue
        key = mark.lower() if mark.isascii() and mark.isalnum() else "".join(_letters(mark))
        if len(key) >= _LEAST_MARK and not key.isalpha() and not key.isdigit():
            yield key, what


def _called(name: str) -> Iterator[str]:
    """An adult or a place as written, and with the last or the first word at the other end."""
    letters = _letters(name)
    yield "".join(letters)
    yield "".join((*letters[1:], *letters[:1]))
    yield "".join((*letters[-1:], *letters[:-1]))


@lru_cache(maxsize=1 << 15)
def _letters(name: str) -> tuple[str, ...]:
    """The words of a name, folded."""
    if name.isascii() and name.isalpha():
        return (name.lower(),)
    return tuple(word.letters for word in _words(name))


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """A line in pieces that no name goes across, each with where it begins."""
    start = 0
    for gap in _APART.finditer(line):
        yield start, line[start : gap.start()]
        start = gap.end()
    yield start, line[start:]


def _words(piece: str) -> list[_Word]:
    """The words of a piece, folded."""
    words: list[_Word] = []
    for raw in _RAW.finditer(piece):
        if raw.group() in ",\t":
            if words:
                words[-1].comma = True
            continue
        written = _OF.sub("", raw.group())
        letters = "".join(_WORD.findall(folded(written)))
        if letters:
            start = raw.start()
            words.append(_Word(letters, comma=False, start=start, end=start + len(written)))
    return words


def _keys(words: Sequence[_Word]) -> Iterator[tuple[_Span, str]]:
    """Some words that stand together, without what is between them."""
    for first in range(len(words)):
        key = ""
        for last in range(first, min(first + _LONGEST, len(words))):
            key += words[last].letters
            yield (first, last), key


def _days(line: str) -> Iterator[tuple[str, date]]:
    """The whole dates in a line, as written and as they are."""
    for found in _DATES.finditer(line):
        day = parse(found.group())
        if day is not None:
            yield found.group(), day


def _covers(span: _Span, other: _Span) -> bool:
    return span[0] <= other[0] and other[1] <= span[1]


def _inside(span: _Span, other: _Span) -> bool:
    return span != other and _covers(other, span)
