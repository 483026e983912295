"""Two Word documents of a plan compared by section, with a draft list for the amendment notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.document_changes import (
    LESS,
    DocumentChange,
    PlanDocument,
    document_changes,
    notice_list,
    section_title,
)
from caseworker_app.domain.paper import Paper
from caseworker_app.domain.wrong_child import Part
from caseworker_app.services.plans.vague_words import vague_words
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.protect import ask_save_protected
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.list_printing import foot
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.files import ask_open
from caseworker_app.ui.widgets.form import labelled
from caseworker_app.ui.widgets.table import RowsTable

_FILES = "Word documents (*.docx);;All files (*)"
_TITLE = "Compare two documents of the plan"
_COLUMNS: tuple[Column[DocumentChange], ...] = (
    Column("section", "Section", lambda row: section_title(row.letter), width=170),
    Column("what", "What", lambda row: row.what, width=80, style="strong"),
    Column("before", "Before", lambda row: row.before, width=240, stretch=True),
    Column("after", "After", lambda row: row.after, width=240, stretch=True),
    Column("less", LESS, lambda row: row.less, width=200),
)
Found = tuple[PlanDocument, PlanDocument, tuple[DocumentChange, ...]]


class CompareDialog(FittingDialog):
    """Choose two files, see what differs, and write the list. The files are only read."""

    guide = "A plan"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        case: CaseFile,
        known: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            frame: the window around it.
            case: whose plan.
            known: paths and words of the documents filed on the case, the newest first.
            parent: the window it stands over.
        """
        super().__init__(parent)
        self.setWindowTitle(_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(820, 520)
        self.frame, self._case = frame, case
        self.found: Found | None = None
        who = QLabel(about_child(case.child))
        who.setObjectName("title")
        self.before, self.after = self._box(known[1:] or known), self._box(known)
        self.model: RowsModel[DocumentChange] = RowsModel(
            _COLUMNS, _key, lambda row: f"{row.before} {row.after}", self
        )
        self.table = RowsTable(self.model, frame.theme, "Changes", "Of one document to another")
        self.empty = EmptyState(self.table)
        self.empty.say("Choose two documents, then press Compare. The files stay as they are.")
        self.only = QCheckBox("Only what became &less specific")
        self.only.toggled.connect(self._show)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.comparing = self._button("&Compare", self.compare)
        self.comparing.setDefault(True)
        self.printing = self._button("&Print the list…", lambda: self._leave("printed"))
        self.writing = self._button("&Write as Word…", lambda: self._leave("written"))
        self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self._switch()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.addWidget(who)
        column.addLayout(self._row("&Before", self.before))
        column.addLayout(self._row("&After", self.after))
        line = QHBoxLayout()
        line.addWidget(self.said, 1)
        line.addWidget(self.only)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.buttons)
        self.before.setFocus()

    def _box(self, known: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for path, words in known:
            box.addItem(path)
            box.setItemData(box.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        line = box.lineEdit()
        if line is not None:
            line.setPlaceholderText("Path of a .docx file")
        return box

    def _row(self, label: str, box: QComboBox) -> QHBoxLayout:
        words = labelled(label, box)
        words.setMinimumWidth(60)
        browse = QPushButton("Browse…")
        browse.setAccessibleName(f"Browse for the document {label.replace('&', '').lower()}")
        browse.setAutoDefault(False)
        browse.clicked.connect(lambda: ask_open(self, _TITLE, "", _FILES, box.setEditText))
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(box, 1)
        row.addWidget(browse)
        return row

    def _button(self, words: str, call: Callable[[], None]) -> QPushButton:
        button = self.buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAutoDefault(False)
        button.clicked.connect(call)
        return button

    def compare(self) -> None:
        """Read both files, away from the window, and show what differs."""
        paths = [Path(box.currentText().strip()).expanduser() for box in (self.before, self.after)]
        if not all(box.currentText().strip() for box in (self.before, self.after)):
            self._say("Choose both documents.")
            return
        read, vague = self.frame.application.read_plan_document, vague_words()

        def go() -> Found:
            one, other = (read(path) for path in paths)
            return one, other, document_changes(one, other, vague)

        self.comparing.setEnabled(False)
        self.frame.jobs.files(go, self._take, lambda why: self._failed(why.sentence), self)

    def _take(self, found: Found) -> None:
        self.found = found
        self.comparing.setEnabled(True)
        one, other, changes = found
        less = sum(bool(change.less) for change in changes)
        said = [counted(len(changes), "change") + ", ", f"{less} less specific."]
        lost = [each.name for each in (one, other) if not each.has_sections]
        if lost:
            said.append(f" No section headings were found in {' and '.join(lost)}.")
        self._say("".join(said))
        self.empty.say("" if changes else "The two documents say the same.")
        self._show()

    def _failed(self, sentence: str) -> None:
        self.comparing.setEnabled(True)
        self.found = None
        self._say(sentence)
        self._show()

    def _show(self) -> None:
        changes = self.found[2] if self.found is not None else ()
        only = self.only.isChecked()
        self.model.set_rows([one for one in changes if one.less or not only])
        self.table.go_first()
        self._switch()

    def _switch(self) -> None:
        for button in (self.printing, self.writing):
            button.setEnabled(self.found is not None)

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setAccessibleName(sentence)

    def _leave(self, way: str) -> None:
        """Let the draft list for the notice leave, past the guard."""
        if self.found is None:
            return
        found, child = self.found, self._case.child.id

        def show(who: str) -> None:
            from caseworker_app.ui.printing import print_paper

            paper = notice_list(*found, foot(self.frame, who))
            text = paper.words()
            leaving = Leaving(paper.title, "children", (child,), text, way, (Part(text),))
            if way == "printed":
                print_paper(self.frame, paper, leaving, self)
            else:
                before_leaving(self.frame, leaving, lambda: self._ask_where(paper), self)

        self.frame.jobs.ask(lambda session: session.who, show, owner=self)

    def _ask_where(self, paper: Paper) -> None:
        child = self._case.child.id

        def save(name: str) -> None:
            target = Path(name)

            def make(session: Session, progress: Progress) -> None:
                self.frame.application.write_paper(
                    session, paper, target, child_ids=(child,), progress=progress
                )

            def made(_: None) -> None:
                self._say(f"Wrote {target.name}.")

            self.frame.jobs.long("Writing the list", make, made, self.frame.tell_failed, self)

        name = f"{paper.title} {self.frame.today().isoformat()}.docx"
        title, kinds = "Write the list of changes", "Word documents (*.docx)"
        ask_save_protected(self.frame, self, title, name, kinds, save)


def _key(row: DocumentChange) -> str:
    return f"{row.letter}|{row.what}|{row.before}|{row.after}"
