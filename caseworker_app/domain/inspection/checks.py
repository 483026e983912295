"""The public checks of the inspection list, 101a to 109, by their own numbers.

104 and 112 are not among them: what they would ask stands on no row of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.inspection.list_rows import ListLayout, ListRow
from caseworker_app.domain.sen2.checking import ERROR, QUERY, Hit
from caseworker_app.domain.sen2.rows import Case

_OLD, _TOO_OLD = 25, 26
_NUMBERED_FROM, _SCHOOL_FROM, _SCHOOL_TO = 6, 5, 16
_MISSING = (
    ("101a", "Date of birth", "No date of birth is recorded."),
    ("101b", "Gender", "No gender is recorded."),
    ("101c", "Ethnicity", "No ethnicity is recorded."),
    ("101d", "SEN primary need", "No primary need is recorded."),
    (
        "103",
        "Does the child or young person have a disability?",
        "Nobody has said whether the child has a disability.",
    ),
)
_INITIAL, _UPDATED = "Date initial EHC plan issued", "Date updated EHC plan issued"
_REVIEWED = "Date EHC plan last reviewed"
_FUTURE = (
    ("105a", "Date of birth", "The date of birth"),
    ("105b", _INITIAL, "The day of the first plan"),
    ("105c", _UPDATED, "The day of the latest plan"),
    ("105d", _REVIEWED, "The day of the last review"),
)
_QUERIES = frozenset({"102a", "105a"})
_URN = "Main education establishment \u2013 URN"
_SUBSIDIARY = "Subsidiary education establishment \u2013 phase (dual registration)"

TITLES = {
    "101a": "Date of birth",
    "101b": "Gender",
    "101c": "Ethnicity",
    "101d": "Primary need",
    "102a": "Aged 25",
    "102b": "Aged 26 or over",
    "103": "Disability",
    "105a": "Born after the day of the list",
    "105b": "First plan after the day of the list",
    "105c": "Latest plan after the day of the list",
    "105d": "Review after the day of the list",
    "106a": "First plan before the latest",
    "106b": "First plan before the last review",
    "107": "UPN or ULN from six",
    "108a": "School for those of 5 to 16",
    "108b": "Subsidiary school beside a main one",
    "109": "UPN used once",
}

Saying = tuple[str, str, str]
"""The number of a check, the column and the words."""


def found(rows: Sequence[ListRow], as_at: date, layout: ListLayout) -> tuple[Hit, ...]:
    """What the checks find, by number and then in the order of the list."""
    hits: list[Hit] = []
    for row in rows:
        get = _getter(row, layout)
        for rule, column, words in _of_row(row, get, as_at):
            hits.append(_hit(rule, row.case, column, words))
    first: dict[object, Case] = {}
    for row in rows:
        upn = _getter(row, layout)("UPN")
        other = first.setdefault(upn, row.case) if upn else row.case
        if other is not row.case:
            words = f"The UPN {upn} stands on {other.name} ({other.reference}) too."
            hits.append(replace(_hit("109", row.case, "UPN", words), other=other))
    return tuple(sorted(hits, key=lambda hit: hit.rule))


def _hit(rule: str, case: Case, column: str, words: str) -> Hit:
    return Hit(rule, QUERY if rule in _QUERIES else ERROR, case, column, words, "List_1")


def _getter(row: ListRow, layout: ListLayout) -> Callable[[str], object]:
    cells = dict(zip(layout.columns, row.cells, strict=True))
    return cells.__getitem__


def _of_row(row: ListRow, get: Callable[[str], object], as_at: date) -> Iterator[Saying]:
    for rule, column, words in _MISSING:
        if get(column) in (None, ""):
            yield rule, column, words
    for rule, column, what in _FUTURE:
        day = get(column)
        if isinstance(day, date) and day > as_at:
            yield rule, column, f"{what} lies after {day_words(as_at)}."
    yield from _of_age(row, get, as_at)
    initial = get(_INITIAL)
    for rule, column, words in (
        ("106a", _UPDATED, "The first plan was issued after the latest."),
        ("106b", _REVIEWED, "The first plan was issued after the last review."),
    ):
        day = get(column)
        if isinstance(initial, date) and isinstance(day, date) and initial > day:
            yield rule, _INITIAL, words


def _of_age(row: ListRow, get: Callable[[str], object], as_at: date) -> Iterator[Saying]:
    born = row.born
    if born is None or born > as_at:
        return
    age = as_at.year - born.year - ((as_at.month, as_at.day) < (born.month, born.day))
    if age == _OLD:
        yield "102a", "Date of birth", "Aged 25."
    elif age >= _TOO_OLD:
        yield "102b", "Date of birth", f"Aged {age}: a plan ends before 26."
    if age >= _NUMBERED_FROM and not get("UPN") and not get("ULN"):
        yield "107", "UPN", f"Aged {age}, with neither UPN nor ULN."
    if not get(_URN) and get(_SUBSIDIARY):
        yield "108b", _URN, "There is a subsidiary school, and no main one."
    elif not get(_URN) and _SCHOOL_FROM <= age <= _SCHOOL_TO:
        yield "108a", _URN, f"Aged {age}, with no school."
