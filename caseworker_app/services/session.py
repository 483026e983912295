"""the session: one open store with everything that can be asked of it and done to it.

What only some of it needs is imported there: a start that shows Today loads little.
"""

from __future__ import annotations

import logging
import secrets
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.domain.errors import Cancelled, CaseworkerError, Refused, Stale, Unsure
from caseworker_app.domain.names import fits, folded
from caseworker_app.domain.permissions import Person, Right
from caseworker_app.domain.text import version_number
from caseworker_app.services.bugs import place_of
from caseworker_app.services.gate import (
    ask_of,
    asks,
    asks_itself,
    audited_by,
    only_own,
    open_to_all,
)
from caseworker_app.services.ports import COUNCIL
from caseworker_app.services.restricting import (
    ask_each,
    ask_open,
    closed,
    counts_every,
    for_person,
    only_asking,
    open_reading,
    unwrapped,
)
from caseworker_app.services.rules.in_force import (
    APPLICATION_KEPT,
    PACK_KEPT,
    RULES_KEPT,
    binding_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from caseworker_app.domain.access import AccessRow
    from caseworker_app.domain.alert_row import AlertRow
    from caseworker_app.domain.alerts import Thresholds
    from caseworker_app.domain.backup_times import KeptBackup
    from caseworker_app.domain.caseload import AsKnown, CaseFile, Records
    from caseworker_app.domain.clock.explain import Explain
    from caseworker_app.domain.deadlines import Deadline
    from caseworker_app.domain.facts import Fact
    from caseworker_app.domain.incoming import ImportResult, Incoming
    from caseworker_app.domain.incoming_records import BroughtIn, IncomingRecords
    from caseworker_app.domain.kinds import Kept, Kind
    from caseworker_app.domain.outcome import Done, Outcome
    from caseworker_app.domain.people import Caseworker, Child, Setting
    from caseworker_app.domain.preview import Preview
    from caseworker_app.domain.reconciling import Accepted, Difference, Reconciled
    from caseworker_app.domain.records import CaseSummary, DeadlineChange
    from caseworker_app.domain.rows import (
        CaseRow,
        HistoryRow,
        RecordRow,
        ReviewRow,
        Sought,
    )
    from caseworker_app.domain.rules import Rulebook
    from caseworker_app.domain.undecided import Undecided
    from caseworker_app.domain.whose import Choice, Whose
    from caseworker_app.domain.wrong_child import Finding, Part
    from caseworker_app.services.cases.leaving import Guard
    from caseworker_app.services.commands import Command, MergeChildren, SetOver, SplitChild
    from caseworker_app.services.drafts import Place
    from caseworker_app.services.others import Watch
    from caseworker_app.services.ports import Clock, Reading, RulePack, Store
    from caseworker_app.services.progress import Progress

_MANY = 50
"""When an action touches more children than this, lists read themselves anew."""

_log = logging.getLogger(__name__)


class Session:
    """An open store, a rule pack, a clock and who is there. Calls block; use one thread.

    Attributes:
        store, clock: what it works with.
        offered: the rules that came with this application; those in force are `rules`.
        person: who is at the keyboard, with their roles.
        who: their name, for the audit.
        with_reason: the restricted cases that were opened with a reason.
        second_place: a folder to which the ends of the trail are sent as they are signed, or None.
    """

    def __init__(self, store: Store, rules: RulePack, clock: Clock, who: Person) -> None:
        self.store = for_person(store, self) if who.known else store
        self.store.roles = rules.roles
        self.offered = rules
        self._bound = ("", rules)
        self.clock = clock
        self.person = who
        self.who = who.name
        self._guard: Guard | None = None
        self.with_reason: frozenset[str] = frozenset()
        self.second_place: Path | None = None
        self._watch: Watch | None = None

    @property
    def rules(self) -> RulePack:
        """The rules that bind in this store: its rule pack, with the council's own added.

        Raises:
            Unavailable: they need a newer application.
            Unreadable, Refused: they do not hold together.
        """
        known = self._known_rules()
        if known is not None:
            return known
        with self.store.reading() as reading:
            return self._read_rules(reading)

    @open_to_all
    def rules_in(self, reading: Reading) -> RulePack:
        """The same inside a moment of the store; see `rules`."""
        notes = reading.meta()
        return self._known_rules(notes.get) or self._read_rules(reading)

    def _known_rules(self, note: Callable[[str], str | None] | None = None) -> RulePack | None:
        """The rules that bind where nothing has to be read for it, as at every start."""
        find = note or self.store.note
        kept = find(RULES_KEPT) or ""
        if kept == self._bound[0]:
            return self._bound[1]
        if self._is_ours(kept, find):
            self._bound = (kept, self.offered)
            return self.offered
        return None

    def _is_ours(self, kept: str, find: Callable[[str], str | None]) -> bool:
        """Whether what is noted is the pack of this application, and nothing of anybody's own."""
        return ":" not in kept and find(PACK_KEPT) == self.offered.identity

    def _read_rules(self, reading: Reading) -> RulePack:
        kept = reading.meta().get(RULES_KEPT, "")
        rules = self.offered.for_store(binding_of(reading))
        self._bound = (kept, rules)
        return rules

    @property
    def where(self) -> str:
        """The store's path or URL, for the title bar; never a password."""
        return self.store.where

    @property
    def notices(self) -> tuple[str, ...]:
        """What is to be told of the opening, a sentence each."""
        return self.store.notices

    @open_to_all
    @contextmanager
    def moment(self) -> Iterator[None]:
        """One moment of the store: what is asked inside it is true at the same time, and cheaper.

        Nothing may be written inside it.
        """
        with self.store.reading():
            yield

    @open_to_all
    def today(self) -> date:
        """The day, by the clock the session was given."""
        return self.clock.today()

    @asks("children")
    def cases(self) -> tuple[CaseRow, ...]:
        """Every child, by surname and forename."""
        from caseworker_app.services.cases import lists

        with self.store.reading() as reading:
            return lists.case_rows(reading, self.today())

    @asks("children")
    def alerts(self, within: int | None = None, worker: str | None = None) -> tuple[AlertRow, ...]:
        """Open deadlines, soonest first: overdue, and due within so many days (all with None).

        `worker` is part of a caseworker's name, case apart: the cases they hold or cover today.
        """
        today = self.today()
        until = None if within is None else _later(today, within)
        rows = self.store.alerts(today, until)
        if worker is not None:
            from caseworker_app.services.cases.whose import with_covered

            with self.store.reading() as reading:
                theirs = {one.id for one in reading.caseworkers() if fits(worker, one.name)}
                held = with_covered(reading, theirs, today)
            rows = [row for row in rows if row.caseworker_id in held]
        return tuple(rows)

    @asks("children")
    def weigh(self, rows: Sequence[AlertRow]) -> tuple[AlertRow, ...]:
        """Those open deadlines with how loud they are, and why, by the council's thresholds."""
        from caseworker_app.services.cases.alerting import weigh

        with self.store.reading() as reading:
            return weigh(rows, self.rules_in(reading).thresholds, self.today(), reading)

    @asks("children")
    def today_lines(
        self, within: int | None = None, child_ids: Collection[str] | None = None
    ) -> tuple[AlertRow, ...]:
        """Every line of Today by its day, one a child and step: dates, promises, papers, actions.

        With what whoever is at the keyboard did today.

        Args:
            within: overdue, and due in so many days; all with None.
            child_ids: of these children alone, or of all with None.
        """
        from caseworker_app.domain.folding import fold
        from caseworker_app.services.cases import done_today, todays

        today = self.today()
        until = None if within is None else _later(today, within)
        if child_ids is None:
            dates = self.store.alerts(today, until)
        else:
            dates = [one for key in child_ids for one in self.store.alerts(today, until, key)]
        with self.store.reading() as reading:
            thresholds = self.rules_in(reading).thresholds
            audited = audited_by(self.person, reading, today)
            rows = todays.rows(reading, dates, thresholds, today, within, child_ids, audited)
            return fold((*rows, *done_today.rows(reading, self.who, today, child_ids)))

    @asks("children")
    def has_cases(self) -> bool:
        """Whether there is any case in the store."""
        with self.store.reading() as reading:
            return bool(reading.counts()["child"])

    @asks("children")
    def whose(self, choice: Choice) -> Whose:
        """Whose cases a choice shows today, with those of the colleagues one covers."""
        from caseworker_app.services.cases.whose import whose_now

        with self.store.reading() as reading:
            return whose_now(reading, choice, self.today())

    @asks("children")
    def reviews(self, ids: Collection[str] | None = None) -> tuple[ReviewRow, ...]:
        """One row a live plan: of the children named, or of all."""
        from caseworker_app.services.cases import lists

        with self.store.reading() as reading:
            return lists.review_rows(reading, self.today(), ids)

    @asks("children")
    def case(self, child_id: str) -> CaseFile:
        """Everything of one child, with history. Raises `Refused` when there is no such child."""
        from caseworker_app.services.cases import lists
        from caseworker_app.services.cases.explaining import explained

        ask_open(self, child_id)
        with self.store.reading() as reading:
            file = lists.case_file(reading, child_id)
            told = self.person.may("trail", Right.READ)
            if not told and self.person.may_of_own("trail"):
                told = child_id in (self._only("trail", reading) or ())
        if not told:
            file = replace(file, history=())
        return explained(file, self.rules)

    @asks_itself
    def open_restricted(self, child_id: str, why: str) -> None:
        """Open a restricted case until this session is closed; why goes on record.

        Raises:
            Refused: it does not open to the person here, or no reason is given.
        """
        from caseworker_app.services.restricting import open_with_reason

        self.person.ask("children", Right.READ)
        open_with_reason(self, child_id, why)

    @asks("children")
    def not_opened(self) -> frozenset[str]:
        """The restricted cases, by id, whose records are not shown now: see `open_restricted`."""
        return closed(self)

    @asks("children")
    def caseload(
        self,
        progress: Progress | None = None,
        *,
        on: date | None = None,
        kinds: Iterable[Kind] = (),
    ) -> tuple[CaseFile, ...]:
        """Everything of every child, by reference, without history and without explanations.

        Args:
            progress: told how far it is; may raise `Cancelled`.
            on: a day; dates are then those by setting and year group of that day.
            kinds: those of the children's further records that are wanted.
        """
        from caseworker_app.services.cases import lists
        from caseworker_app.services.without_collector import without_collector

        with without_collector(), self.store.reading() as reading:
            files = lists.caseload(reading, progress, kinds)
            if on is None or not any(file.spells for file in files):
                return files
            from caseworker_app.services.returns.as_at import counted_on

            return tuple(counted_on(file, on, self.rules) for file in files)

    @asks("board")
    def beside(self, kinds: Iterable[Kind]) -> Records:
        """The records that figures are counted from and that belong to no child, by kind."""
        from caseworker_app.services.cases import lists

        with self.store.reading() as reading:
            return lists.beside(reading, kinds)

    @asks("children")
    def settings(self) -> tuple[Setting, ...]:
        """Every setting by name."""
        with self.store.reading() as reading:
            return tuple(sorted(reading.settings(), key=lambda one: (folded(one.name), one.name)))

    @asks_itself
    def record_rows(self, kind: str) -> tuple[RecordRow, ...]:
        """Every record of a declared kind, as a list shows it."""
        from caseworker_app.domain.kinds import kind_named
        from caseworker_app.services import record_lists

        asked = kind_named(kind)
        with open_reading(self) as reading:
            only = self._only(asked.area, reading)
            return record_lists.record_rows(reading, asked, only=only)

    @asks_itself
    def version_of(self, kind: str, key: str) -> int:
        """The version of one record, for a change of it. Raises `Refused` where it is gone."""
        from caseworker_app.domain.kinds import kind_named

        asked = kind_named(kind)
        self.person.ask(asked.area, Right.READ, own=True)
        with open_reading(self) as reading:
            found = reading.all_of(asked, (key,)).get(key)
        if found is None:
            raise Refused(f"This {asked.one} is no longer in the store.")
        return int(found.version)

    @asks_itself
    def one_record(self, kind: str, key: str) -> Kept:
        """One record as it stands, for a change of it. Raises `Refused` where it is gone."""
        from caseworker_app.domain.kinds import kind_named

        asked = kind_named(kind)
        self.person.ask(asked.area, Right.READ, own=True)
        with open_reading(self) as reading:
            found: Kept | None = reading.all_of(asked, (key,)).get(key)
            if found is None:
                raise Refused(f"This {asked.one} is no longer in the store.")
            if asked.owner:
                only = self._only(asked.area, reading)
                if only is not None and getattr(found, asked.owner) not in only:
                    self.person.ask(asked.area, Right.READ)
        return found

    @asks_itself
    def own_choices(self, kind: str) -> dict[str, tuple[tuple[str, str], ...]]:
        """By field of a kind that has a list of the council's own, what is offered: code, words."""
        from caseworker_app.domain.kinds import kind_named
        from caseworker_app.services import own_lists

        asked = kind_named(kind)
        self.person.ask(asked.area, Right.READ, own=True)
        with self.store.reading() as reading:
            found = own_lists.of_kind(reading, asked)
        return {
            name: tuple((one.code, one.words) for one in some if not one.ended)
            for name, some in found.items()
        }

    @asks("setup")
    def own_lists(self) -> tuple[RecordRow, ...]:
        """Every choice of every list of the council's own; what came with a field has no id."""
        from caseworker_app.services import own_lists, record_lists

        with self.store.reading() as reading:
            return record_lists.in_rows(own_lists.all_lists(reading))

    @asks_itself
    def sought(self) -> tuple[Sought, ...]:
        """Every record that a search can find, of each kind that one may read, but for cases."""
        from caseworker_app.domain.declarations import every_kind
        from caseworker_app.services import record_lists

        found: list[Sought] = []
        with open_reading(self) as reading:
            for kind in every_kind():
                own = bool(kind.owner)
                if kind.name != "child" and self.person.may(kind.area, Right.READ, own=own):
                    only = self._only(kind.area, reading)
                    found += record_lists.found_by_search(reading, kind, only)
        return tuple(found)

    @asks("children")
    def fact_choices(
        self, child_id: str, kinds: Collection[str] = ()
    ) -> tuple[tuple[str, str], ...]:
        """The facts of a child that a record may be dated by: id and words, newest first."""
        from caseworker_app.services import record_lists

        ask_open(self, child_id)
        with self.store.reading() as reading:
            return record_lists.fact_choices(reading, child_id, kinds)

    @asks_itself
    def record_choices(self, kind: str) -> tuple[tuple[str, str], ...]:
        """What a link to a kind can point at: id and words, by words."""
        from caseworker_app.domain.kinds import kind_named
        from caseworker_app.services import record_lists

        asked = kind_named(kind)
        with open_reading(self) as reading:
            only = self._only(asked.area, reading)
            return record_lists.choices(reading, asked, only)

    @asks("children")
    def caseworkers(self) -> tuple[Caseworker, ...]:
        """Every caseworker by name."""
        with self.store.reading() as reading:
            return tuple(
                sorted(reading.caseworkers(), key=lambda one: (folded(one.name), one.name))
            )

    @open_to_all
    def council(self) -> str:
        """The council's name for returns, or "" when nobody has given it."""
        return self.store.note(COUNCIL)

    @asks("setup", Right.WRITE)
    def set_council(self, name: str) -> None:
        """Keep the council's name for everyone who works with this store.

        Raises:
            Refused: it holds what cannot be kept.
        """
        from caseworker_app.services.commands import SetCouncil

        self.carry_out(SetCouncil(name))

    @asks_itself
    def history(self, limit: int = 200) -> tuple[HistoryRow, ...]:
        """The latest audit entries, newest first: of all, or of one's own cases alone."""
        from caseworker_app.services.cases import lists

        with open_reading(self) as reading:
            return lists.history_rows(reading, limit, self._only("trail", reading))

    @asks("children")
    def preview(self, command: MergeChildren | SplitChild | SetOver) -> Preview:
        """What a merge, a split or a field set for many would do.

        Raises:
            Refused: it would be refused.
        """
        from caseworker_app.services.cases.bulk import preview_over
        from caseworker_app.services.cases.splitting import preview
        from caseworker_app.services.commands import SetOver

        with self.store.reading() as reading:
            if isinstance(command, SetOver):
                return preview_over(command, reading, self.today())
            return preview(command, reading, self.today())

    @asks("children")
    def owned_words(self, child_id: str) -> tuple[tuple[str, str], ...]:
        """What belongs to a case beside its facts: `visit/12` and its words, as one may read it."""
        from caseworker_app.services.cases.splitting import owned_rows, record_words

        ask_open(self, child_id)
        with self.store.reading() as reading:
            return tuple(
                (f"{kind.name}/{row.id}", record_words(kind, row))
                for kind, row in owned_rows(reading, child_id)
                if self.person.may(kind.area, Right.READ)
                or child_id in (self._only(kind.area, reading) or ())
            )

    @asks("children")
    def over_time(self, child_id: str) -> tuple[tuple[str, RecordRow], ...]:
        """What is known of a case from a day to a day, with the kind, as one may read it.

        A row without an id is what only the child says: it holds as long as anything is known.
        """
        from caseworker_app.services.cases.spells import over_time

        ask_open(self, child_id)
        with self.store.reading() as reading:
            return tuple(
                (kind.name, row)
                for kind, row in over_time(reading, child_id)
                if self.person.may(kind.area, Right.READ)
                or child_id in (self._only(kind.area, reading) or ())
            )

    @asks("children")
    def belonging(self, child_id: str) -> tuple[tuple[str, RecordRow], ...]:
        """What belongs to a case beside its facts, with the kind of each, as one may read it."""
        from caseworker_app.services.cases.belonging import belonging

        ask_open(self, child_id)
        with self.store.reading() as reading:
            return tuple(
                (kind.name, row)
                for kind, row in belonging(reading, child_id)
                if self.person.may(kind.area, Right.READ)
                or child_id in (self._only(kind.area, reading) or ())
            )

    @asks("children")
    def undecided(
        self, child_id: str | None = None, progress: Progress | None = None
    ) -> tuple[Undecided, ...]:
        """What is left to a person of one child, or of all: proposals, perhaps the same child."""
        from caseworker_app.services.cases.undecided import undecided

        if child_id is not None:
            ask_open(self, child_id)
        with self.store.reading() as reading:
            return undecided(reading, child_id, progress)

    @asks_itself
    def actions(self, limit: int = 200) -> tuple[HistoryRow, ...]:
        """The latest actions, newest first: one row for each, however much it touched.

        Whoever may read the trail of their own cases alone is told of these alone.
        """
        from caseworker_app.services import actions

        with open_reading(self) as reading:
            return actions.history(reading, limit, self._only("trail", reading))

    @asks_itself
    def as_known(
        self, day: date, progress: Progress | None = None, kinds: Iterable[Kind] = ()
    ) -> AsKnown:
        """The caseload as the store had it when a day was over, rebuilt from the audit trail.

        Whoever may read the trail of their own cases alone is told of those they hold now.
        """
        from caseworker_app.services.as_known import as_known
        from caseworker_app.services.without_collector import without_collector

        with without_collector(), open_reading(self) as reading:
            only = self._only("trail", reading)
            found = as_known(reading, day, progress, kinds)
        if only is None:
            return found
        return replace(
            found, files=tuple(one for one in found.files if one.child.id in only), disposed=0
        )

    @asks("children")
    def last_undo(self) -> tuple[str, str] | None:
        """(audit group, words) of the person's own newest change that stands, if there is one.

        It is read from the audit, so it is the same after a restart.
        """
        return self._named(lambda reading: reading.standing(self.who))

    @asks("children")
    def last_redo(self) -> tuple[str, str] | None:
        """(audit group, words) of what the person undid last, while they made no change since."""
        return self._named(lambda reading: reading.undone(self.who))

    @asks("children")
    def names_others(self, child_id: str, parts: Sequence[Part]) -> tuple[Finding, ...]:
        """What in some text about a child is another child's: looked for before it leaves.

        Raises:
            Refused: there is no such child.
        """
        from caseworker_app.services.cases.leaving import Guard, as_shown

        self._guard = self._guard or Guard()
        ask_open(self, child_id)
        # Whoever is named in a text about another child, it is never right.
        with unwrapped(self.store).reading() as reading:
            found = self._guard.look_through(reading, child_id, parts, self.today())
        with self.store.reading() as reading:
            return as_shown(reading, found)

    @asks_itself
    def ask_export(
        self, area: str, child_ids: Collection[str] = (), act: str = "", what: str = ""
    ) -> None:
        """Refuse to write or copy a list out, with children a list of these alone; else keep it.

        Args:
            area: the line of the permission table it belongs to.
            child_ids: whose it is; none is everybody.
            act: what is done, a key of `domain.access.ACTS`; "" is written.
            what: what it is, in words, for who looked.

        Raises:
            Refused: neither of the area nor of one's own cases may it be exported.
            Unavailable: what is taken out cannot be kept, and so nothing goes.
        """
        from caseworker_app.services.access import taken_out

        with self.store.reading() as reading:
            ask_of(self.person, area, Right.EXPORT, child_ids, reading, self.today())
        taken_out(self, act, what, child_ids)

    @asks("children")
    def opened(self, child_id: str) -> None:
        """Keep that the person has opened a case; see `services.access`."""
        from caseworker_app.services.access import opened

        opened(self, child_id)

    @open_to_all
    def copied(self, what: str, child_ids: Collection[str]) -> None:
        """Keep that the person copied something of some cases."""
        from caseworker_app.domain.access import COPIED
        from caseworker_app.services.access import taken_out

        if child_ids:
            taken_out(self, COPIED, what, child_ids)

    @asks_itself
    def who_looked(self, child_id: str = "") -> tuple[AccessRow, ...]:
        """Who opened cases and took what out, newest first; of one case, or of all."""
        from caseworker_app.services.access import rows

        with self.store.reading() as reading:
            return rows(reading, child_id, only=self._only("trail", reading))

    def _only(self, area: str, reading: Reading) -> frozenset[str] | None:
        return only_own(self.person, area, reading, self.today())

    def _named(self, find: Callable[[Reading], str]) -> tuple[str, str] | None:
        from caseworker_app.services.actions import in_few_words

        with self.store.reading() as reading:
            group = find(reading)
            return (group, in_few_words(reading, reading.group(group, 1))) if group else None

    @asks_itself
    def submit(
        self,
        command: Command,
        progress: Progress | None = None,
        ends: Collection[Place] = (),
    ) -> Outcome:
        """Carry a command out. Never raises: a failure comes back as a value.

        One that the progress stops comes back as a failure too, and the store is as it was. The
        drafts that it `ends` go with it or stay with it, in the one transaction.
        """
        from caseworker_app.domain.outcome import Failed

        try:
            return self.carry_out(command, progress, ends)
        except Refused as refused:
            return Failed("refused", refused.sentence, refused.field, children=refused.children)
        except Cancelled as stopped:
            return Failed("refused", stopped.sentence)
        except Unsure as asked:
            return Failed("unsure", asked.sentence, group=asked.group, touched=asked.touched)
        except CaseworkerError as error:
            return Failed("stale" if isinstance(error, Stale) else "unavailable", error.sentence)
        except Exception as error:  # noqa: BLE001  (the last stop: a bug becomes a value)
            from caseworker_app import files

            if said := files.run_out(error):
                return Failed("unavailable", said)
            reference = secrets.token_hex(4)
            # The error's own text may hold a child's name, so only its kind and place are kept.
            _log.error("bug %s in %s: %s", reference, type(command).__name__, place_of(error))
            sentence = f"Something went wrong inside Caseworker; quote {reference} to support."
            return Failed("bug", sentence, reference=reference)

    @asks_itself
    def carry_out(
        self,
        command: Command,
        progress: Progress | None = None,
        ends: Collection[Place] = (),
    ) -> Done:
        """Carry a command out as `submit` does, but raise where it cannot be."""
        from caseworker_app.domain.outcome import Done
        from caseworker_app.services.drafts import drop_all
        from caseworker_app.services.entering import refuse_impossible
        from caseworker_app.services.gate import as_theirs, ask_command
        from caseworker_app.services.handlers import handle
        from caseworker_app.services.unit_of_work import UnitOfWork
        from caseworker_app.services.wording import recounted_words

        refuse_impossible(command)
        today = self.today()
        with self.store.writing() as unit:
            ask_command(self.person, command, unit, today)
            ask_each(self, command, unit)
            command = as_theirs(self.person, command, unit)
            rules, now = self.rules_in(unit), self.clock.now()
            work = UnitOfWork(unit, rules, now, self.who, progress, self.offered)
            with only_asking(self, unit):
                message = handle(command, work, today)
            finished = work.finish()
            if ends:
                drop_all(unit, self.who, ends)
        undo = "" if work.kind in ("undo", "note") else work.undoes or finished.group
        redo = work.undoes if work.kind == "undo" else ""
        touched = finished.child_ids
        left = tuple(work.left_out)
        done = Done(message, touched, gone=finished.gone, undo=undo, redo=redo, left_out=left)
        if finished.recounted is not None:
            said = message + recounted_words(*finished.recounted)
            done = done._replace(message=said, recounted=finished.recounted)
        if len(touched) > _MANY or finished.is_named_in_lists or finished.recounted is not None:
            return done._replace(everything=True)
        if not (touched or finished.kept):
            return done
        try:
            return self._read_again(command, done, finished.kept)
        except Exception as error:  # noqa: BLE001  (it is saved, whatever reading it again came to)
            _log.info("not read again: %s", place_of(error))
            said = f"{message} It is saved, but what stands here now could not be read again."
            return done._replace(message=said, everything=True)

    @asks("children")
    def others_did(self) -> Done | None:
        """What others did since this was last asked, as lists need it; None where nothing."""
        from caseworker_app.services.others import Watch, others_did

        self._watch = self._watch or Watch()
        return others_did(self, self._watch, lambda done, kept: self._read_again(None, done, kept))

    def _read_again(
        self, command: Command | None, done: Done, kept: Mapping[str, Collection[str]]
    ) -> Done:
        """What was done, with the rows of children and records as they stand now."""
        from caseworker_app.domain.kinds import kind_named
        from caseworker_app.domain.outcome import ALERTS, CASES, REVIEWS
        from caseworker_app.domain.today import children_of
        from caseworker_app.services import record_lists
        from caseworker_app.services.cases import done_today, lists, todays
        from caseworker_app.services.commands import ChangeFact, RecordFact, RemoveFact
        from caseworker_app.services.wording import what_next

        today, touched, message = self.today(), done.child_ids, done.message
        # Before, for there is one transaction at a time.
        records = {} if command is not None else self._records_of_others(kept)
        with self.store.reading() as reading:
            cases = lists.case_rows(reading, today, touched)
            reviews = lists.review_rows(reading, today, touched)
            if command is not None:
                records = {
                    name: record_lists.record_rows(reading, kind_named(name), ids)
                    for name, ids in kept.items()
                }
            seen = tuple(dict.fromkeys((*touched, *children_of(records))))
            alerts = tuple(
                alert for child_id in seen for alert in self.store.alerts(today, None, child_id)
            )
            thresholds = self.rules_in(reading).thresholds
            audited = audited_by(self.person, reading, today)
            shown = todays.rows(reading, alerts, thresholds, today, None, seen, audited)
            shown += done_today.rows(reading, self.who, today, seen)
        if isinstance(command, RecordFact | ChangeFact | RemoveFact):
            message += what_next(alerts)
        rows = {**records, CASES: cases, ALERTS: shown, REVIEWS: reviews}
        return done._replace(message=message, rows=rows)

    def _records_of_others(
        self, kept: Mapping[str, Collection[str]]
    ) -> dict[str, tuple[RecordRow, ...]]:
        """Records that somebody else touched, as far as lists show them: see `record_rows`."""
        from caseworker_app.domain.kinds import kind_named
        from caseworker_app.services import record_lists

        with open_reading(self) as reading:
            return {
                kind.name: record_lists.record_rows(
                    reading, kind, kept[kind.name], only=self._only(kind.area, reading)
                )
                for kind in map(kind_named, kept)
            }

    @asks_itself
    def apply_import(
        self, incoming: Incoming, *, dry_run: bool = False, progress: Progress | None = None
    ) -> ImportResult:
        """Bring an incoming caseload in, all or nothing, in one transaction.

        Raises `Cancelled`, `Unavailable` or `Refused`; the store is then as it was.
        """
        from caseworker_app.services.entering import storable_incoming
        from caseworker_app.services.imports.importing import apply_import
        from caseworker_app.services.without_collector import without_collector

        self.person.ask("bulk", Right.WRITE, own=True)
        with without_collector():
            kept, doubts = storable_incoming(incoming)
            result = apply_import(self, kept, dry_run=dry_run, progress=progress)
        return replace(result, doubts=(*result.doubts, *doubts)) if doubts else result

    @asks_itself
    def reconcile(self, incoming: Incoming, progress: Progress | None = None) -> Reconciled:
        """What an extract says otherwise than the store; see `imports.reconciling`."""
        from caseworker_app.services.imports.reconciling import reconcile

        self.person.ask("bulk", Right.WRITE, own=True)
        return reconcile(self, incoming, progress)

    @asks_itself
    def mappings(self) -> dict[str, str]:
        """The mappings that are kept by name, each as the text of its file."""
        from caseworker_app.services.imports.mappings import kept_mappings

        self.person.ask("bulk", Right.WRITE, own=True)
        with self.store.reading() as reading:
            return kept_mappings(reading)

    @asks_itself
    def keep_mapping(self, name: str, text: str) -> str:
        """Keep a mapping by name, or with no text forget it; the value is the name it has."""
        from caseworker_app.services.imports.mappings import keep_mapping

        self.person.ask("bulk", Right.WRITE, own=True)
        return keep_mapping(self, name, text)

    @asks_itself
    def accept_differences(
        self,
        incoming: Incoming,
        wanted: Collection[Difference],
        progress: Progress | None = None,
    ) -> Accepted:
        """Take what an extract says, all of it with one undo; see `imports.reconciling`."""
        from caseworker_app.services.imports.reconciling import accept

        self.person.ask("bulk", Right.WRITE, own=True)
        return accept(self, incoming, wanted, progress)

    @asks_itself
    def bring_in(
        self,
        incoming: IncomingRecords,
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> BroughtIn:
        """Bring records of a declared kind in, all or nothing, in one transaction.

        Raises `Cancelled`, `Unavailable` or `Refused`; the store is then as it was.
        """
        from caseworker_app.domain.kinds import kind_named
        from caseworker_app.services.imports.bringing_records import bring_in

        kind = kind_named(incoming.kind)
        for area in ("bulk", kind.area):
            self.person.ask(area, Right.WRITE, own=bool(kind.owner))
        return bring_in(self, incoming, dry_run=dry_run, progress=progress)

    @asks_itself
    def export_rows(self, kind: str, ids: Sequence[str] | None = None) -> tuple[RecordRow, ...]:
        """The records of a kind to be written out: those named, in that order, or all.

        Raises:
            Refused: the person may not export these.
        """
        from caseworker_app.domain.kinds import kind_named
        from caseworker_app.services import record_lists

        asked = kind_named(kind)
        with open_reading(self) as reading:
            rows = record_lists.record_rows(
                reading, asked, ids, only=self._only(asked.area, reading)
            )
            owners = {getattr(one.record, asked.owner) for one in rows} if asked.owner else ()
            ask_of(self.person, asked.area, Right.EXPORT, owners, reading, self.today())
        if ids is None:
            return rows
        found = {one.id: one for one in rows}
        return tuple(found[key] for key in ids if key in found)

    @asks("children")
    def children_of(self, kind: str, rows: Sequence[RecordRow]) -> dict[str, CaseSummary]:
        """The children whose some records of a kind are, by id; nobody where it has no owner."""
        from caseworker_app.domain.kinds import kind_named

        owner = kind_named(kind).owner
        ids = {getattr(one.record, owner) for one in rows} if owner else set()
        with open_reading(self) as reading:
            return {one.id: one for one in reading.summaries(ids)} if ids else {}

    @asks("setup")
    def rulebook(self, *, recommended: bool = False) -> Rulebook:
        """Every rule that binds here, with the readings in use or, if asked, as recommended."""
        return self.rules.as_recommended if recommended else self.rules.rulebook

    @asks("setup")
    def thresholds(self) -> Thresholds:
        """From when on an open date is amber, red or goes up here."""
        return self.rules.thresholds

    @open_to_all
    def calculate(
        self, child: Child, setting: Setting | None, facts: Sequence[Fact]
    ) -> tuple[Deadline, ...]:
        """What the rules here make of the facts of a child who need be in no store."""
        return self.rules.deadlines(child, setting, facts)

    @open_to_all
    def explaining(self) -> Explain:
        """What says why a deadline is that date; it needs no store, and may be kept for later."""
        return self.rules.explaining()

    @open_to_all
    def rules_changed(self) -> bool:
        """Whether this application has other rules than those in force, and not older ones."""
        if self.counted_otherwise():
            return True
        if self.store.note(PACK_KEPT) == self.offered.identity:
            return False
        with self.store.reading() as reading:
            return self.offered.improves_on(binding_of(reading).pack)

    @open_to_all
    def counted_otherwise(self) -> bool:
        """Whether the kept dates were counted by other rules than those in force here."""
        kept, rules = self.store.note(RULES_KEPT), self.rules
        if rules is self.offered and self._is_ours(kept, self.store.note):
            return False  # Without working out any bank holiday, as at every start.
        return kept != rules.fingerprint

    @open_to_all
    def refuse_newer_rules(self) -> None:
        """Refuse rules of a newer application that this one cannot count by.

        Raises:
            Unavailable: with both versions.
        """
        newest = version_number(self.store.note(APPLICATION_KEPT))
        if newest > version_number(self.offered.application):
            assert self.rules

    @open_to_all
    def counts_nothing_yet(self) -> bool:
        """Whether no rules were ever in force here, as in a store just made.

        Where there are cases, somebody took the note of them away: no opening mends that.
        """
        return not self.store.note(RULES_KEPT) and not self._any_case()

    def _any_case(self) -> bool:
        with self.store.reading() as reading:
            return bool(reading.counts()["child"])

    @asks("setup", Right.WRITE)
    def adopt_rules(self, progress: Progress | None = None) -> bool:
        """Put these rules in force where none are kept yet and no date moves by them.

        A store of an older Caseworker keeps none. The value is whether they are in force.
        """
        with self.store.reading() as reading:
            kept = binding_of(reading).pack
        if kept is None and not self.changes_by_new_rules(progress):
            self.recompute(progress)
        return not self.rules_changed()

    @open_to_all
    def may_set_up(self) -> bool:
        """Whether the person here may change what binds everyone."""
        return self.person.may("setup", Right.WRITE)

    @open_to_all
    def has_own_rules(self) -> bool:
        """Whether the store holds anything of the council's own."""
        with self.store.reading() as reading:
            return binding_of(reading).has_own

    @asks("setup")
    @counts_every("")
    def changes_by(
        self, command: Command, progress: Progress | None = None
    ) -> tuple[DeadlineChange, ...]:
        """The dates that move when a command changes the rules, by reference and rule.

        Nothing is written. Raises `Refused` where the command would be refused.
        """
        from caseworker_app.services.gate import ask_command
        from caseworker_app.services.rules.recomputing import changes_by

        with self.store.reading() as reading:
            ask_command(self.person, command, reading, self.today())
        return changes_by(self, command, progress)

    @asks("setup")
    @counts_every("")
    def changes_by_new_rules(self, progress: Progress | None = None) -> tuple[DeadlineChange, ...]:
        """What `recompute` would change, by reference and rule. Nothing is written."""
        from caseworker_app.services.commands import AcceptRules
        from caseworker_app.services.rules.recomputing import changes_by

        with self.store.reading() as reading:
            newer = self.offered.improves_on(binding_of(reading).pack)
        return changes_by(self, AcceptRules() if newer else None, progress)

    @asks("setup", Right.WRITE)
    @counts_every("recount of every date")
    def recompute(self, progress: Progress | None = None) -> int:
        """Count every date anew, by the rules of this application where they are newer.

        The value is how many dates changed. Raises `Cancelled` when the progress says so; nothing
        has changed then.
        """
        from caseworker_app.services.rules.recomputing import recompute

        return recompute(self, progress)

    @asks("setup")
    @counts_every("check of the store")
    def check(self, progress: Progress | None = None) -> tuple[str, ...]:
        """What is wrong with file, audit chain and deadlines, a sentence each; empty when sound."""
        from caseworker_app.services.rules.recomputing import check

        return check(self, progress)

    @asks("setup", Right.WRITE)
    def backup(self, target: Path) -> None:
        """Write a verified copy of the store."""
        from caseworker_app.services.clock import compact
        from caseworker_app.services.retention import note_backup

        self.sign_end("backup")
        self.store.backup(target, compact(self.clock.now()))
        note_backup(self, target)

    @open_to_all
    def keep_backup(self, second: Path | None) -> KeptBackup | None:
        """Back a store file up by itself, as at closing; see `services.kept_backups`."""
        from caseworker_app.services.kept_backups import keep_backup

        return keep_backup(self, second)

    @open_to_all
    def backups_made(self) -> tuple[Path, ...]:
        """The backups that Caseworker made by itself, the oldest first."""
        return self.store.backups_made()

    @open_to_all
    def drill(self) -> str:
        """Once a year restore a backup to one side; what came of it, or "" on other days."""
        from caseworker_app.services.kept_backups import drill

        return drill(self)

    @open_to_all
    def sign_end(self, act: str = "closed") -> str:
        """Sign where the trail ends, where anything is new; what stood in the way, or ""."""
        from caseworker_app.services.heads import sign

        return sign(self, act) if self.store.unsigned else ""

    @open_to_all
    def close(self) -> None:
        """Release the store, its end signed."""
        try:
            self.sign_end()
        finally:
            self.store.close()


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max
