"""Handing a case over: one page with what its next caseworker must know on the first morning.

The next dates, who holds what and since when, what was promised, the last contact, and the traps:
data to mend, doubts, appeals, whom not to call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.clock.episodes import reviews_of
from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.consulting import Asked
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.deadlines import OPEN, Deadline, one_a_notice
from caseworker_app.domain.declarations.contacts import Contact
from caseworker_app.domain.declarations.talking import NOTES, Note, Promise
from caseworker_app.domain.lateness import days_words, when_words
from caseworker_app.domain.measures.case_view import view
from caseworker_app.domain.measures.data_to_mend import mend_rows
from caseworker_app.domain.paper import Cell, Paper, PaperTable, Part
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.twenty_weeks import track_rows
from caseworker_app.domain.yeargroup import nc_year, year_words

NEXT = 3
"""So many dates to come stand on the page, besides all that are late."""

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Around:
    """What records say of a case beside its facts.

    Attributes:
        asked: the settings consulted.
        promises, notes, contacts: all of the case.
        panels: what went or goes to a panel, in words.
        doubts: what is left to a person, a sentence each.
    """

    asked: tuple[Asked, ...] = ()
    promises: tuple[Promise, ...] = ()
    notes: tuple[Note, ...] = ()
    contacts: tuple[Contact, ...] = ()
    panels: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def handover_page(file: CaseFile, around: Around, today: date, foot: str = "") -> Paper:
    """The page of one case.

    Args:
        file: the case, with its dates.
        around: what records say of it.
        today: the day it is seen on.
        foot: who made it and when.
    """
    parts = (
        _dates(file, today),
        _holders(file, around, today),
        _promises(around.promises, today),
        _contact(around, today),
        _traps(file, around, today),
    )
    return Paper(file.child.name, _about(file, today), parts, foot, wide=False)


def _about(file: CaseFile, today: date) -> str:
    child = file.child
    said = []
    if child.born is not None:
        year = nc_year(child.born, today, child.actual_year, child.actual_year_on)
        said += [f"Born {day_words(child.born)}", year_words(year)]
    said.append(child.reference)
    said.append(file.setting.name if file.setting else "no setting recorded")
    if child.need:
        said.append(NEEDS.get(child.need, child.need))
    said.append(f"held by {file.caseworker.name}" if file.caseworker else "nobody holds the case")
    return " · ".join(said)


def _dates(file: CaseFile, today: date) -> Part:
    dated = [
        one
        for one in one_a_notice(file.deadlines)
        if one.state(today) in OPEN and one.who != "family"
    ]
    dated.sort(key=_by_due)
    late = [one for one in dated if one.due < today]
    shown = [*late, *[one for one in dated if one.due >= today][:NEXT]]
    rows = tuple(
        (one.version.title, one.due, when_words((one.due - today).days), WHO.get(one.who, one.who))
        for one in shown
    )
    more = len(dated) - len(shown)
    lines = (f"And {more} later.",) if more else ()
    headings = ("What", "By", "State", "With")
    return Part("Next dates", lines, PaperTable(headings, rows, empty="No date is open."))


def _holders(file: CaseFile, around: Around, today: date) -> Part:
    rows = tuple(
        (what, who, since, days_words((today - since).days))
        for what, who, since in _held(file, around, today)
    )
    empty = "Nothing waits with anybody."
    return Part(
        "Who holds what", table=PaperTable(("What", "With", "Since", "For"), rows, empty=empty)
    )


def _held(file: CaseFile, around: Around, today: date) -> Iterator[tuple[str, str, date]]:
    known = tuple(fact for fact in file.facts if fact.on <= today)
    for review in reviews_of(known):
        who, since = review.held_by
        if who and since is not None:
            yield "Annual review", WHO.get(who, who), since
    for row in track_rows(file.child, known, file.deadlines, today):
        yield f"{row.what}, week {row.week}: {row.step}", WHO["authority"], row.request
        for one in row.advice:
            if one.received is None and one.asked is not None:
                yield "Advice for the assessment", WHO.get(one.source, one.source), one.asked
    for asked in around.asked:
        if asked.waits and asked.began <= today:
            yield "Consultation", asked.setting, asked.began


def _promises(promises: Iterable[Promise], today: date) -> Part:
    waiting = sorted((one for one in promises if one.open), key=lambda one: one.by_when)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.what, one.to_whom, one.by_when, when_words((one.by_when - today).days))
        for one in waiting
    )
    headings = ("What", "To whom", "By", "State")
    return Part("Promises", table=PaperTable(headings, rows, empty="No promise is open."))


def _contact(around: Around, today: date) -> Part:
    past = sorted((one for one in around.notes if one.on <= today), key=lambda one: one.on)
    lines = [_note(past[-1])] if past else ["No contact is recorded."]
    lines += [f"Pinned: {_note(one)}" for one in past if one.pinned and one is not past[-1]]
    return Part("Last contact", tuple(lines))


def _note(one: Note) -> str:
    whom = f" with {one.with_whom}" if one.with_whom else ""
    words = " ".join(one.words.split())
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST].rstrip()}…"
    return f"{day_words(one.on)}, {NOTES.get(one.kind, one.kind).lower()}{whom}: {words}"


def _traps(file: CaseFile, around: Around, today: date) -> Part:
    found = tuple(_trapped(file, around, today))
    return Part("Watch out for", found or ("Nothing that the records know of.",))


def _trapped(file: CaseFile, around: Around, today: date) -> Iterator[str]:
    for one in around.contacts:
        if one.until is not None and one.until < today:
            continue
        if one.do_not_contact:
            yield f"Do not contact {one.name}."
        if one.interpreter:
            yield f"{one.name} needs an interpreter{f' ({one.language})' if one.language else ''}."
    appeal = _appeal(file, today)
    if appeal is not None:
        yield f"An appeal is registered, since {day_words(appeal)}."
    yield from (f"{panel[:1].upper()}{panel[1:]}." for panel in around.panels)
    for row in mend_rows((view(file, today),)):
        on = f" ({day_words(row.on)})" if row.on is not None else ""
        yield f"To mend: {row.words}{on}."
    yield from around.doubts


def _appeal(file: CaseFile, today: date) -> date | None:
    found: date | None = None
    for fact in file.facts:
        if fact.on > today:
            break
        if fact.kind == "appeal_registered":
            found = fact.on
        elif fact.kind in ("appeal_ended", "appeal_conceded"):
            found = None
    return found


def _by_due(one: Deadline) -> tuple[date, str]:
    return one.due, one.rule
