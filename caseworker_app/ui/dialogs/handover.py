"""Handover: a page a case, of those selected or of somebody's whole list, printed or as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from caseworker_app.domain.paper import Paper, together
from caseworker_app.domain.people import Caseworker
from caseworker_app.services.cases.handing_over import cases_of, handovers_by_child
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.list_printing import foot
from caseworker_app.ui.printing import show_pages, write_pdf
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_save
from caseworker_app.ui.widgets.form import choices

_MOST_SHOWN = 100
"""More pages than this are drawn into a file, away from the window."""

_SELECTED, _NOBODY = "selected", "nobody"


class HandoverDialog(FormDialog):
    """Asks whose pages, and whether they are printed or written."""

    guide = "School packs and printing"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        selected: Sequence[str],
        caseworkers: Sequence[Caseworker],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Handover", "Save as PDF…", parent)
        self.frame = frame
        self._selected = tuple(selected)
        whose = [(one.id, f"Every case of {one.name}") for one in caseworkers]
        whose.append((_NOBODY, "Every unassigned case"))
        if self._selected:
            count = len(self._selected)
            words = "The case selected" if count == 1 else f"The {count:,} cases selected"
            whose.insert(0, (_SELECTED, words))
        self.whose = self.form.add("&Pages for", choices(whose), key="whose")
        note = QLabel(
            "A page a case: the dates that are late and the next three, who holds what and since "
            "when, promises, the last contact, and what to watch out for."
        )
        note.setObjectName("hint")
        note.setWordWrap(True)
        self.form.add_wide(note)
        printing = self.buttons.addButton("P&rint…", QDialogButtonBox.ButtonRole.ActionRole)
        printing.setAutoDefault(False)
        printing.clicked.connect(lambda: self._with_pages(self._print))
        self.whose.setFocus()

    def accept(self) -> None:
        """Write the pages to a PDF."""
        self._with_pages(self._save)

    def write(self, paper: Paper, target: Path) -> None:
        """Write pages that may leave, away from the window's thread."""
        frame = self.frame

        def made(_: None) -> None:
            frame.say(f"Wrote {target.name}.")

        frame.jobs.files(lambda: write_pdf(paper, target), made, frame.tell_failed)
        super().accept()

    def _with_pages(self, go: Callable[[Paper], None]) -> None:
        """Go on with the pages asked for, where they may leave."""
        frame, whose = self.frame, str(self.whose.currentData())
        self.form.clear_problems()

        def make(session: Session, progress: Progress) -> tuple[Paper, Leaving]:
            ids = self._selected
            if whose != _SELECTED:
                ids = cases_of(session, "" if whose == _NOBODY else whose)
            found = handovers_by_child(session, ids, foot(frame, session.who), progress)
            pages = tuple(found.values())
            title = pages[0].title if len(pages) == 1 else f"{len(pages):,} cases"
            paper = together(f"Handover, {title}", pages)
            texts = tuple((key, page.words()) for key, page in found.items())
            return paper, Leaving(paper.title, "children", tuple(found), paper.words(), pages=texts)

        def came(found: tuple[Paper, Leaving]) -> None:
            paper, leaving = found
            if not leaving.child_ids:
                self.form.show_problem("whose", "There is no such case.")
                return
            before_leaving(frame, leaving, partial(go, paper), self)

        frame.jobs.long("Making the pages", make, came, frame.tell_failed, self)

    def _print(self, paper: Paper) -> None:
        if sum(part.large for part in paper.parts) > _MOST_SHOWN:
            said = f"More than {_MOST_SHOWN} pages: save them as a PDF and print that."
            self.form.show_problem("whose", said)
            return
        show_pages(paper, self)

    def _save(self, paper: Paper) -> None:
        name = f"{paper.title} {self.frame.today().isoformat()}.pdf"
        ask_save(
            self, "Save the handover", name, "PDF (*.pdf)", lambda to: self.write(paper, Path(to))
        )


def open_handover(frame: Frame, selected: Sequence[str], parent: QWidget) -> None:
    """Fetch the caseworkers, then ask whose pages are wanted."""

    def ask(caseworkers: tuple[Caseworker, ...]) -> None:
        HandoverDialog(frame, selected, caseworkers, parent).open()

    frame.jobs.ask(lambda session: session.caseworkers(), ask, owner=parent)
