"""The pack for a setting and a term: every date it owes and is owed, child by child.

Of the children who are there, and of those about whom it was consulted: nobody else is in it. What
is late stays in until it is done. The days to work to (tell the date, hold the meeting) count back
from the legal date as the forecast does and are no law by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.clock.episodes import Review, meeting_fixed, reviews_of
from caseworker_app.domain.consulting import Asked
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.deadlines import OPEN, Deadline, one_a_notice
from caseworker_app.domain.lateness import COMPLETE_BY, when_words
from caseworker_app.domain.names import folded
from caseworker_app.domain.paper import Cell, Paper, PaperTable, Part
from caseworker_app.domain.phase_transfer import next_phase, year_of
from caseworker_app.domain.roles import Role, Stage
from caseworker_app.domain.yeargroup import nc_year, year_words

_DECISION, _NOTICE = timedelta(days=28), timedelta(days=14)
_ISSUE = frozenset(
    {Role.PLAN, Role.DETAINED_PLAN, Role.REASSESSED_PLAN, Role.FINAL, Role.FINAL_IN_ALL}
)
_DECIDE = frozenset({Role.DECISION, Role.NOTICE, Role.ASSESS})
_TERMS = ((9, "Autumn"), (4, "Summer"), (1, "Spring"))
_LENGTHS = {9: 4, 4: 5, 1: 3}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Term:
    """A term: a third of the school year, which has no gaps here."""

    name: str
    first: date
    last: date

    @property
    def key(self) -> str:
        """A short name: "autumn-2026"."""
        return self.name.split()[0].lower() + f"-{self.first.year}"


@dataclass(frozen=True, slots=True)
class OfChild:
    """One child of a pack.

    Attributes:
        file: the case.
        here: whether the child is at the setting; else it was only consulted about them.
        asked: the consultations of this setting about the child.
    """

    file: CaseFile
    here: bool = True
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Replies:
    """By when a setting is to reply to a consultation, as the rule in force says.

    Attributes:
        by: the day for a consultation of a day; None where no rule says one.
        period: how long that is, "within 15 days"; "" where no rule says it.
    """

    by: Callable[[date], date | None]
    period: str


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: settings with a pack, with nothing to say, and not reached."""

    written: int
    nothing: int
    left: int

    @property
    def words(self) -> str:
        """What came of it, in a sentence or two."""
        said = f"{self.written:,} school {'pack' if self.written == 1 else 'packs'} written."
        if self.nothing == 1:
            said += " 1 setting owes nothing and is owed nothing."
        elif self.nothing:
            said += f" {self.nothing:,} settings owe nothing and are owed nothing."
        return f"{said} Stopped: {self.left:,} not looked at." if self.left else said


def term_of(day: date) -> Term:
    """The term a day is in."""
    month, words = next(one for one in _TERMS if day.month >= one[0])
    first = date(day.year, month, 1)
    ends = month + _LENGTHS[month]
    after = date(day.year + (ends > 12), (ends - 1) % 12 + 1, 1)
    return Term(f"{words} term {day.year}", first, after - timedelta(days=1))


def terms(today: date, count: int = 4) -> tuple[Term, ...]:
    """This term and those that follow."""
    found = [term_of(today)]
    while len(found) < count:
        found.append(term_of(found[-1].last + timedelta(days=1)))
    return tuple(found)


def school_pack(
    setting: str,
    children: Iterable[OfChild],
    term: Term,
    today: date,
    replies: Replies,
    foot: str = "",
    to: str = "",
) -> Paper | None:
    """The pack of a setting, or None where it owes nothing and is owed nothing.

    Args:
        setting: its name.
        children: those who are there, and those it was consulted about.
        term: dates up to its last day are in, late ones from before it too.
        today: the day it is made.
        replies: by when a consultation is to be answered.
        foot: who made it and when.
        to: who is to have it, "" where that is not recorded.
    """
    every = sorted(children, key=_by_name)
    here = [one.file for one in every if one.here]
    rows: tuple[tuple[str, str, tuple[str, ...], list[tuple[Cell, ...]]], ...] = (
        (
            "Reviews to hold",
            "Fix the date and hold the meeting by these days, so that the council decides in time.",
            ("Child", "Year", "Tell us the date by", "Hold by", "Complete by", "Meeting", "State"),
            _sorted(_reviews(here, term, today), 4),
        ),
        (
            "Reports due from you",
            "The report of a review, two weeks after its meeting.",
            ("Child", "Year", "Meeting held", "Report by", "State"),
            _sorted(_reports(here, term, today), 3),
        ),
        (
            "Other dates for you",
            "",
            ("Child", "Year", "What", "By", "State"),
            _sorted(_others(here, term, today), 3),
        ),
        (
            "Consultations waiting for your reply",
            f"{' '.join(('Tell us', *replies.period.split()))} whether you can meet the needs.",
            ("Child", "Year", "Sent", "Reply by", "State"),
            _sorted(_consultations(every, term, today, replies), 3),
        ),
        (
            "Decisions the council owes you",
            "",
            ("Child", "Year", "What", "By", "State"),
            _sorted(_owed(here, _DECIDE, term, today), 3),
        ),
        (
            "Plans to issue",
            "What the council has to send, and by when.",
            ("Child", "Year", "What", "By", "State"),
            _sorted(_owed(here, _ISSUE, term, today), 3),
        ),
        (
            "Phase transfers",
            "Children who move on; their plan must name the next setting by this day.",
            ("Child", "Year", "Moves to", "Named by", "State"),
            _sorted(_moves(here, term, today), 3),
        ),
    )
    parts = tuple(
        Part(title, (note,) if note else (), PaperTable(headings, tuple(found)))
        for title, note, headings, found in rows
        if found
    )
    if not parts:
        return None
    days = f"{day_words(term.first)} to {day_words(term.last)}"
    about = f"{days}, with what is late from before. Made {day_words(today)}."
    if to:
        about = f"For {to}. {about}"
    return Paper(f"School pack, {setting}, {term.name}", about, parts, foot)


def _reviews(files: Sequence[CaseFile], term: Term, today: date) -> Iterator[tuple[Cell, ...]]:
    for file in files:
        dates = [one for one in _open(file, term, today) if one.version.role in COMPLETE_BY]
        review = _running(file, today)
        if not dates or (review is not None and review.meeting is not None):
            continue
        due = min(one.due for one in dates)
        fixed = meeting_fixed([fact for fact in file.facts if fact.on <= today])
        meeting = fixed.day("meeting") if fixed is not None else None
        said = f"fixed for {day_words(meeting)}" if meeting else "fixed" if fixed else "no date yet"
        hold = due - _DECISION
        yield (*_child(file, today), hold - _NOTICE, hold, due, said, _state(due, today))


def _reports(files: Sequence[CaseFile], term: Term, today: date) -> Iterator[tuple[Cell, ...]]:
    for file in files:
        for one in _open(file, term, today):
            if one.version.role == Role.REPORT:
                state = _state(one.due, today)
                yield (*_child(file, today), one.started_on, one.due, state)


def _others(files: Sequence[CaseFile], term: Term, today: date) -> Iterator[tuple[Cell, ...]]:
    known = {Role.REPORT, *COMPLETE_BY}
    for file in files:
        for one in _open(file, term, today):
            if one.who != "school" or one.version.role in known:
                continue
            # A reply is in the pack of the setting that was asked.
            if not one.episode.startswith("consultation"):
                title = one.version.title
                yield (*_child(file, today), title, one.due, _state(one.due, today))


def _owed(
    files: Sequence[CaseFile], roles: frozenset[Role], term: Term, today: date
) -> Iterator[tuple[Cell, ...]]:
    for file in files:
        seen: set[tuple[str, str]] = set()
        for one in one_a_notice(_open(file, term, today)):
            # A plan is late by the first of its dates alone.
            line = ("final", one.episode) if one.version.role in _ISSUE else (one.rule, one.episode)
            if one.version.role in roles and line not in seen:
                seen.add(line)
                title = one.version.title
                yield (*_child(file, today), title, one.due, _state(one.due, today))


def _moves(files: Sequence[CaseFile], term: Term, today: date) -> Iterator[tuple[Cell, ...]]:
    for file in files:
        for one in _open(file, term, today):
            if one.version.stage == Stage.TRANSFER:
                where = next_phase(file.child, one, year_of(one))
                yield (*_child(file, today), where, one.due, _state(one.due, today))


def _consultations(
    children: Sequence[OfChild], term: Term, today: date, replies: Replies
) -> Iterator[tuple[Cell, ...]]:
    for one in children:
        for asked in one.asked:
            sent = asked.received or asked.sent
            if not asked.waits or sent is None or sent > today:
                continue
            due = replies.by(sent)
            if due is None:
                yield (*_child(one.file, today), sent, None, "no date set")
            elif due <= term.last:
                yield (*_child(one.file, today), sent, due, _state(due, today))


def _open(file: CaseFile, term: Term, today: date) -> list[Deadline]:
    """The open dates up to the last day of the term, the soonest first."""
    return [
        one
        for one in sorted(file.deadlines, key=_by_due)
        if one.due <= term.last and one.state(today) in OPEN
    ]


def _running(file: CaseFile, today: date) -> Review | None:
    running = [
        one
        for one in reviews_of([fact for fact in file.facts if fact.on <= today])
        if not one.ended and one.decision is None
    ]
    return running[-1] if running else None


def _child(file: CaseFile, today: date) -> tuple[Cell, Cell]:
    child = file.child
    if child.born is None:
        return child.name, ""
    year = nc_year(child.born, today, child.actual_year, child.actual_year_on)
    return child.name, year_words(year)


def _state(due: date, today: date) -> str:
    return when_words((due - today).days)


def _sorted(rows: Iterable[tuple[Cell, ...]], at: int) -> list[tuple[Cell, ...]]:
    """Rows by the date in a column, those of one day as they came: by name."""
    order: Callable[[tuple[Cell, ...]], date] = lambda row: _as_day(row[at])  # noqa: E731
    return sorted(rows, key=order)


def _as_day(cell: Cell) -> date:
    return cell if isinstance(cell, date) else date.max


def _by_due(one: Deadline) -> tuple[date, str]:
    return one.due, one.rule


def _by_name(one: OfChild) -> tuple[str, str]:
    return folded(one.file.child.surname), folded(one.file.child.forename)


def file_name(title: str, used: set[str]) -> str:
    """A name that every system takes and that no other pack of these has, without its ending."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:_LONGEST_NAME].rstrip(". ")
    found, number = name, 1
    while found.casefold() in used:
        number += 1
        found = f"{name} ({number})"
    used.add(found.casefold())
    return found
