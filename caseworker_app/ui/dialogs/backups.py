"""The backups that Caseworker makes by itself: where they are, and a second place for them."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.runtime.backing_up import send_to
from caseworker_app.ui.runtime.preferences import SECOND_PLACE, Preferences
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_folder

_ABOUT = (
    "Caseworker backs the store up every hour while it is used and when it is closed, if anything "
    "was recorded. Each backup is encrypted, and opened again to see that it is whole. All of the "
    "last day are kept, then one a day for a month, then one a week for a year."
)
_ABOUT_SERVER = (
    "A server's backups are for its administrator. Caseworker signs where the history ends when it "
    "is closed and when a return is published. Name a folder, a share say, and each signature goes "
    "there too, so that nobody can write the history anew unnoticed."
)
_SECOND = (
    "Another disk, or a folder your council backs up. A line goes there too each time the end of "
    "the history is signed. Leave it empty for none."
)


class BackupsDialog(FormDialog):
    """Says where the backups are, and asks for a second place."""

    guide = "Undo, history, backups"

    def __init__(
        self,
        frame: Frame,
        preferences: Preferences,
        parent: QWidget | None = None,
        *,
        made_here: bool = True,
    ) -> None:
        super().__init__("Backups by itself", "Keep", parent)
        self._frame, self._preferences = frame, preferences
        about = QLabel(_ABOUT if made_here else _ABOUT_SERVER)
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.made = QLabel("Looking for them…")
        self.made.setWordWrap(True)
        if made_here:
            self.form.add_wide(self.made)
            frame.jobs.ask(lambda session: session.backups_made(), self._show, owner=self)
        self.second = QLineEdit(preferences.get(SECOND_PLACE))
        choose = QPushButton("C&hoose…")
        choose.setAccessibleName("Choose the second place")
        choose.clicked.connect(self._choose)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.second, 1)
        row.addWidget(choose)
        both.setFocusProxy(self.second)
        self.form.add("&Second place", both, _SECOND, "second")

    def accept(self) -> None:
        """Keep the second place, or say why it cannot be one."""
        self.form.clear_problems()
        typed = self.second.text().strip()
        if typed and not Path(typed).is_dir():
            self.form.show_problem("second", "There is no such folder.")
            return
        self._preferences.keep(SECOND_PLACE, typed)
        self._preferences.save()
        second = Path(typed) if typed else None
        window = self.parentWidget()
        self._frame.jobs.ask(partial(send_to, second), lambda _: None, owner=window)
        self.succeed()

    def _choose(self) -> None:
        start = str(Path(self.second.text().strip() or Path.home()) / "x")
        ask_folder(self, "Second place for backups", start, self.second.setText)

    def _show(self, made: tuple[Path, ...]) -> None:
        if not made:
            self.made.setText("None has been made yet.")
            return
        latest = datetime.fromisoformat(made[-1].stem).astimezone()
        self.made.setText(
            f"{len(made):,} in {made[-1].parent}, the latest of "
            f"{latest:%d/%m/%Y} at {latest:%H:%M}."
        )
