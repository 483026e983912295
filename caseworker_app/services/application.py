"""What the window and the command line are given: every way in that needs a concrete class.

The module `bootstrap` is one `Application`: its functions are the methods here. `ui` and `cli`
know nothing else of store, rulebook, imports or reports. Each loads what it needs when it is first
called.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.whose import EVERYONE, Whose

if TYPE_CHECKING:
    from caseworker_app.domain.answers import Answer, Question
    from caseworker_app.domain.charts import Dashboard
    from caseworker_app.domain.clock.explain import Explain
    from caseworker_app.domain.deadlines import Deadline
    from caseworker_app.domain.declarations.return_runs import ReturnRun
    from caseworker_app.domain.department.sheets import DepartmentReturn
    from caseworker_app.domain.document_changes import PlanDocument
    from caseworker_app.domain.facts import Fact
    from caseworker_app.domain.incoming import Incoming
    from caseworker_app.domain.incoming_records import IncomingRecords
    from caseworker_app.domain.letters import Asked, Draft, Drawn, FilledLetter, Order
    from caseworker_app.domain.measures.autism_path import Month
    from caseworker_app.domain.measures.board import BoardReturn
    from caseworker_app.domain.measures.entry_rows import EntryRow
    from caseworker_app.domain.outcome import Done
    from caseworker_app.domain.paper import Paper
    from caseworker_app.domain.people import Child, Setting
    from caseworker_app.domain.rules import RuleVersion
    from caseworker_app.domain.school_pack import Written
    from caseworker_app.domain.subject_access import Bundle
    from caseworker_app.domain.team_set_up import TeamSetUp
    from caseworker_app.services.drafts import Place
    from caseworker_app.services.people import PersonRow
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.returns.explaining import Explained
    from caseworker_app.services.returns.inspection import InspectionList
    from caseworker_app.services.returns.other_runs import AgainOther, ComparedOther
    from caseworker_app.services.returns.recounting import Again, Compared
    from caseworker_app.services.returns.sen2_return import Made as Sen2Made
    from caseworker_app.services.session import Session


class Counting(Protocol):
    """What counts dates for a child who need be in no store: an application, or a session."""

    def calculate(
        self, child: Child, setting: Setting | None, facts: Sequence[Fact]
    ) -> tuple[Deadline, ...]:
        """Every deadline that follows, by due date and rule."""
        ...

    def explaining(self) -> Explain:
        """What says why a deadline is that date; it needs no store, and may be kept for later."""
        ...


class Application(Counting, Protocol):
    """Every way in. What it counts without a store is by the rules that came along.

    Attributes:
        version: this application's version.
    """

    version: str

    def default_store(self) -> str:
        """The store that opens when none is named.

        `CASEWORKER_STORE`, else the one in the person's own data folder.
        """
        ...

    def open_session(
        self,
        where: str,
        *,
        passphrase: str | None = None,
        person: str | None = None,
        today: date | None = None,
        create: bool = False,
        remember: bool = False,
        progress: Progress | None = None,
    ) -> Session:
        """Open a store, and with `create` make it when there is none.

        Its dates stay as they were counted, whatever rules came along.

        Args:
            where: a path or a database URL.
            passphrase: None takes `CASEWORKER_PASSPHRASE`, else the key the system's keyring
                remembers.
            person: whose passphrase it is, of a store that several open; None takes
                `CASEWORKER_PERSON`, and with neither it is tried on everybody's.
            today: stands in for the clock.
            create: make the store when there is none; a new file takes the passphrase given.
            remember: keep the file's key in the system's keyring.
            progress: told how it comes along.

        Raises:
            Missing: there is no store there and `create` is false.
            PassphraseNeeded: no passphrase was given and none is remembered.
            WrongPassphrase: the passphrase does not open it, or came too soon after wrong ones.
            Refused: nobody is called so, or they may not sign in now.
            Unavailable: locked, read-only, on a network share, newer than this application, or
                counted by rules that this application cannot read.
            Unreadable: the file is not a store, or is damaged.
        """
        ...

    def demo(
        self,
        where: str,
        *,
        children: int = 2000,
        seed: int = 7,
        today: date | None = None,
        passphrase: str | None = None,
        person: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Make a store of invented children. Raises `Refused` when something is there already."""
        ...

    def restore(self, backup: Path, where: str, *, passphrase: str | None = None) -> str:
        """Put a backup in a store's place, once it is verified.

        The value says where what it replaced is kept; "" where there was nothing.
        """
        ...

    def move(
        self,
        where: str,
        to: str,
        *,
        passphrase: str | None = None,
        person: str | None = None,
        new: str | None = None,
        progress: Progress | None = None,
    ) -> str:
        """Move a store from a file to a PostgreSQL database, or back; in words what was moved.

        Every row is compared with the one it was. The old store opens no more and says where it
        went.

        Args:
            where: the store.
            to: an empty database, or a path where there is nothing.
            passphrase: as `open_session` takes it.
            person: as `open_session` takes them.
            new: what opens a new file; None takes `CASEWORKER_NEW_PASSPHRASE`.
            progress: told of each table.

        Raises:
            Refused: whoever asks is no administrator, both are files or databases, there is a store
                at `to`, or the new passphrase is weak.
            PassphraseNeeded: a new file needs one.
            Unavailable: one of the two is open elsewhere, or cannot be written.
            Unreadable: a row came out otherwise than it went in; nothing is moved then.
        """
        ...

    def set_up_team(self, where: str) -> TeamSetUp:
        """Make a PostgreSQL database ready for a team, or look whether it is.

        Raises `Refused`, `Unavailable`.
        """
        ...

    def change_passphrase(
        self, where: str, *, old: str, new: str, person: str | None = None, leaked: bool = False
    ) -> None:
        """Give a person another passphrase for a store file; those of others stay as they are.

        Args:
            where: the store file.
            old: the passphrase now.
            new: the one to be.
            person: whose, as for `open_session`.
            leaked: somebody else knows the old one, so the file itself is encrypted anew, and what
                the old one opened before opens nothing.

        Raises:
            Refused: the new one is weak, or the old one is a recovery key.
            WrongPassphrase, Missing, Unavailable, Unreadable: nothing has changed.
        """
        ...

    def names_at(self, where: str) -> tuple[str, ...]:
        """Who has a passphrase of their own for the store at a place; nobody for a database."""
        ...

    def prove(self, session: Session, passphrase: str) -> str:
        """Have whoever has opened a store file say their passphrase once more, as a lock asks.

        The value is the name they sign in by; "" where there is one passphrase.

        Raises:
            WrongPassphrase: it is another one, or comes too soon after wrong ones.
            Refused: the store is a database.
        """
        ...

    def add_person(
        self,
        session: Session,
        name: str,
        roles: Collection[str] = (),
        *,
        new: str,
        passphrase: str | None = None,
    ) -> str:
        """Let somebody sign in to the store file of a session with a passphrase of their own.

        The value is a recovery key where the store had none; it is shown once. See
        `services.people.add_person`.
        """
        ...

    def change_roles(self, session: Session, name: str, roles: Collection[str]) -> None:
        """Give somebody who signs in other roles; see `services.people.change_roles`."""
        ...

    def give_passphrase(self, session: Session, name: str, *, new: str) -> str:
        """Give somebody who forgot theirs a new passphrase; the value is their name."""
        ...

    def new_recovery_key(self, session: Session, *, passphrase: str | None = None) -> str:
        """Make a recovery key in the place of the one there was; it is shown once."""
        ...

    def end_person(self, session: Session, name: str) -> None:
        """End somebody's signing in: the session is closed, and the file encrypted anew.

        What opened the store before opens nothing then.

        Raises:
            Refused: the person here may not, or nobody is called so; the session is still open.
            Unavailable, Unreadable: they are ended, but the file has its old key still: once what
                stands in the way is gone, do it again.
        """
        ...

    def people_of(self, session: Session) -> tuple[PersonRow, ...]:
        """Everybody who signs in to a store or did, by name."""
        ...

    def interrupted(self, where: str) -> bool:
        """Whether a store was being replaced when its program was stopped.

        Opening it finishes or undoes that.
        """
        ...

    def remembers(self, where: str) -> bool:
        """Whether the system's keyring holds the key of the store at a place."""
        ...

    def forget(self, where: str) -> None:
        """Take the store's key out of the system's keyring."""
        ...

    def read_files(
        self,
        paths: Sequence[Path],
        *,
        mapping: Path | None = None,
        today: date | None = None,
        progress: Progress | None = None,
    ) -> Incoming:
        """What trackers and SEN2 files say as on `today`, or the real day.

        Raises `Unreadable` with one sentence naming the file.
        """
        ...

    def read_records(
        self,
        paths: Sequence[Path],
        kind: str,
        *,
        today: date | None = None,
        progress: Progress | None = None,
    ) -> IncomingRecords:
        """What files say of records of a declared kind.

        Raises `Unreadable` with one sentence naming the file.
        """
        ...

    def read_plan_document(self, path: Path) -> PlanDocument:
        """A Word document of a plan, as lines under its sections; the file stays as it is.

        Raises `Unreadable` with one sentence naming the file.
        """
        ...

    def write_records(
        self,
        session: Session,
        kind: str,
        target: Path,
        *,
        ids: Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> int:
        """Write a workbook or a CSV file, by the ending; the value is how many rows it has.

        Args:
            session: the open store.
            kind: the kind of record.
            target: the file.
            ids: which records, in their order; None is all.
            columns: which fields, in their order; None is all that a person types.
            progress: told how it comes along; may raise `Cancelled`.

        Raises:
            Refused: the person may not export these, or the target cannot be one.
            Unavailable: it cannot be written.
        """
        ...

    def write_paper(
        self,
        session: Session,
        paper: Paper,
        target: Path,
        *,
        area: str = "children",
        child_ids: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> None:
        """Write a document as a workbook, a sheet for each of its tables, or as a Word page.

        Args:
            session: the open store.
            paper: the document.
            target: the file: .docx for Word, else .xlsx.
            area: the line of the permission table it belongs to.
            child_ids: whose it is; none named is everybody of the area.
            progress: told how it comes along; may raise `Cancelled`.

        Raises:
            Refused: the person may not export these, or the target cannot be one.
            Unavailable: it cannot be written.
        """
        ...

    def write_subject_access(
        self,
        session: Session,
        bundle: Bundle,
        out: Collection[str],
        folder: Path,
        *,
        progress: Progress | None = None,
    ) -> tuple[str, ...]:
        """Write everything on a child with names struck out; the value is the names of its files.

        Args:
            session: the open store.
            bundle: as `services.cases.subject_access.gather` gives it.
            out: the keys of who is struck out.
            folder: a folder that is not there yet, or is empty.
            progress: told how it comes along; may raise `Cancelled`.

        Raises:
            Refused: the person may not export it, or the folder cannot be one.
            Unavailable: it cannot be written.
        """
        ...

    def write_packs(
        self,
        session: Session,
        folder: Path,
        term: str = "",
        setting: str = "",
        *,
        progress: Progress | None = None,
    ) -> Written:
        """Write school packs as workbooks, one a setting.

        Args:
            session: the open store.
            folder: where to.
            term: as `school_pack.Term.key` has it; "" is this one.
            setting: the name of one; "" is all.
            progress: told how it comes along; stopped, what is written stays.

        Raises:
            Refused: there is no such term or setting, no such folder, or the person may not export.
            Unavailable: a file cannot be written.
        """
        ...

    def write_calendar(
        self,
        session: Session,
        name: str,
        caseworkers: Sequence[str],
        target: Path,
        *,
        names: bool = False,
        progress: Progress | None = None,
    ) -> int:
        """Write the dates of some caseworkers' cases as an .ics file; the value is how many.

        Args:
            session: the open store.
            name: what the calendar is called.
            caseworkers: their ids.
            target: the file.
            names: put children in by name and not by initials and reference.
            progress: told how it comes along; may raise `Cancelled`.

        Raises:
            Refused: the person may not export these, or the target cannot be one.
            Unavailable: it cannot be written.
        """
        ...

    def board(
        self,
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
        """Count the board return; what is written of it is kept among the runs.

        Args:
            session: the open store.
            since: the first day of the period.
            until: its last day.
            as_at: None takes the earlier of `until` and today.
            known_at: an evening: what was recorded later does not count.
            target: the workbook to write.
            tidy: a file of one row a figure to write, .csv or .json.
            edition: whom it is for. The Board's is published and remembered; the managers' asks
                who wants it whether they may hand work over.
            council: on the first page; "" takes the name the store keeps.
            template: a council's own workbook that is filled in place of ours.
            say: told a sentence for each thing in it that could not be filled.
            progress: told how it comes along; may raise `Cancelled`.
        """
        ...

    def dashboard(
        self, session: Session, whose: Whose = EVERYONE, progress: Progress | None = None
    ) -> Dashboard:
        """Every chart of today's caseload that whoever is at the keyboard may see.

        Args:
            session: the open store.
            whose: whose cases it is of.
            progress: told how it comes along; may raise `Cancelled`.

        Raises:
            Refused: the person may not see the cases, or the board return.
        """
        ...

    def read_published(
        self, session: Session, files: Sequence[Path], *, progress: Progress | None = None
    ) -> IncomingRecords:
        """What published files of the Department hold of England, the region and the council.

        Raises:
            Refused: the person may not bring such figures in.
            Unreadable: a file is none of these; with one sentence naming it.
        """
        ...

    def department(
        self,
        session: Session,
        year: int,
        *,
        survey_day: date | None = None,
        target: Path | None = None,
        unsuppressed: bool = False,
        progress: Progress | None = None,
    ) -> DepartmentReturn:
        """Count the files that the Department publishes of EHC plans; with `target` write them.

        Args:
            session: the open store.
            year: the calendar year.
            survey_day: of the January after it; None takes the return's own.
            target: a folder for CSV files, or a workbook.
            unsuppressed: show small numbers.
            progress: told how it comes along; may raise `Cancelled`.

        Raises:
            Refused: the survey day is not known, the target cannot be one, or the person may not
                export these.
            Unavailable: a file cannot be written.
        """
        ...

    def questions(self, session: Session) -> tuple[Question, ...]:
        """The standard questions. Raises `Refused` where the person may not see answers."""
        ...

    def answer(
        self,
        session: Session,
        key: str,
        since: date,
        until: date,
        *,
        target: Path | None = None,
        progress: Progress | None = None,
    ) -> Answer:
        """Answer a standard question; with `target` its page is written, and remembered.

        Args:
            session: the open store.
            key: which question.
            since: the first day asked for.
            until: its last.
            target: the page: .docx for Word, else .xlsx.
            progress: told how it comes along; may raise `Cancelled`.

        Raises:
            Refused: there is no such question, the days cannot be, or the person may not see or
                export it.
            Unavailable: the page cannot be written.
        """
        ...

    def clock(self, text: str, today: date | None) -> str:
        """The clock interface: JSON text and today in, JSON text out.

        Raises `Unreadable` with one sentence a fault, a line each.
        """
        ...

    def sen2(
        self,
        session: Session,
        year: int,
        *,
        last: Path | None = None,
        progress: Progress | None = None,
    ) -> Sen2Made:
        """Make the SEN2 return of a year and check it.

        Args:
            session: the open store.
            year: that of the survey day.
            last: last year's submitted return, to compare with.
            progress: told how it comes along; may raise `Cancelled`.

        Raises:
            Refused: the person may not see it, or there is no layout for the year.
            Unreadable: `last` is no return.
        """
        ...

    def write_sen2(
        self, session: Session, made: Sen2Made, target: Path, *, progress: Progress | None = None
    ) -> None:
        """Write a SEN2 return, as the submission template or, ending in .xml, as a draft.

        Raises:
            Refused: the person may not export it, or codes wait for an administrator.
            Unavailable: it cannot be written; what stood there before stands there still.
        """
        ...

    def inspection_list(
        self, session: Session, as_at: date | None = None, *, progress: Progress | None = None
    ) -> InspectionList:
        """Make the inspection list of children with plans, as at a day or today, and check it.

        Raises `Refused` where the person may not see it.
        """
        ...

    def write_inspection(
        self,
        session: Session,
        made: InspectionList,
        target: Path,
        *,
        progress: Progress | None = None,
    ) -> None:
        """Write the inspection list as a workbook.

        Raises:
            Refused: the person may not export it.
            Unavailable: it cannot be written; what stood there before stands there still.
        """
        ...

    def explain_figures(
        self,
        session: Session,
        since: date,
        until: date,
        known_at: date,
        *,
        as_at: date | None = None,
        progress: Progress | None = None,
    ) -> tuple[Explained, ...]:
        """The measures that come to something else than what was known on a past evening.

        Args:
            session: the open store.
            since: the first day of the period.
            until: its last day.
            known_at: the evening; what was recorded later is left out of the first count.
            as_at: of both counts; None takes the earlier of `until` and today.
            progress: told how it comes along; may raise `Cancelled`.

        Raises:
            Refused: the person may not see the cases, the trail or the board return.
        """
        ...

    def run_again(
        self, session: Session, key: str, progress: Progress | None = None
    ) -> Again | AgainOther:
        """Count a kept return anew, as its data were known, by the rules of then.

        Raises:
            Refused: there is no such run, no rows are kept of it, or the person may not see cases
                and trail.
            Unreadable: what was kept of it cannot be read.
        """
        ...

    def compare_runs(
        self, session: Session, before: str, now: str | None, progress: Progress | None = None
    ) -> Compared | ComparedOther:
        """Lay two kept returns of a kind beside each other; None is a count of today.

        Raises as `run_again`.
        """
        ...

    def export_run(
        self, session: Session, key: str, target: Path, progress: Progress | None = None
    ) -> ReturnRun:
        """Write a kept return as it was shown, by the ending of the file's name.

        That of the board as .xlsx, or rows in .csv or .json; any other as it may be written new.

        Raises:
            Refused: there is no such run, the person may not export it, or its cases cannot be had
                as they were.
            Unavailable: the file cannot be written.
        """
        ...

    def figures_by_hand(self, session: Session) -> tuple[EntryRow, ...]:
        """Every figure that people tell as no case can, as it stands today.

        Raises `Refused` where the person may not see it.
        """
        ...

    def autism_months(self, session: Session) -> tuple[Month, ...]:
        """The autism path month by month beside what is planned: by the list, or by hand.

        Raises `Refused` where the person may not see it.
        """
        ...

    def template_asks(self, session: Session, template_id: str) -> Asked:
        """What a letter template asks for.

        Raises:
            Refused: it is gone, or asks for a field that does not exist; with its name.
            Unreadable: its file is missing, no Word document, or does more than name fields.
        """
        ...

    def draw_letters(self, session: Session, order: Order) -> Drawn:
        """What an order of letters comes to, before anything is written.

        Raises as `template_asks`, and `Refused` where the person may not export these cases.
        """
        ...

    def fill_letters(
        self,
        session: Session,
        template_id: str,
        drafts: Sequence[Draft],
        progress: Progress | None = None,
    ) -> tuple[FilledLetter, ...]:
        """The Word document of each letter, held in memory: what the guard looks through.

        Raises as `template_asks`.
        """
        ...

    def send_letters(
        self,
        session: Session,
        order: Order,
        letters: Sequence[FilledLetter],
        folder: Path,
        progress: Progress | None = None,
        ends: Collection[Place] = (),
    ) -> Done:
        """Write letters into a folder and keep them as sent: all of it or nothing.

        No file that is there is replaced. The drafts that it `ends` go with it.

        Raises:
            Refused: there is no such folder, or the letters cannot be kept.
            Unavailable: a file cannot be written.
        """
        ...

    def ready_letters(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """The letter templates that come along, as records to add: kind and fields of each."""
        ...

    def write_minutes(
        self, session: Session, panel_id: str, target: Path, template_id: str = ""
    ) -> tuple[str, ...]:
        """Write the minutes of a panel as a Word document; the value is what they lack.

        Args:
            session: the open store.
            panel_id: the panel.
            target: the file.
            template_id: a template of minutes; "" is the council's first, else the one that
                comes with Caseworker.

        Raises:
            Refused: the panel is gone, or the person may not export panels.
            Unreadable: the template cannot be used.
            Unavailable: the file cannot be written.
        """
        ...

    def copy_template(self, session: Session, template_id: str, target: Path) -> None:
        """Write a template's Word document to a file, to be changed in Word.

        Raises as `template_asks`, and `Unavailable` where it cannot be written.
        """
        ...

    def has_folder_rules(self) -> bool:
        """Whether this computer has a folder of a council's own rules."""
        ...

    def folder_rules(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """What that folder holds, as records: the name of the kind of each, and its fields.

        Raises `Unreadable` where a file of it is not what it should be.
        """
        ...

    def rules(self) -> tuple[str, tuple[RuleVersion, ...]]:
        """The version of the rules that came along, and every version of every one of them."""
        ...

    def start_window(self, where: str | None, today: date | None, person: str | None = None) -> int:
        """Open the window on a store, or with None on the first page; `person` signs in.

        The value is the exit code.
        """
        ...

    def self_check(self, folder: Path) -> tuple[str, ...]:
        """Prove that the installation is whole, writing in a folder alone.

        Sentences, empty when it is; see `services.selfcheck`.
        """
        ...
