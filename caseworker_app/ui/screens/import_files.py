"""Import: choose files, see what was understood and what was not, then apply or leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import files, scratch
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.incoming import ImportResult, Incoming
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.left import open_left_dialog
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.import_review import ImportReview
from caseworker_app.ui.screens.import_rows import account_words, as_csv, mapping_text, result_words

SIZE = QSize(1040, 620)
"""Where the window has the room for it, as on a scaled screen it may not."""
_PLAIN = QFileDialog.Option.DontUseNativeDialog
_KINDS = "Trackers and SEN2 files (*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.txt);;All files (*)"
_WORDS = (
    "Choose annual review trackers in any layout, a SEN2 pre-submission workbook, or the folder "
    "that holds a SEN2 export, or drop them here. Nothing is stored before you have seen what was "
    "understood."
)


@contextmanager
def _mapping_file(
    by_hand: Mapping[str, str], days: Mapping[tuple[str, str], str]
) -> Iterator[Path | None]:
    """What a person said of the columns, as the file a reader takes; it holds headings alone."""
    if not (by_hand or days):
        yield None
        return
    with scratch.folder() as folder:
        path = folder / "mapping.toml"
        path.write_text(mapping_text(by_hand, days), encoding="utf-8")
        yield path


def open_import(frame: Frame) -> ImportDialog:
    """Open the import over the window."""
    dialog = ImportDialog(frame, frame if isinstance(frame, QWidget) else None)
    dialog.open()
    return dialog


class ImportDialog(FittingDialog):
    """Two pages: what to read, and what it says.

    Signals:
        read: the files were read and can be looked through.
        applied: they were imported.
    """

    guide = "Import"
    """The section of the guide that F1 opens."""

    read = Signal()
    applied = Signal()

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._incoming: Incoming | None = None
        self._paths: tuple[Path, ...] = ()
        self._by_hand: dict[str, str] = {}
        self._days: dict[tuple[str, str], str] = {}
        self.setAcceptDrops(True)
        self.setWindowTitle("Import")
        self.resize(SIZE if parent is None else SIZE.boundedTo(parent.size()))
        self.problem = QLabel()
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._choosing())
        self.buttons = QDialogButtonBox()
        self.apply_button = self.buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self.apply_button.setObjectName("primary")
        self.other = self.buttons.addButton("Choose others…", QDialogButtonBox.ButtonRole.ResetRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.apply)
        self.buttons.rejected.connect(self.reject)
        self.other.clicked.connect(self._choose_others)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.problem)
        column.addWidget(self.pages, 1)
        column.addWidget(self.buttons)
        self._choose_others()

    @cached_property
    def review(self) -> ImportReview:
        """What was read, made when something has been."""
        made = ImportReview(self._frame.theme)
        made.save.connect(self._ask_where)
        made.again.connect(self._read_again)
        made.answered.connect(self._answered)
        self.pages.addWidget(made)
        return made

    def read_paths(self, paths: Sequence[Path]) -> None:
        """Read files or a folder, with progress, and show what they say."""
        self._say("")
        self._paths = tuple(paths)
        read_files = self._frame.application.read_files
        by_hand, days = dict(self._by_hand), dict(self._days)

        def read(session: Session, progress: Progress) -> tuple[Incoming, ImportResult]:
            with _mapping_file(by_hand, days) as mapping:
                incoming = read_files(
                    list(paths), mapping=mapping, today=session.today(), progress=progress
                )
            return incoming, session.apply_import(incoming, dry_run=True, progress=progress)

        self._frame.jobs.long("Reading the files", read, self._show, self._failed, self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._forget_what_was_said()
            self.read_paths(paths)

    def apply(self) -> None:
        """Bring in what was understood: all of it or, when it is stopped, nothing."""
        incoming = self._incoming
        if incoming is None:
            return
        self._say("")
        self.buttons.setEnabled(False)

        def bring(session: Session, progress: Progress) -> ImportResult:
            return session.apply_import(incoming, progress=progress)

        self._frame.jobs.long("Importing", bring, self._applied, self._failed, self)

    def _read_again(self, heading: str, field: str) -> None:
        self._by_hand[heading] = field
        self.read_paths(self._paths)

    def _answered(self, sheet: str, heading: str, word: str) -> None:
        self._days[sheet, heading] = word
        self.read_paths(self._paths)

    def _forget_what_was_said(self) -> None:
        self._by_hand.clear()
        self._days.clear()

    def _show(self, found: tuple[Incoming, ImportResult]) -> None:
        self._incoming, result = found
        self.review.show_import(self._incoming, result)
        self.pages.setCurrentWidget(self.review)
        # What a file proposes is kept with the child, and so is something to bring in too.
        counts = (result.cases_created, result.cases_updated, result.facts_added)
        something = any(counts) or bool(result.doubts)
        self.apply_button.show()
        self.apply_button.setEnabled(something)
        self.other.show()
        (self.apply_button if something else self.other).setFocus()
        self.read.emit()

    def _applied(self, result: ImportResult) -> None:
        message = result_words(result, done=True)
        if self._incoming is not None:
            message += f" {account_words(self._incoming, result)}"
        self._frame.jobs.tell(Done(message, everything=True, undo=result.undo), self)
        self.applied.emit()
        self.accept()
        if result.doubts:
            open_left_dialog(self._frame, self.parentWidget() or self, quiet=True)

    def _failed(self, failed: Failed) -> None:
        self.buttons.setEnabled(True)
        reference = f" Reference {failed.reference}." if failed.reference else ""
        self._say(failed.sentence + reference)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _choosing(self) -> QWidget:
        page, card = QWidget(), QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(620)
        title = QLabel("Import")
        title.setObjectName("title")
        words = QLabel(_WORDS)
        words.setWordWrap(True)
        files = QPushButton("Choose &files…")
        files.setObjectName("primary")
        files.clicked.connect(self._ask_files)
        folder = QPushButton("Choose a f&older…")
        folder.clicked.connect(self._ask_folder)
        row = QHBoxLayout()
        row.addWidget(files)
        row.addWidget(folder)
        row.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 26)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(words)
        column.addLayout(row)
        middle = QHBoxLayout(page)
        middle.setContentsMargins(0, 0, 0, 40)
        middle.addStretch(1)
        middle.addWidget(card, 100, Qt.AlignmentFlag.AlignVCenter)
        middle.addStretch(1)
        return page

    def _choose_others(self) -> None:
        self._incoming = None
        self._forget_what_was_said()
        self.pages.setCurrentIndex(0)
        self.apply_button.hide()
        self.other.hide()

    def _ask_files(self) -> None:
        dialog = QFileDialog(self, "Choose files to import")
        dialog.setOption(_PLAIN)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_KINDS)
        dialog.filesSelected.connect(lambda names: self.read_paths([Path(one) for one in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "Choose a folder to import")
        dialog.setOption(_PLAIN)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.read_paths([Path(name)]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Save what was not taken")
        dialog.setOption(_PLAIN)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV files (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("Not taken.csv")
        dialog.fileSelected.connect(lambda name: self.save_faults(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_faults(self, target: Path) -> None:
        """Write what was not taken to a CSV file, for those who keep the tracker."""
        text = as_csv(self.review.fault_rows, self.review.doubt_rows)

        def write() -> str:
            try:
                with files.plain_errors(target):
                    files.write_whole(target, text.encode("utf-8-sig", "replace"))
            except Unavailable as refusal:
                return refusal.sentence
            return ""

        def told(trouble: str) -> None:
            self._say(trouble)
            if not trouble:
                self.review.say(f"Saved {target}.")

        self._frame.jobs.files(write, told, owner=self)
