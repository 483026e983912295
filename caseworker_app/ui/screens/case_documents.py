"""The documents of a case, each opened where it lies, and the letters that were sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from caseworker_app.domain.declarations.letters import letter_title
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.rows import RecordRow
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_records import CaseRecords, Line

_LETTER = "letter"


def _title(line: Line) -> str:
    if line.kind.name == _LETTER:
        return letter_title(line.words("template_id"), line.words("to_whom"))
    return line.words("title")


def _kind(line: Line) -> str:
    return "Letter sent" if line.kind.name == _LETTER else line.words("kind")


def _where(line: Line) -> str:
    if line.kind.name != _LETTER:
        return line.words("where")
    way = line.words("way").lower()
    return f"Sent by {way.removeprefix('by ')}; no file is kept" if way else "No file is kept"


COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "on",
        "Date",
        lambda line: long_date(line.on),
        lambda line: line.on or date.min,
        width=110,
    ),
    Column("title", "Title", _title, style="strong", width=260),
    Column("kind", "Kind", _kind, width=100),
    Column("state", "Draft or final", lambda line: line.words("state"), width=110),
    Column("version", "Plan version", lambda line: line.words("plan_version_id"), width=110),
    Column("where", "Where it is", _where, stretch=True, style="dim"),
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
            "Files stay where they are; this list says where. Enter opens one. Letters sent too.",
            ("document",),
            COLUMNS,
            "No document is recorded yet. Add where the plan, the advice and the minutes are.",
            (_LETTER,),
        )
        self.table.spare("version", "state", "kind")
        self.opening = stands_for(QPushButton("Open the file"), "document.open")
        self.put_button(self.opening, self.open_file)
        self.opening.setEnabled(False)
        self.put_button(stands_for(QPushButton("Letter…"), "letter.new"), self.write_letter)
        self.chosen.connect(lambda: self.opening.setEnabled(self._has_file()))

    def line(self, name: str, row: RecordRow, days: Mapping[str, date]) -> Line:
        """A document or a letter with its day."""
        del days
        record = row.record
        return Line(kind_named(name), row, record.sent_on if name == _LETTER else record.on)

    def in_order(self, lines: list[Line]) -> list[Line]:
        """The newest first; a letter whose file is among the documents stands there once."""
        files = {(_title(one), one.on) for one in lines if one.kind.name != _LETTER}
        shown = [
            one for one in lines if one.kind.name != _LETTER or (_title(one), one.on) not in files
        ]
        return sorted(shown, key=lambda line: line.on or date.min, reverse=True)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered = dict(super().offers())
        if self._has_file():
            offered["document.open"] = self.open_file
        return offered

    def write_letter(self) -> None:
        """Write a letter from a template."""
        from caseworker_app.ui.dialogs.letter import open_letter

        open_letter(self.frame, (self.child_id,), self.window())

    def open_line(self) -> None:
        """Open the file; of a letter without one, what is kept of it."""
        if self._has_file():
            self.open_file()
        else:
            self.change()

    def _has_file(self) -> bool:
        line = self.current()
        return line is not None and line.kind.name != _LETTER

    def open_file(self) -> None:
        """Open the document selected in the program that the computer has for it."""
        line = self.current()
        if line is None or not self._has_file():
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
