"""Ask whether the council's own rules of this computer are to go into the store, once."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from caseworker_app.services.rules.bringing_in import bring_in
from caseworker_app.ui.dialogs.new_rules import offer_change
from caseworker_app.ui.runtime.preferences import FOLDER_ASKED
from caseworker_app.ui.screens.base import Frame

_QUESTION = "Bring the council's own rules from this computer into the store?"
_ABOUT = (
    "Rules, readings and alerts of your own stand in a folder of this computer, where nothing "
    "reads them any more. In the store they hold for everyone who works with it. The folder stays."
)


def offer_folder(frame: Frame, where: str, parent: QWidget) -> None:
    """Ask for a store that has no rules of its own yet; a no is not asked again for it here."""
    if where in frame.preferences.get(FOLDER_ASKED).splitlines():
        return

    def ask(has_own: bool) -> None:
        if not has_own:
            FolderBox(frame, where, parent).open()

    frame.jobs.ask(lambda session: session.has_own_rules(), ask, owner=parent)


class FolderBox(QMessageBox):
    """The question, with Yes and No."""

    def __init__(self, frame: Frame, where: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame, self._where, self._over = frame, where, parent
        self.setWindowTitle("Rules of this computer")
        self.setIcon(QMessageBox.Icon.Question)
        self.setText(_QUESTION)
        self.setInformativeText(_ABOUT)
        self.yes = self.addButton("&Bring them in", QMessageBox.ButtonRole.YesRole)
        self.no = self.addButton("&No", QMessageBox.ButtonRole.NoRole)
        self.setDefaultButton(self.yes)
        self.setEscapeButton(self.no)
        self.yes.clicked.connect(self._bring)
        self.no.clicked.connect(self._leave)

    def _bring(self) -> None:
        frame, over = self._frame, self._over
        frame.jobs.files(
            frame.application.folder_rules,
            lambda found: offer_change(frame, bring_in(found), over),
            frame.tell_failed,
            over,
        )

    def _leave(self) -> None:
        asked = self._frame.preferences.get(FOLDER_ASKED).splitlines()
        self._frame.preferences.keep(FOLDER_ASKED, "\n".join([*asked, self._where]))
