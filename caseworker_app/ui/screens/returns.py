"""Returns: the board's figures on screen, each open to its cases, and their workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn, Period, narrowed_words
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import CaseRow, RecordRow
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.protect import ask_save_protected
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.returns_beside import BesideView
from caseworker_app.ui.screens.returns_cases import by_reference
from caseworker_app.ui.screens.returns_measures import MeasuresView
from caseworker_app.ui.screens.returns_period import PERIODS
from caseworker_app.ui.screens.returns_tables import TablesView
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.files import ask_open, ask_save
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.late_tabs import TabPlace
from caseworker_app.ui.widgets.tabs import LateTabs
from caseworker_app.ui.widgets.tool_row import ToolRow

if TYPE_CHECKING:
    from caseworker_app.ui.screens.returns_runs import RunsView

Counted = tuple[BoardReturn, Mapping[str, CaseRow]]
"""A return, and every child by reference."""

_OTHER = "other"
_AROUND_DATE = 24
_MOST_TOLD = 6
"""So many sentences at most stand in the box that says a workbook is saved."""
_NAMES = {"from": "From", "to": "Until", "as_at": "As at"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a return is asked for; `known_at` is None for all that is on record."""

    since: date
    until: date
    as_at: date
    known_at: date | None = None


class ReturnsScreen(Screen):
    """The board return."""

    key = "returns"
    title = "Returns"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._return: BoardReturn | None = None
        self._asked: Asked | None = None
        self.measures = MeasuresView(frame.theme, frame.jobs)
        self.measures.opened.connect(frame.open_case)
        self._found: Counted | None = None
        self._tables = TabPlace(self._make_tables, self._fill_tables, 3)
        self._beside = TabPlace(self._make_beside, self._fill_beside, 2)
        self._runs = TabPlace(self._make_runs, self._fill_runs, 2)
        self._build()
        self._choose_period()

    @property
    def tables(self) -> TablesView:
        """The tab of the tables, made when it is first asked for."""
        return self._tables.part()

    @property
    def beside(self) -> BesideView:
        """The tab of what is published of others, made when it is first asked for."""
        return self._beside.part()

    @property
    def runs(self) -> RunsView:
        """The tab of the kept returns, made when it is first asked for."""
        return self._runs.part()

    def refresh(self) -> None:
        """Count the figures."""
        asked = self.asked()
        if asked is None:
            return
        self._keep_council()
        board = self.frame.application.board

        def count(session: Session, progress: Progress) -> Counted:
            managers = session.person.may("bulk", Right.READ)
            made: BoardReturn = board(
                session,
                asked.since,
                asked.until,
                as_at=asked.as_at,
                known_at=asked.known_at,
                edition=Audience.MANAGERS if managers else Audience.TEAM,
                progress=progress,
            )
            return made, by_reference(session.cases())

        def show(found: Counted) -> None:
            self._show(asked, *found)

        self.frame.jobs.long("Counting the figures", count, show, self.frame.tell_failed, self)

    def apply(self, done: Done) -> None:
        """Say that the figures are older than the last change; counting anew is for the person."""
        said = [done.rows_of(kind) or done.gone.get(kind) for kind in ("return_run", "commentary")]
        if done.everything or any(said):
            self._runs.renew()
            if any(said):
                # What is said of a kept return changes no figure.
                return
        if self._return is not None:
            self.said.setText("Changed since these figures were counted: F5 refreshes them")

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {
            "export": self.export,
            "returns.template": self.fill_own,
            "returns.backlog": self.set_backlog,
            "returns.council": self.set_council,
            "returns.department": self.write_department,
            "returns.published": self.bring_in_published,
            "returns.tidy": self.write_rows,
            **{
                f"returns.{name}": partial(self._of_kept, name)
                for name in ("again", "compare", "write_kept", "sent", "comment", "withdraw")
            },
        }

    def _of_kept(self, name: str) -> None:
        """Do something with the kept return selected, its list in front."""
        self.tabs.setCurrentWidget(self.runs)
        view = self.runs
        does = {
            "again": view.count_again,
            "compare": view.compare,
            "write_kept": view.write_kept,
            "sent": view.mark_sent,
            "comment": view.comment,
            "withdraw": view.withdraw,
        }
        does[name]()

    def context(self) -> Context:
        """What the figures are of."""
        return Context(counts=self.said.text())

    def trail(self) -> tuple[str, ...]:
        """The children behind the figure shown."""
        view = self.tabs.currentWidget()
        return view.cases.trail() if isinstance(view, MeasuresView | TablesView) else ()

    def take_focus(self) -> None:
        """Work starts at the measures."""
        self.measures.table.setFocus()

    def asked(self) -> Asked | None:
        """What is asked for, or None after saying which date is missing or wrong."""
        days: list[date] = []
        for key, field in self._fields.items():
            if field.value is None:
                self.said.setText(f"{_NAMES[key]}: {field.lacking}")
                field.setFocus()
                return None
            days.append(field.value)
        if days[1] < days[0]:
            self.said.setText("The period ends before it starts.")
            return None
        known = self.known_at
        if known.value is None and known.line.text().strip():
            self.said.setText(f"Known at: {known.lacking}")
            known.setFocus()
            return None
        return Asked(days[0], days[1], days[2], known.value)

    def set_backlog(self) -> None:
        """Ask for the backlog date that measures count from; the one in use is changed."""
        self._open_last("backlog_date")

    def set_council(self) -> None:
        """Ask for the number of the council, its neighbours and its designated officers."""
        self._open_last("council_details")

    def _open_last(self, name: str) -> None:
        """Open the latest record of a kind of which one counts, or a new one."""
        from caseworker_app.domain.kinds import kind_named
        from caseworker_app.ui.dialogs.record import open_record_dialog

        kind = kind_named(name)

        def show(rows: Sequence[RecordRow]) -> None:
            last = max(rows, key=lambda row: int(row.id), default=None)
            record = None if last is None else last.record
            open_record_dialog(self.frame, kind, record, self.window())

        self.frame.jobs.ask(
            lambda session: session.record_rows(kind.name), show, self.frame.tell_failed, self
        )

    def bring_in_published(self) -> None:
        """Ask for the Department's files, and show what they would do."""
        from caseworker_app.domain.kinds import kind_named
        from caseworker_app.ui.dialogs.bring_in import ask_bring_in

        ask_bring_in(self.frame, kind_named("published_figure"), self.window())

    def write_department(self) -> None:
        """Ask for a year, and write the files in the Department's shape."""
        from caseworker_app.ui.dialogs.department_files import DepartmentFilesDialog

        DepartmentFilesDialog(self.frame, self.window()).open()

    def export(self) -> None:
        """Ask where to, write the workbook, and offer to open it."""
        asked = self.asked()
        if asked is None:
            return
        ask_save_protected(
            self.frame,
            self.window(),
            "Export to Excel",
            f"Board return {asked.as_at.isoformat()}.xlsx",
            "Excel workbooks (*.xlsx)",
            lambda name: self.write(asked, Path(name)),
        )

    def fill_own(self) -> None:
        """Ask for the council's own workbook and where the filled copy goes, and fill it."""
        asked = self.asked()
        if asked is None:
            return
        kinds = "Excel workbooks (*.xlsx *.xlsm)"

        def chosen(name: str) -> None:
            template = Path(name)
            ask_save_protected(
                self.frame,
                self.window(),
                "Save the filled copy",
                f"{template.stem} {asked.as_at.isoformat()}{template.suffix}",
                kinds,
                lambda target: self.write(asked, Path(target), template),
            )

        ask_open(self.window(), "Fill your own workbook", "", kinds, chosen)

    def write(self, asked: Asked, target: Path, template: Path | None = None) -> None:
        """Write the workbook, or a filled copy of the council's own, with progress."""
        self._keep_council()
        board = self.frame.application.board
        edition = Audience(self.edition.currentData())

        left: list[str] = []

        def make(session: Session, progress: Progress) -> tuple[Path, Sequence[str]]:
            made: BoardReturn = board(
                session,
                asked.since,
                asked.until,
                as_at=asked.as_at,
                known_at=asked.known_at,
                target=target,
                edition=edition,
                template=template,
                say=left.append,
                progress=progress,
            )
            return target, [*left, *([narrowed_words(made.narrowed)] if made.narrowed else ())]

        title = "Writing the workbook"
        self.frame.jobs.long(title, make, self._saved, self.frame.tell_failed, self)

    def write_rows(self) -> None:
        """Ask where to, and write one row a figure for other programs."""
        asked = self.asked()
        if asked is None:
            return
        ask_save(
            self.window(),
            "Write as rows",
            f"Board return {asked.as_at.isoformat()}.csv",
            "Rows (*.csv);;JSON (*.json)",
            lambda name: self._write_rows(asked, Path(name)),
        )

    def _write_rows(self, asked: Asked, target: Path) -> None:
        board, edition = self.frame.application.board, Audience(self.edition.currentData())

        def make(session: Session, progress: Progress) -> tuple[Path, Sequence[str]]:
            made: BoardReturn = board(
                session,
                asked.since,
                asked.until,
                as_at=asked.as_at,
                known_at=asked.known_at,
                tidy=target,
                edition=edition,
                progress=progress,
            )
            return target, [narrowed_words(made.narrowed)] if made.narrowed else []

        self.frame.jobs.long("Writing the rows", make, self._saved, self.frame.tell_failed, self)

    def _make_runs(self) -> RunsView:
        from caseworker_app.ui.screens.returns_runs import RunsView

        made = RunsView(self.frame)
        made.opened.connect(self.frame.open_case)
        return made

    def _fill_runs(self, part: RunsView) -> None:
        part.refresh()

    def _make_tables(self) -> TablesView:
        made = TablesView(self.frame.theme, self.frame.jobs)
        made.opened.connect(self.frame.open_case)
        return made

    def _fill_tables(self, part: TablesView) -> None:
        if self._found is not None:
            made, cases = self._found
            part.show_tables(made.tables, cases)

    def _make_beside(self) -> BesideView:
        made = BesideView(self.frame.theme)
        made.published.clicked.connect(self.bring_in_published)
        made.council.clicked.connect(self.set_council)
        return made

    def _fill_beside(self, part: BesideView) -> None:
        if self._found is not None:
            part.show_return(self._found[0])

    def _saved(self, saved: tuple[Path, Sequence[str]]) -> None:
        target, warned = saved
        self._runs.renew()
        box = QMessageBox(
            QMessageBox.Icon.Information, "Export to Excel", f"Saved {target.name}.", parent=self
        )
        more = len(warned) - _MOST_TOLD
        told = [*warned[:_MOST_TOLD], *([f"And {more} more like these."] if more > 0 else ())]
        box.setInformativeText("\n\n".join((*told, f"It is in {target.parent}. Open it?")))
        if more > 0:
            box.setDetailedText("\n".join(warned))
        box.addButton("Open it", QMessageBox.ButtonRole.AcceptRole).clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))
        )
        box.addButton(QMessageBox.StandardButton.Close)
        box.finished.connect(box.deleteLater)
        box.open()
        self.frame.say(f"Saved {target}.")

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.period = choices([(key, words) for key, (words, _) in PERIODS.items()])
        self.period.addItem("Other dates", _OTHER)
        self.period.setMinimumWidth(84)
        self.period.activated.connect(self._choose_period)
        today = self.frame.today
        self._fields = {key: DateField(today, today()) for key in _NAMES}
        self.council = QLineEdit()
        self.council.setPlaceholderText("for the cover")
        self.council.setToolTip("The council's name on the cover, kept in the store for everyone")
        self.council.editingFinished.connect(self._keep_council)
        self.edition = choices([(one.value, one.words) for one in Audience], Audience.BOARD)
        self.edition.setToolTip("Whom the workbook is for; on screen every figure stays open")
        count = QPushButton("Refresh")
        count.setToolTip("Count the figures for these dates (F5)")
        count.clicked.connect(self.refresh)
        export = QPushButton("Export to Excel…")
        export.setObjectName("primary")
        export.setToolTip("Write the board's workbook (Ctrl+E)")
        export.clicked.connect(self.export)
        stands_for(export, "export")
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.council.setMaximumWidth(220)
        above = ToolRow()
        above.setSpacing(8)
        above.addWidget(title)
        above.addStretch(1)
        for part in (
            *(labelled("Council &name", self.council), self.council),
            *(labelled("E&dition", self.edition), self.edition),
            export,
        ):
            above.addWidget(part)
        below = ToolRow()
        below.setSpacing(8)
        for piece in (labelled("&Period", self.period), self.period):
            below.addWidget(piece)
        self._add_dates(below)
        self._add_known(below)
        below.addWidget(count)
        backlog = stands_for(QPushButton("Backlog date…"), "returns.backlog")
        backlog.clicked.connect(self.set_backlog)
        below.addStretch(1)
        below.addWidget(backlog)
        self.tabs = LateTabs(self)
        self.tabs.setAccessibleName("Parts of the return")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.measures, "Mea&sures")
        self.tabs.place("Ta&bles", self._tables)
        self.tabs.place("Beside &others", self._beside)
        self.tabs.place("&Kept returns", self._runs)
        self.tabs.setCornerWidget(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(above)
        column.addLayout(below)
        column.addWidget(self.tabs, 1)

    def _add_dates(self, row: ToolRow) -> None:
        for key, mnemonic in (("from", "Fro&m"), ("to", "&Until"), ("as_at", "&As at")):
            field = self._fields[key]
            field.understood.hide()
            field.line.setFixedWidth(self._date_width())
            field.line.textEdited.connect(self._other_dates)
            field.line.returnPressed.connect(self.refresh)
            field.pick.clicked.connect(self._other_dates)
            row.addWidget(labelled(mnemonic, field))
            row.addWidget(field)

    def _add_known(self, row: ToolRow) -> None:
        """An evening by which everything must have been on record; empty for now."""
        self.known_at = DateField(self.frame.today)
        self.known_at.understood.hide()
        self.known_at.line.setFixedWidth(self._date_width())
        self.known_at.line.setPlaceholderText("now")
        self.known_at.line.returnPressed.connect(self.refresh)
        tip = "Count what was on record by that evening, from the history; empty counts all"
        self.known_at.line.setToolTip(tip)
        row.addWidget(labelled("Kno&wn at", self.known_at))
        row.addWidget(self.known_at)

    def _date_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("30 Nov 2026") + _AROUND_DATE

    def changeEvent(self, event: QEvent) -> None:
        """Give the dates room for another size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            known = getattr(self, "known_at", None)
            every = getattr(self, "_fields", {}).values()
            for field in (*every, *([known] if known is not None else ())):
                field.line.setFixedWidth(self._date_width())

    def _choose_period(self) -> None:
        key = str(self.period.currentData())
        if key == _OTHER:
            self._fields["from"].setFocus()
            return
        since, until = PERIODS[key][1](self.frame.today())
        self._fields["from"].set_value(since)
        self._fields["to"].set_value(until)
        self._fields["as_at"].set_value(Period(since, until).as_at(self.frame.today()))

    def _other_dates(self) -> None:
        self.period.setCurrentIndex(self.period.findData(_OTHER))

    def _keep_council(self) -> None:
        """Keep the name in the store where it was typed anew."""
        if not self.council.isModified():
            return
        self.council.setModified(False)
        from caseworker_app.services.commands import SetCouncil

        self.frame.jobs.submit(SetCouncil(self.council.text()), self)

    def _show(self, asked: Asked, made: BoardReturn, cases: Mapping[str, CaseRow]) -> None:
        self._return, self._asked, self._found = made, asked, (made, cases)
        if not self.council.isModified():
            self.council.setText(made.council)
        self.measures.show_results(made.measures, cases, made.beside)
        self._tables.renew()
        self._beside.renew()
        live = "" if made.live is None else f"{made.live:,} live plans on {long_date(made.as_at)}"
        period = f"{long_date(asked.since)} to {long_date(asked.until)}"
        if asked.known_at is not None:
            period += f" · as known on {long_date(asked.known_at)}"
        self.said.setText(f"{live} · {period}")
        self.changed.emit()
