"""Annual reviews: one row a live plan, a column a step, dates typed where they stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.names import folded
from caseworker_app.domain.outcome import REVIEWS, Done
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.session import Session
from caseworker_app.ui.models.rows_model import ASCENDING, DESCENDING
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.reviews_changes import Changes
from caseworker_app.ui.screens.reviews_columns import (
    AT_FIRST,
    COLUMNS,
    FILTERS,
    FROZEN,
    KEYS,
    urgency,
)
from caseworker_app.ui.screens.reviews_drafts import GridDrafts
from caseworker_app.ui.screens.reviews_edit import EDITABLE, next_step
from caseworker_app.ui.screens.reviews_filter import UNASSIGNED, ReviewFilter, load_filter
from caseworker_app.ui.screens.reviews_model import ReviewsModel
from caseworker_app.ui.screens.reviews_paste import HEADINGS, Bad
from caseworker_app.ui.screens.reviews_set import SetDialog
from caseworker_app.ui.screens.reviews_table import ReviewsTable
from caseworker_app.ui.screens.today_done import open_record_dialog
from caseworker_app.ui.widgets.doubt import DoubtLabel
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.frozen_column import FrozenColumn
from caseworker_app.ui.widgets.problem_panel import Problem, ProblemPanel
from caseworker_app.ui.widgets.saved_views import SavedViews, ViewState
from caseworker_app.ui.widgets.search import FilterChips, SearchField
from caseworker_app.ui.widgets.tool_row import ToolRow


class ReviewsScreen(Screen):
    """The annual review tracker."""

    key = "reviews"
    title = "Annual reviews"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.model = ReviewsModel(self, lambda: frame.whose.now.covered)
        self.table = ReviewsTable(self.model, frame.theme, frame.today)
        self.changes = Changes(frame, self.table, self)
        self._loaded = False
        self._nowhere: list[Problem] = []
        frame.whose.follow(self.model, lambda row: row.caseworker_id)
        self._filter_now = ReviewFilter()
        self._build()
        self.table.opened.connect(lambda row: frame.open_case(row.child_id))
        self.table.chosen.connect(self.changed)
        self.table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self.views.settle())
        self.table.typing.connect(self.say)
        self.table.asking.connect(self._ask)
        self.changes.said.connect(self.say)
        self.changes.failed.connect(self._failed)
        self.model.marked.connect(self._show_problems)
        self.drafts = GridDrafts(frame, self.table, self._put_back)
        self.model.counted.connect(self._counted)

    def refresh(self) -> None:
        """Read every row anew."""
        self.model.editable = self.frame.may("children", Right.WRITE)
        self.views.read()
        self.frame.jobs.ask(self._look, self._read)
        self.drafts.look()

    def reread(self) -> None:
        """Read every row anew after a change; each stays where it is until Refresh."""
        self.frame.jobs.ask(self._look, lambda found: self._read(found, still=True))

    def _look(self, session: Session) -> tuple[list[ReviewRow], list[str]]:
        """The rows in order and what a search looks in, off the window's thread."""
        rows = sorted(session.reviews(), key=urgency)
        return rows, self.model.haystacks(rows)

    def apply(self, done: Done) -> None:
        """Put the touched plans' rows in their place."""
        rows = done.rows_of(REVIEWS)
        held = {row.child_id for row in rows}
        self.model.upsert(rows, [one for one in done.child_ids if one not in held])
        self.table.ask_here()
        # All rows of a large council are only looked through for a name that is not there yet.
        if any(self.worker.findData(row.caseworker or UNASSIGNED) < 0 for row in rows):
            self._name_workers()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the cells selected."""
        offered: dict[str, Callable[[], None]] = {"find": self._find}
        offered.update(self.views.offers())
        if self._narrowed():
            offered["filter.clear"] = self.clear_filters
        row = self.row()
        if row is None:
            return offered
        offered["filter.cell"] = self.filter_by_cell
        offered["case.reassign"] = self.reassign
        offered["cells.set"] = self.set_cells
        offered["case.open"] = lambda: self.frame.open_case(row.child_id)
        if row.due is not None:
            offered["case.why"] = lambda: self.frame.open_case(row.child_id, row.due)
        offered["record.fact"] = lambda: open_record_dialog(self.frame, self, row.child_id, "")
        offered["copy"] = self.table.copy
        offered["copy.headings"] = self.table.copy_with_headings
        offered["paste"] = self.paste
        if self.table.column_key() in EDITABLE:
            offered["fill.down"] = self.changes.fill_down
        return offered

    def context(self) -> Context:
        """The children selected, and the counts."""
        rows = self.table.block().rows
        words = " · ".join([self.count.text(), *self.chips.words()])
        return Context(tuple(row.child_id for row in rows), words)

    def trail(self) -> tuple[str, ...]:
        """Every child shown, in order."""
        return tuple([row.child_id for row in self.model.rows()])

    def show_child_row(self, child_id: str) -> None:
        """Go to the child's row, in the column one was in."""
        if self.table.go_to_cell(child_id, self.table.column_key() or FROZEN):
            self.table.setFocus()

    def take_focus(self) -> None:
        """Work starts in the table."""
        self.table.setFocus()

    def may_leave(self) -> bool:
        """Always: what is half typed stays in its cell, marked, and is recorded by nothing."""
        self.table.lay_aside()
        return True

    def unfinished(self) -> str:
        """What was typed into cells and not recorded, a sentence; "" for nothing.

        What came back as a draft and was left as it was is not asked about each time.
        """
        self.table.lay_aside()
        marks = self.model.marks
        new = [one for one, mark in marks.items() if not self.drafts.is_old(*one, mark.text)]
        if new and self.changes.waits:
            return "In Annual reviews, what was typed last is still being recorded."
        found = [one for one in self.model.problems() if one[:2] in new]
        if not found:
            return ""
        child_id, key, mark = found[-1]
        more = f" and {len(found) - 1:,} more" if len(found) > 1 else ""
        text = " ".join(mark.text.split())
        where = f"{self.model.name_of(child_id)}, {HEADINGS[key]}"
        return f'In Annual reviews, "{text}" ({where}){more} is not recorded.'

    def keep_unfinished(self) -> None:
        """Keep what is typed and not recorded as drafts."""
        self.drafts.leave()

    def forget_unfinished(self) -> None:
        """Let what is typed and not recorded go."""
        self._nowhere = []
        self.model.forget_marks()
        self.drafts.keep()

    def on_shown(self) -> None:
        """Go on in the cell that was left half typed."""
        left = [one for one in self.model.problems() if one[2].state == "unfinished"]
        if left and self.frame.may("children", Right.WRITE):
            child_id, key, mark = left[-1]
            self.table.edit_cell(child_id, key, mark.text)

    def row(self) -> ReviewRow | None:
        """The row the keyboard is on."""
        row = self.table.current_row()
        return row if isinstance(row, ReviewRow) else None

    def paste(self) -> None:
        """Paste from the clipboard, into the search field when the keyboard is there."""
        if self.search.hasFocus():
            self.search.paste()
        else:
            self.changes.paste(QGuiApplication.clipboard().text())

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Show under the table how a text is understood, or what is wrong with it."""
        self.said.setObjectName("problem" if wrong else "dim")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self._show_said(sentence or ("" if self.asked.text() else _HELP))

    def _failed(self, bad: list[Bad]) -> None:
        """List what was refused; what has no cell in the table is listed too."""
        left = [one for one in bad if one.row is None or one.column not in EDITABLE]
        self._nowhere += [
            Problem(
                f"nowhere {at}",
                "(below the last row)" if one.row is None else one.row.name,
                _title(one.column),
                one.text,
                one.why,
                "" if one.row is None else one.row.child_id,
            )
            for at, one in enumerate(left, len(self._nowhere))
        ]
        self._show_problems()
        count = len(bad)
        words = "1 cell was" if count == 1 else f"{count:,} cells were"
        self.say(f"{words} not taken: see the list below.", wrong=True)

    def _put_back(self, count: int) -> None:
        """Say that cells typed into earlier are back."""
        words = "1 cell you typed into earlier is" if count == 1 else f"{count:,} cells are"
        self.say(f"{words} back, not recorded: see the list below.", wrong=True)

    def _show_problems(self) -> None:
        found = [
            Problem(
                f"{child_id} {key}",
                self.model.name_of(child_id),
                HEADINGS[key],
                mark.text,
                mark.why,
                child_id,
                key,
            )
            for child_id, key, mark in self.model.problems()
        ]
        self.problems.show_problems([*found, *self._nowhere])

    def _go_to(self, problem: Problem) -> None:
        """Go to the cell of a problem, and into it; filters that hide its row are taken away."""
        if not problem.child_id:
            return
        if self.model.line_of(problem.child_id) < 0:
            self.clear_filters()
        if self.model.line_of(problem.child_id) < 0:
            self.say(f"{problem.child} is not in the list now.", wrong=True)
        elif problem.key:
            self.table.setFocus()
            self.table.edit_cell(problem.child_id, problem.key, problem.text)
        else:
            self.table.go_to_cell(problem.child_id, KEYS[0])
            self.table.setFocus()

    # Filters, order, columns, views

    def clear_filters(self) -> None:
        """Show every row."""
        self.search.clear()
        self._narrow(ReviewFilter())

    def filter_by_cell(self) -> None:
        """Show only rows whose cell says what the one says that the keyboard is on."""
        row, key = self.row(), self.table.column_key()
        if row is not None and key:
            self._narrow(self._filter_now.by_cell(key, row))

    def show_caseworker(self, name: str) -> None:
        """Show one caseworker's plans, with a chip that says so."""
        self._narrow(replace(self._filter_now, worker=name))

    def view_state(self) -> ViewState:
        """Filter, columns and order, as a saved view keeps them."""
        text = self.search.text().strip()
        narrowed = json.dumps({"text": text, "by": self._filter_now.dump()})
        column, down = self.model.sorted_by
        order = f"{COLUMNS[column].key} {'down' if down else 'up'}" if column >= 0 else ""
        shown = self.table.widths.shown()
        return ViewState(
            narrowed if text or self._filter_now != ReviewFilter() else "",
            " ".join(shown) if shown != AT_FIRST else "",
            order,
        )

    def show_view(self, state: ViewState) -> None:
        """Show the list as a saved view has it."""
        kept = state.narrowed()
        text, by = kept.get("text", ""), kept.get("by", "")
        self.search.setText(text)
        self._narrow(load_filter(by))
        known = tuple(key for key in state.columns.split() if key in KEYS and key != FROZEN)
        self.table.widths.show((FROZEN, *known) if known else ())
        key, _, way = state.order.partition(" ")
        column = KEYS.index(key) if key in KEYS else -1
        self.table.sortByColumn(column, DESCENDING if way == "down" else ASCENDING)
        self.table.setFocus()

    def reassign(self) -> None:
        """Give the children of the rows selected to another caseworker."""
        from caseworker_app.ui.dialogs.reassign import open_reassign_dialog

        rows = self.table.block().rows
        held = {row.child_id: (row.name, row.caseworker) for row in rows}
        open_reassign_dialog(self.frame, {row.child_id: row.version for row in rows}, self, held)

    def set_cells(self) -> None:
        """Ask for one text for a column of the rows selected, and show what it would change."""
        block = self.table.block()
        key = next((one for one in block.keys if one in EDITABLE), "")
        rows = block.rows
        SetDialog(self.frame, rows, key or next_step(rows[0]), self._set, self.window()).open()

    def _set(self, key: str, text: str, rows: list[ReviewRow]) -> None:
        self.changes.set_rows(rows, key, text)

    def _narrow(self, wanted: ReviewFilter) -> None:
        self._filter_now = wanted
        for box, value in ((self.worker, wanted.worker), (self.state, wanted.state)):
            box.blockSignals(True)  # noqa: FBT003
            box.setCurrentIndex(max(0, box.findData(value)))
            box.blockSignals(False)  # noqa: FBT003
            box.updateGeometry()
        self.chips.show_chips(wanted.chips())
        self.model.set_keep(wanted.keep())
        self.views.settle()
        self.changed.emit()

    def _narrowed(self) -> bool:
        return bool(self.search.text()) or self._filter_now != ReviewFilter()

    def _ask(self, sentence: str) -> None:
        """Ask beside how the cell is understood what goes badly with its day."""
        self.asked.ask(sentence)
        if self.said.text() in ("", _HELP):
            self._show_said("" if sentence else _HELP)

    def _show_said(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        self.search = SearchField(
            self.table,
            "Find a review",
            "Filters by name, reference, setting and caseworker",
            220,
        )
        self.worker = FilterBox("All")
        self.state = choices([(key, words) for key, (words, _) in FILTERS.items()])
        self.chips = FilterChips(self.frame.whose)
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.said = QLabel(_HELP)
        self.said.setObjectName("dim")
        self.said.setAccessibleName("About the cell")
        self.said.setWordWrap(True)
        self.asked = DoubtLabel()
        self.problems = ProblemPanel(self.frame.theme)
        self.problems.wanted.connect(self._go_to)
        self.problems.dismissed.connect(self.forget_unfinished)
        self.empty = EmptyState(self.table)
        self.views = SavedViews(self.frame, self)
        view = QLabel("View")
        view.setBuddy(self.views)
        FrozenColumn(self.table, self.frame.theme, KEYS.index(FROZEN), "Annual reviews: children")
        bar = ToolRow()
        bar.setSpacing(8)
        for part in (
            title,
            self.search,
            labelled("C&aseworker", self.worker),
            self.worker,
            labelled("Sho&w", self.state),
            self.state,
            view,
            self.views,
            self.chips,
        ):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 8)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.problems)
        below = QVBoxLayout()
        below.setSpacing(3)
        below.addWidget(self.said)
        below.addWidget(self.asked)
        column.addLayout(below)
        self.worker.currentIndexChanged.connect(self._filter)
        self.state.currentIndexChanged.connect(self._filter)
        self.search.textChanged.connect(lambda _: self.views.settle())
        self.search.entered.connect(self._go_to_next_step)
        self.chips.removed.connect(self._remove_filter)

    def _read(self, found: tuple[list[ReviewRow], list[str]], *, still: bool = False) -> None:
        self._loaded = True
        # What is half typed keeps its row in view; once it is recorded, Refresh puts all in order.
        still = still or self.table.editor() is not None
        self.model.set_rows(*found, still=still)
        self._name_workers()
        if not self.table.selectionModel().hasSelection():
            self._go_to_next_step()
        self.changed.emit()

    def _go_to_next_step(self) -> None:
        """Put the keyboard on what is recorded next of the first review shown."""
        first = self.model.row_at(0)
        if first is not None:
            self.table.go_to_cell(first.child_id, next_step(first))

    def _done(self, done: Done, initiator: QObject | None) -> None:
        if done.everything and self.isVisible() and not done.followed:
            self.reread()
        else:
            super()._done(done, initiator)

    def _name_workers(self) -> None:
        names = {row.caseworker for row in self.model.all_rows()}
        wanted = ["", *sorted(names - {""}, key=folded), *([UNASSIGNED] if "" in names else [])]
        if wanted == [self.worker.itemData(at) for at in range(self.worker.count())]:
            return
        words = {"": "All", UNASSIGNED: "Unassigned"}
        self.worker.blockSignals(True)  # noqa: FBT003
        self.worker.clear()
        for name in wanted:
            self.worker.addItem(words.get(name, name), name)
        self.worker.blockSignals(False)  # noqa: FBT003
        chosen = self._filter_now.worker
        self._narrow(replace(self._filter_now, worker=chosen if chosen in wanted else ""))

    def _filter(self) -> None:
        worker, state = str(self.worker.currentData() or ""), str(self.state.currentData() or "")
        self._narrow(replace(self._filter_now, worker=worker, state=state))
        self._go_to_next_step()

    def _remove_filter(self, key: str) -> None:
        self._narrow(self._filter_now.without(key))
        self.table.setFocus()

    def _counted(self) -> None:
        shown, total = self.model.shown, self.model.total
        words = f"{total:,} plans" if shown == total else f"{shown:,} of {total:,} plans"
        if kept := len(self.model.kept_in_view):
            words += f" · {kept:,} changed, in place until F5"
        self.count.setText(words)
        nothing = self.frame.whose.unseen(self.model) or _NONE_YET
        if total:
            nothing = "No plan fits these filters. Take one away with its chip above."
        self.empty.say("" if shown or not self._loaded else nothing)
        self.changed.emit()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()


def _title(key: str) -> str:
    return next((column.title for column in COLUMNS if column.key == key), "")


_NONE_YET = (
    "There is no live plan yet. File, Import (Ctrl+I) brings in a tracker. "
    "A child under Cases is here once their final plan is recorded."
)
_HELP = (
    "Type over a cell, Enter goes down, Ctrl+D fills down, Ctrl+Enter sets all selected, "
    "Ctrl+V pastes from a sheet, Del empties"
)
