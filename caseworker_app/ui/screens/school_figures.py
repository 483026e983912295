"""School records as figures: attendance and suspensions by year group, results by subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain import school_figures as count
from caseworker_app.domain.declarations.brought_in import STAGES
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.school_figures import SubjectLine, YearLine
from caseworker_app.domain.yeargroup import school_year_words
from caseworker_app.services.cases.school_figures import KINDS, SchoolFigures, school_figures
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.list_printing import export_list
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.filter_box import FilterBox
from caseworker_app.ui.widgets.form import labelled
from caseworker_app.ui.widgets.table import RowsTable, with_line
from caseworker_app.ui.widgets.tool_row import ToolRow

_SAID = (
    "Children with a live plan at the end of the school year, or today where it still runs. "
    "Attended is of all sessions possible that were told. A count of 1 to 4 is hidden, and with it "
    "whatever would give it away."
)
_NO_RECORDS = (
    "No plan is live. Attendance and suspensions are brought in on the tabs beside this one."
)
_NO_RESULTS = "No result of this school year is recorded. Attainment brings them in."


def _number(name: str, title: str, width: int) -> Column[YearLine]:
    def order(row: YearLine) -> int:
        found = row.counts[name]
        return -1 if found is None else found

    return Column(name, title, lambda row: row.words(name), order, "right", width=width)


def _unread(row: SubjectLine) -> str:
    """What results say that is neither; nothing where so few have one that they are hidden."""
    return "" if row.results is None else ", ".join(dict.fromkeys(row.unread))


GROUPS: tuple[Column[YearLine], ...] = (
    Column("name", "Year group", lambda row: row.name, width=130, style="strong", stretch=True),
    _number(count.CHILDREN, "Children", 84),
    _number(count.TOLD, "With attendance", 118),
    Column(
        "attendance",
        "Attended",
        lambda row: row.attendance_words,
        lambda row: row.attendance or 0.0,
        "right",
        width=86,
    ),
    _number(count.MISSED_10, "Missed 10% or more", 138),
    _number(count.MISSED_50, "Missed 50% or more", 138),
    _number(count.SUSPENDED, "Suspended", 92),
    _number(count.EXCLUDED, "Excluded for good", 124),
)
SUBJECTS: tuple[Column[SubjectLine], ...] = (
    Column("stage", "Stage", lambda row: STAGES[row.stage], width=130, style="strong"),
    Column("what", "Subject", lambda row: row.what, width=200, stretch=True),
    Column("results", "Results", lambda row: row.results_words, align="right", width=84),
    Column("reached", "As expected, or above", lambda row: row.reached_words, width=180),
    Column(
        "unread",
        "Not understood",
        _unread,
        width=200,
        style="dim",
    ),
)


class SchoolFiguresPage(Screen):
    """The year groups above, the subjects below; small numbers hidden in both."""

    key = "school_figures"
    title = "School figures"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.found: SchoolFigures | None = None
        self.years = FilterBox()
        self.years.activated.connect(lambda _: self.refresh())
        self.groups: RowsModel[YearLine] = RowsModel(
            GROUPS, lambda row: row.name, lambda row: row.name, self
        )
        self.table = RowsTable(
            self.groups, frame.theme, "By year group", "Attendance and suspensions"
        )
        self.table.spare("told", "excluded", "suspended", "children")
        self.subjects: RowsModel[SubjectLine] = RowsModel(
            SUBJECTS, lambda row: f"{row.stage}/{row.what}", lambda row: row.what, self
        )
        self.below = RowsTable(
            self.subjects, frame.theme, "By subject", "Results against what is expected"
        )
        self.empty, self.nothing = EmptyState(self.table), EmptyState(self.below)
        self.said, self.about = QLabel(_SAID), QLabel()
        for label in (self.said, self.about):
            label.setWordWrap(True)
            label.setObjectName("dim")
        self._build()
        self.table.chosen.connect(self.changed)
        self.below.chosen.connect(self.changed)

    def _build(self) -> None:
        title = QLabel(self.title)
        title.setObjectName("title")
        tools = ToolRow()
        tools.addWidget(title)
        tools.addWidget(labelled("School &year", self.years))
        tools.addWidget(self.years)
        tools.addStretch()
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.addWidget(with_line(self.table))
        both.addWidget(with_line(self.below))
        both.setSizes([380, 220])
        both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 10)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.said)
        column.addWidget(both, 1)
        column.addWidget(self.about)

    def refresh(self) -> None:
        """Count anew: of the school year chosen, or of the latest there is."""
        chosen = self.years.currentData()
        year = chosen if isinstance(chosen, int) else None

        def ask(session: Session) -> SchoolFigures:
            return school_figures(session, year)

        self.frame.jobs.ask(ask, self._show, self.frame.tell_failed, self)

    def apply(self, done: Done) -> None:
        """Count anew where a record or a child changed."""
        if done.everything or KINDS & done.kinds or done.child_ids:
            self.mark_stale()

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {"export": lambda: export_list(self.frame, self)} if self.groups.shown else {}

    def context(self) -> Context:
        """Of which school year it is."""
        return Context((), f"School year {self.years.currentText()}")

    def take_focus(self) -> None:
        """Work starts in the year groups."""
        self.table.setFocus()

    def _offer_years(self, found: SchoolFigures) -> None:
        """Offer every school year that a record is of, and the one shown."""
        self.years.clear()
        for year in sorted({*found.years, found.year}, reverse=True):
            self.years.addItem(school_year_words(year), year)
        self.years.setCurrentIndex(self.years.findData(found.year))

    def _show(self, found: SchoolFigures) -> None:
        self.found = found
        self._offer_years(found)
        self.groups.set_rows(found.groups)
        self.subjects.set_rows(found.subjects)
        self.empty.say("" if found.groups else _NO_RECORDS)
        self.nothing.say("" if found.subjects else _NO_RESULTS)
        stages = dict.fromkeys(one.stage for one in found.subjects)
        about = [found.sources[stage] for stage in stages if stage in found.sources]
        if found.unplaced:
            about.insert(0, f"{counted(found.unplaced, 'child', 'children')} without a birthday")
        self.about.setText("; ".join(about) + "." if about else "")
        self.about.setVisible(bool(about))
        self.changed.emit()
