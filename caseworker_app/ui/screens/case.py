"""The page of one child: whose it is always in view, and all that is known of them on tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.chronology import chronology
from caseworker_app.domain.event_order import by_fact, out_of_order
from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.measures.case_view import CaseView, view
from caseworker_app.domain.outcome import CASES, Done, Failed
from caseworker_app.domain.people import Caseworker, Setting
from caseworker_app.domain.plan_thread import THREAD
from caseworker_app.domain.restricted import AREA
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.undecided import Undecided
from caseworker_app.domain.wrong_child import Part
from caseworker_app.services.drafts import drafts
from caseworker_app.services.plans.vague_words import vague_words
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs import growing
from caseworker_app.ui.dialogs.change_fact import ChangeFactDialog, remove_fact_dialog
from caseworker_app.ui.dialogs.merge import open_merge_dialog
from caseworker_app.ui.dialogs.note import open_note_dialog
from caseworker_app.ui.dialogs.reassign import open_reassign_dialog
from caseworker_app.ui.dialogs.record import open_record_dialog
from caseworker_app.ui.dialogs.record_fact import RecordFactDialog
from caseworker_app.ui.dialogs.split import open_split_dialog
from caseworker_app.ui.leaving import look_through
from caseworker_app.ui.screens.base import Context, Frame, Screen
from caseworker_app.ui.screens.case_banner import CaseBanner
from caseworker_app.ui.screens.case_chronology import CaseChronology
from caseworker_app.ui.screens.case_clock import CaseClock
from caseworker_app.ui.screens.case_details import DETAILS, CaseDetails
from caseworker_app.ui.screens.case_documents import CaseDocuments
from caseworker_app.ui.screens.case_family import CaseFamily
from caseworker_app.ui.screens.case_growing import CaseGrowing
from caseworker_app.ui.screens.case_history import CaseHistory
from caseworker_app.ui.screens.case_left import CaseLeft
from caseworker_app.ui.screens.case_notes import CaseNotes
from caseworker_app.ui.screens.case_over_time import CaseOverTime
from caseworker_app.ui.screens.case_people import CasePeople
from caseworker_app.ui.screens.case_pinned import CasePinned
from caseworker_app.ui.screens.case_printing import print_tab
from caseworker_app.ui.screens.case_records import CaseRecords
from caseworker_app.ui.screens.case_reviews import CaseReviews
from caseworker_app.ui.screens.case_rows import DeadlineRow, deadline_rows, notes
from caseworker_app.ui.widgets.late_tabs import TabPlace
from caseworker_app.ui.widgets.table import RowsTable
from caseworker_app.ui.widgets.tabs import LateTabs

if TYPE_CHECKING:
    from caseworker_app.ui.screens.case_plan_tab import CasePlanTab

Found = tuple[
    CaseView,
    Sequence[DeadlineRow],
    Sequence[Setting],
    Sequence[Caseworker],
    str,
]
Rows = Sequence[tuple[str, RecordRow]]
More = tuple[Sequence[Undecided], Rows, Rows, bool | None]
"""What is read once the dates are painted, since nobody waits for it after a save: what is left to
a person, what is true over time, what belongs to the case, and whether its details have a draft;
None where that is not known yet."""
_NO_MORE: More = ((), (), (), None)
RecordsT = TypeVar("RecordsT", bound=CaseRecords)


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
        self._at = ("", -1)
        self._case: CaseFile | None = None
        self._why: date | None = None
        self._told = False
        self._to_review = False
        self._field = ""
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
        self._more = _NO_MORE
        self._found: Found | None = None
        self._make_tabs(frame)
        self.pinned.more.connect(lambda: self._turn_to(self._notes))
        self.tabs.currentChanged.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self.pinned)
        column.addWidget(self.left)
        column.addWidget(self.tabs, 1)

    def _make_tabs(self, frame: Frame) -> None:
        """The clock at once, every other tab when it is first shown."""
        self.tabs = LateTabs(self)
        self.tabs.setAccessibleName("Parts of the case")
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.addTab(self.clock, "Cl&ock")
        place = self.tabs.place
        reviews = TabPlace(partial(CaseReviews, frame.theme), self._fill_reviews)
        self._reviews = place("Revie&ws", reviews)
        self._plan = place("&Plan", TabPlace(self._make_plan, self._fill_plan))
        years = TabPlace(self._make_growing, self._fill_growing, 2)
        self._growing = place("&Growing up", years)
        self._people = place("People", self._records(CasePeople))
        self._family = place("F&amily", TabPlace(self._make_family, self._fill_family))
        self._notes = place("&Notes", self._records(CaseNotes))
        self._documents = place("Doc&uments", self._records(CaseDocuments))
        chronology = partial(CaseChronology, frame, self._show_line)
        self._chronology = place("Chronolog&y", TabPlace(chronology, self._fill_chronology))
        self._over_time = place("Over ti&me", self._records(CaseOverTime))
        details = TabPlace(self._make_details, self._fill_details, 0, behind=True)
        self._details = place("&Details", details)
        self._history = place("H&istory", TabPlace(partial(CaseHistory, frame), self._fill_history))
        self._beside = (
            *(self._plan, self._growing, self._people, self._family, self._notes),
            *(self._documents, self._over_time, self._chronology),
        )
        self._places: dict[str, TabPlace[Any]] = {
            "note": self._notes,
            "promise": self._notes,
            "document": self._documents,
            "letter": self._documents,
            **dict.fromkeys(
                ("adulthood", "pathway", "adult_transition", "capacity"), self._growing
            ),
            **dict.fromkeys(("dispute", "invitation", "feedback"), self._family),
        }

    def _records(self, kind: Callable[[Frame], RecordsT]) -> TabPlace[RecordsT]:
        """The place of a list of records."""

        def make() -> RecordsT:
            made = kind(self.frame)
            made.chosen.connect(self.changed)
            return made

        return TabPlace(make, self._fill_records)

    def _make_plan(self) -> CasePlanTab:
        # The largest of the tabs: whoever opens the page before it is warm waits for no more.
        from caseworker_app.ui.screens.case_plan_tab import CasePlanTab

        made = CasePlanTab(self.frame)
        made.chosen.connect(self.changed)
        return made

    def _fill_plan(self, part: CasePlanTab) -> None:
        if self._case is not None:
            part.show_case(self._case, self._more[2])

    def _make_growing(self) -> CaseGrowing:
        made = CaseGrowing(self.frame)
        made.chosen.connect(self.changed)
        return made

    def _make_family(self) -> CaseFamily:
        made = CaseFamily(self.frame)
        made.chosen.connect(self.changed)
        return made

    def _fill_family(self, part: CaseFamily) -> None:
        if self._case is not None:
            part.show_case(self._case)
            self._fill_records(part)

    def _make_details(self) -> CaseDetails:
        made = CaseDetails(self.frame)
        made.changed.connect(self._mark_details)
        made.further.clicked.connect(self._further)
        return made

    @property
    def reviews(self) -> CaseReviews:
        """The tab of the reviews; as every tab here it is made when it is first asked for."""
        return self._reviews.part()

    @property
    def plan(self) -> CasePlanTab:
        """The tab of the plan: its thread and its versions."""
        return self._plan.part()

    @property
    def growing(self) -> CaseGrowing:
        """The tab of growing up."""
        return self._growing.part()

    @property
    def people(self) -> CasePeople:
        """The tab of the people around the child."""
        return self._people.part()

    @property
    def family(self) -> CaseFamily:
        """The tab of disputes, invitations and what the family said."""
        return self._family.part()

    @property
    def notes(self) -> CaseNotes:
        """The tab of notes and promises."""
        return self._notes.part()

    @property
    def documents(self) -> CaseDocuments:
        """The tab of documents."""
        return self._documents.part()

    @property
    def chronology(self) -> CaseChronology:
        """The tab of the chronology."""
        return self._chronology.part()

    @property
    def over_time(self) -> CaseOverTime:
        """The tab of what was true from a day to a day."""
        return self._over_time.part()

    @property
    def details(self) -> CaseDetails:
        """The tab of the child's details."""
        return self._details.part()

    @property
    def history(self) -> CaseHistory:
        """The tab of every change."""
        return self._history.part()

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
            self.frame.jobs.afterwards(partial(self._keep_opened, child_id), self)
        self._neighbours()

    def show_field(self, name: str) -> None:
        """Turn to the details with the keyboard in a field of theirs, once they are read."""
        self._turn_to(self._details)
        self._field = name
        if self._case is not None:
            self._go_to_field()

    def _go_to_field(self) -> None:
        if self._field and self.details.fields is not None:
            name, self._field = self._field, ""
            self.details.fields.focus(name)

    def _keep_opened(self, child_id: str) -> None:
        """Who opens a case is kept, once what they asked for is painted."""

        def failed(why: Failed) -> None:
            # A case that is closed to the person was not opened.
            if why.why != "refused":
                self.frame.say(f"That you opened this case could not be kept. {why.sentence}")

        self.frame.jobs.ask(lambda session: session.opened(child_id), lambda _: None, failed, self)

    def show_plan(self, *, review: bool = False) -> None:
        """Turn to the plan; with `review` judge its outcomes, once it is read."""
        self._turn_to(self._plan)
        self._to_review = review
        if self._case is not None and self._more is not _NO_MORE:
            self._go_on_to_review()

    def _go_on_to_review(self) -> None:
        if self._to_review:
            self._to_review = False
            self.plan.review()

    def refresh(self) -> None:
        """Read the child anew."""
        child_id = self._child_id
        if not child_id:
            return

        today = self.frame.today()

        def ask(session: Session) -> Found:
            with session.moment():
                case = session.case(child_id)
                rows = deadline_rows(case.deadlines, today, session.explaining())
                said = notes(case, today, session.thresholds())
                people = session.settings(), session.caseworkers()
            return view(case, today), rows, *people, said

        def failed(why: Failed) -> None:
            if why.why == "refused" and why.field in ("why", AREA):
                self._closed(why)
            elif why.why == "refused" and child_id == self._child_id:
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
        came = self._came_by
        # A list may hold a whole council: it is gone through only where one of it is gone.
        self._trail = tuple([one for one in came if one not in gone]) if gone else came
        self._at = ("", -1)

    def _here(self) -> int:
        """Where the child stands in the list one came by, or -1: every selection asks."""
        if self._at[0] != self._child_id:
            there = self._child_id in self._trail
            self._at = self._child_id, self._trail.index(self._child_id) if there else -1
        return self._at[1]

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the child, the deadline and the fact selected."""
        if self._case is None:
            return {}
        offered: dict[str, Callable[[], None]] = {
            "record.fact": self._record,
            "case.edit": self._edit,
            "case.further": self._further,
            "case.reassign": self._reassign,
            "case.merge": self._merge,
            "case.split": self._split,
            "case.restrict": self._restrict,
            "case.hold": self._hold,
            "case.subject": self._subject_access,
            "note.new": self._note,
            "letter.new": self._letter,
            "audit.new": self._audit,
            **growing.offered(self.frame, self._child_id, self.window()),
        }
        if self._neighbour(-1):
            offered["case.previous"] = lambda: self._step(-1)
        if self._neighbour(1):
            offered["case.next"] = lambda: self._step(1)
        typed = self._typed()
        if typed is not None:
            offered["save"] = typed.save
        deadline, fact = self.clock.deadline(), self.clock.timeline.fact()
        front = self.tabs.currentWidget()
        if isinstance(front, CaseRecords | CaseChronology):
            offered |= front.offers()
        elif self._plan.made is not None and front is self._plan.made:
            offered |= self._plan.made.offers()
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
        """What is typed in the details or the plan and not saved is kept as a draft."""
        if self._plan.made is not None:
            self._plan.made.keep_draft()
        typed = self._typed()
        if self._case is None or typed is None:
            return True
        if typed.keep_draft():
            self.frame.say("What you typed in the details is kept as a draft.")
            return True
        self._turn_to(self._details)
        self.frame.say("Go on with what you began before, or discard it, and then leave.")
        return False

    def _show(self, found: Found) -> None:
        seen, rows, _, _, said = found
        case = seen.file
        if case.child.id != self._child_id:
            return
        before, self._case = self._case, case
        self._found, self._told = found, False
        if before is None or before.child.id != case.child.id:
            # Nothing of another child may stand here, not for a moment.
            self._show_more(case.child.id, _NO_MORE)
        self.banner.show_view(seen)
        doubts = by_fact(out_of_order(case.facts, case.child.born))
        self.clock.show_rows(rows, case.facts, doubts)
        self.clock.note.setText(said)
        for place in (self._reviews, self._growing, self._details, self._history):
            place.renew()
        self._mark_details()
        self._go_to_field()
        self.setAccessibleName(f"Case of {case.child.name}")
        self._say_why()
        self.changed.emit()
        self.frame.jobs.afterwards(self._read_more, self)

    def _read_more(self) -> None:
        """Read what stands beside the dates."""
        child_id = self._child_id

        def ask(session: Session) -> More:
            # The Plan tab points them out, and there the window would wait while they are read.
            vague_words()
            with session.moment():
                held = session.belonging(child_id)
                kept = drafts(session, form=DETAILS, child_id=child_id)
                told = session.over_time(child_id)
                return session.undecided(child_id), told, held, bool(kept)

        if child_id and self._case is not None:
            self.frame.jobs.ask(ask, partial(self._show_more, child_id), owner=self)

    def _show_more(self, child_id: str, found: More) -> None:
        if child_id != self._child_id or self._case is None:
            return
        self._more = found
        left, _, held, _ = found
        self.left.show_rows(left)
        self.pinned.show_rows(held, self.frame.today())
        for place in self._beside:
            place.renew()
        self._mark_details()
        self.changed.emit()
        if found is not _NO_MORE:
            self._go_on_to_review()

    def _fill_reviews(self, part: CaseReviews) -> None:
        if self._found is not None:
            case = self._found[0].file
            part.show_view(self._found[0], out_of_order(case.facts, case.child.born))

    def _fill_growing(self, part: CaseGrowing) -> None:
        if self._case is not None:
            part.show_case(self._case)
            self._fill_records(part)

    def _fill_history(self, part: CaseHistory) -> None:
        if self._case is not None:
            part.set_rows(self._case.history)

    def _fill_details(self, part: CaseDetails) -> None:
        if self._found is not None:
            seen, _, settings, caseworkers, _ = self._found
            no_draft = self._more[3] is False
            part.show_child(seen.file.child, settings, caseworkers, no_draft=no_draft)

    def _fill_records(self, part: CaseRecords) -> None:
        if self._case is not None:
            rows = self._more[1] if part is self._over_time.made else self._more[2]
            days = {fact.id: fact.on for fact in self._case.facts}
            part.show_rows(self._child_id, rows, days)

    def _fill_chronology(self, part: CaseChronology) -> None:
        if self._case is not None:
            part.show_lines(chronology(self._case.facts, self._more[2]))

    def _typed(self) -> CaseDetails | None:
        """The details, where something typed in them is not saved."""
        made = self._details.made
        return made if made is not None and made.has_changes else None

    def _turn_to(self, place: TabPlace[Any]) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentWidget(place)

    def _closed(self, failure: Failed) -> None:
        """A restricted case: say why one opens it, or whom to ask."""
        if failure.children:
            from caseworker_app.ui.dialogs.restricted import ask_reason

            ask_reason(self.frame, failure, self.refresh, self._leave, self.window())
            return
        self.frame.say(failure.sentence)
        self._leave()

    def _leave(self) -> None:
        """Go back: there is nothing to show here."""
        self._case, self._child_id = None, ""
        if self.isVisible():
            self.frame.back_to_list()
        self.changed.emit()

    def _restrict(self) -> None:
        from caseworker_app.ui.dialogs.restricted import restrict

        restrict(self.frame, self._child_id, self.window())

    def _hold(self) -> None:
        from caseworker_app.ui.dialogs.legal_hold import hold

        hold(self.frame, self._child_id, self.window())

    def _subject_access(self) -> None:
        from caseworker_app.ui.dialogs.subject_access import open_subject_access

        open_subject_access(self.frame, self._child_id, self.window())

    def _gone(self) -> None:
        """The case was taken back, or merged into another: there is nothing to show of it."""
        name = self._case.child.name if self._case is not None else "This child"
        self._case = None
        words = f"{name} is no longer in the store."
        if self._typed() is not None:
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
        self._told = not done.followed
        super()._done(done, initiator)

    def _say_why(self, due: date | None = None) -> None:
        due, self._why = due or self._why, None
        if due is not None:
            self.tabs.setCurrentWidget(self.clock)
            self.clock.say_why(due)

    def _neighbour(self, step: int) -> str:
        if self._here() < 0:
            return ""
        at = self._here() + step
        return self._trail[at] if 0 <= at < len(self._trail) else ""

    def _neighbours(self) -> None:
        self.banner.set_neighbours(before=bool(self._neighbour(-1)), after=bool(self._neighbour(1)))
        self.banner.set_place(self._place())

    def _place(self) -> str:
        """Where the child stands in the list one came from, "3 of 41 in Cases"."""
        if self._here() < 0:
            return ""
        at, many = self._here() + 1, len(self._trail)
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

    def _letter(self) -> None:
        # Few who open a case write a letter.
        from caseworker_app.ui.dialogs.letter import open_letter

        open_letter(self.frame, (self._child_id,), self.window())

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
        if sort == "fact":
            self.tabs.setCurrentWidget(self.clock)
            self.clock.timeline.table.select_id(row)
            self.clock.timeline.table.setFocus()
        elif sort in THREAD or sort == "plan_version":
            self._turn_to(self._plan)
            self.plan.show_line(key)
        elif sort == "panel_item":
            self._show_panel(row)
        elif (place := self._places.get(sort)) is not None:
            self._turn_to(place)
            place.part().table.select_id(f"{key}/")
            place.part().table.setFocus()

    def _show_panel(self, key: str) -> None:
        """Go to the panel that an item of this case is before."""
        found = (row.record for name, row in self._more[2] if (name, row.id) == ("panel_item", key))
        item = next(found, None)
        if item is not None:
            self.frame.show_screen("panels").show_row(item.panel_id)

    def _record_done(self, row: DeadlineRow) -> None:
        if self._case is not None and row.is_open:
            RecordFactDialog(self.frame, self._case, self.window(), _meets(row)).open()

    def _change_fact(self, fact: Fact) -> None:
        if self._case is not None:
            ChangeFactDialog(self.frame, self._case, fact, self.window()).open()

    def _remove_fact(self, fact: Fact) -> None:
        if self._case is not None:
            remove_fact_dialog(self.frame, self._case.child, fact, self.window()).open()

    def _audit(self) -> None:
        # Few of those who work at a case audit one.
        from caseworker_app.ui.dialogs.audit import open_audit

        open_audit(self.frame, self._child_id, self.window())

    def _edit(self) -> None:
        self._turn_to(self._details)
        if self.details.fields is not None:
            self.details.fields.focus()

    def _further(self) -> None:
        """Show the form of what SEN2 and an inspection ask of the child besides."""
        child_id, kind = self._child_id, kind_named("child_details")

        def look(session: Session) -> list[RecordRow]:
            return [row for name, row in session.belonging(child_id) if name == kind.name]

        def show(rows: list[RecordRow]) -> None:
            record = rows[0].record if rows else None
            open_record_dialog(self.frame, kind, record, self.window(), child_id)

        self.frame.jobs.ask(look, show, self.frame.tell_failed, self)

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
        made = self._details.made
        marked = self._more[3] if made is None else made.has_changes or made.has_draft
        at, words = self.tabs.indexOf(self._details), f"&Details{' •' if marked else ''}"
        # Told the same words again, Qt lays out every tab anew.
        if self.tabs.tabText(at) != words:
            self.tabs.setTabText(at, words)


def _meets(row: DeadlineRow) -> str:
    """The kind of fact that meets a deadline, or "" where the rule does not say."""
    code = row.deadline.version.met_by.partition(" ")[0]
    return code.partition(".")[0] if code.partition(".")[0] in KINDS else ""
