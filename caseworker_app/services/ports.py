"""What the use cases need from outside, as protocols; `bootstrap` gives the concrete classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from caseworker_app.domain.caseload import AsKnown, CaseFile
    from caseworker_app.domain.incoming import ImportResult, Incoming
    from caseworker_app.domain.outcome import Outcome
    from caseworker_app.domain.people import Caseworker, Setting
    from caseworker_app.domain.preview import Preview
    from caseworker_app.domain.records import DeadlineChange
    from caseworker_app.domain.rows import AlertRow, CaseRow, HistoryRow, RecordRow, ReviewRow
    from caseworker_app.domain.undecided import Undecided
    from caseworker_app.services.commands import Command, MergeChildren, SplitChild


Progress = Callable[[int, int, str], None]
"""Called with (done, total, a few words). It raises `Cancelled` to stop the work."""


class Desk(Protocol):
    """One open store with everything that can be asked and done. Calls block; use one thread."""

    @property
    def where(self) -> str:
        """The store's path or URL, for the title bar; never a password."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What is to be told of the opening, a sentence each."""
        ...

    def today(self) -> date:
        """The day, by the clock the desk was given."""
        ...

    def cases(self) -> tuple[CaseRow, ...]:
        """Every child, by surname and forename."""
        ...

    def alerts(self, within: int | None = None, worker: str | None = None) -> tuple[AlertRow, ...]:
        """Open deadlines, soonest first: overdue, and due within so many days (all with None).

        `worker` is part of a caseworker's name, case apart.
        """
        ...

    def weigh(self, rows: Sequence[AlertRow]) -> tuple[AlertRow, ...]:
        """Those open deadlines with how loud they are, and why, by the council's thresholds."""
        ...

    def reviews(self) -> tuple[ReviewRow, ...]:
        """One row a live plan."""
        ...

    def case(self, child_id: str) -> CaseFile:
        """Everything of one child, with history. Raises `Refused` when there is no such child."""
        ...

    def caseload(self, progress: Progress | None = None) -> tuple[CaseFile, ...]:
        """Everything of every child, by reference, without history and without explanations."""
        ...

    def settings(self) -> tuple[Setting, ...]:
        """Every setting by name."""
        ...

    def record_rows(self, kind: str) -> tuple[RecordRow, ...]:
        """Every record of a declared kind, as a list shows it."""
        ...

    def record_choices(self, kind: str) -> tuple[tuple[str, str], ...]:
        """What a link to a kind can point at: id and words, by words."""
        ...

    def caseworkers(self) -> tuple[Caseworker, ...]:
        """Every caseworker by name."""
        ...

    def council(self) -> str:
        """The council's name for returns, or "" when nobody has given it."""
        ...

    def set_council(self, name: str) -> None:
        """Keep the council's name for everyone who works with this store."""
        ...

    def history(self, limit: int = 200) -> tuple[HistoryRow, ...]:
        """The latest audit entries, newest first."""
        ...

    def preview(self, command: MergeChildren | SplitChild) -> Preview:
        """What a merge or a split would do; nothing is written.

        Raises `Refused`, with the field, where carrying it out would be refused.
        """
        ...

    def undecided(
        self, child_id: str | None = None, progress: Progress | None = None
    ) -> tuple[Undecided, ...]:
        """What is left to a person of one child, or of all: proposals, perhaps the same child."""
        ...

    def as_known(self, day: date, progress: Progress | None = None) -> AsKnown:
        """The caseload as the store had it when a day was over, rebuilt from the audit trail."""
        ...

    def last_undo(self) -> tuple[str, str] | None:
        """(audit group, words) of the person's own newest change that stands, if there is one.

        It is read from the audit, so it is the same after a restart.
        """
        ...

    def last_redo(self) -> tuple[str, str] | None:
        """(audit group, words) of what the person undid last, as long as they made no change since.

        It is read from the audit, so it is the same after a restart.
        """
        ...

    def actions(self, limit: int = 200) -> tuple[HistoryRow, ...]:
        """The latest actions, newest first: one row for each, however much it touched."""
        ...

    def submit(self, command: Command) -> Outcome:
        """Carry a command out. Never raises: a failure comes back as a value."""
        ...

    def apply_import(
        self, incoming: Incoming, *, dry_run: bool = False, progress: Progress | None = None
    ) -> ImportResult:
        """Bring an incoming caseload in, all or nothing, in one transaction.

        Raises `Cancelled`, `Unavailable` or `Refused`; the store is then as it was.
        """
        ...

    def check(self, progress: Progress | None = None) -> tuple[str, ...]:
        """What is wrong with file, audit chain and deadlines, a sentence each; empty when sound."""
        ...

    def rules_changed(self) -> bool:
        """Whether the kept deadlines were computed by other rules than those in force here."""
        ...

    def changes_by_new_rules(self, progress: Progress | None = None) -> tuple[DeadlineChange, ...]:
        """What `recompute` would change, by reference and rule. Nothing is written."""
        ...

    def recompute(self, progress: Progress | None = None) -> int:
        """Compute every deadline by the rules in force; the value is how many changed.

        Raises `Cancelled` when the progress says so; nothing has changed then.
        """
        ...

    def backup(self, target: Path) -> None:
        """Write a verified copy of the store."""
        ...

    def close(self) -> None:
        """Release the store."""
        ...
