"""Everything held on one child gathered for a subject access request, and who else stands in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.access import WRITTEN
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.declarations.contacts import Contact
from caseworker_app.domain.disposed import words_of
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.kinds import kind_named, kind_of, owners
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Child
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.restricted import SOMEBODY
from caseworker_app.domain.subject_access import (
    Bundle,
    Other,
    Section,
    forms_of,
    named,
    parts_of,
    struck,
)
from caseworker_app.services.gate import ask_of, asks
from caseworker_app.services.record_lists import rows_of
from caseworker_app.services.restricting import ask_open, put_on_record, unwrapped
from caseworker_app.services.wording import capital, counted, fact_in_words

if TYPE_CHECKING:
    from caseworker_app.domain.caseload import CaseFile
    from caseworker_app.domain.rows import RecordRow
    from caseworker_app.domain.wrong_child import Finding
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.session import Session

CHILD, CONTACT = kind_of(Child), kind_of(Contact)
_STAFF = (("caseworker", "caseworker"), ("professional", "professional of another service"))
_SELF = "young_person"
_LEAST_MARK = 3
WHAT = "everything of a case, for its subject"
"""What stands in who looked."""


@asks("children")
def gather(session: Session, child_id: str) -> Bundle:
    """Everything on one child that the person may see, with everybody else who stands in it.

    Raises:
        Refused: there is no such child, it is restricted and not open, or may not be exported.
    """
    ask_open(session, child_id)
    with session.store.reading() as reading:
        ask_of(session.person, "children", Right.EXPORT, (child_id,), reading, session.today())
    file = session.case(child_id)
    with session.moment(), session.store.reading() as reading:
        mine = session.belonging(child_id)
        sections = [_of_child(reading, file), _of_events(file), _of_deadlines(file)]
        sections += _of_records(mine)
        left = _left_out(session, reading, child_id, mine)
        places = sum(bool(getattr(row.record, "where", "")) for _, row in mine)
        staff = dict(_staff(reading))
    sections.append(_of_history(file))
    sections += _of_looks(session, child_id)
    sections += _of_drafts(session, child_id)
    bundle = Bundle(
        child_id,
        file.child.name,
        file.child.reference,
        tuple(sections),
        left_out=left,
        places=places,
    )
    others = _others(session, bundle, file, mine, staff)
    return Bundle(
        child_id,
        bundle.name,
        bundle.reference,
        bundle.sections,
        tuple(others),
        left,
        places,
    )


def _of_child(reading: Reading, file: CaseFile) -> Section:
    (row,) = rows_of(reading, CHILD, [file.child])
    lines = [
        (one.label, row.words[one.name])
        for one in CHILD.fields
        if row.words[one.name] and one.name != "told_apart"
    ]
    return Section("The child", ("What", "As it is recorded"), tuple(lines))


def _of_events(file: CaseFile) -> Section:
    rows = [
        (day_words(one.on), capital(KINDS[one.kind].label), fact_in_words(one))
        for one in file.facts
    ]
    return Section("Events", ("Day", "What happened", "In full"), tuple(rows))


def _of_deadlines(file: CaseFile) -> Section:
    rows = [
        (day_words(one.due), one.version.title, day_words(one.met_on) if one.met_on else "")
        for one in file.deadlines
    ]
    return Section("Dates counted by law", ("Due", "What", "Done on"), tuple(rows))


def _of_records(mine: Collection[tuple[str, RecordRow]]) -> Iterator[Section]:
    some: dict[str, list[RecordRow]] = defaultdict(list)
    for name, row in mine:
        some[name].append(row)
    for name, rows in some.items():
        kind = kind_named(name)
        fields = [one for one in kind.fields if one.name != kind.owner]
        told = [one for one in fields if any(row.words.get(one.name) for row in rows)]
        yield Section(
            capital(kind.many),
            tuple(one.label for one in told),
            tuple(tuple(row.words.get(one.name, "") for one in told) for row in rows),
        )


def _of_history(file: CaseFile) -> Section:
    rows = tuple((row.at, row.who, row.what, row.why) for row in file.history)
    return Section("Changes", ("When", "Who", "What", "Why"), rows)


def _of_looks(session: Session, child_id: str) -> Iterator[Section]:
    try:
        found = session.who_looked(child_id)
    except Refused:
        return
    rows = tuple((row.at, row.who, row.act, row.what, row.cases) for row in found)
    yield Section("Who looked", ("When", "Who", "Did", "What", "Of"), rows)


def _of_drafts(session: Session, child_id: str) -> Iterator[Section]:
    with session.store.reading() as reading:
        found = [one for one in reading.every_draft() if one[2] == child_id]
    rows = tuple((person, form, words_of(typed)) for person, form, _, typed in found)
    if rows:
        yield Section("Typed and not saved", ("Who", "Form", "What"), rows)


def _left_out(
    session: Session, reading: Reading, child_id: str, mine: Collection[tuple[str, Any]]
) -> tuple[str, ...]:
    """The kinds of records there are of the child that the person may not see."""
    shown = {name for name, _ in mine}
    there = reading.pointing_at(owners(every_kind()), child_id)
    hidden = [kind.many for (kind, _), ids in there.items() if ids and kind.name not in shown]
    if not session.case(child_id).history and not session.person.may("trail", Right.READ):
        hidden.append("changes")
    return tuple(hidden)


def _staff(reading: Reading) -> Iterator[tuple[str, Other]]:
    for name, what in _STAFF:
        for one in reading.all_of(kind_named(name)).values():
            yield (
                folded(one.name),
                Other(f"{name}/{one.id}", one.name, what, (one.name,), staff=True),
            )


def _others(
    session: Session,
    bundle: Bundle,
    file: CaseFile,
    mine: Collection[tuple[str, RecordRow]],
    staff: dict[str, Other],
) -> Iterator[Other]:
    """Everybody else in a bundle, each once: around the child, other children, then staff."""
    own = (file.child.surname, file.child.forename)
    for name, row in mine:
        if name == CONTACT.name and row.record.relation != _SELF:
            yield _contact(row, own)
    yield from _children(session, bundle, own)
    text = "\n".join(part.text for part in parts_of(bundle))
    yield from named(text, staff)


def _contact(row: RecordRow, own: tuple[str, str]) -> Other:
    one = row.record
    forms, short = forms_of(one.name, own)
    further = [one.telephone, one.email, one.address, *one.address.splitlines()]
    beside = tuple(each.strip() for each in further if len(each.strip()) > 5)
    what = row.words["relation"].lower() or "somebody around this child"
    return Other(f"contact/{one.id}", one.name, what, (*forms, *beside), short)


def _children(session: Session, bundle: Bundle, own: tuple[str, str]) -> Iterator[Other]:
    """The other children whom the guard finds in it, and those recorded as brother or sister."""
    found: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in session.names_others(bundle.child_id, parts_of(bundle)):
        found[finding.child_ids].append(finding)
    with unwrapped(session.store).reading() as reading:
        kind = kind_named("sibling")
        ids = {
            getattr(one, to)
            for field, to in (("child_id", "sibling_id"), ("sibling_id", "child_id"))
            for one in reading.all_of(
                kind, reading.pointing(kind, field, (bundle.child_id,))
            ).values()
        }
        siblings = {one.id: one for one in reading.summaries(ids)} if ids else {}
    with session.store.reading() as reading:
        shown = {one.id for one in reading.summaries(ids)} if ids else set()
    for key, one in siblings.items():
        forms, short = forms_of(f"{one.forename} {one.surname}", own)
        said = [each.said for each in found.pop((key,), ())]
        marks = [each for each in (one.upn, one.reference) if _is_mark(each)]
        yield Other(
            f"child/{key}",
            f"{one.surname}, {one.forename}" if key in shown else capital(SOMEBODY),
            "brother or sister",
            (*forms, *marks, *said),
            short,
        )
    for ids_, some in found.items():
        doubts = [one.doubt for one in some]
        doubt = doubts[0] if all(doubts) else ""
        said = [one.said for one in some if doubt or not one.doubt]
        yield Other(
            f"child/{'+'.join(ids_)}",
            capital(some[0].whose),
            "another child",
            tuple(said),
            doubt=doubt,
        )


def keys_struck(
    bundle: Bundle, keep: Collection[str] = (), strike: Collection[str] = ()
) -> frozenset[str]:
    """The keys of who is struck out: all but staff and doubts, but for what somebody decided.

    Args:
        bundle: as it was gathered.
        keep: names or keys of people who stay, though they are struck out else.
        strike: of those who are struck out, though they stay else.

    Raises:
        Refused: a name is nobody's in it.
    """
    out = {one.key for one in bundle.others if one.struck}
    out -= {one.key for name in keep for one in _called(bundle, name, "keep")}
    return frozenset(out | {one.key for name in strike for one in _called(bundle, name, "strike")})


def _called(bundle: Bundle, name: str, field: str) -> list[Other]:
    found = [
        one
        for one in bundle.others
        if name == one.key or folded(name) in map(folded, (one.name, *one.forms[:3]))
    ]
    if not found:
        raise Refused(f"Nobody in it is called {name}.", field)
    return found


@asks("children")
def checked(
    session: Session, bundle: Bundle, out: Collection[str]
) -> tuple[Bundle, tuple[Finding, ...]]:
    """A bundle with names struck out, and what the wrong-child guard still finds in it."""
    done = struck(bundle, out)
    return done, session.names_others(bundle.child_id, parts_of(done))


@asks("children")
def leaves(session: Session, bundle: Bundle, out: Collection[str]) -> None:
    """Keep that everything on a child is written out, in who looked and in their history.

    Raises:
        Refused: it may not be.
    """
    session.ask_export("children", (bundle.child_id,), WRITTEN, WHAT)
    kept = [one for one in bundle.others if one.key not in out and not one.staff]
    said = f"everything written out for its subject, {counted(len(out), 'person', 'people')}"
    beside = f", {len(kept):,} of others kept" if kept else ""
    put_on_record(session, f"{said} struck out{beside}", bundle.child_id)


def _is_mark(text: str) -> bool:
    """Whether a UPN or a reference is nothing else by chance."""
    return len(text) >= _LEAST_MARK and any(map(str.isdigit, text))
