"""Opens, makes, backs up and checks stores for the window, and asks what it needs for that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from caseworker_app.domain.errors import (
    CaseworkerError,
    PassphraseNeeded,
    Refused,
    TooSoon,
    WrongPassphrase,
)
from caseworker_app.domain.permissions import Person
from caseworker_app.services.application import Application
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.runtime.early_opening import EarlyOpening, Opened
from caseworker_app.ui.runtime.jobs import Jobs
from caseworker_app.ui.runtime.preferences import SIGNED_IN, Preferences

if TYPE_CHECKING:
    from caseworker_app.ui.main_window_layout import WindowLayout
    from caseworker_app.ui.stores.dialogs import NewStoreDialog, PassphraseDialog

DEMO_PASSPHRASE = "look round the demo"  # noqa: S105  (invented data; no secret)
_OPENING = "Opening the store"
_MOST_STORES = 20
_WRONG = "That passphrase does not open this store. Nothing was changed; try again."
STORES = "Caseworker stores (*.store *.caseworker);;All files (*)"


class StoreKeeper(QObject):
    """The window's way to stores.

    Attributes:
        where: the store open, or opened last; "" before.
        person: who has opened it, with their roles.

    Signals:
        opened: a store is open; where it is, and the first look into it, an `Opened`.
        failed: none could be opened; one sentence.
        renewed: every date may have changed.
        rules_wait: other rules than those in force wait to be shown.
        told: something worth the message bar happened.
    """

    opened = Signal(str, object)
    failed = Signal(str)
    renewed = Signal()
    rules_wait = Signal()
    told = Signal(str)

    def __init__(
        self,
        application: Application,
        jobs: Jobs,
        preferences: Preferences,
        today: date | None,
        window: WindowLayout,
    ) -> None:
        super().__init__(window)
        self.preferences = preferences
        self.application = application
        self.jobs = jobs
        self._today = today
        self._window = window
        self.where = ""
        self.person = Person("")

    def open(self, where: str, early: EarlyOpening | None = None) -> None:
        """Open a store, asking for the passphrase when the keyring does not have its key.

        Args:
            where: the store's path or URL.
            early: the same store, if it began to open before there was a window.
        """

        def came(found: Opened | CaseworkerError) -> None:
            if isinstance(found, PassphraseNeeded | WrongPassphrase) or _asks_who(found, where):
                self._ask_passphrase(where, found if isinstance(found, TooSoon) else None)
            else:
                self._came(where, found)

        if early is not None:
            self.jobs.adopt(_OPENING, early, came, self._bug)
        else:
            self.jobs.open(
                _OPENING, lambda told: self.session(where, progress=told), came, self._bug
            )

    def choose(self) -> None:
        """Ask which store to open."""
        from caseworker_app.ui.widgets.files import ask_open

        start = self.where or self.application.default_store()
        ask_open(self._window, "Open a store", start, STORES, self.open)

    def make(self) -> None:
        """Ask for a new store's file and passphrase, and make it."""
        from caseworker_app.ui.stores.dialogs import NewStoreDialog

        dialog = NewStoreDialog(_free(self.application.default_store()), self._window)
        dialog.ready.connect(lambda: self._make(dialog))
        dialog.open()

    def look_round(self) -> None:
        """Open the demo store, made first if it is not there."""
        where = str(Path(self.application.default_store()).with_name("demo.store"))

        def ready(told: Progress) -> Session:
            if not Path(where).exists() and not self.application.interrupted(where):
                self.application.demo(
                    where, today=self._today, passphrase=DEMO_PASSPHRASE, progress=told
                )
            return self.session(where, passphrase=DEMO_PASSPHRASE, progress=told)

        self.jobs.open(
            "Inventing a borough",
            ready,
            lambda found: self._came(where, found),
            self._bug,
        )

    def backup(self) -> None:
        """Ask where to, and write a verified copy."""
        from caseworker_app.ui.widgets.files import BACKUPS, ask_save

        start = Path(self.where).with_suffix(".backup")

        def copy(path: str) -> None:
            def work(session: Session, told: Progress) -> None:
                told(0, 0, "Copying and checking the copy…")
                session.backup(Path(path))

            said = f"Backed up to {path}; the copy was opened and checked."
            self.jobs.long("Back up", work, lambda _: self.told.emit(said), owner=self._window)

        ask_save(self._window, "Back up", str(start), BACKUPS, copy)

    def restore(self) -> None:
        """Ask for a backup and put it in the place of the store open, or of the usual one."""
        from caseworker_app.ui.stores.restoring import Restoring, ask_restore

        where = Path(self.where if self.is_file else self.application.default_store())
        to = Restoring(where, self.application, self.jobs, self.session, self.open_instead)
        ask_restore(to, self._window)

    def open_instead(
        self,
        where: str,
        call: Callable[[Progress], Session],
        said: Callable[[], str],
        title: str = "Restoring the backup",
    ) -> None:
        """Close the store open now, then open what `call` makes, and tell what `said` says."""

        def came(found: Opened | CaseworkerError) -> None:
            self._came(where, found)
            if not isinstance(found, CaseworkerError):
                self.told.emit(said())

        self.jobs.open(title, call, came, self._bug, instead=True)

    def check(self) -> None:
        """Prove file, audit chain and dates, and say what came of it."""
        self.jobs.long(
            "Check the store",
            lambda session, told: session.check(told),
            self._checked,
            owner=self._window,
        )

    @property
    def is_file(self) -> bool:
        """Whether the store open is an encrypted file, with a passphrase of its own."""
        return bool(self.where) and "://" not in self.where

    def recompute(self) -> None:
        """Bring every date up to the rules as they stand; newer ones are shown first."""

        def ask(changed: bool) -> None:
            if changed:
                self.rules_wait.emit()
                return
            self.jobs.long(
                "Recalculate every date",
                lambda session, told: session.recompute(told),
                self._recomputed,
                owner=self._window,
            )

        self.jobs.ask(lambda session: session.rules_changed(), ask, owner=self._window)

    def change_passphrase(self) -> None:
        """Ask for old and new passphrase and wrap the key anew."""
        from caseworker_app.ui.stores.dialogs import ChangePassphraseDialog

        dialog = ChangePassphraseDialog(self._window)

        def changed() -> None:
            dialog.accept()
            self.told.emit("The passphrase was changed.")

        def change() -> None:
            old, new = dialog.old.text(), dialog.new.text()
            if dialog.leaked.isChecked():
                self.jobs.ask(
                    lambda session: self.application.prove(session, old),
                    lambda _: anew(old, new),
                    lambda failed: dialog.show_problem("old", failed.sentence),
                    owner=dialog,
                )
                return
            self.jobs.ask(
                lambda _: self.application.change_passphrase(self.where, old=old, new=new),
                lambda _: changed(),
                lambda failed: dialog.show_problem("old", failed.sentence),
                owner=dialog,
            )

        def anew(old: str, new: str) -> None:
            """Encrypt the file anew, which nobody may have open, and open it again."""
            dialog.accept()
            where = self.where

            def work(told: Progress) -> Session:
                told(0, 0, "Encrypting the store anew…")
                self.application.change_passphrase(where, old=old, new=new, leaked=True)
                return self.session(where, passphrase=new, progress=told)

            said = "The passphrase was changed, and the store has another key."
            self.open_instead(where, work, lambda: said, "Encrypting the store anew")

        dialog.ready.connect(change)
        dialog.open()

    def forget(self) -> None:
        """Take the store's key out of the keyring."""
        self.jobs.ask(
            lambda _: self.application.forget(self.where),
            lambda _: self.told.emit("This computer no longer remembers the key of this store."),
            owner=self._window,
        )

    def session(
        self,
        where: str,
        *,
        passphrase: str | None = None,
        person: str | None = None,
        create: bool = False,
        remember: bool = False,
        progress: Progress | None = None,
    ) -> Session:
        """Open a store; what rules have changed waits for the person's leave."""
        return self.application.open_session(
            where,
            passphrase=passphrase,
            person=person,
            today=self._today,
            create=create,
            remember=remember,
            progress=progress,
        )

    def _came(self, where: str, found: Opened | CaseworkerError) -> None:
        if isinstance(found, CaseworkerError):
            self.failed.emit(found.sentence)
        else:
            self.where, self.person = where, found.person
            self.opened.emit(where, found)
            if found.notices:
                self.told.emit(" ".join(found.notices))

    def _bug(self, failed: object) -> None:
        self.jobs.trouble.emit(failed)
        self.failed.emit("")

    def _ask_passphrase(self, where: str, told: TooSoon | None = None) -> None:
        from caseworker_app.ui.stores.dialogs import PassphraseDialog

        def ask(names: tuple[str, ...]) -> None:
            last = self._signed_in().get(_mark(where), "")
            dialog = PassphraseDialog(where, self._window, names, last if last in names else "")
            dialog.ready.connect(lambda: self._try(dialog, where))
            dialog.rejected.connect(lambda: self.failed.emit(""))
            dialog.open()
            if told is not None:
                dialog.show_problem("passphrase", told.sentence)

        self.jobs.files(
            lambda: self.application.names_at(where),
            ask,
            lambda failed: self.failed.emit(failed.sentence),
            owner=self._window,
        )

    def _signed_in(self) -> dict[str, str]:
        """Who signed in last, by the mark of a store."""
        kept = self.preferences.get(SIGNED_IN).split("\n")
        return dict(one.split(" ", 1) for one in kept if " " in one)

    def _keep_signed_in(self, where: str, person: str) -> None:
        kept = {**self._signed_in(), _mark(where): person}
        lines = [f"{mark} {name}" for mark, name in list(kept.items())[-_MOST_STORES:]]
        self.preferences.keep(SIGNED_IN, "\n".join(lines))

    def _try(self, dialog: PassphraseDialog, where: str) -> None:
        passphrase, remember = dialog.passphrase.text(), dialog.remember.isChecked()
        person = dialog.chosen

        def came(found: Opened | CaseworkerError) -> None:
            if isinstance(found, WrongPassphrase | PassphraseNeeded):
                slowed = "try again in" in found.sentence
                dialog.show_problem("passphrase", found.sentence if slowed else _WRONG)
                return
            if isinstance(found, Refused) and found.field == "person":
                dialog.show_problem("person" if person else "passphrase", found.sentence)
                return
            dialog.accept()
            if person:
                self._keep_signed_in(where, person)
            self._came(where, found)

        self.jobs.open(
            _OPENING,
            lambda told: self.session(
                where, passphrase=passphrase, person=person, remember=remember, progress=told
            ),
            came,
            self._bug,
        )

    def _make(self, dialog: NewStoreDialog) -> None:
        where = dialog.where.text().strip()
        passphrase, remember = dialog.passphrase.text(), dialog.remember.isChecked()
        person = dialog.person.text().strip()

        def came(found: Opened | CaseworkerError) -> None:
            if isinstance(found, CaseworkerError):
                dialog.show_problem("where", found.sentence)
                return
            dialog.accept()
            self._came(where, found)

        self.jobs.open(
            "Making the store",
            lambda told: self.session(
                where,
                passphrase=passphrase,
                person=person,
                create=True,
                remember=remember,
                progress=told,
            ),
            came,
            self._bug,
        )

    def _recomputed(self, changed: int) -> None:
        self.renewed.emit()
        words = "No date changed" if not changed else f"{changed:,} dates changed"
        self.told.emit(f"Every date was worked out again. {words}.")

    def _checked(self, faults: tuple[str, ...]) -> None:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle("Check the store")
        if faults:
            box.setIcon(QMessageBox.Icon.Warning)
            box.setText(f"{len(faults):,} faults were found. Do not go on; open a backup.")
            box.setInformativeText("\n".join(faults[:20]))
        else:
            box.setIcon(QMessageBox.Icon.Information)
            box.setText("The store is sound: the file, the history and every date were checked.")
        box.open()


def _asks_who(found: object, where: str) -> bool:
    """Whether a store file is not opened only because nobody said who they are."""
    return isinstance(found, Refused) and found.field == "person" and "://" not in where


def _mark(where: str) -> str:
    """What a store is remembered by: no path of anybody's stands among the options."""
    return sha256(where.encode()).hexdigest()[:12]


def _free(where: str) -> str:
    """`where`, with a number when there is something already."""
    path = Path(where)
    number = 2
    while path.exists():
        path = Path(where).with_name(f"{Path(where).stem}-{number}{Path(where).suffix}")
        number += 1
    return str(path)
