"""Reconcile: an extract of another system held against the store, and accepted row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import scratch
from caseworker_app.domain.incoming import ImportResult, Incoming
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.reconciled_paper import paper_of
from caseworker_app.domain.reconciling import Accepted, Difference, OnlyOurs, Reconciled
from caseworker_app.services.imports.mappings import with_answers
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.leaving import Leaving
from caseworker_app.ui.list_printing import foot, write_workbook
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.import_parts import FAULTS, DoubtsPart, HeadingsPart, with_words
from caseworker_app.ui.screens.import_rows import (
    DoubtRow,
    HeadingRow,
    doubt_rows,
    fault_rows,
    heading_rows,
    open_doubts,
)
from caseworker_app.ui.screens.reconcile_columns import (
    DIFFERENCES,
    ONLY_HERE,
    ONLY_THERE,
    fields_of,
    in_full,
    searched,
)
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.files import ask_open
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.form import labelled
from caseworker_app.ui.widgets.late_tabs import TabPlace
from caseworker_app.ui.widgets.refilled import refill
from caseworker_app.ui.widgets.search import SearchField
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import LateTabs
from caseworker_app.ui.widgets.tool_row import ToolRow

_KINDS = "Extracts (*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.txt);;All files (*)"
_NONE_YET = (
    "Choose the extract of the other system, or drop it here. What it says and what Caseworker "
    "says then stand side by side; nothing changes but what you accept."
)
_NOTHING_READ = "No extract has been read yet."
_ALIKE = "Nothing differs: what the file says, Caseworker says too."
_NO_CHANGE = ImportResult(0, 0, 0)
_TABS = ("They say, &we say", "O&nly there", "Onl&y here", "Dou&bts", "Not rea&d", "Headin&gs")


@dataclass(frozen=True, slots=True)
class Extract:
    """An extract as it was read: which store it is held against, and all that it says.

    Attributes:
        mapping: what it was read by, as the text of a mapping.
    """

    where: str
    path: Path
    mapping: str
    incoming: Incoming
    found: Reconciled


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an extract leaves to a person, and how its columns were read."""

    doubts: tuple[DoubtRow, ...] = ()
    headings: tuple[HeadingRow, ...] = ()


class _Alone(QWidget):
    """A list of what is on one side alone, and what it says while it is empty."""

    def __init__(
        self, theme: Themes, model: RowsModel[Any], name: str, hint: str, none: str
    ) -> None:
        super().__init__()
        self.table = RowsTable(model, theme, name, hint)
        in_full = with_words(self.table) if model.columns is FAULTS else self.table
        self._model, self._none, self._empty = model, none, EmptyState(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(in_full)

    def say(self, *, read: bool) -> None:
        """Show the rows there are; where there is none, why, whether a file was read or not."""
        self._empty.say("" if self._model.total else self._none if read else _NOTHING_READ)
        self.table.go_first()


class ReconcileScreen(Screen):
    """They say and we say, who is on one side alone, and what could not be compared."""

    key = "reconcile"
    title = "Reconcile"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.extract: Extract | None = None
        self._by_hand: dict[str, str] = {}
        self._days: dict[tuple[str, str], str] = {}
        self._mappings: dict[str, str] = {}
        self.setAcceptDrops(True)
        self.model: RowsModel[Difference] = RowsModel(
            DIFFERENCES, lambda row: row.id, searched, self
        )
        self.table = RowsTable(
            self.model, frame.theme, "They say, we say", "Select rows to accept; Enter opens a case"
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.spare("row", "case")
        self.there = RowsModel(ONLY_THERE, lambda row: f"{row.place}", lambda row: row.case, self)
        self.here: RowsModel[OnlyOurs] = RowsModel(
            ONLY_HERE, lambda row: row.child_id, lambda row: row.name, self
        )
        self.faults = RowsModel(FAULTS, lambda row: str(row.number), lambda row: row.why, self)
        self._parts = _Parts()
        self.empty = EmptyState(self.table)
        self._build()
        self.table.opened.connect(lambda row: frame.open_case(row.child_id))
        self.table.chosen.connect(self._chosen)
        self.model.counted.connect(self._counted)
        self.tabs.currentChanged.connect(self._chosen)
        self._show(None)

    # Reading

    def choose(self) -> None:
        """Ask for the extract."""
        ask_open(
            self,
            "Choose an extract",
            "",
            _KINDS,
            lambda name: self.read_path(Path(name), anew=True),
        )

    def read_path(self, path: Path, *, anew: bool = False) -> None:
        """Read an extract, with progress, and hold it against the store.

        `anew` forgets what was said of the columns of the one before.
        """
        if anew:
            self._by_hand.clear()
            self._days.clear()
        read_files = self.frame.application.read_files
        by_hand, days = dict(self._by_hand), dict(self._days)
        name = str(self.mapping.currentData() or "")

        def read(session: Session, progress: Progress) -> Extract:
            kept = session.mappings().get(name, "")
            text = with_answers(kept, by_hand, days)
            with _mapping_file(text) as mapping:
                incoming = read_files(
                    [path], mapping=mapping, today=session.today(), progress=progress
                )
            found = session.reconcile(incoming, progress)
            return Extract(session.where, path, text, incoming, found)

        self.frame.jobs.long("Reading the extract", read, self._show, self.frame.tell_failed, self)

    def refresh(self) -> None:
        """Hold the extract against the store as it stands now; another store has none yet."""
        extract = self.extract

        def compare(session: Session) -> tuple[dict[str, str], Extract | None]:
            mappings = session.mappings()
            if extract is None or extract.where != session.where:
                return mappings, None
            found = session.reconcile(extract.incoming)
            return mappings, Extract(
                extract.where, extract.path, extract.mapping, extract.incoming, found
            )

        def show(read: tuple[dict[str, str], Extract | None]) -> None:
            self._mappings, now = read
            refill(self.mapping, [("", "Best guess"), *((one, one) for one in self._mappings)])
            if extract is self.extract:
                self._show(now)

        self.frame.jobs.ask(compare, show, self.frame.tell_failed, self)

    def apply(self, done: Done) -> None:
        """Compare anew where children changed."""
        if self.extract is not None and (done.everything or done.child_ids):
            self.mark_stale()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped: the first of several."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.read_path(paths[0], anew=True)

    # Accepting, and handing back

    def accept(self) -> None:
        """Take what the file says of the rows selected, with one undo."""
        extract, wanted = self.extract, self.selected()
        if extract is None or not wanted:
            return

        def take(session: Session, progress: Progress) -> Accepted:
            return session.accept_differences(extract.incoming, wanted, progress)

        def taken(came: Accepted) -> None:
            self.frame.jobs.tell(Done(came.message, everything=True, undo=came.undo), self)

        self.frame.jobs.long("Accepting", take, taken, self.frame.tell_failed, self)

    def select_shown(self) -> None:
        """Select every row shown, as the field and the search narrow them."""
        self.table.selectAll()
        self.table.setFocus()

    def export(self) -> None:
        """Hand back what was not accepted, and what could not be compared, as a workbook."""
        extract = self.extract
        if extract is None:
            return

        def make(session: Session) -> Leaving:
            found = extract.found
            self._paper = paper_of(found, found.differences, foot(self.frame, session.who))
            ids = {one.child_id for one in found.differences}
            ids |= {one.child_id for one in found.only_ours}
            return Leaving("Not accepted", "children", tuple(sorted(ids)), self._paper.words())

        def show(leaving: Leaving) -> None:
            write_workbook(self.frame, self._paper, leaving, self)

        self.frame.jobs.ask(make, show, self.frame.tell_failed, self)

    def remember(self) -> None:
        """Keep what this extract was read by under the name typed."""
        extract, name = self.extract, self.name.text()
        if extract is None:
            return

        def keep(session: Session) -> tuple[str, dict[str, str]]:
            return session.keep_mapping(name, extract.mapping), session.mappings()

        def kept(told: tuple[str, dict[str, str]]) -> None:
            name, self._mappings = told
            refill(self.mapping, [("", "Best guess"), *((one, one) for one in self._mappings)])
            self.mapping.setCurrentIndex(max(0, self.mapping.findData(name)))
            self.frame.say(f"Kept as {name}: the next extract can be read with it.")

        self.frame.jobs.ask(keep, kept, self.frame.tell_failed, self)

    # What the window asks

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered: dict[str, Callable[[], None]] = {
            "reconcile.choose": self.choose,
            "find": self._find,
        }
        if self.extract is not None:
            offered["reconcile.export"] = self.export
        if self.selected():
            offered["reconcile.accept"] = self.accept
            offered["copy"] = self.table.copy
        ids = self.context().child_ids
        if len(ids) == 1:
            offered["case.open"] = lambda: self.frame.open_case(ids[0])
        return offered

    def context(self) -> Context:
        """The children selected, and the counts."""
        return Context(
            tuple(dict.fromkeys(one.child_id for one in self._selected())), self.said.text()
        )

    def trail(self) -> tuple[str, ...]:
        """The children shown, in order, each once."""
        rows: Sequence[Difference | OnlyOurs] = (
            self.here.rows() if self._here_in_front() is not None else self.model.rows()
        )
        return tuple(dict.fromkeys(one.child_id for one in rows))

    def take_focus(self) -> None:
        """Work starts in the list, or with the choice of a file."""
        (self.choose_button if self.extract is None else self.table).setFocus()

    def selected(self) -> tuple[Difference, ...]:
        """The differences selected, where their list is in front."""
        if self.tabs.currentIndex() != 0:
            return ()
        return tuple(row for row in self.table.selected_rows() if isinstance(row, Difference))

    def _selected(self) -> tuple[Difference | OnlyOurs, ...]:
        here = self._here_in_front()
        row = None if here is None else here.table.current_row()
        return (row,) if isinstance(row, OnlyOurs) else self.selected()

    def _here_in_front(self) -> _Alone | None:
        """The list of who is here alone, where that is in front."""
        made = self.only_here.made
        return made if made is not None and self.tabs.currentWidget() is made else None

    # Showing

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.mapping = FilterBox("Best guess")
        self.mapping.setToolTip("How the columns of the last extract of that name were read")
        self.choose_button = stands_for(QPushButton("Choose an extract…"), "reconcile.choose")
        self.choose_button.setObjectName("primary")
        self.choose_button.clicked.connect(self.choose)
        self.export_button = stands_for(QPushButton("Export what is left…"), "reconcile.export")
        self.export_button.clicked.connect(self.export)
        above = ToolRow()
        above.addWidget(title)
        above.addWidget(self.choose_button)
        above.addWidget(labelled("Ma&pping", self.mapping))
        above.addWidget(self.mapping)
        above.addWidget(self.said)
        above.addStretch(1)
        above.addWidget(self.export_button)
        self.notes = QLabel()
        self.notes.setWordWrap(True)
        self.search = SearchField(
            self.table, "Find", "Filters by child, reference, field and what either says", 220
        )
        self.field = FilterBox("Every field")
        self.field.currentIndexChanged.connect(self._filter)
        self.accept_button = stands_for(QPushButton("Accept"), "reconcile.accept")
        self.accept_button.setObjectName("primary")
        self.accept_button.clicked.connect(self.accept)
        self.all_button = QPushButton("&Select all shown")
        self.all_button.clicked.connect(self.select_shown)
        below = ToolRow()
        below.addWidget(self.search)
        below.addWidget(labelled("F&ield", self.field))
        below.addWidget(self.field)
        below.addStretch(1)
        below.addWidget(self.all_button)
        below.addWidget(self.accept_button)
        self.line = QLabel()
        self.line.setObjectName("dim")
        self.line.setWordWrap(True)
        self.line.setAccessibleName("About the row")
        front = QWidget()
        inside = QVBoxLayout(front)
        inside.setContentsMargins(0, 6, 0, 0)
        inside.addLayout(below)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.line)
        self.tabs = LateTabs()
        self.tabs.setAccessibleName("Parts of the comparison")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(front, _TABS[0])
        self._add_places()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.notes)
        column.addWidget(self.tabs, 1)

    def _add_places(self) -> None:
        """The tabs behind the first; what stands in one is made when it is first looked at."""
        theme = self.frame.theme

        def alone(*given: Any) -> TabPlace[_Alone]:  # noqa: ANN401  (as `_Alone` takes them)
            return TabPlace(lambda: _Alone(theme, *given), self._fill_alone)

        self.only_there = alone(
            self.there, "Only there", "Children we do not have", "Every child of the file is here."
        )
        hint = "Children they do not have; Enter opens a case"
        self.only_here = alone(self.here, "Only here", hint, "Every child here is in the file.")
        self.only_here.begun.connect(self._listen_here)
        self.not_read = alone(
            self.faults, "Not read", "What was not compared", "All of it could be read."
        )
        self.doubts = TabPlace(
            partial(DoubtsPart, theme), lambda part: part.show_doubts(self._parts.doubts)
        )
        self.doubts.begun.connect(lambda: self.doubts.part().answered.connect(self._answer))
        self._make_name()
        self.headings = TabPlace(
            self._make_headings, lambda part: part.show_headings(self._parts.headings)
        )
        places: tuple[QWidget, ...] = (self.only_there, self.only_here, self.doubts)
        places += (self.not_read, self.headings)
        for place, words in zip(places, _TABS[1:], strict=True):
            self.tabs.addTab(place, words)

    def _listen_here(self) -> None:
        table = self.only_here.part().table
        table.opened.connect(lambda row: self.frame.open_case(row.child_id))
        table.chosen.connect(self._chosen)

    def _fill_alone(self, part: _Alone) -> None:
        part.say(read=self.extract is not None)

    def _make_headings(self) -> HeadingsPart:
        """The headings, and below them the name by which the mapping is remembered."""
        part = HeadingsPart(self.frame.theme)
        part.again.connect(self._read_again)
        line = ToolRow()
        line.addWidget(labelled("Keep &under", self.name))
        line.addWidget(self.name)
        line.addWidget(self.keep)
        layout = part.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(line)
        return part

    def _make_name(self) -> None:
        self.name = QLineEdit()
        self.name.setMaximumWidth(220)
        self.keep = QPushButton("&Keep")
        self.keep.setToolTip("Read the next extract of this name as this one was read")
        self.keep.clicked.connect(self.remember)
        self.name.textChanged.connect(self._offer_to_keep)

    def _show(self, extract: Extract | None) -> None:
        self.extract = extract
        self.tabs.setEnabled(extract is not None)
        self.export_button.setEnabled(extract is not None)
        self._offer_to_keep()
        if extract is None:
            for model in (self.model, self.there, self.here, self.faults):
                model.set_rows(())
            self.said.setText("")
            self.notes.hide()
            self._parts = _Parts()
            self._renew()
            self._name_tabs((0,) * len(_TABS))
            self._counted()
            return
        found, incoming = extract.found, extract.incoming
        result = ImportResult(0, 0, 0, doubts=found.doubts)
        doubts, faults = doubt_rows(incoming, result), fault_rows(incoming, _NO_CHANGE)
        headings = heading_rows(incoming)
        self.said.setText(
            f"{found.file}: {counted(found.rows_read, 'row')}, "
            f"{counted(found.matched, 'child', 'children')} in both"
        )
        self.notes.setText(" ".join(found.notes))
        self.notes.setVisible(bool(found.notes))
        refill(self.field, [("", "Every field"), *fields_of(found.differences)])
        self._filter()
        self.model.set_rows(found.differences)
        self.there.set_rows(found.only_theirs)
        self.here.set_rows(found.only_ours)
        self.faults.set_rows(faults)
        self._parts = _Parts(doubts, headings)
        self._renew()
        self._name_tabs(
            (
                len(found.differences),
                len(found.only_theirs),
                len(found.only_ours),
                open_doubts(doubts),
                len(faults),
                len(headings),
            )
        )
        self.table.go_first()
        self._counted()

    def _renew(self) -> None:
        for place in (self.only_there, self.only_here, self.not_read):
            place.renew()
        self.doubts.renew()
        self.headings.renew()

    def _name_tabs(self, counts: Sequence[int]) -> None:
        for number, count in enumerate(counts):
            self.tabs.setTabText(number, f"{_TABS[number]} ({count:,})")

    def _filter(self) -> None:
        field = str(self.field.currentData() or "")
        self.model.set_keep((lambda row: row.field == field) if field else None)

    def _counted(self) -> None:
        words = ""
        if self.extract is None:
            words = _NONE_YET
        elif not self.model.total:
            words = _ALIKE
        elif not self.model.shown:
            words = "No difference fits: take the search or the field away."
        self.empty.say(words)
        self._chosen()

    def _chosen(self) -> None:
        rows = self.selected()
        many = f" {len(rows):,}" if len(rows) > 1 else ""
        self.accept_button.setText(f"Accept{many}")
        self.accept_button.setEnabled(bool(rows))
        self.all_button.setEnabled(bool(self.model.shown))
        self.line.setText(in_full(rows[0]) if len(rows) == 1 else "")
        self.changed.emit()

    def _offer_to_keep(self) -> None:
        self.keep.setEnabled(self.extract is not None and bool(self.name.text().strip()))

    def _find(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.search.setFocus()
        self.search.selectAll()

    def _read_again(self, heading: str, field: str) -> None:
        self._by_hand[heading] = field
        self._again()

    def _answer(self, sheet: str, heading: str, word: str) -> None:
        self._days[sheet, heading] = word
        self._again()

    def _again(self) -> None:
        if self.extract is not None:
            self.read_path(self.extract.path)


@contextmanager
def _mapping_file(text: str) -> Iterator[Path | None]:
    """A mapping as the file that a reader takes; it holds headings alone."""
    if not text:
        yield None
        return
    with scratch.folder() as folder:
        path = folder / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        yield path
