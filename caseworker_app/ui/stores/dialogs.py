"""Asking for a passphrase, and for a new store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.names import folded
from caseworker_app.process import account
from caseworker_app.services.signing_in import weak_words
from caseworker_app.services.strength import SHORTEST, make_ready, strength
from caseworker_app.ui.dialogs.typed_dialog import TypedDialog
from caseworker_app.ui.widgets.files import ask_save
from caseworker_app.ui.widgets.form import Form, check_box, choices
from caseworker_app.ui.widgets.passphrase_field import PassphraseField

_REMEMBER_HINT = "The key goes into this computer's own keyring, under your log-in."


class StoreDialog(TypedDialog):
    """A form over the window that stays until the store is open."""

    guide = "The passphrase"
    """The section of the guide that F1 opens."""

    ready = Signal()
    question = "Leave, and forget what you typed?"

    def __init__(self, title: str, words: str, go: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self.form = Form(self)
        self._words = QLabel(words)
        self._words.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self._check)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addWidget(self.form)
        column.addStretch(1)
        column.addWidget(self.buttons)

    def problem(self) -> tuple[str, str] | None:
        """(field, sentence) for what is missing or wrong, or None."""
        raise NotImplementedError

    def busy(self, *, on: bool) -> None:
        """Bar a second press while the first is under way."""
        self.buttons.setEnabled(not on)
        self.form.setEnabled(not on)

    def show_problem(self, key: str, sentence: str) -> None:
        """Say what is wrong and let the person try again."""
        self.busy(on=False)
        self.form.show_problem(key, sentence)

    def _check(self) -> None:
        self.form.clear_problems()
        wrong = self.problem()
        if wrong is not None:
            self.form.show_problem(*wrong)
            return
        self.busy(on=True)
        self.ready.emit()


class PassphraseDialog(StoreDialog):
    """Asks for the passphrase of a store, and where several people open it who one is.

    Signals:
        ready: Open was pressed and something is typed.
    """

    def __init__(
        self, where: str, parent: QWidget | None, names: Sequence[str] = (), last: str = ""
    ) -> None:
        """Make the form.

        Args:
            where: the store.
            parent: the window it stands over.
            names: who opens it.
            last: who did last on this computer.
        """
        several = len(names) > 1
        opens = "The passphrase of each who works with it" if several else "Its passphrase"
        super().__init__(
            "Sign in" if several else "Passphrase",
            f"{Path(where).name} is encrypted. {opens} opens it.",
            "Sign in" if several else "Open",
            parent,
        )
        self.person = choices([(one, one) for one in sorted(names, key=folded)], last)
        if several:
            self.form.add("&I am", self.person, key="person")
        self.passphrase = self.form.add("&Passphrase", PassphraseField(), key="passphrase")
        self.remember = check_box("&Remember the key on this computer", _REMEMBER_HINT)
        if not several:
            # Whoever shares this computer's log-in is not to be taken for a colleague.
            self.form.add_wide(self.remember)
        (self.passphrase if last or not several else self.person).setFocus()

    @property
    def chosen(self) -> str | None:
        """Who signs in, or None where there is one passphrase."""
        return str(self.person.currentData()) if self.person.count() > 1 else None

    def problem(self) -> tuple[str, str] | None:
        """Something must be typed."""
        return None if self.passphrase.text() else ("passphrase", "Enter the passphrase.")

    def show_problem(self, key: str, sentence: str) -> None:
        """Say that it was wrong and have it typed again."""
        super().show_problem(key, sentence)
        self.passphrase.selectAll()


class NewStoreDialog(StoreDialog):
    """Asks where a new store shall be and which passphrase shall open it.

    Signals:
        ready: Make was pressed and the form is in order.
    """

    def __init__(self, where: str, parent: QWidget | None) -> None:
        super().__init__(
            "New store",
            "A store is one encrypted file. Without the passphrase nobody can read it, and nobody"
            " can bring it back: keep it where your team keeps such things.",
            "Make the store",
            parent,
        )
        self.where = QLineEdit(where)
        self.form.add("&File", _with_browse(self.where, self._browse), key="where")
        self.person = self.form.add(
            "Your &name",
            QLineEdit(account()),
            "What you record stands in the history under it.",
            key="person",
        )
        self.passphrase = self.form.add(
            "&Passphrase",
            PassphraseField(),
            f"At least {SHORTEST} characters; four or five words are best.",
            key="passphrase",
        )
        self.strength = QLabel("")
        self.strength.setObjectName("dim")
        self.form.layout_.addRow("", self.strength)
        self.again = self.form.add("&Again", PassphraseField("it again"), key="again")
        self.remember = self.form.add_wide(
            check_box("&Remember the key on this computer", _REMEMBER_HINT)
        )
        make_ready()
        self.passphrase.line.textChanged.connect(self._weigh)
        self.passphrase.setFocus()

    def problem(self) -> tuple[str, str] | None:
        """File named, passphrase long enough and typed twice the same."""
        if not self.where.text().strip():
            return "where", "Choose where to keep the store."
        if Path(self.where.text().strip()).exists():
            return "where", "There is a file of that name already; choose another."
        if not self.person.text().strip():
            return "person", "Enter your name."
        if weak := weak_words(self.passphrase.text()):
            return "passphrase", weak
        if self.passphrase.text() != self.again.text():
            return "again", "The two passphrases differ."
        return None

    def _weigh(self, text: str) -> None:
        words = f"This passphrase is {strength(text)}." if text else ""
        self.strength.setText(words)
        self.passphrase.line.setAccessibleDescription(words)

    def _browse(self) -> None:
        start = self.where.text()
        ask_save(self, "New store", start, "Caseworker stores (*.store)", self.where.setText)


class ChangePassphraseDialog(StoreDialog):
    """Asks for the old passphrase and twice for the new one.

    Signals:
        ready: Change was pressed and the form is in order.
    """

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            "Change the passphrase",
            "Nothing in the store changes; only your own passphrase that opens it does.",
            "Change it",
            parent,
        )
        self.old = self.form.add("&Passphrase now", PassphraseField("the one now"), key="old")
        hint = f"At least {SHORTEST} characters."
        self.new = self.form.add("&New passphrase", PassphraseField("the new one"), hint, "new")
        self.again = self.form.add("&Again", PassphraseField("it again"), key="again")
        self.leaked = self.form.add_wide(
            check_box(
                "&Somebody else may know the old one",
                "The file is then encrypted anew, so that the old one opens no copy of its key.",
            )
        )
        make_ready()
        self.old.setFocus()

    def problem(self) -> tuple[str, str] | None:
        """All typed, the new one long enough and twice the same."""
        if not self.old.text():
            return "old", "Enter the passphrase that opens the store now."
        if weak := weak_words(self.new.text()):
            return "new", weak
        if self.new.text() != self.again.text():
            return "again", "The two passphrases differ."
        return None


def _with_browse(line: QLineEdit, browse: Callable[[], None]) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    button = QPushButton("Browse…")
    button.setAutoDefault(False)
    button.clicked.connect(browse)
    row.addWidget(line, 1)
    row.addWidget(button)
    both.setFocusProxy(line)
    return both
