"""One cell read as what its column holds: a value, None for a blank, or why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from caseworker_app.domain import british_dates, upn
from caseworker_app.imports.files.sheets import Cell, Shown, as_shown
from caseworker_app.imports.tracker.days import (
    Bad,
    DayReader,
    Doubtful,
    day_reader,
    epoch_of,
    is_blank,
)
from caseworker_app.imports.tracker.figures import Figures
from caseworker_app.imports.tracker.words import plain, squeeze, words


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as one cell may tell it: the day, the outcome, or both."""

    on: date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Needs:
    """One need or two."""

    first: str
    second: str = ""


DATED = frozenset({"event", "born", "due", "told", "outcome"})
"""The readers that read days."""

Value = str | int | date | Told | Needs
Reading = Value | Bad | None
Reader = Callable[[Cell], Reading]

_ULN = re.compile(r"[1-9]\d{9}")
_YEAR = re.compile(r"(?:nc)?(?:year|yr|y|g|grade)?(?:group|gp|grp)?0*(\d{1,2})")
_YEAR_WORD = re.compile(r"^(?:ncy?|year|yr|y)\b(?:\s*(?:group|grp|gp))?")
_DATE_INSIDE = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)"
    r"|\d{1,2}(?:st|nd|rd|th)?[- ](?:[a-z]{3,9})[- ,]+(?:\d{4}|\d\d)",
    re.IGNORECASE,
)
_BETWEEN_NEEDS = re.compile(r"[/;,+&\n]|\band\b|\bwith\b|\s-\s")
_BRACKETS = re.compile(r"^(.*?)\s*[(\[](.*?)[)\]]\s*$")
_EXPLAINS = re.compile(r"\s[-=:\u2013\u2014]\s|:\s*|\s[-\u2013]|\n")
_LIST_MARK = re.compile(r"^\s*\d\s*[.):-]\s*")


def readers(*, days_from_1904: bool = False) -> dict[str, Reader]:
    """A reader for each `reads` of the catalogue; each remembers what it has read."""
    day = day_reader(Figures(epoch_of(days_from_1904=days_from_1904)))
    return {**dated(day), **_without_days()}


def dated(day: DayReader) -> dict[str, Reader]:
    """The readers that read days, each by means of one that reads nothing else."""

    def due(cell: Cell) -> Reading:
        # What is to come is often told in words ("Autumn term"), and only ever kept as a comment.
        found = day(cell)
        plain = isinstance(found, Bad) and not isinstance(found, Doubtful)
        return as_shown(cell) if plain else found

    def told(cell: Cell) -> Reading:
        found = day(cell)
        if isinstance(found, date):
            return Told(found, "")
        return (_told(cell) or found) if isinstance(cell, str) else found

    def outcome(cell: Cell) -> Reading:
        found = told(cell)
        plain = isinstance(found, Bad) and not isinstance(found, Doubtful)
        return Bad("not an outcome of a review") if plain else found

    return {
        "event": day,
        "born": day,
        "due": due,
        "told": told,
        "outcome": outcome,
    }


def _without_days() -> dict[str, Reader]:
    return {
        "amend_yes_no": _of_text(_amend),
        "assess": _of_text(_look_up("assess", "not an answer to whether to assess")),
        "cease_reason": _of_text(_look_up("cease_reason", "not a reason for ceasing")),
        "sex": _of_text(_look_up("sex", "not M or F")),
        "need": _of_text(_needs),
        "nc_year": _of_text(_nc_year),
        "upn": _of_text(_upn),
        "uln": _of_text(_uln),
        "reference": _of_text(lambda text: text),
        "text": _of_text(lambda text: text),
        "caseworker": _of_text(lambda text: None if plain(text) in words().nobody else text),
        "name": _name,
        "name_part": _name,
        "comment": lambda cell: as_shown(cell) or None,
    }


def month_shown(cell: Cell, read: Reading) -> Reading:
    """What a cell tells that is a date but shows a month and a year alone: a question."""
    day = read.on if isinstance(read, Told) else read
    if not isinstance(cell, date) or not isinstance(day, date):
        return read
    why = "the cell shows a month and a year without a day; not taken"
    return Doubtful(why, day, f"{cell:%B %Y}")


def _of_text(read: Callable[[str], Reading]) -> Reader:
    """A reader of text and numbers that knows blanks and the words for not knowing."""
    remembered: dict[Cell, Reading] = {}

    def reader(cell: Cell) -> Reading:
        if isinstance(cell, Shown):
            return Bad(cell.why)
        if isinstance(cell, date | time | timedelta):
            return Bad("a date or a time, not text")
        if cell not in remembered:
            text = squeeze(as_shown(cell))
            if is_blank(text):
                remembered[cell] = None
            elif text.lower() in words().open:
                remembered[cell] = Bad("not known yet")
            else:
                remembered[cell] = read(text)
        return remembered[cell]

    return reader


def _look_up(table: str, why: str) -> Callable[[str], Reading]:
    def read(text: str) -> Reading:
        found: str | None = getattr(words(), table).get(plain(text))
        return found or Bad(why)

    return read


def _told(cell: str) -> Told | None:
    """An outcome word, alone or with a date before or after it."""
    text = squeeze(cell)
    alone = _outcome(text)
    if alone:
        return Told(None, alone)
    inside = _DATE_INSIDE.search(text)
    if inside is None:
        return None
    on = british_dates.parse(inside[0])
    code = _outcome(f"{text[: inside.start()]} {text[inside.end() :]}")
    return Told(on, code) if on is not None and code else None


def _outcome(text: str) -> str:
    return _explained(text, words().outcome)


def _amend(text: str) -> Reading:
    code = _outcome(text) or {"y": "amend", "yes": "amend", "n": "maintain", "no": "maintain"}.get(
        plain(text), ""
    )
    return Told(None, code) if code else Bad("not an outcome of a review")


def _needs(text: str) -> Reading:
    whole = _need(text)
    if whole:
        return Needs(whole)
    parts = [part for part in _BETWEEN_NEEDS.split(text.lower()) if part.strip()]
    codes = [_need(part) for part in parts]
    if len(codes) < 2 or not all(codes):
        return Bad("not a type of need of the SEN2 list")
    distinct = list(dict.fromkeys(codes))
    return Needs(distinct[0], distinct[1] if len(distinct) > 1 else "")


def _need(text: str) -> str:
    """The code of one need; brackets and an explanation may repeat it, not contradict it."""
    return _explained(_LIST_MARK.sub("", text), words().need)


def _explained(text: str, codes: Mapping[str, str]) -> str:
    """The code of a word, alone or with an explanation that neither doubts nor contradicts it.

    "Amend - change of placement", "ASD (high functioning)" and "SEMH: anxiety" say what they say.
    """
    found = codes.get(plain(text))
    if "?" in text:
        return ""
    if found is not None:
        return found
    brackets = _BRACKETS.match(text)
    parts = brackets.groups() if brackets else _EXPLAINS.split(text)
    if len(parts) < 2 or any(_doubts(part) for part in parts[1:]):
        return ""
    told = [codes.get(plain(part)) for part in parts]
    named = {code for code in told if code}
    if len(named) != 1:
        return ""
    first = told[0]
    # A code after an unknown word may be anything: "4 - ASD" is a list's mark, "Y6 - A" is not.
    return first or (named.pop() if plain(parts[0]).isdigit() else "")


def _doubts(text: str) -> bool:
    return not words().doubt.isdisjoint(plain(text).split())


def _nc_year(text: str) -> Reading:
    known = words().year
    word = plain(text)
    if word in known:
        return known[word]
    bare = _YEAR_WORD.sub("", word).strip()
    if bare in known:
        return known[bare]
    match = _YEAR.fullmatch(word.replace(" ", ""))
    if match is None or int(match[1]) > 22:
        return Bad("not a year group")
    return int(match[1])


def _upn(text: str) -> Reading:
    found = upn.tidy(text)
    return found if upn.is_upn(found) else Bad("not a UPN of thirteen letters and figures")


def _uln(text: str) -> Reading:
    uln = text.replace(" ", "")
    return uln if _ULN.fullmatch(uln) else Bad("not a ULN of ten figures")


def _name(cell: Cell) -> Reading:
    if isinstance(cell, Shown):
        return Bad(cell.why)
    if not isinstance(cell, str):
        return Bad("not a name")
    text = squeeze(cell)
    if text.lower() in words().blank:
        return None
    if text.lower() in words().open or not any(mark.isalpha() for mark in text):
        return Bad("not a name")
    return text
