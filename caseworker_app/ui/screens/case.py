"""The page of one child: whose it is always in view, and all that is known of them on tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.chronology import chronology
from caseworker_app.domain.event_order import by_fact, out_of_order
from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.measures.case_view import CaseView, view
from caseworker_app.domain.outcome import CASES, Done, Failed
from caseworker_app.domain.people import Caseworker, Setting
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.undecided import Undecided
from caseworker_app.domain.wrong_child import Part
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.change_fact import ChangeFactDialog, remove_fact_dialog
from caseworker_app.ui.dialogs.merge import open_merge_dialog
from caseworker_app.ui.dialogs.note import open_note_dialog
from caseworker_app.ui.dialogs.reassign import open_reassign_dialog
from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.dialogs.split import open_split_dialog
from caseworker_app.ui.leaving import look_through
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.case_banner import CaseBanner
from caseworker_app.ui.screens.case_chronology import CaseChronology
from caseworker_app.ui.screens.case_clock import CaseClock
from caseworker_app.ui.screens.case_details import CaseDetails
from caseworker_app.ui.screens.case_documents import CaseDocuments
from caseworker_app.ui.screens.case_growing import CaseGrowing
from caseworker_app.ui.screens.case_history import CaseHistory
from caseworker_app.ui.screens.case_left import CaseLeft
from caseworker_app.ui.screens.case_notes import CaseNotes
from caseworker_app.ui.screens.case_over_time import CaseOverTime
from caseworker_app.ui.screens.case_people import CasePeople
from caseworker_app.ui.screens.case_pinned import CasePinned
from caseworker_app.ui.screens.case_plan import CasePlan
from caseworker_app.ui.screens.case_printing import print_tab
from caseworker_app.ui.screens.case_records import CaseRecords
from caseworker_app.ui.screens.case_reviews import CaseReviews
from caseworker_app.ui.screens.case_rows import DeadlineRow, deadline_rows, notes
from caseworker_app.ui.widgets.table import RowsTable

Found = tuple[
    CaseView,
    Sequence[DeadlineRow],
    Sequence[Setting],
    Sequence[Caseworker],
    str,
]
Rows = Sequence[tuple[str, RecordRow]]
More = tuple[Sequence[Undecided], Rows, Rows]
"""What is read once the dates are painted: nobody waits for it after a save."""


class CaseScreen(Screen):
    """Shows one child at a time."""

    key = "case"
    title = "Case"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._child_id = ""
        self._came_by: tuple[str, ...] = ()
        self._came_from = ""
        self._missing: set[str] = set()
        self._trail: tuple[str, ...] = ()
        self._at: dict[str, int] = {}
        self._case: CaseFile | None = None
        self._why: date | None = None
        self._told = False
        self.banner = CaseBanner()
        self.banner.previous.connect(lambda: self._step(-1))
        self.banner.following.connect(lambda: self._step(1))
        self.banner.record.connect(self._record)
        self.banner.note.connect(self._note)
        self.pinned = CasePinned()
        self.left = CaseLeft(frame)
        self.clock = CaseClock(frame)
        self.clock.chosen.connect(self.changed)
        self.clock.record.connect(self._record_done)
        self.clock.timeline.change.connect(self._change_fact)
        self.clock.timeline.remove.connect(self._remove_fact)
        self.reviews = CaseReviews(frame.theme)
        self.details = CaseDetails(frame)
        self.details.changed.connect(self._mark_details)
        self.growing = CaseGrowing(frame)
        self.plan, self.people = CasePlan(frame), CasePeople(frame)
        self.notes, self.documents = CaseNotes(frame), CaseDocuments(frame)
        self.over_time = CaseOverTime(frame)
        self.chronology = CaseChronology(frame, self._show_line)
        self.history = CaseHistory(frame)
        self._lists = (self.plan, self.people, self.notes, self.documents)
        self._places: dict[str, QWidget] = {
            "fact": self.clock,
            "plan_version": self.plan,
            "note": self.notes,
            "promise": self.notes,
            "document": self.documents,
        }
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Parts of the case")
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        for part, title in (
            (self.clock, "Cl&ock"),
            (self.reviews, "Revie&ws"),
            (self.plan, "&Plan"),
            (self.growing, "&Growing up"),
            (self.people, "People"),
            (self.notes, "&Notes"),
            (self.documents, "Doc&uments"),
            (self.chronology, "Chronolog&y"),
            (self.over_time, "Over ti&me"),
            (self.details, "&Details"),
            (self.history, "H&istory"),
        ):
            self.tabs.addTab(part, title)
        for records in (*self._lists, self.over_time):
            records.chosen.connect(self.changed)
        self.pinned.more.connect(lambda: self.tabs.setCurrentWidget(self.notes))
        self.tabs.currentChanged.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self.pinned)
        column.addWidget(self.left)
        column.addWidget(self.tabs, 1)

    @property
    def child_id(self) -> str:
        """The child shown, or "" before the first."""
        return self._child_id

    def show_child(
        self,
        child_id: str,
        trail: Sequence[str] = (),
        why: date | None = None,
        came_from: str = "",
    ) -> None:
        """Show a child.

        Args:
            child_id: the child.
            trail: every child of the list one came from, for Previous and Next.
            why: a legal date, to say at once why the deadline is that date.
            came_from: the list and what it was filtered by, "Cases, with something overdue".
        """
        self._came_by, self._came_from = tuple(trail), came_from
        self._missing = set()
        if self._came_by is not self._trail:
            self._set_trail()
        self._why = why
        if child_id == self._child_id and self._case is not None:
            self._say_why()
        if child_id != self._child_id:
            self._child_id = child_id
            self._case = None
            self.mark_stale()
        self._neighbours()

    def refresh(self) -> None:
        """Read the child anew."""
        child_id = self._child_id
        if not child_id:
            return

        today = self.frame.today()

        def ask(session: Session) -> Found:
            with session.moment():
                case = session.case(child_id)
                rows = deadline_rows(case.deadlines, today, session)
                said = notes(case, today, session.thresholds())
                people = session.settings(), session.caseworkers()
            return view(case, today), rows, *people, said

        def failed(why: Failed) -> None:
            if why.why == "refused" and child_id == self._child_id:
                self._gone()
            elif why.why != "refused":
                self.frame.tell_failed(why)

        self.frame.jobs.ask(ask, self._show, failed, self)

    def apply(self, done: Done) -> None:
        """Read anew when this child was touched; leave when the case is gone."""
        here = {row.id for row in done.rows_of(CASES)}
        if not done.everything:
            missing = (self._missing | set(done.child_ids)) - here
            if missing != self._missing:
                self._missing = missing
                self._set_trail()
            self._neighbours()
        if self._child_id and any(kind_named(name).owner for name in done.kinds):
            # What belongs to a case may change without its own row.
            self.mark_stale()
        if self._child_id in done.child_ids:
            if self._child_id in here:
                self.mark_stale()
            else:
                self._gone()

    def _set_trail(self) -> None:
        """Know every child of the list one came by who is still there, and where they stand."""
        gone = self._missing
        self._trail = tuple(one for one in self._came_by if one not in gone)
        # Every change of the selection asks, and a list may hold a whole council.
        self._at = {one: at for at, one in enumerate(self._trail)}

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the child, the deadline and the fact selected."""
        if self._case is None:
            return {}
        offered: dict[str, Callable[[], None]] = {
            "record.fact": self._record,
            "case.edit": self._edit,
            "case.reassign": self._reassign,
            "case.merge": self._merge,
            "case.split": self._split,
            "note.new": self._note,
        }
        if self._neighbour(-1):
            offered["case.previous"] = lambda: self._step(-1)
        if self._neighbour(1):
            offered["case.next"] = lambda: self._step(1)
        if self.details.has_changes:
            offered["save"] = self.details.save
        deadline, fact = self.clock.deadline(), self.clock.timeline.fact()
        front = self.tabs.currentWidget()
        if isinstance(front, CaseRecords | CaseChronology):
            offered |= front.offers()
        offered |= self._leaving()
        on_clock = self.tabs.currentWidget() is self.clock
        if deadline is not None:
            offered["case.why"] = lambda: self._say_why(deadline.deadline.due)
        if on_clock and deadline is not None and deadline.is_open:
            offered["record.done"] = lambda: self._record_done(deadline)
        if on_clock and fact is not None:
            offered["fact.change"] = lambda: self._change_fact(fact)
            offered["fact.remove"] = lambda: self._remove_fact(fact)
        return offered

    def context(self) -> Context:
        """The child shown."""
        ids = (self._child_id,) if self._child_id else ()
        return Context(ids, self._place(), self._trail)

    def came_from(self) -> str:
        """The list one came from: a case opened from this one is not of a list of its own."""
        return self._came_from

    def copied(self) -> int:
        """How many rows of the tab in front a copy would take."""
        table = self._front_table()
        return 0 if table is None else len(table.selected_rows())

    def take_focus(self) -> None:
        """Start in the list of the tab in front."""
        table = self._front_table()
        if table is not None:
            table.setFocus()
        else:
            self.tabs.setFocus()

    def may_leave(self) -> bool:
        """Details that are typed and not saved are kept as a draft."""
        if self._case is None or not self.details.has_changes:
            return True
        if self.details.keep_draft():
            self.frame.say("What you typed in the details is kept as a draft.")
            return True
        self.tabs.setCurrentWidget(self.details)
        self.frame.say("Go on with what you began before, or discard it, and then leave.")
        return False

    def _show(self, found: Found) -> None:
        seen, rows, settings, caseworkers, said = found
        case = seen.file
        if case.child.id != self._child_id:
            return
        before, self._case = self._case, case
        self._told = False
        if before is None or before.child.id != case.child.id:
            # Nothing of another child may stand here, not for a moment.
            self._show_more(case.child.id, ((), (), ()))
        self.banner.show_view(seen)
        doubts = out_of_order(case.facts, case.child.born)
        self.clock.show_rows(rows, case.facts, by_fact(doubts))
        self.clock.note.setText(said)
        self.reviews.show_view(seen, doubts)
        self.details.show_child(case.child, settings, caseworkers)
        self.growing.show_case(case)
        self.history.set_rows(case.history)
        self.setAccessibleName(f"Case of {case.child.name}")
        self._say_why()
        self.changed.emit()
        self.frame.jobs.afterwards(self._read_more, self)

    def _read_more(self) -> None:
        """Read what stands beside the dates."""
        child_id = self._child_id

        def ask(session: Session) -> More:
            with session.moment():
                held = session.belonging(child_id)
                return session.undecided(child_id), session.over_time(child_id), held

        if child_id and self._case is not None:
            self.frame.jobs.ask(ask, partial(self._show_more, child_id), owner=self)

    def _show_more(self, child_id: str, found: More) -> None:
        if child_id != self._child_id or self._case is None:
            return
        left, told, held = found
        facts = self._case.facts
        days = {fact.id: fact.on for fact in facts}
        self.left.show_rows(left)
        self.over_time.show_rows(child_id, told)
        for records in self._lists:
            records.show_rows(child_id, held, days)
        self.pinned.show_rows(held, self.frame.today())
        self.chronology.show_lines(chronology(facts, held))
        self.changed.emit()

    def _gone(self) -> None:
        """The case was taken back, or merged into another: there is nothing to show of it."""
        name = self._case.child.name if self._case is not None else "This child"
        self._case = None
        words = f"{name} is no longer in the store."
        if self.details.has_changes:
            # What was typed stays to be read until the person takes it back.
            self.frame.say(f"{words} What you typed is still here, and cannot be saved.")
            self.changed.emit()
            return
        self._child_id = ""
        if self.isVisible():
            self.frame.back_to_list()
        if not self._told:
            self.frame.say(words)
        self.changed.emit()

    def _done(self, done: Done, initiator: QObject | None) -> None:
        # The message bar says what was done just now, with the way back from it.
        self._told = True
        super()._done(done, initiator)

    def _say_why(self, due: date | None = None) -> None:
        due, self._why = due or self._why, None
        if due is not None:
            self.tabs.setCurrentWidget(self.clock)
            self.clock.say_why(due)

    def _neighbour(self, step: int) -> str:
        if self._child_id not in self._at:
            return ""
        at = self._at[self._child_id] + step
        return self._trail[at] if 0 <= at < len(self._trail) else ""

    def _neighbours(self) -> None:
        self.banner.set_neighbours(before=bool(self._neighbour(-1)), after=bool(self._neighbour(1)))
        self.banner.set_place(self._place())

    def _place(self) -> str:
        """Where the child stands in the list one came from, "3 of 41 in Cases"."""
        if self._child_id not in self._at:
            return ""
        at, many = self._at[self._child_id] + 1, len(self._trail)
        within = f" in {self._came_from}" if self._came_from else ""
        return f"{at:,} of {many:,}{within}"

    def _step(self, step: int) -> None:
        neighbour = self._neighbour(step)
        if neighbour and self.may_leave():
            self.show_child(neighbour, self._trail, came_from=self._came_from)

    def _record(self) -> None:
        if self._case is not None:
            RecordFactDialog(self.frame, self._case, self.window()).open()

    def _note(self) -> None:
        if self._case is not None:
            open_note_dialog(self.frame, self._child_id, self.window())

    def _front_table(self) -> RowsTable | None:
        """The list of the tab in front; of the clock, the one with the keyboard."""
        front = self.tabs.currentWidget()
        if front is self.clock and self.clock.timeline.table.hasFocus():
            return self.clock.timeline.table
        table = getattr(front, "table", None)
        return table if isinstance(table, RowsTable) else None

    def _leaving(self) -> dict[str, Callable[[], None]]:
        """What lets something of the tab in front leave, past the guard."""
        table, case = self._front_table(), self._case
        if table is None or case is None or not table.rows_model.shown:
            return {}
        offered: dict[str, Callable[[], None]] = {
            "print": lambda: print_tab(self.frame, self, case, table, self._shown_words())
        }
        if table.selected_rows():
            offered["copy"] = lambda: self._copy(table)
        return offered

    def _shown_words(self) -> str:
        front = self.tabs.currentWidget()
        return front.shown_words() if isinstance(front, CaseChronology) else ""

    def _copy(self, table: RowsTable) -> None:
        text = table.copied_text()

        def go() -> None:
            QGuiApplication.clipboard().setText(text)

        what = f"{table.accessibleName()} copied"
        look_through(self.frame, self._child_id, what, [Part(text)], go, self)

    def _show_line(self, key: str) -> None:
        """Go from the chronology to where a line is changed."""
        sort, _, row = key.partition("/")
        place = self._places.get(sort)
        if place is None:
            return
        self.tabs.setCurrentWidget(place)
        if place is self.clock:
            self.clock.timeline.table.select_id(row)
            self.clock.timeline.table.setFocus()
        elif isinstance(place, CaseRecords):
            place.table.select_id(f"{key}/")
            place.table.setFocus()

    def _record_done(self, row: DeadlineRow) -> None:
        if self._case is not None and row.is_open:
            RecordFactDialog(self.frame, self._case, self.window(), _meets(row)).open()

    def _change_fact(self, fact: Fact) -> None:
        if self._case is not None:
            ChangeFactDialog(self.frame, self._case, fact, self.window()).open()

    def _remove_fact(self, fact: Fact) -> None:
        if self._case is not None:
            remove_fact_dialog(self.frame, self._case.child, fact, self.window()).open()

    def _edit(self) -> None:
        self.tabs.setCurrentWidget(self.details)
        if self.details.fields is not None:
            self.details.fields.focus()

    def _reassign(self) -> None:
        if self._case is not None:
            seen = self._case.child.version
            open_reassign_dialog(self.frame, {self._child_id: seen}, self)

    def _merge(self) -> None:
        if self.may_leave():
            open_merge_dialog(self.frame, (self._child_id,), self)

    def _split(self) -> None:
        if self._case is not None and self.may_leave():
            open_split_dialog(self.frame, self._case, self)

    def _mark_details(self) -> None:
        mark = " •" if self.details.has_changes or self.details.has_draft else ""
        self.tabs.setTabText(self.tabs.indexOf(self.details), f"&Details{mark}")


def _meets(row: DeadlineRow) -> str:
    """The kind of fact that meets a deadline, or "" where the rule does not say."""
    code = row.deadline.version.met_by.partition(" ")[0]
    return code.partition(".")[0] if code.partition(".")[0] in KINDS else ""
