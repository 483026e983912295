"""The SEN2 return of a store: its rows, what its checks find, and the readings it was made by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.council_details import CouncilDetails, newest
from caseworker_app.domain.declarations.places import Commissioned
from caseworker_app.domain.declarations.sen2_readings import Sen2Reading
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.people import Setting
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.records import Entry
from caseworker_app.domain.sen2 import building, checks
from caseworker_app.domain.sen2.checking import Hit
from caseworker_app.domain.sen2.comparing import Difference, differences
from caseworker_app.domain.sen2.frame import Council, Frame, Officers
from caseworker_app.domain.sen2.layout import Layout
from caseworker_app.domain.sen2.readings import (
    CUT_OFF,
    SURVEY_DAY,
    YEAR_END,
    Readings,
    in_words,
    letters_in,
    readings_of,
)
from caseworker_app.domain.sen2.rows import Return, Row
from caseworker_app.domain.yeargroup import school_year
from caseworker_app.services.as_known import Known
from caseworker_app.services.cases import lists
from caseworker_app.services.clock import stamp
from caseworker_app.services.commands import AddRecord, ChangeRecord, Command, Together
from caseworker_app.services.ports import Reading
from caseworker_app.services.progress import Progress
from caseworker_app.services.restricting import counting
from caseworker_app.services.returns.sen2_layouts import layout
from caseworker_app.services.situation import Situation
from caseworker_app.services.without_collector import without_collector

AREA = "returns"


@dataclass(frozen=True, slots=True)
class When:
    """When a return was made, and of what.

    Attributes:
        at: the moment, as its header says.
        as_at: the day; nothing later is known.
        version: of the program.
        data: `Reading.head` of the moment.
    """

    at: datetime
    as_at: date
    version: str
    data: str


@dataclass(frozen=True, slots=True)
class Made:
    """The return of a year as a store has it.

    Attributes:
        hits: what the checks find, by rule.
        differs: what it says otherwise than last year's, where that was given.
        before: the persons of last year's.
        notes: what of last year's could not be compared, a sentence each.
        made: when it was made, and of what.
    """

    return_: Return
    hits: tuple[Hit, ...]
    readings: Readings
    differs: tuple[Difference, ...] = ()
    before: Sequence[Row] | None = None
    notes: tuple[str, ...] = ()
    made: When | None = None


def as_errors(hits: Sequence[Hit]) -> dict[str, Any]:
    """What checks found as JSON has it."""
    return {
        "errors": [
            {
                "rule": hit.rule,
                "level": hit.level,
                "case": hit.case.reference,
                "field": hit.field,
                "words": hit.words,
            }
            for hit in hits
        ]
    }


def made(
    session: Situation,
    year: int,
    version: str,
    *,
    before: Sequence[Row] | None = None,
    notes: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Made:
    """Make the return of a year and check it.

    Args:
        session: the open store.
        year: that of the survey day.
        version: of the program, for the header.
        before: the persons of last year's submitted return, to compare with.
        notes: what of that could not be read.
        progress: told how it comes along; may raise `Cancelled`.

    Raises:
        Refused: the person may not see returns or cases, or there is no layout for the year.
    """
    session.person.ask(AREA, Right.READ)
    session.person.ask("children", Right.READ)
    kinds = [kind_named(name) for name in building.KINDS]
    with without_collector(), session.store.reading() as reading:
        when = When(session.clock.now(), session.today(), version, reading.head())
        files = lists.caseload(reading, progress, kinds)
        return_, frame = put_together(reading, files, year, when, progress)
        hits = checks.found(return_, frame, before)
    differs = tuple(differences(return_, before)) if before is not None else ()
    return Made(return_, hits, frame.readings, differs, before, notes, when)


def put_together(
    known: Reading | Known,
    files: Sequence[CaseFile],
    year: int,
    when: When,
    progress: Progress | None = None,
) -> tuple[Return, Frame]:
    """The return of a year of some cases, and what all were looked at by.

    Args:
        known: a moment of the store, or what was known of it.
        files: every case, with the records of `building.KINDS`.
        year: that of the survey day.
        when: when it is made.
        progress: told how it comes along; may raise `Cancelled`.
    """
    of_year = layout(year)
    frame = _frame(known, of_year, readings_in(known, of_year), when.as_at)

    def tell(done: int) -> None:
        if progress is not None:
            progress(done, len(files), "Putting the return together")

    return building.build(files, frame, when.at, when.version, tell), frame


def made_again(session: Situation, old: Made, changed: Collection[str], version: str) -> Made:
    """The return again after some cases changed, and every check anew.

    Raises `Refused` as `made` does.
    """
    session.person.ask(AREA, Right.READ)
    session.person.ask("children", Right.READ)
    kinds = [kind_named(name) for name in building.KINDS]
    of_year = old.return_.layout
    with counting(session, ""), session.store.reading() as reading:
        when = When(session.clock.now(), session.today(), version, reading.head())
        frame = _frame(reading, of_year, readings_in(reading, of_year), when.as_at)
        files = lists.caseload(reading, None, kinds, changed) if changed else ()
    return_ = building.rebuild(old.return_, files, changed, frame, when.at, version)
    hits = checks.found(return_, frame, old.before)
    return Made(return_, hits, frame.readings, old.differs, old.before, old.notes, when)


def readings_in(reading: Reading | Known, of_year: Layout) -> Readings:
    """How the council reads the open points, by what the store keeps."""
    kept: dict[str, Sen2Reading] = reading.all_of(kind_of(Sen2Reading))
    in_turn = sorted(kept.values(), key=lambda one: int(one.id))
    return readings_of(of_year, {one.about: one.says for one in in_turn})


def _frame(reading: Reading | Known, of_year: Layout, readings: Readings, today: date) -> Frame:
    kept = newest(reading.all_of(kind_of(CouncilDetails)).values())
    council = Council()
    if kept is not None:
        officers = Officers(kept.medical_officer, kept.clinical_officer, kept.social_care_officer)
        council = Council(kept.la_number, officers)
    places: dict[tuple[str, str], int] = {}
    since = school_year(of_year.survey)
    for one in reading.all_of(kind_of(Commissioned)).values():
        if one.year == since:
            at = (one.setting_id, one.kind)
            places[at] = places.get(at, 0) + one.places
    settings: dict[str, Setting] = reading.all_of(kind_of(Setting))
    return Frame(of_year, readings, council, settings, today, places)


def note_of_export(session: Situation, made_: Made, name: str) -> None:
    """Say in the trail that the return was written to a file.

    Args:
        session: the open store.
        made_: the return.
        name: of the file, without its folder.
    """
    errors = sum(hit.level == "E" for hit in made_.hits)
    what = (
        f"SEN2 return {made_.return_.layout.year} written to a file ({name.rpartition('.')[2]}),"
        f" {len(made_.return_.persons)} children, {errors} errors open"
    )
    with session.store.writing() as unit:
        entry = Entry("store", "", what, "", "", kind="note")
        unit.append([entry], stamp(session.clock.now()), session.who)


def confirming(
    there: Mapping[str, Sen2Reading], of_year: Layout, said: Mapping[str, str], seen_in: str
) -> Command:
    """The command that confirms sets of codes.

    Args:
        there: what the store has of them already, by the open point.
        of_year: the layout with the sets.
        said: set to words such as "education E"; "" confirms the letters as they stand. `CUT_OFF`
            takes `YEAR_END` or `SURVEY_DAY`.
        seen_in: where it was looked up.

    Raises:
        Refused: a set that there is none of, or letters that cannot be.
    """
    kind = kind_of(Sen2Reading)
    commands: list[AddRecord | ChangeRecord] = []
    for name, words in said.items():
        if name == CUT_OFF:
            if words not in (YEAR_END, SURVEY_DAY):
                raise Refused(f"The cut-off is “{YEAR_END}” or “{SURVEY_DAY}”.", "says")
            says = words
        elif name in of_year.unverified:
            says = in_words(letters_in(of_year.unverified[name], words))
        else:
            known = ", ".join((*of_year.unverified, CUT_OFF))
            raise Refused(f"There is no open point {name!r}: there are {known}.", "about")
        fields = {"about": name, "says": says, "seen_in": seen_in}
        old = there.get(name)
        commands.append(
            AddRecord(kind.name, fields)
            if old is None
            else ChangeRecord(kind.name, old.id, old.version, fields)
        )
    return Together(tuple(commands), "codes of SEN2 confirmed")


def confirm(session: Situation, year: int, said: Mapping[str, str], seen_in: str = "") -> Done:
    """Confirm sets of codes for the council, with an entry in the trail; see `confirming`."""
    session.person.ask("setup", Right.WRITE)
    with session.store.reading() as reading:
        there = {one.about: one for one in reading.all_of(kind_of(Sen2Reading)).values()}
        command = confirming(there, layout(year), said, seen_in)
    return session.carry_out(command)


def open_points(session: Situation, year: int) -> Readings:
    """The sets of codes with their letters, and which of them wait."""
    session.person.ask(AREA, Right.READ)
    with session.store.reading() as reading:
        return readings_in(reading, layout(year))
