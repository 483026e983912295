"""The checks of the header and of persons: H01 to P13."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from caseworker_app.domain import uln, upn
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.names import folded
from caseworker_app.domain.sen2.checking import (
    ERROR,
    NOBODY,
    QUERY,
    Check,
    Found,
    age_on,
    each,
    last_of_august,
)
from caseworker_app.domain.sen2.frame import Frame
from caseworker_app.domain.sen2.layout import HEADER, PERSON
from caseworker_app.domain.sen2.rows import Case, Person, Return

_OLDEST, _UN1_UNDER, _UN9_FROM = 24, 6, 16
_UPN_LENGTH = 13
_SCHOOL_FIGURES = slice(4, 12)
_OFFICERS = {
    "DMO": "a designated medical officer",
    "DCO": "a designated clinical officer",
    "DSCO": "a designated social care officer",
}
_NEEDED = {
    "Surname": "surname",
    "Forename": "forename",
    "PersonBirthDate": "date of birth",
    "Sex": "sex",
    "GenderCurrent": "gender",
    "Ethnicity": "ethnicity",
}
_NUMBERS = ("UPN", "UniqueLearnerNumber")


def _calendar(return_: Return, frame: Frame) -> Iterator[tuple[Case, Found]]:
    header, layout = return_.header, frame.layout
    if header.text("Year") != str(layout.year):
        yield NOBODY, Found(header, "Year", f"The year is not {layout.year}.")
    if header.day("ReferenceDate") != layout.survey:
        words = f"The reference date is not the survey day, {day_words(layout.survey)}."
        yield NOBODY, Found(header, "ReferenceDate", words)
    number = header.text("LEA")
    if not number:
        words = "The council's LA number is not recorded."
        yield NOBODY, Found(header, "LEA", words)
    elif not layout.knows("LA", number):
        yield NOBODY, Found(header, "LEA", f"{number} is no authority's number in England.")


def _officers(return_: Return, frame: Frame) -> Iterator[tuple[Case, Found]]:
    header = return_.header
    for name, words in _OFFICERS.items():
        item = frame.layout.module(HEADER).item(name)
        if item is not None and item.needed and not header.text(name):
            yield NOBODY, Found(header, name, f"Nobody has said whether there is {words}.")


def _filled(person: Person, frame: Frame) -> Iterator[Found]:
    row, layout = person.row, frame.layout
    for name, words in _NEEDED.items():
        item = layout.module(PERSON).item(name)
        if item is None:
            continue
        said = row.text(name)
        if not said:
            yield Found(row, name, f"No {words} is recorded.")
        elif item.codes and not layout.knows(item.codes, said):
            yield Found(row, name, f"{said} is no {words} that the return knows.")


def _born(person: Person, frame: Frame) -> Iterator[Found]:
    row = person.row
    born = row.day("PersonBirthDate")
    if born is None:
        return
    received = [day for one in person.requests if (day := one.day("ReceivedDate")) is not None]
    if born > frame.survey:
        yield Found(row, "PersonBirthDate", "The date of birth lies after the survey day.")
    elif received and min(received) < born:
        yield Found(row, "PersonBirthDate", "The child was born after the request.")


def _old(person: Person, frame: Frame) -> Iterator[Found]:
    born = person.row.day("PersonBirthDate")
    if born is None or born > frame.survey:
        return
    day = last_of_august(frame)
    age = age_on(person.row, day)
    if age is None or age > _OLDEST:
        so = "not yet born" if age is None else f"{age}"
        words = f"Aged {so} on {day_words(day)}: the return takes 0 to {_OLDEST}."
        yield Found(person.row, "PersonBirthDate", words)


def _numbered(person: Person, _: Frame) -> Iterator[Found]:
    row = person.row
    numbers = [name for name in _NUMBERS if row.text(name)]
    why = row.text("UPNunknown")
    if not numbers and not why:
        yield Found(row, "UPN", "There is no UPN, no ULN and no reason why.")
    elif numbers and why:
        words = "A reason why the numbers are unknown is given, but one of them is known."
        yield Found(row, "UPNunknown", words)


def _unnumbered(person: Person, frame: Frame) -> Iterator[Found]:
    why = person.row.text("UPNunknown")
    if why:
        words = frame.layout.words("UPNunknown", why)
        yield Found(person.row, "UPNunknown", f"UPN and ULN are not known: {words}.")


def _upn_letter(person: Person, _: Frame) -> Iterator[Found]:
    said = person.row.text("UPN")
    if said and len(said) != _UPN_LENGTH:
        yield Found(person.row, "UPN", f"The UPN {said} has not thirteen characters.")
    elif upn.is_upn(said) and said[-1] not in _NEVER and (why := upn.fault(said)):
        yield Found(person.row, "UPN", f"The UPN {said} cannot be right: {why}.")


_NEVER = "IOS"


def _upn_authority(person: Person, frame: Frame) -> Iterator[Found]:
    said = person.row.text("UPN")
    figures = said[1:4]
    if len(said) != _UPN_LENGTH:
        return
    if not figures.isdecimal() or int(figures) not in frame.layout.upn_authorities:
        yield Found(person.row, "UPN", f"{figures} in the UPN {said} is no authority's number.")


def _upn_figures(person: Person, _: Frame) -> Iterator[Found]:
    said = person.row.text("UPN")
    if len(said) == _UPN_LENGTH and not said[_SCHOOL_FIGURES].isdecimal():
        words = f"Characters 5 to 12 of the UPN {said} are not all figures."
        yield Found(person.row, "UPN", words)


def _upn_last(person: Person, _: Frame) -> Iterator[Found]:
    said = person.row.text("UPN")
    if len(said) == _UPN_LENGTH and not (said[-1].isdecimal() or said[-1] in upn.LETTERS):
        words = f"The last character of the UPN {said} is neither a figure nor a letter in use."
        yield Found(person.row, "UPN", words)


def _uln(return_: Return, _: Frame) -> Iterator[tuple[Case, Found]]:
    for person in return_.persons:
        said = person.row.text("UniqueLearnerNumber")
        if said and (why := uln.fault(said)):
            words = f"The ULN {said} cannot be right: {why}."
            yield person.case, Found(person.row, "UniqueLearnerNumber", words)
    yield from _twice("UniqueLearnerNumber", "ULN")(return_, _)


def _twice(name: str, words: str) -> Callable[[Return, Frame], Iterator[tuple[Case, Found]]]:
    def look(return_: Return, _: Frame) -> Iterator[tuple[Case, Found]]:
        first: dict[str, Case] = {}
        for person in return_.persons:
            said = person.row.text(name)
            other = first.setdefault(said, person.case) if said else person.case
            if other is not person.case:
                text = f"The {words} {said} stands on {other.name} ({other.reference}) too."
                yield person.case, Found(person.row, name, text, other=other)

    return look


def _reasons(person: Person, frame: Frame) -> Iterator[Found]:
    row, why = person.row, person.row.text("UPNunknown")
    age = age_on(row, frame.survey)
    last_week = frame.layout.ends - timedelta(days=6)
    received = [one.day("ReceivedDate") or date.min for one in person.requests]
    outcomes = {one.text("RequestOutcome") for one in person.requests}
    wrong = {
        "UN1": age is not None and age >= _UN1_UNDER and "UN1 is for children under six.",
        "UN8": max(received, default=date.min) < last_week
        and "UN8 is for those who became known in the last week of the year.",
        "UN9": age is not None and age < _UN9_FROM and "UN9 is for those of sixteen and over.",
        "UN10": not outcomes & {"N", "W"}
        and "UN10 is for requests that were refused or withdrawn.",
    }.get(why)
    if wrong:
        yield Found(row, "UPNunknown", wrong)


def _same_child(return_: Return, _: Frame) -> Iterator[tuple[Case, Found]]:
    first: dict[tuple[str, str, str], Case] = {}
    for person in return_.persons:
        row = person.row
        key = (
            folded(row.text("Surname")),
            folded(row.text("Forename")),
            row.text("PersonBirthDate"),
        )
        other = first.setdefault(key, person.case) if all(key) else person.case
        if other is not person.case:
            words = f"Another case has this name and date of birth: {other.reference}."
            yield person.case, Found(row, "Surname", words, other=other)


CHECKS = (
    Check("H01", ERROR, "Year, survey day and LA number are right", _calendar),
    Check("H02", ERROR, "The designated officers are answered", _officers),
    each("P01", ERROR, "Name, date of birth, sex and ethnicity are there", _filled),
    each("P02", ERROR, "Born before the request and the survey day", _born),
    each("P03", QUERY, "Aged 0 to 24 on 31 August", _old),
    each("P04", ERROR, "A UPN or a ULN, else a reason", _numbered),
    each("P05", QUERY, "Those without UPN and ULN", _unnumbered),
    each("P06", ERROR, "UPN of thirteen characters whose letter fits", _upn_letter),
    Check("P07", ERROR, "UPN used once", _twice("UPN", "UPN")),
    each("P08", ERROR, "UPN of a known authority", _upn_authority),
    each("P09", ERROR, "UPN of figures inside", _upn_figures),
    each("P10", ERROR, "UPN that ends as one may", _upn_last),
    Check("P11", ERROR, "ULN that can be right, used once", _uln),
    each("P12", QUERY, "Reason without UPN and ULN that fits", _reasons),
    Check("P13", QUERY, "Name and date of birth used once", _same_child),
)
