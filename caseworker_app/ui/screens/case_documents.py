"""The documents of a case: each is opened where it lies, and one that is missing is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_records import CaseRecords, Line

COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "on",
        "Date",
        lambda line: long_date(line.row.record.on),
        lambda line: line.row.record.on,
        width=110,
    ),
    Column("title", "Title", lambda line: line.words("title"), style="strong", width=260),
    Column("kind", "Kind", lambda line: line.words("kind"), width=100),
    Column("state", "Draft or final", lambda line: line.words("state"), width=110),
    Column("version", "Plan version", lambda line: line.words("plan_version_id"), width=110),
    Column("where", "Where it is", lambda line: line.words("where"), stretch=True, style="dim"),
)
_ADDRESSES = ("http", "https")
_PROGRAMS = frozenset(
    {
        *(".app", ".bat", ".cmd", ".com", ".desktop", ".exe", ".hta", ".jar", ".js", ".jse"),
        *(".lnk", ".msi", ".pif", ".ps1", ".reg", ".scr", ".sh", ".url", ".vb", ".vbe", ".vbs"),
        ".wsf",
    }
)
"""What would run instead of being read: never started from here, whoever typed where it is."""


class CaseDocuments(CaseRecords):
    """What is filed about a child. Enter opens it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            "Documents",
            "Files stay where they are; this list says where. Enter opens one.",
            ("document",),
            COLUMNS,
            "No document is recorded yet. Add where the plan, the advice and the minutes are.",
        )
        self.table.spare("version", "state", "kind")
        self.opening = stands_for(QPushButton("Open the file"), "document.open")
        self.put_button(self.opening, self.open_file)
        self.opening.setEnabled(False)
        self.put_button(stands_for(QPushButton("Letter…"), "letter.new"), self.write_letter)
        self.chosen.connect(lambda: self.opening.setEnabled(self.current() is not None))

    def in_order(self, lines: list[Line]) -> list[Line]:
        """The newest first."""
        return sorted(lines, key=lambda line: line.row.record.on, reverse=True)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered = dict(super().offers())
        if self.current() is not None:
            offered["document.open"] = self.open_file
        return offered

    def write_letter(self) -> None:
        """Write a letter from a template."""
        from caseworker_app.ui.dialogs.letter import open_letter

        open_letter(self.frame, (self.child_id,), self.window())

    def open_line(self) -> None:
        """Open the file."""
        self.open_file()

    def open_file(self) -> None:
        """Open the document selected in the program that the computer has for it."""
        line = self.current()
        if line is None:
            return
        where = line.row.record.where.strip()
        url = QUrl(where)
        if url.scheme().lower() in _ADDRESSES:
            self._show(url, where)
            return
        path = Path(url.toLocalFile() if url.isLocalFile() else where).expanduser()

        if path.suffix.lower() in _PROGRAMS:
            self.frame.say(f"{where} is a program, not a document: it is not started from here.")
            return

        def found(there: bool) -> None:
            if there:
                self._show(QUrl.fromLocalFile(str(path)), where)
            else:
                self.frame.say(
                    f"There is no file at {where}. It may have been moved or renamed: change where "
                    "it is, or ask whoever has it."
                )

        # A drive of the network may take its time to answer.
        self.frame.jobs.files(lambda: path.is_absolute() and path.exists(), found, owner=self)

    def _show(self, url: QUrl, where: str) -> None:
        if not QDesktopServices.openUrl(url):
            self.frame.say(f"No program on this computer opens {where}.")
