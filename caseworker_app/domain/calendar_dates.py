"""Dates for a calendar: what falls due of some cases, as days with words of their own.

A calendar is read over shoulders and copied to telephones, so a child stands in it with initials
and reference unless somebody chooses the name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.deadlines import OPEN, Deadline, one_a_notice
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.people import Child

AHEAD = timedelta(days=366)
"""So far ahead dates are put into a calendar."""

BACK = timedelta(days=92)
"""Dates done with since stand in it as cancelled, so that importing it again takes them out."""

LEAKS = (
    "Calendars are seen on telephones and shared screens, and are copied to other computers. With "
    "full names, whoever sees the calendar learns that these children have plans."
)
"""What is to be read before names are put into a calendar."""


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One day.

    Attributes:
        uid: the same for the same date of the same case, whenever and by whomever it is made.
        on: the legal date.
        summary: what stands in the calendar.
        notes: what stands inside.
        gone: it was done, or is no longer asked for.
    """

    uid: str
    on: date
    summary: str
    notes: str
    gone: bool = False


def calendar_dates(
    files: Iterable[CaseFile], today: date, *, names: bool = False
) -> tuple[CalendarDate, ...]:
    """The dates of some cases, by day: those that are open, and those done with of late.

    What a family may do, and by when, is no date of a caseworker's.

    Args:
        files: the cases.
        today: the day they are seen on.
        names: whether children stand in it by name.
    """
    found = [one for file in files for one in _of(file, today, names=names)]
    return tuple(sorted(found, key=lambda one: (one.on, one.summary, one.uid)))


def called(child: Child, *, names: bool) -> str:
    """A child as a calendar has it: "GO TH100482", or by name."""
    if names:
        return f"{child.name} ({child.reference})"
    first = (child.forename[:1], child.surname[:1])
    return " ".join(filter(None, ("".join(first).upper(), child.reference)))


def _of(file: CaseFile, today: date, *, names: bool) -> Iterator[CalendarDate]:
    who = called(file.child, names=names)
    for one in one_a_notice(file.deadlines):
        is_open = one.state(today) in OPEN
        near = today - BACK <= one.due <= today + AHEAD
        if one.who == "family" or not (near or (is_open and one.due < today)):
            continue
        yield CalendarDate(
            _uid(file.child, one),
            one.due,
            f"{who}: {one.version.title}",
            _notes(file, one, names=names),
            gone=not is_open,
        )


def _notes(file: CaseFile, one: Deadline, *, names: bool) -> str:
    lines = [f"Legal date {day_words(one.due)}", f"With: {WHO.get(one.who, one.who)}"]
    if one.target != one.due:
        lines.insert(1, f"Work to {day_words(one.target)}, the last working day before it")
    if names and file.setting is not None:
        lines.append(f"At: {file.setting.name}")
    lines.append("From Caseworker; import the calendar again to bring it up to date.")
    return "\n".join(lines)


def _uid(child: Child, one: Deadline) -> str:
    said = f"{child.reference}\n{one.rule}\n{one.episode}"
    return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}@caseworker"
