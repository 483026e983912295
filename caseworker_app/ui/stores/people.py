"""The people of a store in the window: who signs in, letting them in or out, the recovery key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.permissions import ROLES, Right
from caseworker_app.services.commands import ChangeRecord
from caseworker_app.services.people import PersonRow
from caseworker_app.services.signing_in import weak_words
from caseworker_app.services.strength import SHORTEST, make_ready
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.stores.dialogs import StoreDialog
from caseworker_app.ui.widgets.form import check_box
from caseworker_app.ui.widgets.passphrase_field import PassphraseField
from caseworker_app.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from caseworker_app.domain.signing_in import SignIn
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.session import Session
    from caseworker_app.ui.main_window_layout import WindowLayout
    from caseworker_app.ui.stores.keeper import StoreKeeper

_ABOUT = (
    "Roles guide in a file that everybody holds; they do not bind: whoever has a passphrase has "
    "the whole file. Where roles have to bind, share a database."
)
_LEFT = "left"


def _roles(row: PersonRow) -> str:
    return ", ".join(words for code, words in ROLES.items() if code in row.person.roles)


def _from_to(row: PersonRow) -> str:
    since, until = row.person.since, row.person.until
    return " to ".join(day_words(one) if one else "" for one in (since, until)).strip()


class PeopleDialog(FittingDialog):
    """Everybody who signs in or did, and what can be done about it."""

    guide = "The passphrase"
    """The section of the guide that F1 opens."""

    def __init__(
        self, keeper: StoreKeeper, rows: Sequence[PersonRow], parent: WindowLayout
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("People")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(760, 380)
        self._keeper = keeper
        columns: tuple[Column[PersonRow], ...] = (
            Column("name", "Name", lambda row: row.person.name, width=190, style="strong"),
            Column("roles", "Roles", _roles, width=260, stretch=True),
            Column("days", "From and to", _from_to, width=120, style="dim"),
            Column("state", "State", lambda row: row.state, width=140),
        )
        self.model: RowsModel[PersonRow] = RowsModel(
            columns, lambda row: row.person.id, lambda row: row.person.name
        )
        self.table = RowsTable(self.model, parent.theme, "People")
        about = QLabel(_ABOUT)
        about.setObjectName("dim")
        about.setWordWrap(True)
        self.empty = QLabel(
            "Nobody signs in yet: the store has one passphrase, and who has it holds every role."
        )
        self.empty.setWordWrap(True)
        self.add = self._button("&Add somebody…", self._add)
        self.roles = self._button("Change &roles…", self._change_roles)
        self.give = self._button("New &passphrase…", self._give)
        self.end = self._button("&End…", self._end)
        row = QHBoxLayout()
        for one in (self.add, self.roles, self.give, self.end):
            row.addWidget(one)
        row.addStretch(1)
        closing = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closing.rejected.connect(self.reject)
        row.addWidget(closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(about)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.table.chosen.connect(self._offer)
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[PersonRow]) -> None:
        """Show these people."""
        self.model.set_rows(list(rows))
        self.empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self._offer()

    def read_again(self) -> None:
        """Ask the store who signs in now."""
        application = self._keeper.application
        self._keeper.jobs.ask(application.people_of, self.show_rows, owner=self)

    def chosen(self) -> PersonRow | None:
        """The person selected."""
        row = self.table.current_row()
        return row if isinstance(row, PersonRow) else None

    def _button(self, words: str, go: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(go)
        return button

    def _offer(self) -> None:
        """Offer what may be done by this person with the one selected, and say why not the rest."""
        may, row = self._keeper.person.may("setup", Right.WRITE), self.chosen()
        why = "" if may else "That is for an administrator."
        for one in (self.roles, self.give, self.end):
            # Who left and still has a key is ended once more, and nothing else.
            left = row is not None and (
                row.state == _LEFT if one is self.end else row.state.startswith(_LEFT)
            )
            one.setEnabled(may and row is not None and not left)
            one.setToolTip(why or ("" if row else "Select somebody first."))
        self.add.setEnabled(may)
        self.add.setToolTip(why)

    def _add(self) -> None:
        dialog = PersonDialog(self)
        keeper = self._keeper

        def add() -> None:
            name, roles = dialog.name.text().strip(), dialog.chosen_roles()
            new, own = dialog.new.text(), dialog.own.text()

            def work(session: Session) -> str:
                keeper.application.prove(session, own)
                return keeper.application.add_person(session, name, roles, new=new, passphrase=own)

            def done(recovery: str) -> None:
                dialog.accept()
                self.read_again()
                keeper.told.emit(f"{name} signs in now.")
                if recovery:
                    RecoveryDialog(recovery, self).open()

            keeper.jobs.ask(work, done, dialog.failed, owner=dialog)

        dialog.ready.connect(add)
        dialog.open()

    def _change_roles(self) -> None:
        row = self.chosen()
        if row is None:
            return
        dialog = RolesDialog(row, self)
        keeper = self._keeper

        def change() -> None:
            roles = frozenset(dialog.chosen_roles())

            def work(session: Session) -> object:
                seen = session.version_of("caseworker", row.person.id)
                return session.submit(
                    ChangeRecord("caseworker", row.person.id, seen, {"roles": roles})
                )

            def done(outcome: object) -> None:
                if isinstance(outcome, Failed):
                    dialog.show_problem("roles", outcome.sentence)
                    return
                dialog.accept()
                if isinstance(outcome, Done):
                    keeper.jobs.tell(outcome)
                self.read_again()

            keeper.jobs.ask(work, done, dialog.failed, owner=dialog)

        dialog.ready.connect(change)
        dialog.open()

    def _give(self) -> None:
        row = self.chosen()
        if row is None:
            return
        dialog = GiveDialog(row, self)
        keeper = self._keeper

        def give() -> None:
            new, own, name = dialog.new.text(), dialog.own.text(), row.person.sign_in

            def work(session: Session) -> str:
                keeper.application.prove(session, own)
                return keeper.application.give_passphrase(session, name, new=new)

            def done(_: str) -> None:
                dialog.accept()
                keeper.told.emit(f"{row.person.name} has a new passphrase.")

            keeper.jobs.ask(work, done, dialog.failed, owner=dialog)

        dialog.ready.connect(give)
        dialog.open()

    def _end(self) -> None:
        row = self.chosen()
        if row is None:
            return
        dialog = EndDialog(row, self)
        keeper = self._keeper

        def end() -> None:
            own = dialog.own.text()

            def proved(me: str) -> None:
                dialog.accept()
                self.accept()
                end_person(keeper, row.person, own, me)

            keeper.jobs.ask(
                lambda session: keeper.application.prove(session, own),
                proved,
                dialog.failed,
                owner=dialog,
            )

        dialog.ready.connect(end)
        dialog.open()


def end_person(keeper: StoreKeeper, person: SignIn, own: str, me: str) -> None:
    """End somebody's signing in, with the store closed meanwhile, and open it again.

    Args:
        keeper: knows the store.
        person: whose.
        own: the passphrase of whoever does it.
        me: the name they sign in by.
    """
    where = keeper.where
    said = f"{person.name} signs in no more, and the store has another key. Make a new backup."

    def work(told: Progress) -> Session:
        nonlocal said
        told(0, 0, "Encrypting the store anew…")
        session = keeper.session(where, passphrase=own, person=me)
        try:
            keeper.application.end_person(session, person.sign_in)
        except CaseworkerError as error:
            # As where a colleague has it open: this one's own window opens again all the same.
            said = error.sentence
        finally:
            session.close()
        return keeper.session(where, passphrase=own, person=me, progress=told)

    keeper.open_instead(where, work, lambda: said, "Encrypting the store anew")


class _NewPassphrase(StoreDialog):
    """A form that asks for somebody's new passphrase twice, and for one's own once."""

    def passphrases(self, whose: str) -> None:
        """Add the fields."""
        hint = f"At least {SHORTEST} characters; four or five words are best."
        self.new = self.form.add("&Passphrase", PassphraseField(f"that of {whose}"), hint, "new")
        self.again = self.form.add("A&gain", PassphraseField("it again"), key="again")
        self.own = self.form.add(
            "Your &own", PassphraseField("your own"), "Your own passphrase, to be sure.", "own"
        )
        make_ready()

    def problem(self) -> tuple[str, str] | None:
        """The new one is strong enough and typed twice the same; one's own is there."""
        if weak := weak_words(self.new.text()):
            return "new", weak
        if self.new.text() != self.again.text():
            return "again", "The two passphrases differ."
        return None if self.own.text() else ("own", "Enter your own passphrase.")

    def failed(self, failure: Failed) -> None:
        """Say what is wrong beside the field it is of."""
        wrong = failure.field or ("own" if "passphrase" in failure.sentence else "new")
        known = wrong if self.form.field(wrong) is not None else "new"
        self.show_problem(known, failure.sentence)


class PersonDialog(_NewPassphrase):
    """Asks who is to sign in, with which roles and passphrase.

    Signals:
        ready: Add was pressed and the form is in order.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            "Add somebody",
            "They sign in with a passphrase of their own. A caseworker who is in the list keeps"
            " their cases: type their name as it stands there.",
            "Add",
            parent,
        )
        self.name = self.form.add("&Name", QLineEdit(), key="name")
        self.boxes = _role_boxes({"caseworker"})
        self.form.add("&Roles", _below(self.boxes), key="role")
        self.passphrases("theirs")
        self.name.setFocus()

    def chosen_roles(self) -> list[str]:
        """The codes of the roles ticked."""
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def problem(self) -> tuple[str, str] | None:
        """A name, a role and two passphrases."""
        if not self.name.text().strip():
            return "name", "Enter the name."
        if not self.chosen_roles():
            return "role", "Tick a role at least."
        return super().problem()


class RolesDialog(StoreDialog):
    """Asks which roles somebody is to hold.

    Signals:
        ready: Change was pressed and a role is ticked.
    """

    def __init__(self, row: PersonRow, parent: QWidget) -> None:
        super().__init__(
            "Change roles", f"What {row.person.name} may do from now on.", "Change", parent
        )
        self.boxes = _role_boxes(row.person.roles)
        self.form.add("&Roles", _below(self.boxes), key="roles")

    def chosen_roles(self) -> list[str]:
        """The codes of the roles ticked."""
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def problem(self) -> tuple[str, str] | None:
        """A role is ticked."""
        return None if self.chosen_roles() else ("roles", "Tick a role at least.")

    def failed(self, failure: Failed) -> None:
        """Say what is wrong."""
        self.show_problem("roles", failure.sentence)


class GiveDialog(_NewPassphrase):
    """Asks for a new passphrase for somebody who forgot theirs.

    Signals:
        ready: Give was pressed and the form is in order.
    """

    def __init__(self, row: PersonRow, parent: QWidget) -> None:
        super().__init__(
            "New passphrase",
            f"{row.person.name} signs in with it from now on, and changes it then.",
            "Give it",
            parent,
        )
        self.passphrases("theirs")
        self.new.setFocus()


class _OwnDialog(StoreDialog):
    """A form that asks for one's own passphrase alone."""

    def __init__(self, title: str, words: str, go: str, parent: QWidget) -> None:
        super().__init__(title, words, go, parent)
        self.own = self.form.add("Your &passphrase", PassphraseField("your own"), key="own")
        self.own.setFocus()

    def problem(self) -> tuple[str, str] | None:
        """Something must be typed."""
        return None if self.own.text() else ("own", "Enter your own passphrase.")

    def failed(self, failure: Failed) -> None:
        """Say what is wrong."""
        self.show_problem("own", failure.sentence)


class EndDialog(_OwnDialog):
    """Says what ending somebody's signing in does, and asks for one's own passphrase.

    Signals:
        ready: End was pressed and something is typed.
    """

    def __init__(self, row: PersonRow, parent: QWidget) -> None:
        super().__init__(
            f"End {row.person.name}",
            f"{row.person.name} signs in no more, and stays in the history. The file is encrypted"
            " anew, so that their passphrase and older key files open nothing. Backups and copies"
            " from before keep the old key. Nobody else may have the store open.",
            "End it",
            parent,
        )


class RecoveryDialog(FittingDialog):
    """Shows a recovery key, this once."""

    guide = "The passphrase"
    """The section of the guide that F1 opens."""

    def __init__(self, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Recovery key")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        about = QLabel(
            "It opens this store with every role when nobody knows a passphrase any more. Write it "
            "down and lock it away: it is shown this once, and is kept nowhere."
        )
        about.setWordWrap(True)
        self.code = QLineEdit(code)
        self.code.setReadOnly(True)
        self.code.setAccessibleName("Recovery key")
        copy = QPushButton("&Copy")
        copy.setAutoDefault(False)
        copy.clicked.connect(partial(_copy, code))
        done = QDialogButtonBox()
        done.addButton("I have written it down", QDialogButtonBox.ButtonRole.AcceptRole)
        done.accepted.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.code, 1)
        row.addWidget(copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(about)
        column.addLayout(row)
        column.addWidget(done)


def _copy(code: str) -> None:
    QGuiApplication.clipboard().setText(code)


def _role_boxes(ticked: Collection[str]) -> dict[str, QCheckBox]:
    boxes = {code: check_box(words) for code, words in ROLES.items()}
    for code, box in boxes.items():
        box.setChecked(code in ticked)
    return boxes


def _below(boxes: dict[str, QCheckBox]) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for box in boxes.values():
        column.addWidget(box)
    whole.setFocusProxy(next(iter(boxes.values())))
    return whole


def open_people(keeper: StoreKeeper, window: WindowLayout) -> None:
    """Fetch who signs in, then show them."""

    def show(rows: tuple[PersonRow, ...]) -> None:
        PeopleDialog(keeper, rows, window).open()

    keeper.jobs.ask(keeper.application.people_of, show, owner=window)


def ask_recovery(keeper: StoreKeeper, window: QWidget) -> None:
    """Ask for one's own passphrase, then make a recovery key and show it."""
    dialog = _OwnDialog(
        "A new recovery key",
        "It takes the place of the one there was, if there was one: that opens nothing then.",
        "Make it",
        window,
    )

    def make() -> None:
        own = dialog.own.text()

        def work(session: Session) -> str:
            keeper.application.prove(session, own)
            return keeper.application.new_recovery_key(session, passphrase=own)

        def done(code: str) -> None:
            dialog.accept()
            RecoveryDialog(code, window).open()

        keeper.jobs.ask(work, done, dialog.failed, owner=dialog)

    dialog.ready.connect(make)
    dialog.open()
