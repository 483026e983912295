"""What the window and the command line are given: every way in that needs a concrete class.

`bootstrap` fills one `Application`; `ui` and `cli` know nothing else of store, rulebook, imports
or reports. Every callable here loads what it needs when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from caseworker_app.domain.clock.explain import Explanation
    from caseworker_app.domain.deadlines import Deadline
    from caseworker_app.domain.facts import Fact
    from caseworker_app.domain.incoming import Incoming
    from caseworker_app.domain.incoming_records import IncomingRecords
    from caseworker_app.domain.measures.board import BoardReturn
    from caseworker_app.domain.people import Child, Setting
    from caseworker_app.domain.rules import RuleVersion
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.session import Session


class OpenSessionCall(Protocol):
    """Open the store at a path or database URL."""

    def __call__(
        self,
        where: str,
        *,
        passphrase: str | None = None,
        today: date | None = None,
        create: bool = False,
        remember: bool = False,
        progress: Progress | None = None,
    ) -> Session:
        """Open the store, and with `create` make it when there is none.

        Args:
            where: a path or a database URL.
            passphrase: None takes `CASEWORKER_PASSPHRASE`, else the key the system's keyring
                remembers.
            today: stands in for the clock.
            create: make the store when there is none; a new file takes the passphrase given.
            remember: keep the file's key in the system's keyring.
            progress: told how migration and recomputing come along.

        Raises:
            Missing: there is no store there and `create` is false.
            PassphraseNeeded: no passphrase was given and none is remembered.
            WrongPassphrase: the passphrase does not open it.
            Unavailable: locked, read-only, on a network share, newer than this application, or
                counted by rules that this application cannot read.
            Unreadable: the file is not a store, or is damaged.
        """
        ...


class ReadFilesCall(Protocol):
    """Read trackers and SEN2 files."""

    def __call__(
        self,
        paths: Sequence[Path],
        *,
        mapping: Path | None = None,
        today: date | None = None,
        progress: Progress | None = None,
    ) -> Incoming:
        """What the files say as on `today`, or the real day.

        Raises `Unreadable` with one sentence naming the file.
        """
        ...


class ReadRecordsCall(Protocol):
    """Read records of a declared kind from files."""

    def __call__(
        self,
        paths: Sequence[Path],
        kind: str,
        *,
        today: date | None = None,
        progress: Progress | None = None,
    ) -> IncomingRecords:
        """What the files say. Raises `Unreadable` with one sentence naming the file."""
        ...


class WriteRecordsCall(Protocol):
    """Write a list of records out."""

    def __call__(
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


class BoardCall(Protocol):
    """Count the board return and write its workbook."""

    def __call__(
        self,
        session: Session,
        since: date,
        until: date,
        *,
        as_at: date | None = None,
        target: Path | None = None,
        unsuppressed: bool = False,
        council: str = "",
        progress: Progress | None = None,
    ) -> BoardReturn:
        """The figures; with `target` the workbook is written too.

        Args:
            session: the open store.
            since: the first day of the period.
            until: its last day.
            as_at: None takes the earlier of `until` and today.
            target: the workbook to write.
            unsuppressed: show small numbers.
            council: on the cover; "" takes the name the store keeps.
            progress: told how it comes along; may raise `Cancelled`.
        """
        ...


class DemoCall(Protocol):
    """Make a store of invented children."""

    def __call__(
        self,
        where: str,
        *,
        children: int = 2000,
        seed: int = 7,
        today: date | None = None,
        passphrase: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Make the store. Raises `Refused` when something is there already."""
        ...


class RestoreCall(Protocol):
    """Put a backup in a store's place."""

    def __call__(self, backup: Path, where: str, *, passphrase: str | None = None) -> str:
        """Verify the backup, keep what is there, replace it; say where the kept copy is."""
        ...


class ChangePassphraseCall(Protocol):
    """Give a store file another passphrase."""

    def __call__(self, where: str, *, old: str, new: str) -> None:
        """Wrap the file's key anew; its data stay as they are. Raises `WrongPassphrase`."""
        ...


class CalculateCall(Protocol):
    """Count dates for a child who is in no store."""

    def __call__(
        self, child: Child, setting: Setting | None, facts: Sequence[Fact]
    ) -> tuple[Deadline, ...]:
        """Every deadline that follows, by due date and rule."""
        ...


class ExplainCall(Protocol):
    """Say why a deadline is that date."""

    def __call__(
        self, deadline: Deadline, today: date, others: Sequence[Deadline] = ()
    ) -> Explanation:
        """The deadline explained as it stands on a day, beside the child's other deadlines."""
        ...


@dataclass(frozen=True, slots=True)
class Application:
    """Every way in.

    Attributes:
        version: this application's version.
        default_store: the store that opens when none is named: `CASEWORKER_STORE`, else the
            person's own data folder.
        open_session, demo, restore, change_passphrase: see their protocols.
        interrupted: whether a store at a place was being replaced when its program was stopped;
            opening it finishes or undoes that.
        remembers: whether the system's keyring holds the key of the store at a place.
        forget: take that key out of the keyring.
        read_files: trackers and SEN2 files to an `Incoming`.
        read_records: records of a declared kind to an `IncomingRecords`.
        write_records: a list of records, as a workbook or CSV.
        board: the board return.
        clock: the clock interface: JSON text and today in, JSON text out. Raises `Unreadable`
            with one sentence a fault, a line each.
        calculate: dates for a child who is in no store.
        explain: why a deadline is that date.
        has_folder_rules: whether this computer has a folder of a council's own rules.
        folder_rules: what that holds, as records of a store: the name of the kind of each, and its
            fields. Raises `Unreadable`.
        rules: every version of every rule in the pack, and the pack's version.
        start_window: open the window on a store, or with None on the first-start page; the
            value is the exit code.
        self_check: prove that the installation is whole, writing in the given folder alone;
            sentences, empty when it is (`services.selfcheck`).
    """

    version: str
    default_store: Callable[[], str]
    open_session: OpenSessionCall
    demo: DemoCall
    restore: RestoreCall
    change_passphrase: ChangePassphraseCall
    interrupted: Callable[[str], bool]
    remembers: Callable[[str], bool]
    forget: Callable[[str], None]
    read_files: ReadFilesCall
    read_records: ReadRecordsCall
    write_records: WriteRecordsCall
    board: BoardCall
    clock: Callable[[str, date | None], str]
    calculate: CalculateCall
    explain: ExplainCall
    has_folder_rules: Callable[[], bool]
    folder_rules: Callable[[], tuple[tuple[str, Mapping[str, Any]], ...]]
    rules: Callable[[], tuple[str, tuple[RuleVersion, ...]]]
    start_window: Callable[[str | None, date | None], int]
    self_check: Callable[[Path], tuple[str, ...]]
