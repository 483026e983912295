"""Whom a restored store has back, though they were disposed of since: they are forgotten again.

Looked for at every opening, so it costs a start one note and one small file; what does the work is
loaded where there is any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from caseworker_app.domain.disposal_notes import LIST_KEPT, TO_FORGET, WENT, digest_of
from caseworker_app.domain.permissions import Right
from caseworker_app.services.clock import stamp
from caseworker_app.services.gate import asks
from caseworker_app.services.restricting import unwrapped

if TYPE_CHECKING:
    from pathlib import Path

    from caseworker_app.domain.declarations.retention import Disposal
    from caseworker_app.domain.kind_values import Values
    from caseworker_app.domain.kinds import FieldSpec, Kind
    from caseworker_app.domain.records import Entry
    from caseworker_app.services.ports import Writing
    from caseworker_app.services.situation import Situation
    from caseworker_app.services.unit_of_work import UnitOfWork


_UNREADABLE = (
    "A list of who was disposed of could not be read, or not all of it. Where a new one takes "
    "its place, the old one is kept beside it, with .unread after its name. If a backup was "
    "restored lately, look in Retention for who is to go again."
)


def forget_again(session: Situation) -> str:
    """Dispose again of whom a restored store has back, by the list beside it; what was done, or "".

    Anybody's opening does so: it was decided before.
    """
    content = session.store.disposal_list()
    if digest_of(content) == session.store.note(LIST_KEPT):
        return ""
    if not content and not session.store.is_file:
        return ""
    return _forget_again(session, content)


@asks("setup", Right.REMOVE)
def forget_listed(session: Situation, folders: Sequence[Path]) -> str:
    """The same by the lists of disposals in some folders; what was done, or "".

    For a server whose administrator put back what it was before: no list stands beside it.
    """
    content = session.store.lists_in(folders)
    return _forget_again(session, content) if content else ""


def _forget_again(session: Situation, content: bytes) -> str:
    from caseworker_app.domain.disposal_paper import NOT_LOOKED_AT
    from caseworker_app.domain.disposed import is_whole, joined_lists, read_list
    from caseworker_app.services.retention import keep_list, list_of, note_list, noting

    at = stamp(session.clock.now())
    with unwrapped(session.store).writing() as unit:
        told = read_list(joined_lists(content, list_of(unit)))
        marks = {mark for one in told for mark in one.marks}
        back = {key: mark for key, mark in unit.marks().items() if mark in marks}
        silent = unit.gone_unsaid()
        known = {*back.values(), *silent}
        _bring_in(noting(session, unit), [one for one in told if _is_of(one, known)])
        if silent:
            let_go = list(_let_go(unit, silent))
            if let_go:
                unit.append(let_go, at, session.who)
            unit.say_disposed(silent, at, session.who, "in the backup that was restored")
        if back:
            unit.forget_children(
                tuple(back), at, session.who, "came back with a backup, and went again"
            )
        note_list(session, unit)
        unlooked = any(not one.copies for one in read_list(list_of(unit)))
        unit.set_meta({TO_FORGET: ""})
    session.store.fold_log()
    keep_list(session)
    many = len(back)
    said = [] if is_whole(content) else [_UNREADABLE]
    if many:
        were = "case that was" if many == 1 else "cases that were"
        again = "disposed of before came back with a restored copy, and went again."
        said.append(f"{many:,} {were} {again}")
    elif unlooked and not said:
        said.append(NOT_LOOKED_AT)
    return " ".join(said)


def _is_of(one: Disposal, known: Collection[str]) -> bool:
    """Whether a disposal in the list is of somebody who was met in the store.

    The list is anybody's to change, so nobody gets a certificate into the store by writing one
    there; who is forgotten is known by the mark of a key, which nobody outside can tell.
    """
    return not one.marks.isdisjoint(known) or any(case["number"] in known for case in one.listed)


def _bring_in(work: UnitOfWork, told: Iterable[Disposal]) -> None:
    """Have the certificates that a restore lost; of those it has, the store's word stands."""
    from caseworker_app.services.retention import DISPOSAL

    here = {one.ref for one in work.all_of(DISPOSAL).values()}
    for one in told:
        if one.ref not in here:
            key = work.unit.allot(DISPOSAL.name, 1)[0]
            work.add(replace(one, id=key), f"{DISPOSAL.title(one)}, by the list beside the store")
    work.finish()


def _let_go(unit: Writing, silent: Collection[str]) -> Iterator[Entry]:
    """Let go, as a disposal does, of what others had that pointed at what a rewritten backup lacks.

    There only the database's own keys say what goes along, and the trail does not tell of it.
    """
    from caseworker_app.domain.declarations import every_kind
    from caseworker_app.domain.kinds import ties

    out: dict[Kind, list[str]] = {}
    # What is pointed at is declared first: what goes here takes along what needs it.
    for kind in every_kind():
        links = [spec for of, spec in ties(every_kind()) if of is kind]
        if links:
            yield from _let_go_of(unit, kind, links, silent, out)
    for kind in reversed(out):
        unit.remove(kind, out[kind])


def _let_go_of(
    unit: Writing,
    kind: Kind,
    links: Sequence[FieldSpec],
    silent: Collection[str],
    out: dict[Kind, list[str]],
) -> Iterator[Entry]:
    """The same of one kind; what is still to be removed comes to `out`."""
    from caseworker_app.domain.kind_values import all_values, difference
    from caseworker_app.domain.kinds import without_links
    from caseworker_app.domain.records import Entry
    from caseworker_app.services import changes
    from caseworker_app.services.replaying import replayed

    def entry(key: str, what: str, before: Values, after: Values, child: object) -> Entry:
        told = changes.as_json(before), changes.as_json(after)
        return Entry(kind.name, key, what, *told, WENT, kind="note", child=str(child or ""))

    here = unit.all_of(kind)
    told = [
        key
        for key in unit.trail_rows(kind.name)
        if key not in here or any(getattr(here[key], one.name) is None for one in links)
    ]
    left = replayed(unit.entries_of(kind.name, told)).rows if told else {}
    pointed = {
        key: {one: str(at) for one in links if (at := values.get(one.name)) is not None}
        for key, values in ({key: all_values(one) for key, one in here.items()} | left).items()
    }
    gone = {
        one: _gone_of(unit, one.to, {at[one] for at in pointed.values() if one in at}, silent, out)
        for one in links
    }
    for key, at in pointed.items():
        lost = [one for one in at if at[one] in gone[one]]
        if not lost:
            continue
        if key not in here:
            if any(one.needed for one in lost):
                values = dict(left[key])
                yield entry(key, f"{kind.one} taken out", values, {}, values.get(kind.owner))
            continue
        was = replace(here[key], **{one.name: at[one] for one in lost})
        new, child = without_links(kind, was, lost), getattr(was, kind.owner, "")
        if new is None:
            out.setdefault(kind, []).append(key)
            yield entry(key, f"{kind.one} taken out", all_values(was), {}, child)
        else:
            unit.put(kind, (), [replace(new, version=was.version + 1)])
            words = ", ".join(one.words for one in lost)
            yield entry(key, f"{kind.one} changed: {words} taken out", *difference(was, new), child)


def _gone_of(
    unit: Writing, to: str, ids: set[str], silent: Collection[str], out: Mapping[Kind, list[str]]
) -> set[str]:
    """Those of some children, facts or records that are there no more."""
    from caseworker_app.domain.kinds import FACT, kind_named

    if to == "child":
        return ids.intersection(silent)
    if to == FACT:
        return ids - unit.facts_named(ids).keys()
    kind = kind_named(to)
    return ids - unit.all_of(kind, ids - set(out.get(kind, ()))).keys()
