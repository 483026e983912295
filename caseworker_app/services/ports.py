"""What a session needs from outside: a store, a rule pack and a clock, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from caseworker_app.domain.access import Access
    from caseworker_app.domain.alert_row import AlertRow
    from caseworker_app.domain.alerts import Thresholds
    from caseworker_app.domain.backup_times import KeptBackup
    from caseworker_app.domain.binding import Binding
    from caseworker_app.domain.clock.explain import Explain
    from caseworker_app.domain.deadlines import Deadline
    from caseworker_app.domain.declarations.own_rules import PackInForce
    from caseworker_app.domain.disposed import Copy
    from caseworker_app.domain.facts import Fact
    from caseworker_app.domain.kinds import FieldSpec, Kind
    from caseworker_app.domain.people import Caseworker, Child, Setting
    from caseworker_app.domain.records import Action, CaseSummary, Entry, Record, Trace
    from caseworker_app.domain.restricted import RestrictedCase
    from caseworker_app.domain.rules import Rulebook, RuleVersion
    from caseworker_app.domain.signed_heads import SignedHead
    from caseworker_app.domain.signing_in import OpenedBy, SignIn


COUNCIL = "council"
"""The name under which the store keeps the council's own, and the trail's word for it."""

Until = str | int | tuple[str, int]
"""Up to where the trail is read: a moment, the number of an entry, or both."""

Standing = tuple[tuple[date, str], ...]
"""How a child stands from which day on."""


class Clock(Protocol):
    """The only way to learn what day it is."""

    def today(self) -> date:
        """The day in London."""
        ...

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...


class RulePack(Protocol):
    """Rules ready to count dates: a rule pack with a council's own rules added."""

    @property
    def application(self) -> str:
        """The version of the application that the pack came with."""
        ...

    @property
    def version(self) -> str:
        """The version of the rules as people read it."""
        ...

    @property
    def identity(self) -> str:
        """Of the pack, found without reading it whole. Two packs of one identity are the same."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes when the rules could give other dates, or say when to alert otherwise."""
        ...

    @property
    def of_dates(self) -> str:
        """The same of what moves dates alone."""
        ...

    @property
    def rulebook(self) -> Rulebook:
        """Every version of every rule, with the readings in use."""
        ...

    @property
    def as_recommended(self) -> Rulebook:
        """The same with the open points as recommended: what a version of one's own starts from."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """From when on an open date is amber, red or goes up: the council's own, or the pack's."""
        ...

    def roles(self) -> Mapping[str, tuple[str, str]]:
        """The stage and the role of every rule, by its id."""
        ...

    def deadlines(
        self, child: Child, setting: Setting | None, facts: Sequence[Fact]
    ) -> tuple[Deadline, ...]:
        """What the rules make of a child's facts, by due date, then rule."""
        ...

    def explaining(self) -> Explain:
        """What says why a deadline is that date; it needs no store, and may be kept for later."""
        ...

    def for_store(self, binding: Binding) -> RulePack:
        """The rules that bind by what a store holds, known to hold together.

        Raises:
            Refused: something of the council's own cannot be, with its field.
            Unreadable: a file of the council's own is not what it should be.
            Unavailable: the pack in force needs a newer application.
        """
        ...

    def improves_on(self, kept: PackInForce | None) -> bool:
        """Whether this pack differs from the one in force, and is not older."""
        ...

    def to_keep(self) -> Mapping[str, Any]:
        """The pack as the fields of a `PackInForce`."""
        ...


class Reading(Protocol):
    """One moment of the store."""

    def meta(self) -> dict[str, str]:
        """Facts about the store itself, by name."""
        ...

    def settings(self) -> tuple[Setting, ...]:
        """Every setting, by key."""
        ...

    def caseworkers(self) -> tuple[Caseworker, ...]:
        """Every caseworker, by key."""
        ...

    def all_of(self, kind: Kind, ids: Collection[str] | None = None) -> dict[str, Any]:
        """The records of a kind by id, in the order of their keys: those named, or all."""
        ...

    def last_access(self, who: str, act: str, child_id: str) -> str:
        """When a person last did something with a case, as the audit writes moments; or ""."""
        ...

    def accesses(
        self, child_id: str, limit: int, only: Collection[str] | None = None
    ) -> list[Access]:
        """The newest accesses: of one case and of everybody, or all with ""; `only` as in gates."""
        ...

    def marks(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """By child, the mark of the key that seals what the trail says of them: of some, or all."""
        ...

    def in_no_list(self) -> frozenset[str]:
        """Those of whom the trail can still be read and who are children no more."""
        ...

    def every_draft(self) -> list[tuple[str, str, str, str]]:
        """Of everybody, what was typed and not saved: person, form, child's id or "", JSON."""
        ...

    def gone_unsaid(self) -> frozenset[str]:
        """Those whose key was destroyed without an entry that says so, as in a rewritten backup."""
        ...

    def crossed(self, limit: int) -> list[tuple[Kind, FieldSpec, str, str, str]]:
        """Records that point at what belongs to another child: so many at most.

        Each with its kind, the field, its id, whose it is and whose the other is.
        """
        ...

    def afresh(self) -> None:
        """Read from here on what stands in the tables, whatever was read of them before."""
        ...

    def by_words(
        self, kind: Kind, name: str, compared: Callable[[str], str]
    ) -> Mapping[str, Sequence[str]]:
        """The ids of the records of a kind by the words in a field of theirs, as `compared`."""
        ...

    def drafts(self, person: str) -> list[tuple[str, str, str, str]]:
        """What a person typed and has not saved: form, child's id or "", when, and JSON of it."""
        ...

    def pointing(self, kind: Kind, field: str, ids: Collection[str]) -> tuple[str, ...]:
        """The ids of the records of a kind whose link `field` is one of some ids."""
        ...

    def pointing_at(
        self, links: tuple[tuple[Kind, str], ...], row: str
    ) -> Mapping[tuple[Kind, str], tuple[str, ...]]:
        """By link, the ids of the records of its kind that point at one record by it, if any do."""
        ...

    def filled(self) -> frozenset[Kind]:
        """The kinds of which there is any record."""
        ...

    def records(
        self, ids: Collection[str] | None = None, kinds: Collection[str] | None = None
    ) -> dict[str, Record]:
        """Children with their facts by id: those named, or all; of some kinds of fact, or all."""
        ...

    def facts_of(
        self, ids: Collection[str], kinds: Collection[str]
    ) -> Mapping[str, Sequence[Fact]]:
        """The facts of some kinds, by child, in their order; whoever has none is not there."""
        ...

    def facts_named(self, ids: Collection[str]) -> dict[str, tuple[str, Fact]]:
        """Those of some facts that are there, by id, each after the id of its child."""
        ...

    def some_fields(
        self, kind: Kind, names: Sequence[str], ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Any]]:
        """Fields of the records of a kind in the order of their keys: of some children's, or all.

        What is pointed at is given by its key, a number. A list of a whole council asks for few
        fields of many records, which made whole would take too long.
        """
        ...

    def many(self, kind: Kind) -> int:
        """How many records of a kind there are."""
        ...

    def first_ids(self, kind: Kind, order: Sequence[str], most: int) -> list[str]:
        """The ids of the first records of a kind in an order, so many at most.

        `order` are names of fields, and "id"; one after a minus is from the last to the first, and
        one after a question mark puts those first where it says nothing.
        """
        ...

    def standing_so(
        self,
        status: str,
        today: date,
        born: tuple[date, date],
        names: Sequence[str],
        ids: Collection[str] | None = None,
    ) -> Iterator[Sequence[Any]]:
        """Fields of the children who stand so on a day and were born from one day to another.

        Those of no known birthday are among them, and those taught in a year their age does not
        give.
        """
        ...

    def longest_so(self, status: str, most: int) -> list[str]:
        """The ids of so many children who stand so, or once did, and that since longest ago."""
        ...

    def last_of(
        self, kind: str, until: date, ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Any]]:
        """Child, fact and day of the last fact of a kind up to a day, of each child who has one."""
        ...

    def bare_facts(
        self, since: Mapping[str, date], until: date, ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Any]]:
        """Child, kind and day of facts up to a day, and whether they say more than that.

        `since` has the kinds asked for, each with the day from which on.
        """
        ...

    def alike(self, child: Child) -> set[str]:
        """The ids of the children who share a birthday, a UPN or a whole name with a child."""
        ...

    def child_ids(self) -> list[str]:
        """Every child's id, in the order of their keys."""
        ...

    def summaries(self, ids: Collection[str] | None = None) -> Iterator[CaseSummary]:
        """What the case list shows of children: those named, or all."""
        ...

    def next_deadlines(
        self, today: date, ids: Collection[str] | None = None
    ) -> dict[str, tuple[str, str, date, bool]]:
        """By child: (rule, title, due, excused) of the soonest open deadline.

        A family's right is nobody's next step here, and a council's own target comes only where
        nothing else is open.
        """
        ...

    def deadlines(
        self, ids: Collection[str] | None = None, roles: Collection[str] | None = None
    ) -> dict[str, tuple[Deadline, ...]]:
        """The kept deadlines by child, bare: of those named or all; of rules in roles, or all."""
        ...

    def stale(
        self, count: Callable[[Record], tuple[tuple[Deadline, ...], Standing]]
    ) -> Iterator[tuple[int, list[tuple[Record, tuple[Deadline, ...], tuple[Deadline, ...]]]]]:
        """The children of whom something else is kept than what is worked out afresh, run by run.

        The wording of a rule apart; see `rule_versions`. Each comes with the deadlines kept and
        those that `count` gives, after how many children were looked at so far; of all others
        nothing is held. What is told of may be written before the next is asked for.
        """
        ...

    def rule_versions(self) -> dict[tuple[str, date], RuleVersion]:
        """The versions of rules that the kept deadlines came from, by rule and first day."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many rows there are of "child" and of "fact"."""
        ...

    def latest_entries(
        self,
        limit: int,
        of: tuple[str, str] | None = None,
        only: Collection[str] | None = None,
    ) -> list[Entry]:
        """The newest audit entries, newest first: of one (table, id), or of the whole store.

        `only` are the ids of children whose entries alone are asked for.
        """
        ...

    def trail_tables(self) -> frozenset[str]:
        """The tables of which the trail knows a row."""
        ...

    def trail_rows(self, table: str, until: Until = "") -> list[str]:
        """The ids of a table that the trail knows; `until` is as in `entries_of`."""
        ...

    def entries_of(self, table: str, rows: Collection[str], until: Until = "") -> list[Entry]:
        """Every entry of some rows of a table in order.

        `until` is the moment before which they were made, or the number of the last that counts,
        or both; "" is all of them.
        """
        ...

    def head(self) -> str:
        """Where the trail ends, `number:hash`; "" while it is empty."""
        ...

    def children_between(self, after: int, last: int) -> set[str]:
        """The ids of the children of whom the trail says more after one entry, up to another."""
        ...

    def counters_set_back(self) -> list[str]:
        """The tables whose counter would give a key a second time."""
        ...

    def open_figures(self, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """Some columns of what the view of open data is of, in its order."""
        ...

    def body(self, digest: str) -> bytes | None:
        """What is kept under a digest, or None."""
        ...

    def group(self, name: str, limit: int | None = None) -> list[Entry]:
        """One action's audit entries in order, or the first of them."""
        ...

    def traces(self, after: int, limit: int) -> list[Trace]:
        """Which rows the audit entries after one are of, in order; what they say stays sealed."""
        ...

    def turn(self, name: str) -> Entry | None:
        """The first entry of the newest undo or redo of a change, or None where there was none."""
        ...

    def standing(self, who: str) -> str:
        """The newest change that a person made or brought back, and that stands; "" for none."""
        ...

    def undone(self, who: str) -> str:
        """The change that a person undid last, and after which they made none; "" for none."""
        ...

    def undone_among(self, names: Collection[str]) -> set[str]:
        """Those of some changes that are undone now."""
        ...

    def written_since(
        self,
        who: str,
        since: str,
        tables: Collection[str],
        ids: Collection[str] | None = None,
    ) -> list[Entry]:
        """A person's entries about some tables since a moment, in order, of changes that stand.

        `since` is as the trail keeps moments; `ids` are the children whose entries alone are asked
        for. What was brought in, or done to the store as a whole, is left out.
        """
        ...

    def actions(self, limit: int) -> list[Action]:
        """The newest actions of the whole store, newest first."""
        ...


class Writing(Reading, Protocol):
    """A transaction that may write. It commits when its block ends without an error."""

    def allot(self, name: str, how_many: int) -> list[str]:
        """Keys for new rows of a table. A key is never given twice."""
        ...

    def reserve(self, name: str, how_many: int) -> None:
        """Take keys that are known to be wanted in one go: `allot` gives these first."""
        ...

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Keep facts about the store itself."""
        ...

    def put_access(self, access: Access, whose: Collection[str]) -> None:
        """Keep that somebody looked at the cases of some children, or of everybody with none."""
        ...

    def put_draft(self, person: str, form: str, child_id: str, at: str, typed: str) -> None:
        """Keep what a person typed into a form, in the place of what they had; "" drops it."""
        ...

    def keep_body(self, digest: str, body: bytes) -> None:
        """Keep bytes under their digest, once."""
        ...

    def drop_body(self, digest: str) -> None:
        """Let go of what is kept under a digest."""
        ...

    def put_open_data(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put these rows in the place of those of the view of what was published last."""
        ...

    def sign(
        self,
        signer: Any,  # noqa: ANN401  (as `Store.signer` gives it)
        act: str,
        at: str,
        who: str,
        of: str = "",
    ) -> SignedHead | None:
        """Sign where the trail ends, after all else; None where nothing is new.

        Raises `Unreadable` where what stands there is not what was written.
        """
        ...

    def put(self, kind: Kind, new: Iterable[Any], changed: Iterable[Any]) -> None:
        """Add and replace records of a kind; children have `put_children`."""
        ...

    def remove(self, kind: Kind, ids: Collection[str]) -> None:
        """Remove records of a kind at which nothing points; children have `remove_children`."""
        ...

    def put_children(
        self,
        new: Iterable[tuple[Child, Standing]],
        changed: Iterable[tuple[Child, Standing]],
    ) -> None:
        """Add and replace children, each with how they stand from which day on."""
        ...

    def put_facts(
        self,
        new: Iterable[tuple[str, Fact]],
        changed: Iterable[tuple[str, Fact]],
        removed: Collection[str],
    ) -> None:
        """Add, replace and remove facts; each comes with its child's id."""
        ...

    def put_deadlines(
        self, deadlines: Mapping[str, Sequence[Deadline]], *, fresh: bool = False
    ) -> None:
        """Replace the kept deadlines of children; `fresh` says that none has any yet."""
        ...

    def keep_versions(self, wanted: Iterable[RuleVersion]) -> object:
        """Keep versions of rules as they are worded now."""
        ...

    def drop_unused_versions(self) -> None:
        """Forget versions of rules that no kept deadline came from."""
        ...

    def remove_children(self, ids: Collection[str]) -> None:
        """Remove children with their facts and deadlines."""
        ...

    def append(self, entries: Sequence[Entry], at: str, who: str) -> str:
        """Add one action's audit entries; the value is the action's group."""
        ...

    def forget_children(self, ids: Collection[str], at: str, who: str, why: str = "") -> str:
        """Remove children and destroy the keys of their entries; the value is the action's group.

        A merged case is a case of its own here: whoever disposes of a child names it too. `why`
        stands in the trail in plain sight, and names nobody.
        """
        ...

    def say_disposed(self, ids: Collection[str], at: str, who: str, why: str) -> str:
        """Say of children whose keys are destroyed already that they are disposed of."""
        ...


class Envelope(Protocol):
    """What one passphrase opens; see `store.keys`."""

    @property
    def id(self) -> str:
        """Names it."""
        ...

    @property
    def name(self) -> str:
        """Whose it is."""
        ...

    @property
    def public(self) -> bytes:
        """The public half of the person's secret."""
        ...

    @property
    def recovery(self) -> bool:
        """Whether a recovery key opens it."""
        ...


class Envelopes(Protocol):
    """Whose passphrases open a store file that is open; see `store.envelopes`.

    Attributes:
        own: the one that has opened it, an `Envelope` with the salt of its passphrase.
    """

    own: Any

    def all(self) -> tuple[Any, ...]:
        """Every envelope as it is kept now, each an `Envelope`."""
        ...

    def seal(self, name: str, passphrase: str) -> Any:  # noqa: ANN401
        """An envelope for somebody, which opens nothing before it is kept."""
        ...

    def seal_recovery(self) -> tuple[Any, str]:
        """The same for a new recovery key, and that key."""
        ...

    def own_anew(self, name: str, passphrase: str | None) -> Any:  # noqa: ANN401
        """One's own envelope as it has to be before anybody else gets one."""
        ...

    def keep(self, made: Collection[Any], without: Collection[str] = ()) -> None:
        """Keep some envelopes, each in the place of the one of its id, and drop others by id."""
        ...

    def prove(self, passphrase: str, now: datetime) -> None:
        """Have whoever has opened the store say their passphrase once more."""
        ...

    def notes(self, made: Iterable[Any]) -> dict[str, str]:
        """What the store notes of envelopes, so that nobody puts another in the place of one."""
        ...


class WrongTry(Protocol):
    """A wrong passphrase."""

    @property
    def at(self) -> datetime:
        """When, in UTC."""
        ...

    @property
    def person(self) -> str:
        """As whom; "" where nobody was named."""
        ...


class Store(Protocol):
    """An open store.

    Attributes:
        roles: gives the stage and the role of today's rules, for a store that kept its rules before
            they said so.
        notices: what is to be told of the opening: an interrupted restore that was finished, say.
    """

    roles: Callable[[], Mapping[str, tuple[str, str]]]
    notices: tuple[str, ...]

    @property
    def envelopes(self) -> Envelopes | None:
        """Whose passphrases open it; None for a database, to which people log in."""
        ...

    @property
    def tries(self) -> Sequence[WrongTry]:
        """The wrong passphrases since it was last opened."""
        ...

    def look_for_tries(self) -> None:
        """Look for wrong passphrases since this was opened."""
        ...

    def forget_tries(self) -> None:
        """Let go of them, once they are on record."""
        ...

    def opened_by(self) -> OpenedBy:
        """Who has opened it."""
        ...

    def restrictions(self, today: date) -> tuple[RestrictedCase, ...]:
        """The cases that are restricted on a day."""
        ...

    def people(self) -> tuple[SignIn, ...]:
        """Those of the caseworkers who sign in, ended or not."""
        ...

    @property
    def where(self) -> str:
        """The path or address, without any password."""
        ...

    def reading(self) -> AbstractContextManager[Reading]:
        """One moment of the store."""
        ...

    def writing(self) -> AbstractContextManager[Writing]:
        """One transaction; rolled back when its block ends with an error."""
        ...

    def take_written(self) -> list[range]:
        """The audit entries that were added through this store since this was last asked."""
        ...

    def alerts(self, day: date, until: date | None, child_id: str | None = None) -> list[AlertRow]:
        """Deadlines open on a day, due up to and including `until`, soonest first."""
        ...

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What some SQL without parameters finds."""
        ...

    def note(self, name: str) -> str:
        """A fact about the store itself; "" where it is not kept."""
        ...

    @property
    def unsigned(self) -> bool:
        """Whether anything was put on record through it since its end was signed."""
        ...

    def signer(self) -> Any:  # noqa: ANN401  (a `Signer`)
        """Whoever has opened it, as they sign; None where they have no signing key."""
        ...

    def send_head(self, folder: Path, head: SignedHead) -> None:
        """Send a signature to a second place. Raises `Unavailable` where that cannot be."""
        ...

    def faults(self, tick: Callable[[int], None], second: Path | None = None) -> list[str]:
        """What is wrong with the file or the tables and with the audit chain, a sentence each.

        `second` is the place to which heads were sent, or None.
        """
        ...

    def backup(self, target: Path, stamp: str) -> None:
        """Write a verified copy of the store, made at `stamp`, as one file."""
        ...

    def keep_backup(self, stamp: str, second: Path | None) -> KeptBackup | None:
        """Back a store file up beside itself where anything is new; `second` gets a copy."""
        ...

    @property
    def is_file(self) -> bool:
        """Whether it is a file on this computer, and no server's database."""
        ...

    def fold_log(self) -> bool:
        """Fold a file's log in, in which pages stand as they were; whether that could be done."""
        ...

    def disposal_list(self) -> bytes:
        """The list of disposals that is kept outside of the store; b"" where there is none."""
        ...

    def lists_in(self, folders: Sequence[Path]) -> bytes:
        """What the lists of disposals in some folders say together."""
        ...

    def keep_disposal_list(
        self, content: bytes, second: Path | None, folders: Sequence[Path] = ()
    ) -> None:
        """Write that list beside a file, where its backups are, and into further folders."""
        ...

    def rewrite_copies(
        self,
        marks: Collection[str],
        content: bytes,
        stamp: str,
        second: Path | None,
        also: Sequence[Path],
        progress: Callable[[int, int, str], None],
    ) -> list[Copy]:
        """Take children, known by the marks of their keys, out of every copy in reach.

        Args:
            marks: see `domain.disposed.mark_of`.
            content: the list of disposals, which goes into each backup.
            stamp: this moment.
            second: the second place of backups.
            also: further backups, or folders of them.
            progress: told how far it is.

        Returns:
            What became of each copy.
        """
        ...

    def backups_made(self) -> tuple[Path, ...]:
        """The backups that were made by themselves, the oldest first."""
        ...

    def rehearse_restore(self) -> str:
        """Restore the newest such backup to one side; what it was, in words, or ""."""
        ...

    def close(self) -> None:
        """Let the file or the server go."""
        ...
