"""The one place that knows every concrete class. As a module it is the `Application`.

What each function is given, gives and raises stands there.

Everything heavy is imported where it is first needed: start-up time is a promise.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseworker_app import __version__, files, paths, process
from caseworker_app.domain.errors import Refused, Unavailable
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.text import storable
from caseworker_app.domain.whose import EVERYONE, Whose
from caseworker_app.rule_pack import RulePack
from caseworker_app.services.application import Application
from caseworker_app.services.clock import FixedClock, SystemClock, compact
from caseworker_app.services.gate import asks_itself, open_to_all
from caseworker_app.services.restricting import counts_every, unwrapped
from caseworker_app.services.session import Session

if TYPE_CHECKING:
    from caseworker_app.domain.answers import Answer, Question
    from caseworker_app.domain.charts import Dashboard
    from caseworker_app.domain.clock.explain import Explain
    from caseworker_app.domain.deadlines import Deadline
    from caseworker_app.domain.declarations.return_runs import ReturnRun
    from caseworker_app.domain.department.protecting import Units
    from caseworker_app.domain.department.sheets import DepartmentReturn
    from caseworker_app.domain.document_changes import PlanDocument
    from caseworker_app.domain.facts import Fact
    from caseworker_app.domain.incoming import Incoming
    from caseworker_app.domain.incoming_records import IncomingRecords
    from caseworker_app.domain.letters import Asked, Draft, Drawn, FilledLetter, Order
    from caseworker_app.domain.measures.autism_path import Month
    from caseworker_app.domain.measures.board import BoardReturn, Period
    from caseworker_app.domain.measures.by_hand import Told
    from caseworker_app.domain.measures.editions import Edition
    from caseworker_app.domain.measures.entry_rows import EntryRow
    from caseworker_app.domain.outcome import Done
    from caseworker_app.domain.paper import Paper
    from caseworker_app.domain.people import Child, Setting
    from caseworker_app.domain.rules import RuleVersion
    from caseworker_app.domain.school_pack import Written
    from caseworker_app.domain.subject_access import Bundle
    from caseworker_app.domain.team_set_up import TeamSetUp
    from caseworker_app.rulebook.folder import Found
    from caseworker_app.services.cases.packs import Pack
    from caseworker_app.services.drafts import Place
    from caseworker_app.services.people import PersonRow
    from caseworker_app.services.ports import Clock
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.returns.counting import Definitions
    from caseworker_app.services.returns.explaining import Explained
    from caseworker_app.services.returns.inspection import InspectionList
    from caseworker_app.services.returns.other_runs import AgainOther, ComparedOther, Sources
    from caseworker_app.services.returns.recounting import Again, Compared
    from caseworker_app.services.returns.sen2_return import Made as Sen2Made
    from caseworker_app.store.how import How


PACK = RulePack()
"""One for the process: it is read once."""


version = __version__


def application() -> Application:
    """This module, as the window and the command line are given it."""
    from caseworker_app import bootstrap  # noqa: PLW0406  (it is itself what is given)

    return bootstrap


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the command line, or with no command the window; the value is the exit code.

    Args:
        arguments: without the program's name; None takes the process's own.
    """
    try:
        from caseworker_app import cli, logs
    except (OSError, ImportError) as error:
        # Not even our own files can be opened: then there is nothing but this left to say.
        said = files.run_out(error)
        if not said:
            raise
        sys.stderr.write(f"{said}\n")
        return 2
    process.keep_to_itself()
    logs.keep_log()
    with process.ended_by_term():
        return cli.main(application(), sys.argv[1:] if arguments is None else arguments)


@open_to_all
def open_session(
    where: str,
    *,
    passphrase: str | None = None,
    person: str | None = None,
    today: date | None = None,
    create: bool = False,
    remember: bool = False,
    progress: Progress | None = None,  # noqa: ARG001  (migrations tell nothing yet)
) -> Session:
    """Open a store."""
    from caseworker_app.services import forgetting, signing_in
    from caseworker_app.store.moved import MOVED, moved_words
    from caseworker_app.store.opening import open_store

    of = _clock(today)
    how = _how(of, passphrase, person, create=create, remember=remember)
    store = open_store(where, how)
    try:
        if said := moved_words(where, store.note(MOVED)):
            raise Unavailable(said)
        who = signing_in.signed_in(store, process.account(), of.today())
    except BaseException:
        store.close()
        raise
    session = Session(store, PACK, of, who)
    if second := os.environ.get("CASEWORKER_SECOND_PLACE"):
        session.second_place = Path(second)
    try:
        if session.counts_nothing_yet():
            session.recompute()
        session.refuse_newer_rules()
        if said := forgetting.forget_again(session):
            store.notices = (*store.notices, said)
        signing_in.put_tries_on_record(session)
        if today is None:
            signing_in.notice_clock(session)
        signing_in.ask_for_better(session, how.passphrase)
    except BaseException:
        session.close()
        raise
    return session


@open_to_all
def demo(
    where: str,
    *,
    children: int = 2000,
    seed: int = 7,
    today: date | None = None,
    passphrase: str | None = None,
    person: str | None = None,
    progress: Progress | None = None,
) -> None:
    """Make a store of invented children."""
    from caseworker_app.demo import invent_in_parts
    from caseworker_app.demo.filling import fill_in_parts
    from caseworker_app.demo.filling_letters import add_letters
    from caseworker_app.store.making import being_made, is_begun_only, is_there, write_anew
    from caseworker_app.store.sql_store import SqlStore

    if is_there(where) and not is_begun_only(where):
        raise Refused(f"There is something at {where} already: name a new store.", "store")
    with being_made(where, _how(_clock(today), passphrase, person)) as place:
        session = open_session(
            place, passphrase=passphrase, person=person, today=today, create=True
        )
        try:
            parts = invent_in_parts(session.today(), children, seed, progress)
            fill_in_parts(session, parts, progress)
            add_letters(session, ready_letters(), progress)
            store = unwrapped(session.store)
        finally:
            session.close()
        assert isinstance(store, SqlStore)
        write_anew(place, store.key)


@open_to_all
def restore(backup: Path, where: str, *, passphrase: str | None = None) -> str:
    """Put a backup in a store's place."""
    from caseworker_app.store.making import finish_interrupted_at
    from caseworker_app.store.opening import restore_into

    told = finish_interrupted_at(where)
    kept = restore_into(backup, where, _how(SystemClock(), passphrase))
    return f"{told} What it replaced is kept as {kept}.".strip() if kept else told


@open_to_all
def move(
    where: str,
    to: str,
    *,
    passphrase: str | None = None,
    person: str | None = None,
    new: str | None = None,
    progress: Progress | None = None,
) -> str:
    """Move a store between a file and a database."""
    from caseworker_app.services.signing_in import refuse_weak
    from caseworker_app.store.moving import move as moved
    from caseworker_app.store.places import place
    from caseworker_app.store.sql_store import SqlStore

    clock = SystemClock()
    session = open_session(where, passphrase=passphrase, person=person)
    try:
        session.person.ask("setup", Right.WRITE)
        store = unwrapped(session.store)
        assert isinstance(store, SqlStore)
        maker, disposals, people = session.who, store.disposal_list(), store.people()
    finally:
        session.close()
    given = new if new is not None else os.environ.get("CASEWORKER_NEW_PASSPHRASE") or None
    if given is not None and place(to).path is not None:
        refuse_weak(given)
    how = _how(clock, passphrase, person)._replace(passphrase=given, maker=maker)
    done = moved(store, to, how, disposals=disposals, people=people, progress=progress)
    return done.words


@open_to_all
def set_up_team(where: str) -> TeamSetUp:
    """Make a PostgreSQL database ready for a team."""
    from caseworker_app.store.team import set_up_team as set_up

    done = set_up(where, _how(SystemClock(), None))
    if done.new:
        # The first to open a store puts the rule pack in force, which wants every right.
        open_session(where).close()
    return done


@open_to_all
def change_passphrase(
    where: str, *, old: str, new: str, person: str | None = None, leaked: bool = False
) -> None:
    """Give a person of a store file another passphrase."""
    from caseworker_app.services.signing_in import refuse_weak
    from caseworker_app.store.passphrase import change_passphrase as change

    refuse_weak(new)
    how = _how(SystemClock(), old, person)
    change(where, old, new, how.now, how.person, leaked=how.stamp if leaked else "")


@open_to_all
def names_at(where: str) -> tuple[str, ...]:
    """Read who has a passphrase from the key file."""
    from caseworker_app.store.envelopes import names_at as names

    return names(where)


@open_to_all
def prove(session: Session, passphrase: str) -> str:
    """Have whoever has opened a store say their passphrase once more."""
    from caseworker_app.services import signing_in

    return signing_in.prove(session, passphrase, SystemClock().now())


@asks_itself
def add_person(
    session: Session,
    name: str,
    roles: Collection[str] = (),
    *,
    new: str,
    passphrase: str | None = None,
) -> str:
    """Let somebody sign in."""
    from caseworker_app.services import people

    return people.add_person(session, name, roles, new, _given(passphrase))


@asks_itself
def change_roles(session: Session, name: str, roles: Collection[str]) -> None:
    """Give somebody other roles."""
    from caseworker_app.services import people

    people.change_roles(session, name, roles)


@asks_itself
def give_passphrase(session: Session, name: str, *, new: str) -> str:
    """Give somebody a new passphrase."""
    from caseworker_app.services import people

    return people.give_passphrase(session, name, new)


@asks_itself
def new_recovery_key(session: Session, *, passphrase: str | None = None) -> str:
    """Make a recovery key."""
    from caseworker_app.services import people

    return people.new_recovery_key(session, _given(passphrase))


@asks_itself
def end_person(session: Session, name: str) -> None:
    """End somebody's signing in, and give the store another key."""
    from caseworker_app.services import people
    from caseworker_app.store.rekeying import rekey_open
    from caseworker_app.store.sql_store import SqlStore

    without = people.ending(session, name)
    store = unwrapped(session.store)
    assert isinstance(store, SqlStore)
    session.close()
    if store.place.path is None:
        return
    rekey_open(store, compact(SystemClock().now()), without)


@asks_itself
def people_of(session: Session) -> tuple[PersonRow, ...]:
    """List the people of a store."""
    from caseworker_app.services import people

    return people.people_of(session)


@open_to_all
def interrupted(where: str) -> bool:
    """Look for a replacement that was not finished."""
    from caseworker_app.store.making import interrupted_at

    return interrupted_at(where)


@open_to_all
def remembers(where: str) -> bool:
    """Look into the keyring."""
    from caseworker_app.store.passphrase import remembers as remembered

    return remembered(where)


@open_to_all
def forget(where: str) -> None:
    """Take a key out of the keyring."""
    from caseworker_app.store.passphrase import forget as forgotten

    forgotten(where)


@open_to_all
def read_files(
    paths: Sequence[Path],
    *,
    mapping: Path | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Incoming:
    """Read trackers and SEN2 files."""
    from caseworker_app import imports

    return imports.read(paths, mapping=mapping, today=_clock(today).today(), progress=progress)


@open_to_all
def read_records(
    paths: Sequence[Path],
    kind: str,
    *,
    today: date | None = None,
    progress: Progress | None = None,
) -> IncomingRecords:
    """Read records of a declared kind."""
    from caseworker_app.domain.declarations import kind_of_list
    from caseworker_app.imports import records

    return records.read(paths, kind_of_list(kind), today=_clock(today).today(), progress=progress)


@open_to_all
def read_plan_document(path: Path) -> PlanDocument:
    """Read a Word document of a plan."""
    from caseworker_app.imports import plan_document

    return plan_document.read(path)


@asks_itself
def write_records(
    session: Session,
    kind: str,
    target: Path,
    *,
    ids: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> int:
    """Write a list of records out."""
    from caseworker_app.domain.declarations import kind_of_list
    from caseworker_app.reports import record_list

    asked = kind_of_list(kind)
    with session.moment():
        rows = session.export_rows(asked.name, ids)
        children = session.children_of(asked.name, rows)
    names = [one.name for one in asked.typed_by_hand()] if columns is None else columns
    fields = [asked.field(one) for one in names]
    record_list.write(asked, fields, rows, target, progress, children=children)
    return len(rows)


@asks_itself
def write_paper(
    session: Session,
    paper: Paper,
    target: Path,
    *,
    area: str = "children",
    child_ids: Sequence[str] = (),
    progress: Progress | None = None,
) -> None:
    """Write a document as a workbook, or as a Word page by the ending of its name."""
    from caseworker_app.reports import paper_document, paper_workbook

    session.ask_export(area, child_ids)
    write = paper_document.write if target.suffix.lower() == ".docx" else paper_workbook.write
    write(paper, target, progress)


@asks_itself
def write_subject_access(
    session: Session,
    bundle: Bundle,
    out: Collection[str],
    folder: Path,
    *,
    progress: Progress | None = None,
) -> tuple[str, ...]:
    """Write everything on a child, with names struck out."""
    from caseworker_app.domain.subject_access import struck
    from caseworker_app.reports import subject_bundle
    from caseworker_app.services.cases.subject_access import leaves

    leaves(session, bundle, out)
    made = f"{session.who}, {session.today():%d/%m/%Y}"
    return subject_bundle.write(struck(bundle, out), out, made, folder, progress)


@asks_itself
def write_packs(
    session: Session,
    folder: Path,
    term: str = "",
    setting: str = "",
    *,
    progress: Progress | None = None,
) -> Written:
    """Write school packs as workbooks."""
    from caseworker_app.reports import paper_workbook
    from caseworker_app.services.cases.packs import settings_named, term_named, write_each

    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.", "out")
    chosen = term_named(term, session.today())
    settings = settings_named(session, setting)
    foot = f"{session.who}, {session.today():%d/%m/%Y}"

    def write(_: Pack, paper: Paper, name: str) -> None:
        paper_workbook.write(paper, folder / f"{name}.xlsx")

    return write_each(session, settings, chosen, foot, write, progress)


@asks_itself
def write_calendar(
    session: Session,
    name: str,
    caseworkers: Sequence[str],
    target: Path,
    *,
    names: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write dates as a calendar."""
    from caseworker_app.reports import calendar_file
    from caseworker_app.services.cases.calendars import dates_of

    found = dates_of(session, caseworkers, names=names, progress=progress)
    session.ask_export("children", found.child_ids)
    calendar_file.write(name, found.dates, target, session.clock.now())
    return sum(not one.gone for one in found.dates)


@asks_itself
@counts_every("board return")
def board(
    session: Session,
    since: date,
    until: date,
    *,
    as_at: date | None = None,
    known_at: date | None = None,
    target: Path | None = None,
    tidy: Path | None = None,
    edition: Audience = Audience.BOARD,
    council: str = "",
    template: Path | None = None,
    say: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> BoardReturn:
    """Count the board return, write it, and keep what was written."""
    from caseworker_app.domain.measures.unnamed import unnamed
    from caseworker_app.services.restricting import closed_references
    from caseworker_app.services.returns.counting import Asked, count
    from caseworker_app.services.returns.runs import (
        ask_for_edition,
        kept,
        of_board,
        published_before,
    )

    writings = _writings(session, target, tidy, template=template, say=say, progress=progress)
    session.person.ask("board", Right.EXPORT if writings else Right.READ)
    ask_for_edition(session, edition)
    if target is not None and not edition.suppressed:
        # Its lists name children.
        session.ask_export("children")
    period = _period(since, until)
    day = as_at or period.as_at(session.today())
    asked = Asked(period, day, edition, known_at, council or session.council())
    with session.moment(), session.store.reading() as reading:
        earlier = published_before(reading) if writings or edition.suppressed else ()
        counted = count(
            session,
            asked,
            _definitions(),
            earlier=earlier,
            compare=bool(writings),
            progress=progress,
        )
    # Whom a restricted case is not for has it counted, and meets it in no list of the return.
    shown = unnamed(counted.shown, closed_references(session))
    if writings:
        first, *others = writings
        with kept(session, of_board(counted, asked)):
            first(shown)
        # Once something is written the run stays, whatever becomes of the rest.
        for write in others:
            write(shown)
    return shown


@asks_itself
@counts_every("")
def dashboard(
    session: Session, whose: Whose = EVERYONE, progress: Progress | None = None
) -> Dashboard:
    """Every chart of today's caseload that whoever is at the keyboard may see."""
    from caseworker_app.reports.catalogue import load_catalogue
    from caseworker_app.services.returns.dashboard import made

    catalogue = load_catalogue(paths.resources() / "catalogue" / "measures.toml")
    return made(session, catalogue, whose, progress)


def _fill_own(
    template: tuple[bytes, str],
    figures: BoardReturn,
    target: Path,
    say: Callable[[str], None] | None,
) -> None:
    """Fill a council's own workbook with a return; tells what in it could not be filled."""
    from caseworker_app.reports import own_workbook
    from caseworker_app.reports import target as target_file

    filled, left = own_workbook.fill(*template, figures)
    with target_file.whole(target) as part:
        part.write_bytes(filled)
    if say is not None:
        for sentence in left:
            say(sentence)


def _writings(
    session: Session,
    target: Path | None,
    tidy: Path | None,
    *,
    template: Path | None = None,
    say: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> list[Callable[[BoardReturn], None]]:
    """What writes a board return to the files that are asked for, where they can be files.

    Raises `Refused` where one cannot.
    """
    from caseworker_app.reports import board_workbook, own_workbook, tidy_file
    from caseworker_app.reports.target import check
    from caseworker_app.services import plain_file
    from caseworker_app.services.returns.open_data import place_of

    found: list[Callable[[BoardReturn], None]] = []
    if target is not None and template is not None:
        if template.suffix.lower() not in own_workbook.ENDINGS:
            raise Refused(f"{template.name} does not end in .xlsx or .xlsm.", "template")
        check(target, template.suffix.lower())
        if target.exists() and template.exists() and target.samefile(template):
            raise Refused("The filled copy would take the place of the template.", "out")
        own = (
            plain_file.contents(template, own_workbook.MOST_BYTES, "a template of a return"),
            plain_file.name_of(template),
        )
        own_workbook.check(*own)
        found.append(lambda figures: _fill_own(own, figures, target, say))
    elif target is not None:
        check(target, ".xlsx")
        found.append(lambda figures: board_workbook.write(figures, target, progress))
    if tidy is not None:
        check(tidy, *tidy_file.ENDINGS)
        with session.store.reading() as reading:
            place = place_of(reading)
        found.append(lambda figures: tidy_file.write(figures, place, tidy))
    return found


def _period(since: date, until: date) -> Period:
    from caseworker_app.domain.measures.board import Period

    return Period(since, until)


def _definitions() -> Definitions:
    from caseworker_app.reports.catalogue import load_autism_path, load_catalogue
    from caseworker_app.reports.department_layout import load_twins
    from caseworker_app.services.returns.counting import Definitions

    catalogue = paths.resources() / "catalogue"
    return Definitions(
        load_catalogue(catalogue / "measures.toml"),
        load_autism_path(catalogue / "autism_path.toml"),
        load_twins(paths.resources()),
    )


@asks_itself
@counts_every("SEN2 return")
def sen2(
    session: Session,
    year: int,
    *,
    last: Path | None = None,
    progress: Progress | None = None,
) -> Sen2Made:
    """Make the SEN2 return of a year and check it."""
    from caseworker_app.services.returns.sen2_return import made

    if last is None:
        return made(session, year, __version__, progress=progress)
    from caseworker_app.imports.sen2.submitted import submitted

    before = submitted(last, session.today(), progress)
    return made(
        session,
        year,
        __version__,
        before=before.persons,
        notes=before.notes,
        progress=progress,
    )


@asks_itself
@counts_every("SEN2 return")
def write_sen2(
    session: Session, made: Sen2Made, target: Path, *, progress: Progress | None = None
) -> None:
    """Write a SEN2 return, and leave a note in the trail."""
    from caseworker_app.domain.sen2.readings import refuse_unless_confirmed
    from caseworker_app.reports import sen2_workbook, sen2_xml
    from caseworker_app.services.returns.other_runs import of_sen2
    from caseworker_app.services.returns.runs import kept
    from caseworker_app.services.returns.sen2_return import AREA, note_of_export

    session.person.ask(AREA, Right.EXPORT)
    refuse_unless_confirmed(made.readings)
    by_xml = target.suffix.lower() == ".xml"
    with kept(session, of_sen2(made, session.rules)):
        (sen2_xml if by_xml else sen2_workbook).write(made.return_, target, progress)
    note_of_export(session, made, target.name)


@asks_itself
@counts_every("inspection list")
def inspection_list(
    session: Session, as_at: date | None = None, *, progress: Progress | None = None
) -> InspectionList:
    """Make the inspection list of children with plans and check it."""
    from caseworker_app.services.returns.inspection import made

    return made(session, as_at, progress)


@asks_itself
@counts_every("inspection list")
def write_inspection(
    session: Session, made: InspectionList, target: Path, *, progress: Progress | None = None
) -> None:
    """Write the inspection list, and leave a note in the trail."""
    from caseworker_app.reports import inspection_workbook
    from caseworker_app.services.returns.inspection import note_of_export
    from caseworker_app.services.returns.other_runs import of_inspection
    from caseworker_app.services.returns.runs import kept
    from caseworker_app.services.returns.sen2_return import AREA

    session.person.ask(AREA, Right.EXPORT)
    with kept(session, of_inspection(made, session.rules)):
        inspection_workbook.write(made.layout, made.rows, made.as_at, target, progress)
    note_of_export(session, made)


@asks_itself
def questions(session: Session) -> tuple[Question, ...]:
    """Read the standard questions."""
    session.person.ask("returns", Right.READ)
    return _questions()


def _questions() -> tuple[Question, ...]:
    from caseworker_app.reports.answer_catalogue import load_questions
    from caseworker_app.reports.catalogue import load_catalogue

    catalogue = paths.resources() / "catalogue"
    measures = load_catalogue(catalogue / "measures.toml")
    return load_questions(catalogue / "answers.toml", measures)


@asks_itself
@counts_every("answer to a question")
def answer(
    session: Session,
    key: str,
    since: date,
    until: date,
    *,
    target: Path | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Answer a standard question, and write its page."""
    from dataclasses import replace

    from caseworker_app.domain.answer_paper import paper_of
    from caseworker_app.domain.day_words import day_words
    from caseworker_app.domain.measures.answer_tables import kinds_of_tables
    from caseworker_app.domain.measures.every_answer import kinds_read
    from caseworker_app.reports import paper_document, paper_workbook
    from caseworker_app.reports.catalogue import load_autism_path, load_catalogue
    from caseworker_app.services.returns import answering
    from caseworker_app.services.returns.as_at import counted_on
    from caseworker_app.services.returns.other_runs import of_answer
    from caseworker_app.services.returns.runs import kept, published_before
    from caseworker_app.services.returns.told import told

    session.person.ask("returns", Right.READ if target is None else Right.EXPORT)
    asked = answering.question_named(_questions(), key)
    if "costs" in asked.tables:
        session.person.ask("costs", Right.READ)
    kinds = tuple(dict.fromkeys((*kinds_read(), *kinds_of_tables(asked.tables))))
    catalogue = paths.resources() / "catalogue"
    path = load_autism_path(catalogue / "autism_path.toml")
    published: list[Edition] = []
    with session.store.reading() as reading:
        read = session.caseload(progress, kinds=kinds)
        rules, data = session.rules_in(reading), reading.head()
        counting = answering.Counting(
            files_on=lambda day: tuple(counted_on(file, day, rules) for file in read),
            told_on=lambda day: told(reading, day, path),
            catalogue=load_catalogue(catalogue / "measures.toml"),
            beside=session.beside(kinds),
            today=session.today(),
            council=session.council(),
            made_at=session.clock.now(),
            version=f"{__version__}, rules {rules.version}",
        )
        made = answering.answer(
            asked,
            since,
            until,
            counting,
            earlier=published_before(reading),
            keep=published.append,
            progress=progress,
        )
    if target is None:
        return made
    made = replace(made, published=True)
    foot = f"{session.who}, {day_words(session.today())}"
    write = paper_document.write if target.suffix.lower() == ".docx" else paper_workbook.write
    ids = {file.child.reference: file.child.id for file in read}
    new = of_answer(made, tuple(published), rules, data, ids, counting.today)
    with kept(session, new):
        write(paper_of(made, foot), target, progress)
    return made


@asks_itself
def read_published(
    session: Session, files: Sequence[Path], *, progress: Progress | None = None
) -> IncomingRecords:
    """Read the Department's published files for a council and its neighbours."""
    from caseworker_app.domain.declarations.council_details import CouncilDetails, newest
    from caseworker_app.domain.department.files_as_published import Wanted
    from caseworker_app.domain.kinds import kind_named, kind_of
    from caseworker_app.reports.department_layout import load_layouts
    from caseworker_app.services.imports.published_file import KIND, read_files

    for area in ("bulk", kind_named(KIND).area):
        session.person.ask(area, Right.WRITE)
    with session.store.reading() as reading:
        details = newest(reading.all_of(kind_of(CouncilDetails)).values())
    wanted = Wanted(details.la_number, details.neighbours) if details else Wanted()
    return read_files(files, load_layouts(paths.resources()).files, wanted, progress)


@asks_itself
@counts_every("files of the Department")
def department(
    session: Session,
    year: int,
    *,
    survey_day: date | None = None,
    target: Path | None = None,
    unsuppressed: bool = False,
    progress: Progress | None = None,
) -> DepartmentReturn:
    """Count the files of the Department's shape, and write them."""
    from caseworker_app.reports.department_files import write
    from caseworker_app.reports.department_layout import load_layouts
    from caseworker_app.services.returns import department as counting
    from caseworker_app.services.returns.other_runs import behind_department
    from caseworker_app.services.returns.runs import kept, of_department, published_before

    session.person.ask("board", Right.READ if target is None else Right.EXPORT)
    if target is not None and unsuppressed:
        # So few may stand behind a number that it is as good as a list of them.
        session.ask_export("children")
    layouts = load_layouts(paths.resources())
    day = counting.survey_day(layouts, year, survey_day)
    as_at, kinds = min(day, session.today()), counting.kinds_read()
    published: list[Edition] = []
    behind: list[Units] = []
    with session.store.reading() as reading:
        files, beside = session.caseload(progress, on=as_at, kinds=kinds), session.beside(kinds)
        earlier = () if unsuppressed else published_before(reading)
        rules, data = session.rules_in(reading), reading.head()
    made = counting.department(
        files,
        layouts,
        year,
        day,
        as_at,
        beside=beside,
        council=session.council(),
        suppress=not unsuppressed,
        earlier=earlier,
        keep=published.append,
        behind=behind.append,
    )
    if target is not None:
        ids = {file.child.reference: file.child.id for file in files}
        things = behind_department(behind[0], ids)
        with kept(session, of_department(made, tuple(published), rules, data, things)):
            write(made, target, progress)
    return made


@asks_itself
@counts_every("board return explained")
def explain_figures(
    session: Session,
    since: date,
    until: date,
    known_at: date,
    *,
    as_at: date | None = None,
    progress: Progress | None = None,
) -> tuple[Explained, ...]:
    """Count the measures as they were known and as they are, and say what changed between."""
    from caseworker_app.domain.measures.differences import differences
    from caseworker_app.domain.measures.unnamed import unnamed
    from caseworker_app.services.restricting import closed_references
    from caseworker_app.services.returns.counting import Asked, count
    from caseworker_app.services.returns.explaining import explained

    for area in ("board", "children", "trail"):
        session.person.ask(area, Right.READ)
    period, definitions = _period(since, until), _definitions()
    asked = Asked(period, as_at or period.as_at(session.today()))
    then = replace(asked, known_at=known_at)
    before = count(session, then, definitions, progress=progress).whole
    now = count(session, asked, definitions, progress=progress).whole
    ids = {row.reference: row.id for row in session.cases()}
    found = unnamed(differences(before, now), closed_references(session))
    with session.store.reading() as reading:
        return explained(reading, found, ids, known_at)


@asks_itself
@counts_every("run counted again")
def run_again(session: Session, key: str, progress: Progress | None = None) -> Again | AgainOther:
    """Count a kept return anew."""
    from caseworker_app.domain.declarations.return_runs import BOARD
    from caseworker_app.domain.measures.unnamed import unnamed
    from caseworker_app.services.restricting import closed_references
    from caseworker_app.services.returns import other_runs
    from caseworker_app.services.returns.runs import run_of

    run = run_of(session, key)
    if run.what != BOARD:
        other = other_runs.again(session, run, _sources(), progress)
        closed = closed_references(session)
        return replace(other, other=other_runs.named(other.other, session, closed))
    from caseworker_app.services.returns.recounting import count_again

    found = count_again(session, key, _definitions(), progress)
    return replace(found, board=unnamed(found.board, closed_references(session)))


def _sources() -> Sources:
    """What returns other than the board's are defined by."""
    from caseworker_app.reports.department_layout import load_layouts
    from caseworker_app.services.returns.other_runs import Sources

    return Sources(_definitions(), _questions(), load_layouts(paths.resources()))


@asks_itself
@counts_every("kept returns compared")
def compare_runs(
    session: Session, before: str, now: str | None, progress: Progress | None = None
) -> Compared | ComparedOther:
    """Lay two kept returns beside each other."""
    from caseworker_app.domain.declarations.return_runs import BOARD
    from caseworker_app.services.restricting import closed_references
    from caseworker_app.services.returns import other_runs
    from caseworker_app.services.returns.runs import run_of

    first, second = run_of(session, before), None if now is None else run_of(session, now)
    if first.what != BOARD:
        compared = other_runs.compare(session, first, second, _sources(), progress)
        closed = closed_references(session)
        return replace(compared, found=other_runs.named(compared.found, session, closed))
    from caseworker_app.services.returns.recounting import compare

    closed = closed_references(session)
    return compare(session, before, now, _definitions(), progress, closed=closed)


@asks_itself
@counts_every("kept return written")
def export_run(
    session: Session, key: str, target: Path, progress: Progress | None = None
) -> ReturnRun:
    """Write a kept return as it was shown, as a workbook or as tidy rows."""
    from caseworker_app.domain.declarations.return_runs import BOARD
    from caseworker_app.domain.measures.unnamed import unnamed
    from caseworker_app.services.restricting import closed_references
    from caseworker_app.services.returns.kept_boards import kept_board
    from caseworker_app.services.returns.recounting import count_again
    from caseworker_app.services.returns.runs import run_of

    run = run_of(session, key)
    session.person.ask(run.area, Right.EXPORT)
    if run.what != BOARD:
        return _export_other(session, run, target, progress)
    as_rows = target.suffix.lower() in (".csv", ".json")
    files = (None, target) if as_rows else (target, None)
    (write,) = _writings(session, *files, progress=progress)
    with session.store.reading() as reading:
        found = kept_board(reading, run)
    shown = found.shown()
    if found.edition is None and not as_rows:
        # Its lists of cases are counted anew: they name children, and no kept return does.
        session.ask_export("children")
        again = count_again(session, key, _definitions(), progress)
        if again.other:
            raise Refused(
                "This return cannot be written as it was shown: some of its figures come to "
                "something else now. Count it again to see which."
            )
        shown = unnamed(again.board, closed_references(session))
    write(shown)
    return run


def _export_other(
    session: Session, run: ReturnRun, target: Path, progress: Progress | None
) -> ReturnRun:
    """Write a kept return that is not the board's as it was shown."""
    from caseworker_app.domain.answer_paper import paper_of
    from caseworker_app.domain.answers import Answer
    from caseworker_app.domain.day_words import day_words
    from caseworker_app.domain.department.sheets import DepartmentReturn
    from caseworker_app.reports import (
        department_files,
        inspection_workbook,
        paper_document,
        paper_workbook,
        sen2_workbook,
        sen2_xml,
    )
    from caseworker_app.services.clock import read_stamp
    from caseworker_app.services.returns import other_runs
    from caseworker_app.services.returns.sen2_return import Made

    if not run.public:
        session.ask_export("children")
    found = other_runs.again(session, run, _sources(), progress)
    made = found.made
    if found.other or (found.disposed and not isinstance(made, Answer | DepartmentReturn)):
        why = (
            "some of it comes to something else now. Count it again to see what"
            if found.other
            else "who is disposed of since stood in it by name"
        )
        raise Refused(f"This return cannot be written as it was shown: {why}.")
    ending = target.suffix.lower()
    if isinstance(made, Answer):
        foot = f"{run.made_by}, {day_words(read_stamp(run.made_at).date())}"
        write = paper_document.write if ending == ".docx" else paper_workbook.write
        write(paper_of(made, foot), target, progress)
    elif isinstance(made, DepartmentReturn):
        department_files.write(made, target, progress)
    elif isinstance(made, Made):
        (sen2_xml if ending == ".xml" else sen2_workbook).write(made.return_, target, progress)
    else:
        inspection_workbook.write(made.layout, made.rows, made.as_at, target, progress)
    return run


@asks_itself
def figures_by_hand(session: Session) -> tuple[EntryRow, ...]:
    """Say what people tell, and how the latest of each stands."""
    from caseworker_app.domain.measures.entry_rows import entry_rows
    from caseworker_app.reports.catalogue import load_catalogue

    session.person.ask("improvement", Right.READ)
    measures = load_catalogue(paths.resources() / "catalogue" / "measures.toml")
    return entry_rows(measures, _told(session), session.today())


@asks_itself
def autism_months(session: Session) -> tuple[Month, ...]:
    """Put the months of the autism path beside the plan."""
    from caseworker_app.domain.measures.told_results import autism_months as months

    session.person.ask("improvement", Right.READ)
    return months(_told(session), session.today())


def _told(session: Session) -> Told:
    from caseworker_app.reports.catalogue import load_autism_path
    from caseworker_app.services.returns.told import told

    path = load_autism_path(paths.resources() / "catalogue" / "autism_path.toml")
    with session.store.reading() as reading:
        return told(reading, session.today(), path)


@asks_itself
def template_asks(session: Session, template_id: str) -> Asked:
    """Read what a letter template asks for."""
    from caseworker_app.services.letters.merging import refuse_unknown, template_of

    session.person.ask("setup", Right.READ)
    with session.store.reading() as reading:
        template = template_of(reading, template_id)
    found = _asks(template.file, template.name)
    refuse_unknown(template, found)
    return found


@asks_itself
def draw_letters(session: Session, order: Order) -> Drawn:
    """Say what an order of letters comes to."""
    from caseworker_app.services.letters import merging

    session.ask_export("children", order.child_ids)
    with session.store.reading() as reading:
        template = merging.template_of(reading, order.template_id)
        found = _asks(template.file, template.name)
        return merging.draw(reading, session.rules_in(reading), found, order, session.today())


@asks_itself
def fill_letters(
    session: Session,
    template_id: str,
    drafts: Sequence[Draft],
    progress: Progress | None = None,
) -> tuple[FilledLetter, ...]:
    """Fill a template for each letter."""
    from caseworker_app.domain.letters import FilledLetter
    from caseworker_app.reports import word_template
    from caseworker_app.services.letters.merging import template_of

    session.ask_export("children", {one.child_id for one in drafts})
    with session.store.reading() as reading:
        template = template_of(reading, template_id)
    data = _word_document(template.file)
    made = []
    for number, one in enumerate(drafts):
        if progress is not None:
            progress(number, len(drafts), "Filling letters")
        document = word_template.fill(data, one.values, template.name)
        said = word_template.words(document), word_template.words(document, body=True)
        made.append(FilledLetter(one, document, *said))
    return tuple(made)


@asks_itself
def send_letters(
    session: Session,
    order: Order,
    letters: Sequence[FilledLetter],
    folder: Path,
    progress: Progress | None = None,
    ends: Collection[Place] = (),
) -> Done:
    """Write letters and keep them as sent."""
    from contextlib import ExitStack

    from caseworker_app.services.commands import Undo
    from caseworker_app.services.letters.sending import as_sent, places_for

    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.", "out")
    session.ask_export("children", order.child_ids)
    fields = _asks(*_template(session, order.template_id)).fields
    places = places_for([one.draft for one in letters], folder)
    command = as_sent(order, [one.draft for one in letters], fields, places)
    done = None
    try:
        with files.plain_errors(folder), ExitStack() as stack:
            for one, place in zip(letters, places, strict=True):
                # In their places only once they are kept as sent.
                stack.enter_context(files.replacing(place)).write_bytes(one.document)
            done = session.carry_out(command, progress, ends)
    except Unavailable:
        if done is not None:
            session.carry_out(Undo(done.undo))
        raise
    return done


@open_to_all
def ready_letters() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """List the templates that come along."""
    from caseworker_app.reports.ready_letters import ready

    return tuple(
        ("letter_template", dict(zip(("name", "file", "kind", "fact"), of, strict=True)))
        for of in ((one.name, one.file, one.kind, one.fact) for one in ready())
    )


@asks_itself
def write_minutes(
    session: Session, panel_id: str, target: Path, template_id: str = ""
) -> tuple[str, ...]:
    """Write the minutes of a panel."""
    from caseworker_app.domain.letters import MINUTES, READY
    from caseworker_app.domain.panel_papers import lacking, minutes
    from caseworker_app.reports import word_template
    from caseworker_app.services.letters.merging import refuse_unknown, template_of, templates_of
    from caseworker_app.services.panels.panels import panel_named

    with session.store.reading() as reading:
        row = panel_named(reading, panel_id)
        own = templates_of(reading, MINUTES)
        template = template_of(reading, template_id) if template_id else next(iter(own), None)
    session.ask_export("feedback", {one.item.child_id for one in row.lines})
    file, name = f"{READY}minutes_of_panel", "Minutes of a panel"
    if template is not None:
        file, name = template.file, template.name
        refuse_unknown(template, _asks(file, name))
    said = minutes(row.words, row.panel, row.lines, session.council(), session.today())
    made = word_template.fill(_word_document(file), said, name)
    with files.plain_errors(target), files.replacing(target) as part:
        part.write_bytes(made)
    return lacking(row.panel, row.lines)


@asks_itself
def copy_template(session: Session, template_id: str, target: Path) -> None:
    """Write a template's document to a file."""
    session.person.ask("setup", Right.READ)
    data = _word_document(_template(session, template_id)[0])
    with files.plain_errors(target), files.replacing(target) as part:
        part.write_bytes(data)


def _template(session: Session, template_id: str) -> tuple[str, str]:
    """The file and the name of a letter template."""
    from caseworker_app.services.letters.merging import template_of

    with session.store.reading() as reading:
        found = template_of(reading, template_id)
    return found.file, found.name


def _asks(file: str, name: str) -> Asked:
    from caseworker_app.reports import word_template

    return word_template.asked(_word_document(file), name)


def _word_document(file: str) -> bytes:
    """The Word document of a template: one that comes along, or the council's own file."""
    from caseworker_app.domain.letters import READY
    from caseworker_app.reports import ready_letters as along
    from caseworker_app.reports.word_template import MOST_BYTES
    from caseworker_app.services import plain_file

    if file.startswith(READY):
        return along.document(file)
    path = Path(file.strip().strip('"')).expanduser()
    if not path.is_absolute():
        raise Refused(f"Give the whole path of the template, from the drive on: {file}.", "file")
    return plain_file.contents(path, MOST_BYTES, "a Word document")


@open_to_all
def has_folder_rules() -> bool:
    """Look for the folder of own rules."""
    from caseworker_app import rulebook

    return rulebook.holds_rules(paths.own_rules())


@open_to_all
def folder_rules() -> Found:
    """Read the folder of own rules."""
    from caseworker_app import rulebook

    return rulebook.read_folder(paths.own_rules(), PACK.text)


@open_to_all
def clock(text: str, today: date | None) -> str:
    """Answer the clock interface."""
    from caseworker_app.services.rules import clock_json

    return clock_json.answer(text, _clock(today).today(), *PACK.loaded)


@open_to_all
def calculate(child: Child, setting: Setting | None, facts: Sequence[Fact]) -> tuple[Deadline, ...]:
    """Count dates by the rules that came along."""
    return PACK.deadlines(child, setting, facts)


@open_to_all
def explaining() -> Explain:
    """What explains a date by the rules that came along."""
    return PACK.explaining()


@open_to_all
def rules() -> tuple[str, tuple[RuleVersion, ...]]:
    """Tell the rules that came along."""
    return PACK.rulebook.version, PACK.rulebook.versions


@open_to_all
def start_window(where: str | None, today: date | None, person: str | None = None) -> int:
    """Open the window."""
    from caseworker_app.ui.application import run

    return run(application(), where, today, person)


@open_to_all
def self_check(folder: Path) -> tuple[str, ...]:
    """Prove the installation."""
    from caseworker_app.services import selfcheck
    from caseworker_app.ui.proof import prove_window

    whole = application()
    return selfcheck.self_check(
        whole, folder, lambda where: prove_window(whole, where, selfcheck.TODAY, folder)
    )


@open_to_all
def default_store() -> str:
    """Name the store to open."""
    return os.environ.get("CASEWORKER_STORE") or str(paths.default_store())


def _clock(today: date | None) -> Clock:
    return SystemClock() if today is None else FixedClock(today)


def _how(
    clock: Clock,
    passphrase: str | None,
    person: str | None = None,
    *,
    create: bool = False,
    remember: bool = False,
) -> How:
    from caseworker_app.store.how import How

    given = person if person is not None else os.environ.get("CASEWORKER_PERSON")
    who = " ".join((given or "").split())
    return How(
        scripts=paths.migrations(),
        stamp=compact(clock.now()),
        now=SystemClock().now(),
        passphrase=_given(passphrase),
        create=create,
        person=who,
        maker=storable(who) or process.account(),
        remember=remember,
    )


def _given(passphrase: str | None) -> str | None:
    """A passphrase as it was given, or as the environment gives it."""
    given = passphrase if passphrase is not None else os.environ.get("CASEWORKER_PASSPHRASE")
    return given or None
