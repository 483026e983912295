"""The kept returns: every one that was written, counted again, compared, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.declarations.return_runs import BOARD, RETURNS, Commentary, ReturnRun
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.services.clock import in_words
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns.commentary import of_run
from caseworker_app.services.returns.differing import FoundRow, again_rows, compared_rows
from caseworker_app.services.returns.runs import runs
from caseworker_app.services.session import Session
from caseworker_app.services.wording import capital
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.protect import ask_save_protected
from caseworker_app.ui.models.column import LATE, QUIET, Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tool_row import ToolRow

_NONE_YET = "No return has been written yet. Export to Excel writes one, and it is kept here."
_NOTHING_FOUND = (
    "Count again and Compare list here what they find; Commentary lists what was said of a measure."
)
_TWO = 2
_WORKBOOKS = "Excel workbooks (*.xlsx)"
_KINDS = {
    BOARD: f"{_WORKBOOKS};;Rows for other programs (*.csv);;JSON (*.json)",
    "answers": f"{_WORKBOOKS};;Word documents (*.docx)",
    "sen2": f"{_WORKBOOKS};;XML drafts (*.xml)",
}
"""What a kept return may be written as; any other as a workbook."""
_EDITIONS = {one.value: one.words.partition(":")[0] for one in Audience}


def _made(run: ReturnRun) -> str:
    return in_words(run.made_at) if run.made_at else "before runs were kept"


def _sent(run: ReturnRun) -> str:
    return f"{long_date(run.sent_on)} {run.sent_to}".strip() if run.sent_on else ""


def _state(run: ReturnRun) -> str:
    if run.withdrawn_on is not None:
        return "never left" if run.never_left else "withdrawn"
    return "published" if run.public else "ours"


RUNS: tuple[Column[ReturnRun], ...] = (
    Column("id", "No.", lambda run: run.id, lambda run: run.number, "right", width=44),
    Column("words", "Return", lambda run: capital(run.words), stretch=True, style="strong"),
    Column(
        "edition",
        "Edition",
        lambda run: _EDITIONS.get(str(run.asked.get("edition", "")), ""),
        width=84,
    ),
    Column("made", "Made", _made, lambda run: run.made_at, width=142),
    Column("by", "By", lambda run: run.made_by, width=120),
    Column(
        "state",
        "Stands",
        _state,
        tone=lambda run: LATE if run.withdrawn_on else QUIET,
        width=96,
    ),
    Column("sent", "Sent on", _sent, lambda run: str(run.sent_on or ""), width=150),
    Column("rules", "Rules", lambda run: run.rule_pack, width=90, style="dim"),
)

FOUND: tuple[Column[FoundRow], ...] = (
    Column("figure", "Figure", lambda row: row.figure, width=250, style="strong", wraps=True),
    Column("case", "Case", lambda row: row.case, width=100),
    Column("then", "Then", lambda row: row.then, width=130),
    Column("now", "Now", lambda row: row.now, width=130),
    Column("what", "What", lambda row: row.what, stretch=True, wraps=True),
    Column("at", "When", lambda row: row.at, width=130, style="dim"),
    Column("who", "Who", lambda row: row.who, width=110, style="dim"),
)


@dataclass(frozen=True, slots=True)
class _Read:
    """The kept returns, with what was said of each."""

    runs: tuple[ReturnRun, ...]
    said: dict[str, dict[str, Commentary]]


class RunsView(QWidget):
    """Kept returns above; below what was said of the one selected, or what a count of it found.

    Signals:
        opened: the id of a child to show.
    """

    opened = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self._said: dict[str, dict[str, Commentary]] = {}
        self.model = RowsModel(RUNS, lambda run: run.id, lambda run: run.words, self)
        self.table = RowsTable(
            self.model, frame.theme, "Kept returns", "Select one to count again, two to compare"
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.least_stretched = 330
        self.table.spare("rules", "by", "sent")
        self.empty = EmptyState(self.table)
        self.table.chosen.connect(self._show_said)
        self.found: RowsModel[FoundRow] = RowsModel(
            FOUND, lambda row: row.id, lambda row: f"{row.figure}\n{row.case}", self
        )
        self.found_table = RowsTable(
            self.found, frame.theme, "What was found", "Enter opens the case"
        )
        self.found_table.spare("who", "at")
        self.nothing = EmptyState(self.found_table)
        self.found_table.opened.connect(self._open)
        self.table.opened.connect(lambda _: self.found_table.setFocus())
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.heading.setWordWrap(True)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.found_table, 1)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(self.table)
        whole.addWidget(below)
        whole.setSizes([260, 300])
        whole.setHandleWidth(12)
        whole.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 6, 0, 0)
        around.addLayout(self._buttons())
        around.addWidget(whole, 1)

    def _buttons(self) -> ToolRow:
        row = ToolRow()
        row.setSpacing(8)
        for words, action, call in (
            ("Count again", "returns.again", self.count_again),
            ("Compare", "returns.compare", self.compare),
            ("Write as shown…", "returns.write_kept", self.write_kept),
            ("Sent on…", "returns.sent", self.mark_sent),
            ("Commentary…", "returns.comment", self.comment),
            ("Withdraw…", "returns.withdraw", self.withdraw),
        ):
            button = stands_for(QPushButton(words), action)
            button.clicked.connect(call)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        """Read the kept returns."""

        def read(session: Session) -> _Read:
            found = runs(session)
            with session.store.reading() as reading:
                return _Read(found, {one.id: of_run(reading, one.id) for one in found})

        self.frame.jobs.ask(read, self._show, self.frame.tell_failed, self)

    def run(self) -> ReturnRun | None:
        """The kept return selected, or None after saying that one must be."""
        row = self.table.current_row()
        if isinstance(row, ReturnRun):
            return row
        self.frame.say("Select a kept return first.")
        return None

    def count_again(self) -> None:
        """Count the one selected anew, and say whether it comes to the same."""
        run = self.run()
        if run is None:
            return
        again = self.frame.application.run_again

        def count(session: Session, progress: Progress) -> tuple[str, list[FoundRow]]:
            return again_rows(again(session, run.id, progress))

        self._long("Counting again", count)

    def compare(self) -> None:
        """Hold two that are selected against each other, or the one selected against today."""
        chosen = [row for row in self.table.selected_rows() if isinstance(row, ReturnRun)]
        if len(chosen) > _TWO:
            self.frame.say("Select two kept returns to compare.")
            return
        if not chosen and self.run() is None:
            return
        chosen = chosen or [one for one in (self.run(),) if one is not None]
        chosen.sort(key=lambda one: one.number)
        now = chosen[1].id if len(chosen) == _TWO else None
        compare = self.frame.application.compare_runs

        def count(session: Session, progress: Progress) -> tuple[str, list[FoundRow]]:
            found = compare(session, chosen[0].id, now, progress)
            ids = {one.reference: one.id for one in session.cases()}
            return compared_rows(found, ids)

        self._long("Comparing", count)

    def write_kept(self) -> None:
        """Ask where to, and write the one selected as it was shown."""
        run = self.run()
        if run is None:
            return
        export = self.frame.application.export_run
        name = f"{RETURNS[run.what][0]} {run.days.get('as_at', '')} kept {run.id}.xlsx"

        def write(target: Path) -> None:
            def done(session: Session, progress: Progress) -> str:
                written = export(session, run.id, target, progress)
                gone = "" if written.withdrawn_on is None else " It was withdrawn since."
                return f"Saved {target}.{gone}"

            self.frame.jobs.long(
                "Writing the kept return", done, self.frame.say, self.frame.tell_failed, self
            )

        ask_save_protected(
            self.frame,
            self.window(),
            "Write as shown",
            name,
            _KINDS.get(run.what, _WORKBOOKS),
            lambda path: write(Path(path)),
        )

    def mark_sent(self) -> None:
        """Ask when and to whom the one selected was sent on."""
        run = self.run()
        if run is not None:
            from caseworker_app.ui.dialogs.kept_return import SentDialog

            SentDialog(self.frame, run, self.window()).open()

    def withdraw(self) -> None:
        """Ask why the one selected is withdrawn."""
        run = self.run()
        if run is None:
            return
        if not run.public or run.withdrawn_on is not None:
            said = "is withdrawn already" if run.public else "was not published"
            self.frame.say(f"Return {run.id} {said}: there is nothing to withdraw.")
            return
        from caseworker_app.ui.dialogs.kept_return import WithdrawDialog

        WithdrawDialog(self.frame, run, self.window()).open()

    def comment(self) -> None:
        """Ask what is to be said of a measure of the one selected."""
        run = self.run()
        if run is None:
            return
        if run.what != BOARD or not run.figures:
            self.frame.say("Commentary is on the measures of a board return.")
            return
        from caseworker_app.services.returns.kept_boards import measures_of
        from caseworker_app.ui.dialogs.kept_return import CommentDialog

        said = self._said.get(run.id, {})
        self.frame.jobs.ask(
            lambda session: measures_of(session, run),
            lambda found: CommentDialog(self.frame, run, found, said, self.window()).open(),
            self.frame.tell_failed,
            self,
        )

    def _long(
        self, title: str, count: Callable[[Session, Progress], tuple[str, list[FoundRow]]]
    ) -> None:
        failed = self.frame.tell_failed
        self.frame.jobs.long(title, count, self._show_found, failed, self)

    def _show(self, read: _Read) -> None:
        before = self.table.current_row()
        self._said = read.said
        self.model.set_rows(read.runs)
        self.empty.say("" if read.runs else _NONE_YET)
        if not (isinstance(before, ReturnRun) and self.table.select_id(before.id)):
            self.table.go_first()
        self._show_said()

    def _show_said(self) -> None:
        """What owners say of the return selected."""
        run = self.table.current_row()
        if not isinstance(run, ReturnRun):
            self._show_found(("", ()))
            return
        said = self._said.get(run.id, {})
        rows = [
            FoundRow(ref, ref, what=one.words, at=long_date(one.said_on), who=one.said_by)
            for ref, one in sorted(said.items())
        ]
        words = f"Commentary on return {run.id}" if rows else f"Return {run.id}: no commentary yet"
        if run.withdrawn_on is not None:
            words += f" · withdrawn on {long_date(run.withdrawn_on)}: {run.withdrawn_why}"
        self._show_found((words, rows))

    def _show_found(self, found: tuple[str, Sequence[FoundRow]]) -> None:
        words, rows = found
        self.heading.setText(words)
        self.found.set_rows([replace(row, id=str(at)) for at, row in enumerate(rows)])
        self.nothing.say("" if rows else _NOTHING_FOUND)
        self.found_table.go_first()

    def _open(self, row: object) -> None:
        if isinstance(row, FoundRow) and row.child_id:
            self.opened.emit(row.child_id)
