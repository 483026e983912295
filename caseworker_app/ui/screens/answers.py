"""Answers: the standard questions, each answered over the days asked for, open to its cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain.answers import BY, Answer, AnswerFigure, Question, figure_words
from caseworker_app.domain.measures.board import narrowed_words
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.rows import CaseRow
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import QUIET, Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.returns_cases import CasesBehind, by_reference
from caseworker_app.ui.screens.returns_period import PERIODS
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.explanation import Explanation
from caseworker_app.ui.widgets.files import ask_save
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.table import RowsTable, with_line
from caseworker_app.ui.widgets.tool_row import ToolRow

_OTHER, _SIX_YEARS = "other", "six"
_YEARS = 6
_AROUND_DATE = 24
_KINDS = "Word documents (*.docx);;Excel workbooks (*.xlsx)"
_NOT_YET = "Enter on a question, or F5, answers it for these days."
_NOTHING = "Nothing of this is recorded."

QUESTIONS: tuple[Column[Question], ...] = (
    Column("words", "Question", lambda row: row.words, stretch=True, wraps=True),
    Column("asked", "Asked by", lambda row: ", ".join(row.asked_by), width=150, style="dim"),
)
FIGURES: tuple[Column[AnswerFigure], ...] = (
    Column("what", "Figure", lambda row: row.words, stretch=True, wraps=True),
    Column("when", "When", lambda row: row.when, width=104),
    Column("team", "Every number", lambda row: figure_words(row.team), width=130),
    Column(
        "public",
        "In the answer",
        lambda row: figure_words(row.public),
        tone=lambda row: QUIET if figure_words(row.public) != figure_words(row.team) else "",
        width=130,
    ),
)


def six_years(today: date) -> tuple[date, date]:
    """The last six calendar years, this one up to today."""
    return date(today.year - _YEARS + 1, 1, 1), today


class AnswersScreen(Screen):
    """Questions on the left; on the right what one means, its figures and the cases behind each."""

    key = "answers"
    title = "Answers"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.answer: Answer | None = None
        self.model: RowsModel[Question] = RowsModel(
            QUESTIONS, lambda row: row.key, lambda row: f"{row.words}\n{row.key}", self
        )
        self.table = RowsTable(self.model, frame.theme, "Questions", "Enter answers one")
        self.table.least_stretched = 150
        self.table.spare("asked")
        self.figures: RowsModel[AnswerFigure] = RowsModel(
            FIGURES, lambda row: str(row.number), lambda row: f"{row.words}\n{row.when}", self
        )
        self.below = RowsTable(
            self.figures, frame.theme, "Figures", "Enter goes to the cases behind one"
        )
        self.below.least_stretched = 150
        self.below.spare("when")
        self.empty = EmptyState(self.below)
        self.cases = CasesBehind(frame.theme, frame.jobs)
        self.cases.opened.connect(frame.open_case)
        self._build()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self.ask())
        self.below.chosen.connect(self._figure_chosen)
        self.below.opened.connect(lambda _: self.cases.table.setFocus())
        self._choose_period()

    def refresh(self) -> None:
        """Read the questions, and answer anew what is answered."""
        if self.model.total:
            self.ask()
            return
        questions = self.frame.application.questions

        def show(found: Sequence[Question]) -> None:
            self.model.set_rows(found)
            self.table.go_first()
            self._chosen()

        self.frame.jobs.ask(questions, show, self.frame.tell_failed, self)

    def ask(self) -> None:
        """Answer the question selected for the days asked for, as a draft."""
        question, days = self.question(), self.days()
        if question is None or days is None:
            return
        answer = self.frame.application.answer

        def count(session: Session, progress: Progress) -> tuple[Answer, Mapping[str, CaseRow]]:
            made = answer(session, question.key, *days, progress=progress)
            return made, by_reference(session.cases())

        def show(found: tuple[Answer, Mapping[str, CaseRow]]) -> None:
            made, cases = found
            self.answer = made
            self.cases.set_cases(cases)
            self._chosen()
            self.below.choose_first()

        title = "Answering the question"
        self.frame.jobs.long(title, count, show, self.frame.tell_failed, self)

    def export(self) -> None:
        """Ask where to, and write the page to send: it is then published, and remembered."""
        question, days = self.question(), self.days()
        if question is None or days is None:
            return
        name = f"{question.key} {days[0].isoformat()} to {days[1].isoformat()}.docx"

        def save(chosen: str) -> None:
            self.write(question, days, Path(chosen))

        ask_save(self, "Write the answer", name, _KINDS, save)

    def write(self, question: Question, days: tuple[date, date], target: Path) -> None:
        """Write the page to send, with progress."""
        answer = self.frame.application.answer

        def make(session: Session, progress: Progress) -> Answer:
            return answer(session, question.key, *days, target=target, progress=progress)

        def made(found: Answer) -> None:
            warned = f" {narrowed_words(found.narrowed)}" if found.narrowed else ""
            self.frame.say(f"Wrote {target.name}; what it published is remembered.{warned}")

        self.frame.jobs.long("Writing the answer", make, made, self.frame.tell_failed, self)

    def apply(self, done: Done) -> None:
        """Say that the figures are older than the last change; F5 counts them anew."""
        del done
        if self.answer is not None:
            self.said.setText("Changed since this was answered: F5 answers it anew")

    def mark_stale(self) -> None:
        """Another store, or everything changed: forget the answer; the questions stay."""
        self.answer = None
        self._chosen()
        if not self.model.total:
            super().mark_stale()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {"export": self.export} if self.question() is not None else {}

    def context(self) -> Context:
        """What is answered."""
        return Context(counts=self.said.text())

    def trail(self) -> tuple[str, ...]:
        """The children behind the figure shown."""
        return self.cases.trail()

    def take_focus(self) -> None:
        """Work starts in the questions."""
        self.table.setFocus()

    def question(self) -> Question | None:
        """The question selected."""
        row = self.table.current_row()
        return row if isinstance(row, Question) else None

    def days(self) -> tuple[date, date] | None:
        """The days asked for, or None after saying which is missing or wrong."""
        found: list[date] = []
        for name, field in (("From", self.since), ("Until", self.until)):
            if field.value is None:
                self.said.setText(f"{name}: {field.lacking}")
                field.setFocus()
                return None
            found.append(field.value)
        return found[0], found[1]

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        today = self.frame.today
        self.period = choices(
            [
                (_SIX_YEARS, "Last six years"),
                *((key, words) for key, (words, _) in PERIODS.items()),
                (_OTHER, "Other dates"),
            ]
        )
        self.period.activated.connect(self._choose_period)
        self.since, self.until = (DateField(today, today()) for _ in range(2))
        self.said = QLabel()
        self.said.setObjectName("dim")
        answer = QPushButton("Answer")
        answer.setToolTip("Count the figures for these days (F5)")
        answer.clicked.connect(self.ask)
        export = stands_for(QPushButton("Write the answer…"), "export")
        export.setObjectName("primary")
        export.setToolTip("The page to send, with small numbers hidden (Ctrl+E)")
        export.clicked.connect(self.export)
        above = ToolRow()
        for part in (title, labelled("&Period", self.period), self.period):
            above.addWidget(part)
        for mnemonic, field in (("Fro&m", self.since), ("&Until", self.until)):
            field.understood.hide()
            field.line.setFixedWidth(self._date_width())
            field.line.textEdited.connect(self._other_dates)
            field.line.returnPressed.connect(self.ask)
            field.pick.clicked.connect(self._other_dates)
            above.addWidget(labelled(mnemonic, field))
            above.addWidget(field)
        above.addWidget(answer)
        above.addStretch(1)
        above.addWidget(export)
        self.words, self.method, self.caveats = _label("heading"), _label(""), _label("dim")
        self.explained = Explanation("About the question", (self.words, self.method, self.caveats))
        self.definition = _label("dim")
        around = QVBoxLayout(self)
        around.setContentsMargins(18, 14, 18, 10)
        around.setSpacing(8)
        around.addLayout(above)
        around.addWidget(self.said)
        around.addWidget(self._parts(), 1)

    def _parts(self) -> QSplitter:
        """The questions, and beside them the answer above the cases behind a figure.

        From the outermost inwards: each time that a part gets another parent all of it is styled
        anew.
        """
        whole = QSplitter(Qt.Orientation.Horizontal, self)
        whole.addWidget(with_line(self.table))
        side = QWidget(whole)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.explained)
        both = QSplitter(Qt.Orientation.Vertical, side)
        both.addWidget(with_line(self.below))
        behind = QWidget(both)
        inside = QVBoxLayout(behind)
        inside.setContentsMargins(0, 0, 0, 0)
        self.figure = Explanation("About the figure", (self.definition,))
        inside.addWidget(self.figure)
        inside.addWidget(self.cases, 1)
        both.setSizes([300, 220])
        both.setChildrenCollapsible(False)
        column.addWidget(both, 1)
        whole.setSizes([310, 814])
        whole.setHandleWidth(12)
        whole.setChildrenCollapsible(False)
        return whole

    def changeEvent(self, event: QEvent) -> None:
        """Give the dates room for another size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "until"):
            for field in (self.since, self.until):
                field.line.setFixedWidth(self._date_width())

    def _date_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("30 Nov 2026") + _AROUND_DATE

    def _choose_period(self) -> None:
        key = str(self.period.currentData())
        if key == _OTHER:
            self.since.setFocus()
            return
        days = six_years if key == _SIX_YEARS else PERIODS[key][1]
        since, until = days(self.frame.today())
        self.since.set_value(since)
        self.until.set_value(until)

    def _other_dates(self) -> None:
        self.period.setCurrentIndex(self.period.findData(_OTHER))

    def _chosen(self) -> None:
        """Explain the question selected; its figures stand there once it was answered."""
        question, made = self.question(), self.answer
        shown = made if made is not None and made.question == question else None
        if question is not None:
            self.words.setText(question.words)
            self.method.setText(f"{question.method} Told {BY[question.by]}.")
            self.caveats.setText(" ".join(question.caveats))
            self.explained.renew()
        figures = shown.figures if shown is not None else ()
        self.figures.set_rows(figures)
        self.below.go_first()
        nothing = _NOT_YET if shown is None else _NOTHING
        self.empty.say("" if figures else nothing)
        if shown is None:
            self.said.setText("")
        else:
            days = f"{long_date(shown.since)} to {long_date(shown.until)}"
            self.said.setText(
                f"{counted(len(figures), 'figure')}, {days}: a draft until it is written"
            )
        self._figure_chosen()

    def _figure_chosen(self) -> None:
        row = self.below.current_row()
        figure = row if isinstance(row, AnswerFigure) else None
        self.definition.setText("" if figure is None else figure.definition)
        self.figure.setVisible(bool(self.definition.text()))
        self.figure.renew()
        self.cases.show_things(() if figure is None else figure.team.things)
        self.changed.emit()


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
