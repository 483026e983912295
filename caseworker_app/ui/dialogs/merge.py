"""Merge two cases that are one child: choose the other, see what would be, then confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.preview import Preview
from caseworker_app.domain.rows import CaseRow
from caseworker_app.domain.searching import hay_of
from caseworker_app.services.commands import MergeChildren
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.models.column import Column, long_date, no_date_last
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.preview import PreviewPane
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable

Found = tuple[dict[str, CaseRow], list[CaseRow], list[str]]

_COLUMNS: tuple[Column[CaseRow], ...] = (
    Column("reference", "Reference", lambda row: row.reference, width=90),
    Column("child", "Child", lambda row: row.name, style="strong", stretch=True),
    Column(
        "born",
        "Born",
        lambda row: long_date(row.born),
        lambda row: no_date_last(row.born),
        width=104,
    ),
)
_ALL = 100
"""All the room there is, beside the stretch of every command dialog."""
_CHOOSE = "Choose the other case to see what the merged case would hold."


class MergeDialog(CommandDialog):
    """Every other case on the left, what a merge with the one chosen would do on the right."""

    def __init__(
        self,
        frame: Frame,
        child_id: str,
        parent: QWidget | None = None,
        other_id: str = "",
    ) -> None:
        """Make the dialog.

        Args:
            frame: the window around it.
            child_id: one of the two, whose case stays unless a person chooses otherwise.
            parent: the window it stands over.
            other_id: the other, chosen at the start; "" for none.
        """
        super().__init__(frame, "Merge with another case", "Merge", parent, "Merge")
        self._child_id, self._other_id = child_id, other_id
        self._rows: dict[str, CaseRow] = {}
        self._asked = count(1)
        self._wanted = 0
        self._ready: MergeChildren | None = None
        self.form.hide()
        self.model: RowsModel[CaseRow] = RowsModel(_COLUMNS, lambda row: row.id, _search, self)
        self.table = RowsTable(
            self.model, frame.theme, "Other cases", "The case selected is merged with this one"
        )
        self.search = SearchField(
            self.table, "Find the other case", "By reference, name or date of birth", 0
        )
        self.search.setPlaceholderText("Find the other case by reference, name or date of birth")
        self.stays = choices([("keep", ""), ("other", "")])
        self.pane = PreviewPane()
        self.pane.say(_CHOOSE)
        self._lay_out()
        self.go.setEnabled(False)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self.go.setFocus())
        self.stays.currentIndexChanged.connect(self._look)
        self.resize(880, 440)
        self.search.setFocus()
        self._read()

    def command(self) -> MergeChildren | None:
        """The merge that was shown, and no other."""
        return self._ready

    def rebase(self, then: Callable[[], None]) -> None:
        """Show what a merge would do now; a person confirms that anew."""
        del then
        self._say("")
        self._read()

    def show_failed(self, failed: Failed) -> None:
        """After a change by somebody else, show what would be now."""
        super().show_failed(failed)
        if failed.why == "stale":
            self._say(f"{failed.sentence} Below is what a merge would do now.")
            self._read()

    def kept_id(self) -> str:
        """The child whose case stays."""
        return self._other_id if self.stays.currentData() == "other" else self._child_id

    def _texts(self) -> list[str]:
        """What is looked for is no loss when the dialog goes."""
        return []

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.table, 1)
        stays = labelled("&What stays", self.stays)
        line = QHBoxLayout()
        line.addWidget(stays)
        line.addWidget(self.stays, 1)
        right.addLayout(line)
        right.addWidget(self.pane, 1)
        sides = QHBoxLayout()
        sides.setSpacing(14)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        self.column.insertLayout(1, sides, _ALL)

    def _read(self) -> None:
        def ask(session: Session) -> Found:
            rows = {row.id: row for row in session.cases()}
            others = [row for row in rows.values() if row.id != self._child_id]
            return rows, others, [hay_of(_search(row), row.born) for row in others]

        self.frame.jobs.ask(ask, self._show, owner=self)

    def _show(self, found: Found) -> None:
        self._rows, others, hay = found
        own = self._rows.get(self._child_id)
        if own is None:
            self.pane.say("This child is no longer in the store.")
            return
        title = self.findChild(QLabel, "title")
        if title is not None:
            title.setText(about_child(own))
        self.model.set_rows(others, hay)
        if self._other_id:
            self.table.select_id(self._other_id)
        self._chosen()

    def _chosen(self) -> None:
        row = self.table.current_row()
        own = self._rows.get(self._child_id)
        chosen = [one for one in self.table.selected_rows() if isinstance(one, CaseRow)]
        if own is None or not isinstance(row, CaseRow) or row not in chosen:
            self._other_id = ""
            self._unready(_CHOOSE)
            return
        self._other_id = row.id
        self.stays.setItemText(0, f"{own.reference}, {own.name}")
        self.stays.setItemText(1, f"{row.reference}, {row.name}")
        self._look()

    def _look(self) -> None:
        """Ask what the merge would do; an answer that came too late is not shown."""
        kept, gone = self._two()
        if kept is None or gone is None:
            return
        command = MergeChildren(kept.id, kept.version, gone.id, gone.version)
        self._unready("")
        wanted = self._wanted

        def show(preview: Preview) -> None:
            if wanted == self._wanted:
                self._ready = command
                self.pane.show_preview(preview)
                self.go.setText(_in_short(kept, gone))
                self.go.setEnabled(True)

        def failed(why: Failed) -> None:
            if wanted == self._wanted:
                self.pane.say(why.sentence)

        self.frame.jobs.ask(lambda session: session.preview(command), show, failed, owner=self)

    def _unready(self, sentence: str) -> None:
        self._ready, self._wanted = None, next(self._asked)
        self.pane.say(sentence)
        self.go.setEnabled(False)
        self.stays.setEnabled(bool(self._other_id))

    def _two(self) -> tuple[CaseRow | None, CaseRow | None]:
        """The case that stays and the case that goes."""
        kept = self.kept_id()
        gone = self._child_id if kept == self._other_id else self._other_id
        return self._rows.get(kept), self._rows.get(gone)


def open_merge_dialog(frame: Frame, ids: Sequence[str], parent: QWidget) -> None:
    """Ask with which case the first is merged, or show at once the merge of two; then open it."""
    dialog = MergeDialog(frame, ids[0], parent.window(), *ids[1:2])

    def merged(done: Done) -> None:
        del done
        frame.open_case(dialog.kept_id())

    dialog.done_with.connect(merged)
    dialog.open()


def _search(row: CaseRow) -> str:
    """Name, reference and UPN; the date of birth is looked in besides."""
    return f"{row.surname}\n{row.forename}\n{row.reference}\n{row.upn}"


def _in_short(kept: CaseRow, gone: CaseRow) -> str:
    """What the button does; two of the same name are told apart by their references."""
    if _short(kept) == _short(gone):
        return f"Merge {gone.reference} into {kept.reference}"
    return f"Merge {gone.forename or gone.surname} into {_short(kept)}"


def _short(row: CaseRow) -> str:
    return f"{row.forename} {row.surname}".strip()
