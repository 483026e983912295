"""The one gate: whatever is read, written or recounted asks the table of rights first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import folded
from caseworker_app.domain.permissions import Person, Right
from caseworker_app.domain.text import is_row_id
from caseworker_app.services.ports import COUNCIL

if TYPE_CHECKING:
    from caseworker_app.domain.kinds import Kind
    from caseworker_app.domain.records import Entry
    from caseworker_app.services import commands as do
    from caseworker_app.services.finishing import Audited
    from caseworker_app.services.ports import Reading

P = ParamSpec("P")
T = TypeVar("T")
ASKS = "asks"
"""The attribute of a method that says what it asks for."""


class _Gated(Protocol):
    person: Person


S = TypeVar("S", bound=_Gated)
Method = Callable[Concatenate[S, P], T]


def asks(area: str, right: Right = Right.READ) -> Callable[[Method[S, P, T]], Method[S, P, T]]:
    """A method of the session that asks for a right in an area before it begins.

    A right on one's own cases alone is none here, where all cases are meant; see `ask_command`.
    """

    def gated(method: Method[S, P, T]) -> Method[S, P, T]:
        @wraps(method)
        def asked(self: S, *arguments: P.args, **named: P.kwargs) -> T:
            self.person.ask(area, right)
            return method(self, *arguments, **named)

        setattr(asked, ASKS, (area, right))
        return cast("Method[S, P, T]", asked)

    return gated


def open_to_all(method: Callable[P, T]) -> Callable[P, T]:
    """A method that tells nothing of any case: the day, where the store is."""
    setattr(method, ASKS, None)
    return method


def asks_itself(method: Callable[P, T]) -> Callable[P, T]:
    """A method that asks for what its arguments say: a command, a kind of record."""
    setattr(method, ASKS, "itself")
    return method


Need = tuple[str, Right, tuple[str, ...]]
"""Area, right, and of which children: none named is of all, "" one that is theirs anyway."""


def ask_command(person: Person, command: do.Command, reading: Reading, today: date) -> None:
    """Refuse a command that a person may not give. Raises `Refused`."""
    if _only_finishes(person, command, reading, today):
        return
    for area, right, children in needs(command, reading, person.name):
        ask_of(person, area, right, children, reading, today)


def as_theirs(person: Person, command: do.Command, reading: Reading) -> do.Command:
    """A command, in which a child that somebody adds is theirs who may change their own alone."""
    from caseworker_app.services import commands as do

    adds = isinstance(command, do.AddChild) and not command.fields.get("caseworker_id")
    if not adds or person.may("children", Right.WRITE):
        return command
    assert isinstance(command, do.AddChild)
    who = folded(person.name)
    me = next((one for one in reading.caseworkers() if folded(one.name) == who), None)
    if me is None:
        return command
    return replace(command, fields={**command.fields, "caseworker_id": me.id})


def audited_by(person: Person, reading: Reading, today: date) -> Audited:
    """What of audits a person may see, and which actions they may say are done, on a day."""
    from caseworker_app.services.finishing import AREA, Audited

    read: frozenset[str] | None = frozenset()
    if person.may_of_own(AREA):
        read = only_own(person, AREA, reading, today)
    writes = person.may(AREA, Right.WRITE)
    theirs = frozenset() if writes else _own(person, reading, today) if read is None else read
    return Audited(person, read, theirs)


def _only_finishes(person: Person, command: do.Command, reading: Reading, today: date) -> bool:
    """Whether a command says of actions that they are done, takes that back, and may."""
    from caseworker_app.domain.kinds import kind_named
    from caseworker_app.services import commands as do

    match command:
        case do.FinishAction():
            ids: tuple[str, ...] = (command.id,) if is_row_id(command.id) else ()
        case do.Undo() | do.Redo():
            find = reading.standing if isinstance(command, do.Undo) else reading.undone
            ids = _finished_in(command.group or find(person.name), reading)
        case _:
            return False
    found = reading.all_of(kind_named("audit_action"), ids) if ids else {}
    return bool(found) and all(map(audited_by(person, reading, today).finishes, found.values()))


def _finished_in(group: str, reading: Reading) -> tuple[str, ...]:
    """The actions of audits that a change said are done; nothing where it did anything else."""
    from caseworker_app.services import actions
    from caseworker_app.services.changes import from_json

    entries = reading.group(group) if actions.is_group(group) else []
    if not all(
        one.table == "audit_action" and one.before and from_json(one.after).keys() == {"done_on"}
        for one in entries
    ):
        return ()
    return tuple(one.row for one in entries)


def ask_of(
    person: Person,
    area: str,
    right: Right,
    children: Iterable[str],
    reading: Reading,
    today: date,
) -> None:
    """Refuse what a person may not do to some children on a day; none is all. Raises `Refused`."""
    if not person.may(area, right):
        person.ask(area, right, own=_are_theirs(person, children, reading, today))


def only_own(person: Person, area: str, reading: Reading, today: date) -> frozenset[str] | None:
    """The children of whom a person may read an area on a day: None for all, else their own.

    Their own are the cases they hold, and those of a colleague whom they cover that day.

    Raises:
        Refused: they may read it of nobody.
    """
    if person.may(area, Right.READ):
        return None
    person.ask(area, Right.READ, own=True)
    return _own(person, reading, today)


NOT_OWN = "not one of your own cases, which alone you may bring in"
"""Why a row of a file stays out."""


def own_alone(person: Person, area: str, reading: Reading, today: date) -> frozenset[str] | None:
    """The children whom a person may bring in from a file: None for all, else their own.

    Raises:
        Refused: they may bring in nobody.
    """
    areas = [one for one in ("bulk", area) if not person.may(one, Right.WRITE)]
    for one in areas:
        person.ask(one, Right.WRITE, own=True)
    return _own(person, reading, today) if areas else None


def _own(person: Person, reading: Reading, today: date) -> frozenset[str]:
    from caseworker_app.domain.kinds import kind_named

    theirs = holders(person, reading, today)
    return frozenset(reading.pointing(kind_named("child"), "caseworker_id", theirs))


def holders(person: Person, reading: Reading, today: date) -> frozenset[str]:
    """Whose cases are a person's on a day, by the caseworkers' ids: theirs, and whom they cover."""
    from caseworker_app.services.cases.whose import with_covered

    name = folded(person.name)
    me = [one.id for one in reading.caseworkers() if folded(one.name) == name]
    return with_covered(reading, me, today)


def needs(command: do.Command, reading: Reading, who: str = "") -> list[Need]:
    """What a command asks for, given by `who`.

    Raises:
        Refused: there is no such kind of record.
    """
    # A start that gives no command does not load them.
    from caseworker_app.services import commands as do

    match command:
        case do.Together():
            return [one for each in command.commands for one in needs(each, reading, who)]
        case do.AddRecord() | do.ChangeRecord() | do.FinishAction():
            return _needs_of_writing(command, reading, who)
        case do.RemoveRecord():
            kind = _kind(command.kind)
            return [(kind.area, Right.REMOVE, _whose(kind, command, reading, who))]
        case do.Reassign() | do.SetOver():
            return [("bulk", Right.WRITE, tuple(command.child_ids))]
        case do.RemoveFact():
            return [("children", Right.REMOVE, (command.child_id,))]
        case do.AddChild():
            # A child that somebody adds is theirs.
            return [("children", Right.WRITE, ("",))]
        case do.MergeChildren():
            return [("children", Right.WRITE, (command.keep_id, command.other_id))]
        case do.SplitChild():
            of = {_kind(one.partition("/")[0]).area for one in command.records}
            return [(area, Right.WRITE, (command.child_id,)) for area in sorted({"children", *of})]
        case do.LetLeave():
            # Whatever is done asks for its own right; this only says why.
            return [("children", Right.READ, (command.child_id,))]
        case (
            do.SetCouncil()
            | do.AcceptRules()
            | do.LoadPlan()
            | do.SendRun()
            | do.WithdrawRun()
            | do.CommentOnMeasure()
        ):
            return [_need_of_no_child(command, reading)]
        case do.Undo() | do.Redo():
            find = reading.standing if isinstance(command, do.Undo) else reading.undone
            return _needs_of_turning(command.group or find(who), reading, who)
        case _:
            area = "audits" if isinstance(command, do.KeepAudit) else "children"
            sent = command.letters if isinstance(command, do.SendLetters) else (command,)
            return [(area, Right.WRITE, tuple(one.child_id for one in sent))]


def _need_of_no_child(command: object, reading: Reading) -> Need:
    """What a command asks for that is about no child: returns, plans, what binds everybody."""
    from caseworker_app.services import commands as do

    if isinstance(command, do.SendRun):
        run = _kind("return_run")
        found = (
            reading.all_of(run, (command.id,)).get(command.id) if is_row_id(command.id) else None
        )
        return (found.area if found is not None else run.area, Right.EXPORT, ())
    said = isinstance(command, do.LoadPlan | do.CommentOnMeasure)
    return ("improvement" if said else "setup", Right.WRITE, ())


def _needs_of_writing(
    command: do.AddRecord | do.ChangeRecord | do.FinishAction, reading: Reading, who: str
) -> list[Need]:
    """What adding or changing a record asks for; a day that dates it may record an event.

    That an action is done may also be said by whose it is; see `_only_finishes`.
    """
    from caseworker_app.services import commands as do

    if isinstance(command, do.FinishAction):
        command = do.ChangeRecord("audit_action", command.id, command.seen, {})
    kind = _kind(command.kind)
    whose = _whose(kind, command, reading, who)
    days = any(isinstance(command.fields.get(one.name), date) for one in kind.fact_links())
    areas = dict.fromkeys((kind.area, "children") if days else (kind.area,))
    return [(area, Right.WRITE, whose) for area in areas]


def _needs_of_turning(group: str, reading: Reading, who: str) -> list[Need]:
    """What doing an action asked for, which taking it back and bringing it again ask for too."""
    from caseworker_app.services import actions

    nothing: list[Need] = [("children", Right.READ, ("",))]
    first = reading.group(group, 1) if actions.is_group(group) else []
    if not first:
        return nothing
    if actions.is_bulk(first):
        return [("bulk", Right.WRITE, _touched(reading.group(group), who))]
    entries = actions.leading(reading.group(group))
    if any(one.table == "plan_audit" for one in entries):
        # What an audit was of is recorded with it, and asked for no right of its own.
        entries = [one for one in entries if one.table != "plan_version"]
    found: dict[tuple[str, Right], dict[str, None]] = {}
    for entry in entries:
        area, right, children = _need_of_entry(entry, who, alone=len(entries) == 1)
        if area:
            found.setdefault((area, right), {}).update(dict.fromkeys(children))
    return [(*asked, tuple(children)) for asked, children in found.items()] or nothing


def _touched(entries: Iterable[Entry], who: str) -> tuple[str, ...]:
    """The children of an action; "" for those whom somebody added who now takes that back."""
    found = {
        "" if entry.who == who and not entry.before else entry.row
        for entry in entries
        if entry.table == "child"
    }
    return tuple(sorted(found))


def _need_of_entry(entry: Entry, who: str, *, alone: bool) -> Need:
    """What one entry's change asked for; "" as the area for what is no change by itself."""
    from caseworker_app.domain.kinds import is_kind, kind_named
    from caseworker_app.services.changes import from_json

    before, after = from_json(entry.before), from_json(entry.after)
    if entry.table == COUNCIL:
        return "setup", Right.WRITE, ()
    if entry.table == "child":
        # What somebody added or gave away was theirs, or they could not take it back.
        mine = entry.who == who and (not entry.before or "caseworker_id" in before)
        if mine and before.keys() | after.keys() <= {"caseworker_id", "typed"}:
            # Who may give cases to others need not be somebody who may change them.
            return "children", Right.READ, ("",)
        gone = [key for key, fact in after.get("facts", {}).items() if fact is None]
        right = Right.REMOVE if alone and gone else Right.WRITE
        return "children", right, ("" if mine else entry.row,)
    if not is_kind(entry.table):
        return "", Right.WRITE, ()
    kind = kind_named(entry.table)
    right = Right.REMOVE if alone and not entry.after else Right.WRITE
    sides = (entry.child, before.get(kind.owner), after.get(kind.owner))
    children = tuple(dict.fromkeys(str(one) for one in sides if one)) if kind.owner else ()
    if kind.mine and entry.who == who:
        children = ("",)
    return kind.area, right, children


def _kind(name: str) -> Kind:
    from caseworker_app.domain.kinds import is_kind, kind_named

    if not is_kind(name):
        raise Refused(f"{name!r} is not a kind of record.", "kind")
    return kind_named(name)


def _whose(
    kind: Kind,
    command: do.AddRecord | do.ChangeRecord | do.RemoveRecord,
    reading: Reading,
    who: str,
) -> tuple[str, ...]:
    """The children a record belongs to: as it stands, and as it is to be; see `Need`."""
    field = kind.owner or kind.mine
    if not field:
        return ()
    new = getattr(command, "fields", {}).get(field)
    key = getattr(command, "id", "")
    here = reading.all_of(kind, (key,)).get(key) if is_row_id(key) else None
    old = None if here is None else getattr(here, field)
    both = tuple(str(one) for one in (old, new) if one)
    if kind.owner:
        return both
    if kind.field(field).type == "link":
        names = {one.id: one.name for one in reading.caseworkers()}
        both = tuple(names.get(one, "") for one in both)
    return ("",) if both and all(folded(one) == folded(who) for one in both) else ()


def _are_theirs(person: Person, children: Iterable[str], reading: Reading, today: date) -> bool:
    """Whether some children are all a person's; "" stands for one that is theirs anyway."""
    ids = [one for one in children if one]
    if not ids:
        return bool(tuple(children))
    theirs = holders(person, reading, today)
    held = {one.id: one.caseworker_id for one in reading.summaries(ids)}
    return all(held.get(one) in theirs for one in ids)


def ungated(of: type[Any]) -> list[str]:
    """The public methods of a class that pass no gate."""
    return [
        name
        for name, member in vars(of).items()
        if not name.startswith("_") and callable(member) and not hasattr(member, ASKS)
    ]
