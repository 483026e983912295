"""Put a backup in a store's place from the window: asked plainly, checked first, nothing lost."""

from __future__ import annotations

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
    from caseworker_app.ui.stores.keeper import StoreKeeper


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


def ask_restore(keeper: StoreKeeper, where: Path, window: QWidget) -> None:
    """Ask which backup shall take the place of the store at `where`, and restore it."""

    def chosen(name: str) -> None:
        dialog = RestoreDialog(Path(name), where, window)
        dialog.ready.connect(lambda: _check(keeper, dialog, Path(name), where))
        dialog.open()

    ask_open(window, "Restore a backup", str(where.with_suffix(".backup")), BACKUPS, chosen)


def _check(keeper: StoreKeeper, dialog: RestoreDialog, backup: Path, where: Path) -> None:
    """Restore it to a folder of its own first: the store in use is closed only for a sound one."""
    passphrase, application = dialog.passphrase.text(), keeper.application

    def rehearse() -> None:
        with scratch.folder() as own:
            application.restore(backup, str(own / "rehearsal.store"), passphrase=passphrase)

    def sound(_: None) -> None:
        dialog.accept()
        _replace(keeper, backup, where, passphrase)

    def failed(failure: Failed) -> None:
        dialog.show_problem("passphrase", failure.sentence)

    keeper.jobs.files(rehearse, sound, failed, owner=dialog)


def _replace(keeper: StoreKeeper, backup: Path, where: Path, passphrase: str) -> None:
    kept: list[str] = []

    def work(told: Progress) -> Session:
        told(0, 0, "Putting the backup in place…")
        kept.append(keeper.application.restore(backup, str(where), passphrase=passphrase))
        try:
            return keeper.session(str(where), passphrase=passphrase, progress=told)
        except CaseworkerError as error:
            # The backup is in place, and that is not to be told as a failure.
            raise Unavailable(f"{said()} But it could not be opened: {error.sentence}") from error

    def said() -> str:
        return f"Restored {where.name} from {backup.name}. {kept[0]}".strip()

    keeper.open_instead(str(where), work, said)
