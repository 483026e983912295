"""School packs: choose term, setting and kind of file, and write a file a setting in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QFileDialog, QLabel, QWidget

from caseworker_app import protecting
from caseworker_app.domain.paper import Paper
from caseworker_app.domain.people import Setting
from caseworker_app.domain.school_pack import Term, Written, terms
from caseworker_app.services.application import Application
from caseworker_app.services.cases.packs import Pack, pack_of, settings_with_children, write_each
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.dialogs.protect import ask_password, protect_box
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.list_printing import foot
from caseworker_app.ui.printing import show_pages, write_pdf
from caseworker_app.ui.runtime.preferences import PROTECT
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of file wanted."""

    excel: bool = True
    pdf: bool = True


class SchoolPackDialog(FormDialog):
    """Asks for term, setting and kind of file."""

    guide = "School packs and printing"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        settings: Sequence[Setting],
        chosen: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("School pack", "Write…", parent)
        self.frame = frame
        self._settings = tuple(settings)
        self._terms = terms(frame.today())
        every = f"All {len(self._settings):,} settings, a file each"
        self.setting = self.form.add(
            "&Setting",
            choices([("", every), *((one.id, one.name) for one in self._settings)]),
            key="setting",
        )
        at = next((at for at, one in enumerate(self._settings, 1) if one.name == chosen), 0)
        self.setting.setCurrentIndex(at)
        self.term = self.form.add(
            "&Term", choices([(one.key, one.name) for one in self._terms]), key="term"
        )
        self.excel = self.form.add_wide(QCheckBox("&Excel workbook"))
        self.pdf = self.form.add_wide(QCheckBox("&PDF"))
        self.excel.setChecked(True)
        self.pdf.setChecked(True)
        self.protect = self.form.add_wide(protect_box(frame))
        note = QLabel(
            "A pack holds the dates of the children at that setting, and of those it was consulted "
            "about; nobody else is in it. Send it the way you send personal data. A PDF asks for "
            "no password."
        )
        note.setWordWrap(True)
        note.setObjectName("hint")
        self.form.add_wide(note)
        printing = self.buttons.addButton("&Print…", QDialogButtonBox.ButtonRole.ActionRole)
        printing.setAutoDefault(False)
        printing.clicked.connect(self.print_one)
        self.setting.setFocus()

    def accept(self) -> None:
        """Look what there is, ask for the folder where it may leave, and write."""
        if not (self.excel.isChecked() or self.pdf.isChecked()):
            self.form.show_problem("term", "Choose Excel, PDF or both.")
            return
        chosen = self._chosen()
        if chosen is None:
            leaving = Leaving("School packs", "children", (), "")
            before_leaving(self.frame, leaving, self._ask_folder, self)
        else:
            self._with_pack(chosen, lambda _: self._ask_folder())

    def print_one(self) -> None:
        """Show the pack of the setting chosen as it would be printed."""
        chosen = self._chosen()
        if chosen is None:
            self.form.show_problem("setting", "Choose one setting to print its pack.")
            return
        self._with_pack(chosen, self._print)

    def choose(self, folder: Path) -> None:
        """Take the folder; ask for the password of the workbooks where they shall ask for one."""
        wanted = self.protect.isChecked()
        self.frame.preferences.keep(PROTECT, "yes" if wanted else "no")
        if wanted and self.excel.isChecked():
            ask_password("Each workbook", self, partial(self.write_into, folder))
        else:
            self.write_into(folder)

    def write_into(self, folder: Path, password: str = "") -> None:
        """Write the packs asked for into a folder; the workbooks ask for the password, if any."""
        chosen = self._chosen()
        settings = self._settings if chosen is None else (chosen,)
        term, kinds = self._term(), Kinds(self.excel.isChecked(), self.pdf.isChecked())
        frame, application = self.frame, self.frame.application

        def make(session: Session, progress: Progress) -> Written:
            made = foot(frame, session.who)
            write = writing(application, session, kinds, folder, password)
            return write_each(session, settings, term, made, write, progress)

        def told(found: Written) -> None:
            frame.say(found.words)

        frame.jobs.long("Writing school packs", make, told, frame.tell_failed)
        super().accept()

    def _chosen(self) -> Setting | None:
        key = self.setting.currentData()
        return next((one for one in self._settings if one.id == key), None)

    def _term(self) -> Term:
        return self._terms[self.term.currentIndex()]

    def _with_pack(self, setting: Setting, go: Callable[[Paper], None]) -> None:
        """Go on with the pack of a setting, where it has one and it may leave."""
        term, frame = self._term(), self.frame

        def came(found: Pack) -> None:
            paper = found.paper
            if paper is None:
                said = f"{setting.name} owes nothing and is owed nothing up to the end of the term."
                self.form.show_problem("term", said)
                return
            leaving = Leaving(paper.title, "children", found.child_ids, paper.words())
            before_leaving(frame, leaving, lambda: go(paper), self)

        def look(session: Session) -> Pack:
            return pack_of(session, setting.id, term, foot(frame, session.who))

        self.form.clear_problems()
        frame.jobs.ask(look, came, frame.tell_failed, self)

    def _print(self, paper: Paper) -> None:
        show_pages(paper, self)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "Write school packs into a folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.choose(Path(name)))
        dialog.open()


def writing(
    application: Application, session: Session, kinds: Kinds, folder: Path, password: str = ""
) -> Callable[[Pack, Paper, str], None]:
    """What writes a pack into a folder, in each kind of file wanted.

    Args:
        application: what writes the workbooks.
        session: the store.
        kinds: of file.
        folder: where they go.
        password: what the workbooks ask for when they are opened; "" for nothing.
    """

    def write(pack: Pack, paper: Paper, name: str) -> None:
        if kinds.excel:
            target = folder / f"{name}.xlsx"
            protecting.protect(target, password)
            application.write_paper(session, paper, target, child_ids=pack.child_ids)
        if kinds.pdf:
            write_pdf(paper, folder / f"{name}.pdf")

    return write


def open_school_pack(frame: Frame, parent: QWidget, chosen: str = "") -> None:
    """Fetch the settings that can have a pack, then ask; `chosen` is the name of one."""

    def ask(settings: tuple[Setting, ...]) -> None:
        if settings:
            SchoolPackDialog(frame, settings, chosen, parent).open()
        else:
            frame.say("No child has a setting recorded yet, so there is no pack to write.")

    frame.jobs.ask(settings_with_children, ask, owner=parent)
