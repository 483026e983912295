"""Retention: which cases are due to go, disposing of them, and what becomes of copies.

A disposal is one transaction: rows go, keys are destroyed, and its record says so. The list beside
the store and the backups follow; killed between, the next opening or *Rewrite again* finishes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.declarations.council_details import CouncilDetails, years_kept
from caseworker_app.domain.declarations.retention import BASES, OVER, Disposal, LegalHold
from caseworker_app.domain.disposal_notes import (
    COPIES_MADE,
    LIST_KEPT,
    copies_in,
    digest_of,
    with_copies,
)
from caseworker_app.domain.disposal_paper import certificate
from caseworker_app.domain.disposed import (
    OUT_OF_REACH,
    Copy,
    as_json,
    joined_lists,
    listed,
    names_child,
)
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import Kind, kind_of, owners
from caseworker_app.domain.names import folded
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.records import CaseSummary, Entry
from caseworker_app.domain.retention import (
    EVENTS,
    LATER,
    RetentionRow,
    due_on,
    state_of,
)
from caseworker_app.domain.standing import on_day
from caseworker_app.domain.text import is_row_id
from caseworker_app.services import changes
from caseworker_app.services.cases.so_many import so_many
from caseworker_app.services.clock import compact, stamp
from caseworker_app.services.gate import asks
from caseworker_app.services.ports import COUNCIL
from caseworker_app.services.restricting import ask_open, unwrapped
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import counted, joined

if TYPE_CHECKING:
    from caseworker_app.domain.paper import Paper
    from caseworker_app.services.ports import Reading, Writing
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.situation import Situation

DISPOSAL, HOLD, COUNCIL_DETAILS = kind_of(Disposal), kind_of(LegalHold), kind_of(CouncilDetails)
_SERVER = Copy(
    "The server's own files, logs and backups", OUT_OF_REACH, "they are for its administrator"
)
_LOG = "The log beside the store"
_HELD_OPEN = "another window has the store open; it is folded in once all have closed it"
_MERGED = "merged into"
_TURNED = ("undone: ", "redone: ")


@dataclass(frozen=True, slots=True)
class ForReview:
    """The list for review.

    Attributes:
        rows: the cases, those due longest first.
        years: for how many years from birth a record is kept here.
        not_shown: how many cases are due that are restricted and not open to the person.
    """

    rows: tuple[RetentionRow, ...]
    years: int
    not_shown: int = 0


@dataclass(frozen=True, slots=True)
class ToGo:
    """What would go with a case.

    Attributes:
        row: the case.
        held: how many of what, in words.
        merged: the references of cases that were merged into it, which go with it.
        places: where its documents and letters lie, which stay: a person sees to those.
        answers: how many answers of the family stay, without whose they are.
    """

    row: RetentionRow
    held: Mapping[str, int]
    merged: tuple[str, ...]
    places: tuple[str, ...]
    answers: int = 0


@dataclass(frozen=True, slots=True)
class _Gone:
    """Somebody of whom the trail can be read and who is in no list any more.

    Attributes:
        into: the case they were merged into; "" where they were taken out.
        values: what was known of them last.
    """

    id: str
    into: str
    values: Mapping[str, Any]


@asks("setup")
def for_review(session: Situation) -> ForReview:
    """The cases that are due to go, or soon will be, that are held, or of no known birthday."""
    session.person.ask("children", Right.READ)
    today = session.today()
    with session.store.reading() as reading:
        years = _years(reading)
        rows = list(_rows(reading, today, years))
    with unwrapped(session.store).reading() as reading:
        due = {one.id for one in reading.summaries() if _is_due(one.born, years, today)}
    rows.sort(key=lambda row: (row.due or date.max, folded(row.surname), folded(row.forename)))
    shown = {row.id for row in rows}
    return ForReview(tuple(rows), years, len(due - shown))


def _is_due(born: date | None, years: int, today: date) -> bool:
    due = due_on(born, years)
    return due is not None and due <= today


def _years(reading: Reading) -> int:
    return years_kept(reading.all_of(COUNCIL_DETAILS).values())


def _rows(
    reading: Reading, today: date, years: int, ids: Collection[str] | None = None
) -> Iterator[RetentionRow]:
    """Those cases, or of those named each that there is."""
    holds = _holds(reading, today)
    workers = {one.id: one.name for one in reading.caseworkers()}
    known = None if ids is None else [one for one in ids if is_row_id(one)]
    for one in reading.summaries(known):
        row = _row(one, today, years, holds.get(one.id, ""), workers)
        if ids is not None or row.state != LATER:
            yield row
    for gone in _gone(reading).values():
        named = ids is not None and gone.id in ids
        if not gone.into and (ids is None or named):
            row = _row_of_gone(gone, today, years)
            if named or row.state != LATER:
                yield row


def _row(
    one: CaseSummary, today: date, years: int, hold: str, workers: Mapping[str, str]
) -> RetentionRow:
    due = due_on(one.born, years)
    return RetentionRow(
        one.id,
        one.reference,
        one.surname,
        one.forename,
        one.born,
        due,
        state_of(due, today, held=bool(hold)),
        on_day(one.standing, today),
        hold,
        workers.get(one.caseworker_id or "", ""),
        one.caseworker_id or "",
    )


def _row_of_gone(gone: _Gone, today: date, years: int) -> RetentionRow:
    values = gone.values
    born = date.fromisoformat(values["born"]) if values.get("born") else None
    due = due_on(born, years)
    return RetentionRow(
        gone.id,
        str(values.get("reference", "")),
        str(values.get("surname", "")),
        str(values.get("forename", "")),
        born,
        due,
        state_of(due, today, held=False),
        "taken out",
    )


def _holds(reading: Reading, today: date) -> dict[str, str]:
    """Why cases are held, by child."""
    found: dict[str, list[str]] = {}
    for one in reading.all_of(HOLD).values():
        if one.holds(today):
            found.setdefault(one.child_id, []).append(f"{one.why} ({one.asked_by})")
    return {key: "; ".join(some) for key, some in found.items()}


def _gone(reading: Reading) -> dict[str, _Gone]:
    """Those who are in no list any more and have not been disposed of."""
    found: dict[str, _Gone] = {}
    for some in so_many(sorted(reading.in_no_list(), key=int)):
        last: dict[str, Entry] = {}
        for entry in reading.entries_of("child", some):
            if entry.before and not entry.after and not entry.gone:
                last[entry.row] = entry
        found |= {key: _gone_by(key, last.get(key)) for key in some}
    return found


def _gone_by(key: str, entry: Entry | None) -> _Gone:
    """What the last entry that took a case out says of it."""
    if entry is None:
        return _Gone(key, "", {})
    what = entry.what
    for turned in _TURNED:
        what = what.removeprefix(turned)
    merged = what.startswith(_MERGED) and bool(entry.named)
    return _Gone(key, entry.named[0] if merged else "", changes.from_json(entry.before))


def _with_merged(gone: Mapping[str, _Gone], key: str) -> list[_Gone]:
    """The cases that went into one, and into those."""
    found: list[_Gone] = []
    wanted = [key]
    while wanted:
        into = wanted.pop()
        some = [one for one in gone.values() if one.into == into and one not in found]
        found += some
        wanted += [one.id for one in some]
    return found


@asks("setup")
def preview(session: Situation, ids: Collection[str]) -> tuple[ToGo, ...]:
    """What would go with some cases. Nothing is written.

    Raises:
        Refused: one is not there, or is restricted and not open to the person.
    """
    session.person.ask("children", Right.READ)
    for key in ids:
        ask_open(session, key)
    with session.store.reading() as reading:
        return _to_go(reading, ids, session.today())


def _to_go(reading: Reading, ids: Collection[str], today: date) -> tuple[ToGo, ...]:
    rows = {row.id: row for row in _rows(reading, today, _years(reading), ids)}
    missing = [key for key in ids if key not in rows]
    if missing:
        raise Refused("One of these cases is no longer in the store.", "ids")
    gone = _gone(reading)
    return tuple(_to_go_of(reading, rows[key], gone) for key in dict.fromkeys(ids))


def _to_go_of(reading: Reading, row: RetentionRow, gone: Mapping[str, _Gone]) -> ToGo:
    record = reading.records((row.id,)).get(row.id)
    held: dict[str, int] = {}
    places: list[str] = []
    if record is not None and record.facts:
        held[EVENTS] = len(record.facts)
    kinds = every_kind()
    for (kind, field), keys in reading.pointing_at(owners(kinds), row.id).items():
        if field == kind.owner:
            held[kind.many if len(keys) != 1 else kind.one] = len(keys)
            if kind.name in ("document", "letter"):
                places += _places(kind, reading.all_of(kind, keys).values())
    answers = len(_answers(reading, row.id))
    merged = tuple(
        str(one.values.get("reference") or f"case number {one.id}")
        for one in _with_merged(gone, row.id)
    )
    return ToGo(row, held, merged, tuple(places), answers)


def _places(kind: Kind, records: Iterable[Any]) -> Iterator[str]:
    """Where the files of documents and letters lie."""
    for one in records:
        where = getattr(one, "where", "")
        if where:
            yield f"{kind.title(one)}: {where}"


def _answers(reading: Reading, child_id: str) -> Sequence[Any]:
    from caseworker_app.domain.declarations.families import Invitation
    from caseworker_app.services.families.families import feedback_of

    kind = kind_of(Invitation)
    return tuple(feedback_of(reading, reading.pointing(kind, "child_id", (child_id,))))


@asks("setup", Right.REMOVE)
def dispose(
    session: Situation,
    ids: Collection[str],
    basis: str,
    why: str = "",
    *,
    second: Path | None = None,
    also: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Disposal:
    """Dispose of cases for good: no key undoes it. Backups in reach are rewritten without them.

    Args:
        session: the store.
        ids: the cases; those merged into one go with it.
        basis: a key of `BASES`.
        why: further words for the certificate, which name nobody.
        second: the second place of backups, or None.
        also: further backups, or folders of them.
        progress: told how far the rewriting is. Stopped there, the disposal stands all the same.

    Returns:
        The record of it, which is the certificate.

    Raises:
        Refused: a case is held, not due, restricted and not open, or not there; or the words name
            somebody. Nothing has changed then.
    """
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        raise Refused("Say which cases.", "ids")
    if basis not in BASES:
        raise Refused(f"{basis!r} is no reason to dispose of a case.", "basis")
    now, today = session.clock.now(), session.today()
    with session.store.writing() as unit:
        for key in wanted:
            ask_open(session, key, unit)
        cases = _to_go(unit, wanted, today)
        _refuse(cases, basis, why, today)
        gone = _gone(unit)
        all_of = {
            key: [key, *(each.id for each in _with_merged(gone, key))]
            for key in (one.row.id for one in cases)
        }
        marks = unit.marks([key for keys in all_of.values() for key in keys])
        told = [
            {
                "number": one.row.id,
                "marks": [marks[key] for key in all_of[one.row.id] if key in marks],
                "held": dict(one.held),
            }
            for one in cases
        ]
        ref = f"{compact(now)}-{unit.allot(DISPOSAL.name, 1)[0]}"
        found = Disposal(
            id=ref.rpartition("-")[2],
            ref=ref,
            on=today,
            done_by=session.who,
            basis=basis,
            why=" ".join(why.split()),
            cases=as_json(told),
        )
        work = noting(session, unit)
        work.add(found, f"{DISPOSAL.title(found)}: {BASES[basis].lower()}")
        work.finish()
        every = [key for keys in all_of.values() for key in keys]
        unit.forget_children(every, stamp(now), session.who, f"disposal {ref}")
        _clear_backups_made(unit, cases)
        note_list(session, unit)
    keep_list(session, second, also)
    (done,) = _follow_up(session, (found.id,), second, also, progress)
    return done


def _refuse(cases: Sequence[ToGo], basis: str, why: str, today: date) -> None:
    held = [one.row for one in cases if one.row.hold]
    if held:
        raise Refused(
            f"{_names(held)} {'is' if len(held) == 1 else 'are'} held and cannot be disposed of: "
            f"{held[0].hold}.",
            "ids",
            tuple(row.id for row in held),
        )
    early = [one.row for one in cases if one.row.due is None or one.row.due > today]
    if early and basis == OVER:
        raise Refused(
            f"The time to keep {_names(early)} is not over: give another reason, or leave "
            f"{'it' if len(early) == 1 else 'them'} out.",
            "basis",
            tuple(row.id for row in early),
        )
    for one in (each.row for each in cases):
        words = set(folded(why).split())
        named = bool({folded(one.surname), folded(one.forename)} - {""} & words)
        if named or names_child(why, one.surname, one.forename, one.reference):
            raise Refused("These words stand on the certificate for good: name nobody.", "why")


def _names(rows: Sequence[RetentionRow]) -> str:
    few = [f"{row.name} ({row.reference})" for row in rows[:3]]
    more = len(rows) - len(few)
    return joined([*few, *([counted(more, "more case")] if more else [])])


def noting(session: Situation, unit: Writing) -> UnitOfWork:
    """What keeps the record of a disposal, which no key undoes."""
    rules = session.rules_in(unit)
    work = UnitOfWork(unit, rules, session.clock.now(), session.who, offered=session.offered)
    work.kind = "note"
    return work


def list_of(reading: Reading) -> bytes:
    """The list of disposals that a store holds itself."""
    return listed(reading.all_of(DISPOSAL).values())


def note_list(session: Situation, unit: Writing) -> None:
    """Note which list of disposals belongs beside the store as it is now."""
    unit.set_meta({LIST_KEPT: digest_of(_with_beside(session, list_of(unit)))})


def _with_beside(session: Situation, content: bytes) -> bytes:
    """The store's list with what the one beside a file knows besides, which stays there."""
    beside = session.store.disposal_list() if session.store.is_file else b""
    return joined_lists(beside, content)


def keep_list(session: Situation, second: Path | None = None, also: Sequence[Path] = ()) -> None:
    """Write that list outside of the store."""
    with session.store.reading() as reading:
        content = list_of(reading)
    folders = [one for one in also if one.is_dir()]
    session.store.keep_disposal_list(_with_beside(session, content), second, folders)


@asks("setup", Right.REMOVE)
def rewrite_again(
    session: Situation,
    second: Path | None = None,
    also: Sequence[Path] = (),
    progress: Progress | None = None,
) -> tuple[Disposal, ...]:
    """Take everybody who was ever disposed of out of every copy in reach, as after a disposal.

    For a disk that was not there, a backup that was found, or where it was stopped.
    """
    with session.store.reading() as reading:
        keys = list(reading.all_of(DISPOSAL))
    keep_list(session, second, also)
    return _follow_up(session, keys, second, also, progress) if keys else ()


def _follow_up(
    session: Situation,
    keys: Sequence[str],
    second: Path | None,
    also: Sequence[Path],
    progress: Progress | None,
) -> tuple[Disposal, ...]:
    """Rewrite the copies in reach once for all of some disposals, and keep what became of each."""
    with session.store.reading() as reading:
        found: list[Disposal] = list(reading.all_of(DISPOSAL, keys).values())
        content = list_of(reading)
        hand_made = _copies_made(reading)
    folded = session.store.fold_log()
    there = [Path(one) for one in hand_made if Path(one).exists()]
    copies = session.store.rewrite_copies(
        frozenset(mark for one in found for mark in one.marks),
        content,
        compact(session.clock.now()),
        second,
        [*also, *there],
        progress or _say_nothing,
    )
    told = {str(one.where) for one in copies}
    lost = [one for one in hand_made if one not in told and not Path(one).exists()]
    for where in lost:
        why = _SERVER.why if "://" in where else "it is not there now"
        copies.append(Copy(where, OUT_OF_REACH, why))
    if not session.store.is_file:
        copies.append(_SERVER)
    elif not folded:
        copies.append(Copy(_LOG, OUT_OF_REACH, _HELD_OPEN))
    texts = {one.id: _copies_text(one, copies) for one in found}
    changed = [one for one in found if texts[one.id] != one.copies]
    if changed:
        with session.store.writing() as unit:
            work = noting(session, unit)
            for one in changed:
                now = replace(work.one_of(DISPOSAL, one.id), copies=texts[one.id])
                left = sum(each["state"] == OUT_OF_REACH for each in now.copies_listed)
                many = counted(len(now.copies_listed), "copy", "copies")
                work.put(now, f"{DISPOSAL.title(one)}: {many} looked at, {left:,} out of reach")
            work.finish()
            note_list(session, unit)
        keep_list(session, second, also)
        session.store.fold_log()
    with session.store.reading() as reading:
        return tuple(reading.all_of(DISPOSAL, keys).values())


def _copies_text(one: Disposal, copies: Sequence[Copy]) -> str:
    """What became of copies as a disposal keeps it, with what it knew of them before.

    One that was rewritten for it before says so still, though it holds none of them now; one that
    is met no more is listed as it was.
    """
    before = {each["where"]: Copy(**each) for each in one.copies_listed}
    kept: list[Copy] = []
    for copy in copies:
        known = before.pop(copy.where, None)
        settled = known is not None and known.state != OUT_OF_REACH
        kept.append(known if known is not None and settled else copy)
    before.pop(_LOG, None)
    told = [*kept, *before.values()]
    return as_json([{"where": each.where, "state": each.state, "why": each.why} for each in told])


def _say_nothing(done: int, total: int, words: str) -> None:
    del done, total, words


@asks("setup")
def disposals(session: Situation) -> tuple[Disposal, ...]:
    """Every disposal, the newest first."""
    with session.store.reading() as reading:
        found = reading.all_of(DISPOSAL).values()
    return tuple(sorted(found, key=lambda one: one.ref, reverse=True))


@asks("setup")
def certificate_of(session: Situation, key: str) -> Paper:
    """The certificate of a disposal, by its id or its reference. Raises `Refused`."""
    one = next((one for one in disposals(session) if key in (one.id, one.ref)), None)
    if one is None:
        raise Refused(f"There is no disposal {key}.", "id")
    foot = f"{session.who}, {session.today():%d/%m/%Y}"
    return certificate(one, session.store.note(COUNCIL), foot)


# Backups made by hand


def note_backup(session: Situation, target: Path) -> None:
    """Remember where a backup was written, so that a disposal knows of it."""
    with session.store.writing() as unit:
        made = unit.meta().get(COPIES_MADE, "")
        unit.set_meta({COPIES_MADE: with_copies(made, [str(target.absolute())])})


def _copies_made(reading: Reading) -> list[str]:
    return copies_in(reading.meta().get(COPIES_MADE, ""))


def _clear_backups_made(unit: Writing, cases: Sequence[ToGo]) -> None:
    """Forget the paths of backups that are named after somebody who goes: rewritten they are not.

    Their folder is listed instead.
    """
    made = _copies_made(unit)
    kept = [
        str(Path(one).parent)
        if any(names_child(Path(one).name, each.row.surname, each.row.forename) for each in cases)
        else one
        for one in made
    ]
    if kept != made:
        unit.set_meta({COPIES_MADE: with_copies("", kept)})
