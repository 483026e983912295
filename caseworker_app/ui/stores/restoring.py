"""Put a backup in a store's place from the window: asked plainly, checked first, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app import scratch
from caseworker_app.domain.errors import CaseworkerError, Unavailable
from caseworker_app.domain.outcome import Failed
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.stores.dialogs import StoreDialog
from caseworker_app.ui.widgets.files import BACKUPS, ask_open
from caseworker_app.ui.widgets.passphrase_field import PassphraseField

if TYPE_CHECKING:
    from caseworker_app.services.application import Application
    from caseworker_app.ui.runtime.jobs import Jobs


class RestoreDialog(StoreDialog):
    """Says what a restore does, and asks for the passphrase that opens the backup.

    Signals:
        ready: Restore was pressed and something is typed.
    """

    ready = Signal()

    def __init__(self, backup: Path, where: Path, parent: QWidget | None) -> None:
        there = (
            f"{where.name} as it is now is kept in the same folder, under a name that ends in the"
            " day and time. What was recorded after the backup was made is then only in that copy."
            if where.exists()
            else f"It becomes the store {where}."
        )
        super().__init__(
            "Restore a backup", f"{backup.name} is checked first. {there}", "Restore", parent
        )
        self.passphrase = self.form.add(
            "&Passphrase",
            PassphraseField(),
            "The one the store had on the day of the backup.",
            key="passphrase",
        )
        self.passphrase.setFocus()

    def problem(self) -> tuple[str, str] | None:
        """Something must be typed."""
        return None if self.passphrase.text() else ("passphrase", "Enter the passphrase.")

    def show_problem(self, key: str, sentence: str) -> None:
        """Say what is wrong and have it typed again."""
        super().show_problem(key, sentence)
        self.passphrase.selectAll()


@dataclass(frozen=True, slots=True)
class Restoring:
    """Where a backup is to go, and what it takes to put it there.

    Attributes:
        where: the store whose place it takes.
        application: restores it.
        jobs: does so off the window's thread.
        session: opens a store by its path, passphrase and progress.
        instead: closes the store open now and opens what a call makes; then a sentence is said.
    """

    where: Path
    application: Application
    jobs: Jobs
    session: Callable[..., Session]
    instead: Callable[[str, Callable[[Progress], Session], Callable[[], str]], None]


def ask_restore(to: Restoring, window: QWidget) -> None:
    """Ask which backup shall take the place of a store, and restore it."""

    def chosen(name: str) -> None:
        dialog = RestoreDialog(Path(name), to.where, window)
        dialog.ready.connect(lambda: _check(to, dialog, Path(name)))
        dialog.open()

    ask_open(window, "Restore a backup", str(to.where.with_suffix(".backup")), BACKUPS, chosen)


def _check(to: Restoring, dialog: RestoreDialog, backup: Path) -> None:
    """Restore it to a folder of its own first: the store in use is closed only for a sound one."""
    passphrase = dialog.passphrase.text()

    def rehearse() -> None:
        with scratch.folder() as own:
            to.application.restore(backup, str(own / "rehearsal.store"), passphrase=passphrase)

    def sound(_: None) -> None:
        dialog.accept()
        _replace(to, backup, passphrase)

    def failed(failure: Failed) -> None:
        dialog.show_problem("passphrase", failure.sentence)

    to.jobs.files(rehearse, sound, failed, owner=dialog)


def _replace(to: Restoring, backup: Path, passphrase: str) -> None:
    kept: list[str] = []
    where = str(to.where)

    def work(told: Progress) -> Session:
        told(0, 0, "Putting the backup in place…")
        kept.append(to.application.restore(backup, where, passphrase=passphrase))
        try:
            return to.session(where, passphrase=passphrase, progress=told)
        except CaseworkerError as error:
            # The backup is in place, and that is not to be told as a failure.
            raise Unavailable(f"{said()} But it could not be opened: {error.sentence}") from error

    def said() -> str:
        return f"Restored {to.where.name} from {backup.name}. {kept[0]}".strip()

    to.instead(where, work, said)
