"""The tab of a plan: its thread to work in, and behind it its versions and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.outcome import Done, Failed, Outcome
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.plan_paper import plan_paper
from caseworker_app.domain.plan_thread import (
    ENDED,
    THREAD,
    Line,
    Section,
    Thread,
    faults_of,
    order,
    plan_tree,
    section_of,
    thread_of,
)
from caseworker_app.domain.plan_ties import MAY_TIE, untied
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.wrong_child import Part
from caseworker_app.services.commands import AddRecord, ChangeRecord, Command, Together
from caseworker_app.services.drafts import Draft
from caseworker_app.services.plans.vague_words import vague_words
from caseworker_app.services.wording import capital, counted, fact_in_words
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.plan_lines import CopyDialog, EndDialog, TieDialog, as_command
from caseworker_app.ui.dialogs.record import RemoveRecordDialog, open_record_dialog
from caseworker_app.ui.leaving import Leaving, look_through
from caseworker_app.ui.list_printing import foot
from caseworker_app.ui.runtime.drafting import PLAN, Drafting, typed_texts
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_plan import CasePlan
from caseworker_app.ui.screens.case_plan_cells import Node
from caseworker_app.ui.screens.case_plan_costs import CasePlanCosts
from caseworker_app.ui.screens.case_plan_tree import Cell, PlanTree
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import Tabs
from caseworker_app.ui.widgets.tool_row import ToolRow
from caseworker_app.ui.widgets.whole_text import WholeText

Rows = Sequence[tuple[str, RecordRow]]
_ADVICE = "advice_received"


class CasePlanTab(QWidget):
    """The thread in front; the versions and the costs behind it.

    Signals:
        chosen: another row is selected, or another part is in front.
    """

    chosen = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self._case: CaseFile | None = None
        self._rows: dict[str, RecordRow] = {}
        self._thread = Thread()
        self._sections: tuple[Section, ...] = ()
        self._drafting: Drafting | None = None
        self.tree = PlanTree(frame)
        self.tree.chosen.connect(self._switch)
        self.tree.problem.connect(self._say_problem)
        self.tree.edited.connect(self._edited)
        self.tree.submitted.connect(self._typed)
        self.whole = WholeText("The line selected, and what it lacks")
        self.wrong = QLabel()
        self.wrong.setObjectName("problem")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.versions = CasePlan(frame)
        self.versions.chosen.connect(self.chosen)
        self.parts = Tabs(self)
        self.parts.setAccessibleName("Parts of the plan")
        self.parts.setDocumentMode(True)
        self.parts.addTab(self._thread_page(), "Thread")
        self.parts.addTab(self.versions, "Ver&sions")
        self.costs: CasePlanCosts | None = None
        if frame.may("costs", Right.READ):
            self.costs = CasePlanCosts(frame)
            self.costs.chosen.connect(self.chosen)
            self.parts.addTab(self.costs, "Costs")
        self.parts.currentChanged.connect(self._turned)
        # A focus proxy would keep Tab from all that stands before the tree.
        self.starts_in = self.tree
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.parts)

    def _thread_page(self) -> QWidget:
        page = QWidget()
        self.told = QLabel()
        self.told.setObjectName("dim")
        self.ended = QCheckBox("Show what has ended")
        self.ended.toggled.connect(self._build)
        tools = ToolRow()
        tools.addWidget(self.told)
        tools.addStretch()
        tools.addWidget(self.ended)
        for words, action, call in (
            ("Tie…", "plan.tie", self.tie),
            ("End…", "plan.end", self.end),
            ("Copy from before…", "plan.copy", self.copy_before),
            ("Review…", "plan.review", self.review),
        ):
            button = stands_for(QPushButton(words), action)
            button.setAutoDefault(False)
            button.clicked.connect(call)
            tools.addWidget(button)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(tools)
        column.addWidget(self.tree, 1)
        column.addWidget(self.wrong)
        column.addWidget(self.whole)
        return page

    @property
    def table(self) -> RowsTable | QWidget:
        """The list of the part in front."""
        front = self.parts.currentWidget()
        return front.table if isinstance(front, CasePlan | CasePlanCosts) else self.tree

    def show_case(self, case: CaseFile, rows: Rows) -> None:
        """Show a child's plan; `rows` are all that belongs to the case, with the kinds."""
        another = self._case is None or self._case.child.id != case.child.id
        if another:
            self._begin_drafting(case.child.id)
            self._say_problem("")
        self._case = case
        self._rows = {f"{name}/{row.id}": row for name, row in rows if name in THREAD}
        days = {fact.id: fact.on for fact in case.facts}
        self.versions.show_rows(case.child.id, rows, days)
        self._build()
        if self.parts.currentWidget() is self.costs:
            self._read_costs()
        if another and self._drafting is not None:
            self._drafting.look(partial(self._put_back, case.child.id))

    def _turned(self) -> None:
        if self.costs is not None and self.parts.currentWidget() is self.costs:
            self._read_costs()
        self.chosen.emit()

    def _read_costs(self) -> None:
        """Costs are read where they are looked at."""
        if self.costs is not None and self._case is not None:
            self.costs.show_case(self._case)

    def show_line(self, key: str) -> None:
        """Go to a line of the thread, or to a version, by its key: "outcome/4"."""
        name = key.partition("/")[0]
        if name in THREAD:
            self.parts.setCurrentIndex(0)
            self.tree.go_to(key)
            self.tree.setFocus()
        else:
            self.parts.setCurrentWidget(self.versions)
            self.versions.table.select_id(f"{key}/")
            self.versions.table.setFocus()

    def _build(self) -> None:
        case = self._case
        if case is None:
            return
        days = {fact.id: fact.on for fact in case.facts}
        self._thread = thread_of((row.record for row in self._rows.values()), days)
        self._sections = plan_tree(
            self._thread,
            self.frame.today(),
            vague_words(),
            ended=self.ended.isChecked(),
            told={"I": _placed(case), "K": _advice(case.facts)},
        )
        self.tree.show_plan(case.child.id, self._sections, self._rows)
        self.versions.show_plan(self._thread, case)
        many = len(faults_of(self._sections))
        nothing = "Nothing of the plan is recorded yet: go to a section and type."
        whole = "Every line is tied, costed, judged and specific."
        said = f"{counted(many, 'thing')} to look at." if many else whole
        self.told.setText(nothing if self._thread.is_empty else said)

    # What is typed

    def keep_draft(self) -> None:
        """Keep what is typed and not recorded; called before the page is left."""
        if self._drafting is not None and self.tree.texts():
            self._drafting.keep()

    def _begin_drafting(self, child_id: str) -> None:
        if self._drafting is not None:
            self.keep_draft()
            self._drafting.deleteLater()
        jobs, trouble = self.frame.jobs, self.frame.tell_failed
        self._drafting = Drafting(jobs, PLAN, child_id, self.tree.texts, self, trouble)
        jobs.ask(lambda session: session.own_choices("outcome"), self._take_lists, owner=self)

    def _take_lists(self, found: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        self.tree.lists = found

    def _put_back(self, child_id: str, draft: Draft) -> None:
        if self._drafting is None or self._case is None or self._case.child.id != child_id:
            return
        self._drafting.waits = False
        count = self.tree.put_texts(typed_texts(draft))
        if count:
            words = f"{counted(count, 'cell')} of the plan typed earlier"
            self.frame.say(f"{words}, and not kept yet. Enter keeps one, Escape gives it up.")
        self._drafting.edited()

    def _edited(self) -> None:
        if self._drafting is not None:
            self._drafting.edited()

    def _typed(self, command: AddRecord | ChangeRecord, cells: Sequence[Cell]) -> None:
        child_id, drafting = self.tree.child_id, self._drafting
        ends = drafting.send() if drafting is not None else ()

        def came(outcome: Outcome) -> None:
            if drafting is not None and drafting is self._drafting:
                drafting.came(done=not isinstance(outcome, Failed))
            if self.tree.child_id != child_id:
                return
            self.tree.came(cells, done=not isinstance(outcome, Failed))
            if isinstance(outcome, Failed):
                self._say_problem(outcome.sentence)
                self._build()
            else:
                self._take(outcome)

        self.frame.jobs.submit(command, self, came, ends=ends)

    def _submit(self, command: Command) -> None:
        def came(outcome: Outcome) -> None:
            self._say_problem(outcome.sentence if isinstance(outcome, Failed) else "")
            if not isinstance(outcome, Failed):
                self._take(outcome)

        self.frame.jobs.submit(command, self, came)

    def _take(self, done: Done) -> None:
        """Show what was kept at once; the whole case is read anew after it."""
        for name in THREAD:
            for row in done.rows_of(name):
                self._rows[f"{name}/{row.id}"] = row
            for key in done.gone.get(name, ()):
                self._rows.pop(f"{name}/{key}", None)
        self._build()

    # What can be done

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done in the part in front."""
        if self._case is None:
            return {}
        front = self.parts.currentWidget()
        if isinstance(front, CasePlan | CasePlanCosts):
            return front.offers()
        offered: dict[str, Callable[[], None]] = {
            "plan.review": self.review,
            "plan.copy": self.copy_before,
            "print": self.print_plan,
        }
        node = self.tree.node()
        if node is None:
            return offered
        if node.kind:
            offered["entry.new"] = lambda: self.tree.begin(node.letter)
        if node.sort == "new":
            offered["entry.remove"] = self.remove
        if node.line is not None:
            offered |= self._of_line(node, node.line)
        return offered

    def _of_line(self, node: Node, line: Line) -> dict[str, Callable[[], None]]:
        offered: dict[str, Callable[[], None]] = {"copy": self.copy_words}
        if line.record is None:
            return offered
        offered["entry.remove"] = self.remove
        if node.sort == "line":
            offered["entry.change"] = self.change
            if type(line.record) in MAY_TIE:
                offered["plan.tie"] = self.tie
                offered["plan.up"] = lambda: self.move_line(-1)
                offered["plan.down"] = lambda: self.move_line(1)
                if line.state != ENDED:
                    offered["plan.end"] = self.end
        return offered

    def copy_words(self) -> None:
        """Copy the words of the line selected, past the guard."""
        line, case = self._line(), self._case
        if line is None or case is None:
            return
        item = self.tree.currentItem()
        text = line.words or (item.text(0) if item is not None else "")

        def go() -> None:
            QGuiApplication.clipboard().setText(text)

        look_through(self.frame, case.child.id, "Plan copied", [Part(text)], go, self)

    def print_plan(self) -> None:
        """Print the plan as it stands, past the guard."""
        case = self._case
        if case is None:
            return

        def show(who: str) -> None:
            from caseworker_app.ui.printing import print_paper

            paper = plan_paper(about_child(case.child), self._sections, foot(self.frame, who))
            text = paper.words()
            leaving = Leaving("Plan", "children", (case.child.id,), text, "printed", (Part(text),))
            print_paper(self.frame, paper, leaving, self)

        self.frame.jobs.ask(lambda session: session.who, show, owner=self)

    def tie(self) -> None:
        """Ask what the line selected is tied to."""
        line = self._line()
        if line is not None and type(line.record) in MAY_TIE:
            TieDialog(self.frame, self._sections, line, self.window()).open()

    def end(self) -> None:
        """Ask from when the line selected stands no more, and why."""
        line = self._line()
        if line is not None and type(line.record) in MAY_TIE and line.state != ENDED:
            EndDialog(self.frame, line, self.window()).open()

    def change(self) -> None:
        """Change every field of the line selected."""
        node = self.tree.node()
        row = self.tree.row_of(node) if node is not None else None
        if node is not None and row is not None and self._case is not None:
            child = self._case.child.id
            open_record_dialog(self.frame, kind_named(node.kind), row.record, self.window(), child)

    def remove(self) -> None:
        """Untie what is selected, take the line out, or give up a new one."""
        node = self.tree.node()
        if node is None:
            return
        if node.sort == "new":
            self.tree.give_up_new(node.letter)
            return
        row = self.tree.row_of(node)
        if node.line is None or row is None:
            return
        if node.tie is not None:
            self._submit(as_command(untied(node.tie.record)))
            return
        if node.line.ties:
            words = counted(len(node.line.ties), "tie")
            self._say_problem(f"It has {words}: take these out first, or end the line instead.")
            return
        RemoveRecordDialog(self.frame, kind_named(node.kind), row, self.window()).open()

    def move_line(self, by: int) -> None:
        """Move the line selected up or down within its section."""
        line = self._line()
        if line is None or line.record is None:
            return
        letter = section_of(line.record)
        lines = next(one.lines for one in self._sections if one.letter == letter)
        beside = sorted((one.record for one in lines if one.record is not None), key=order)
        at = next((n for n, one in enumerate(beside) if one.id == line.record.id), -1)
        if at < 0 or not 0 <= at + by < len(beside):
            return
        beside[at], beside[at + by] = beside[at + by], beside[at]
        kind = line.key.partition("/")[0]
        moved = tuple(
            ChangeRecord(kind, one.id, one.version, {"place": place})
            for place, one in enumerate(beside, 1)
            if one.place != place
        )
        self._submit(Together(moved, "line of the plan moved"))

    def copy_before(self) -> None:
        """Ask which lines of the plan before are written again."""
        if self._case is None:
            return
        asked = CopyDialog.of(self.frame, self._case, self._thread, self.window())
        if asked is None:
            self._say_problem("No line of the plan has ended, so there is none to copy.")
        else:
            asked.open()

    def review(self) -> None:
        """Ask what a review found of each outcome."""
        from caseworker_app.ui.dialogs.plan_review import PlanReviewDialog

        if self._case is not None:
            PlanReviewDialog(self.frame, self._case, self._sections, self.window()).open()

    def _line(self) -> Line | None:
        node = self.tree.node()
        return node.line if node is not None else None

    def _switch(self) -> None:
        line = self._line()
        said = [] if line is None else [line.words, *(one.words for one in line.faults)]
        self.whole.say("\n".join(filter(None, said)))
        self.chosen.emit()

    def _say_problem(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setAccessibleName(sentence)
        self.wrong.setVisible(bool(sentence))


def _placed(case: CaseFile) -> tuple[str, ...]:
    return (case.setting.name,) if case.setting is not None else ()


def _advice(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(capital(fact_in_words(one)) for one in facts if one.kind == _ADVICE)
