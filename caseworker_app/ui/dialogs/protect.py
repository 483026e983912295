"""Asking where to save a file, and whether opening it takes a password."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QLabel, QPushButton, QWidget

from caseworker_app import protecting
from caseworker_app.services.strength import SHORTEST, make_ready, strength, weak_password
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.runtime.preferences import PROTECT
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_save
from caseworker_app.ui.widgets.form import check_box
from caseworker_app.ui.widgets.passphrase_field import PassphraseField

_WORDS = "&Ask for a password when it is opened"
_HINT = "Encrypted as Excel and Word do it. Tell the password another way than you send the file."
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and figures that nobody takes for others on the telephone."""


def ask_save_protected(
    frame: Frame, parent: QWidget, title: str, start: str, kinds: str, then: Callable[[str], None]
) -> QFileDialog:
    """Ask where to write a file and whether it shall ask for a password; `then` gets its path.

    What was chosen is remembered; the password is not.
    """

    def chosen(name: str) -> None:
        target = Path(name)
        able = target.suffix.lower() in protecting.ENDINGS
        wanted = able and box.isChecked()
        if able:
            frame.preferences.keep(PROTECT, "yes" if wanted else "no")
        with_password(target, parent, lambda: then(name), wanted=wanted)

    dialog = ask_save(parent, title, start, kinds, chosen)
    box = protect_box(frame)

    def kind_chosen(words: str) -> None:
        box.setEnabled(any(ending in words for ending in protecting.ENDINGS))

    dialog.filterSelected.connect(kind_chosen)
    kind_chosen(dialog.selectedNameFilter())
    rows = dialog.layout()
    if isinstance(rows, QGridLayout):
        rows.addWidget(box, rows.rowCount(), 0, 1, -1)
    return dialog


def protect_box(frame: Frame) -> QCheckBox:
    """The box for a form that asks for several files at once."""
    made = check_box(_WORDS, _HINT)
    made.setChecked(frame.preferences.get(PROTECT) == "yes")
    return made


def with_password(target: Path, parent: QWidget, go: Callable[[], None], *, wanted: bool) -> None:
    """Go on to write a file, once its password is typed where it shall ask for one."""
    if not wanted:
        protecting.protect(target, "")
        go()
        return

    def typed(password: str) -> None:
        protecting.protect(target, password)
        go()

    ask_password(target.name, parent, typed)


def ask_password(name: str, parent: QWidget, then: Callable[[str], None]) -> None:
    """Ask for the password of what is to be written; `name` says what it is of."""
    dialog = PasswordDialog(name, parent)
    dialog.saved.connect(lambda: then(dialog.password.text()))
    dialog.open()


class PasswordDialog(FormDialog):
    """Asks twice for the password of a file, or makes one up."""

    guide = "Workbooks with a password"
    """The section of the guide that F1 opens."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("Password of the file", "Save", parent)
        words = QLabel(
            f"{name} will open with this password alone. Nobody can bring it back, and it is kept "
            "nowhere: note it before you send the file, and never send the two together."
        )
        words.setWordWrap(True)
        self.form.add_wide(words)
        self.password = self.form.add(
            "&Password",
            PassphraseField("the password"),
            f"At least {SHORTEST} characters.",
            key="password",
        )
        self.strength = QLabel("")
        self.strength.setObjectName("dim")
        self.form.layout_.addRow("", self.strength)
        self.again = self.form.add("&Again", PassphraseField("it again"), key="again")
        self.made_up = QPushButton("&Make one up")
        self.made_up.setAutoDefault(False)
        self.made_up.setToolTip("Fill in a password that nobody guesses, and show it")
        self.made_up.clicked.connect(self._make_up)
        self.form.layout_.addRow("", self.made_up)
        make_ready()
        self.password.line.textChanged.connect(self._weigh)
        self.password.setFocus()

    def accept(self) -> None:
        """Take it where it is long enough, hard to guess and typed twice the same."""
        self.form.clear_problems()
        found = self._problem()
        if found is not None:
            self.form.show_problem(*found)
            return
        self.succeed()

    def _problem(self) -> tuple[str, str] | None:
        typed = self.password.text()
        if weak := weak_password(typed):
            return "password", weak
        if typed != self.again.text():
            return "again", "The two passwords differ."
        return None

    def _make_up(self) -> None:
        drawn = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        password = "-".join(drawn)
        for field in (self.password, self.again):
            field.setText(password)
            field.shown.setChecked(True)
        self.password.setFocus()

    def _weigh(self, text: str) -> None:
        words = f"This password is {strength(text)}." if text else ""
        self.strength.setText(words)
        self.password.line.setAccessibleDescription(words)
