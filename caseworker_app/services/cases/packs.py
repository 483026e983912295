"""School packs, read from the store: of one setting, or of every setting that has anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.consulting import KINDS_OF_CONSULTING, Asked
from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.errors import Cancelled, Refused
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import is_kind, kind_named
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Child
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.roles import Role
from caseworker_app.domain.school_pack import (
    OfChild,
    Replies,
    Term,
    Written,
    file_name,
    school_pack,
    term_of,
    terms,
)
from caseworker_app.services.cases.consultations import consultations

if TYPE_CHECKING:
    from caseworker_app.domain.paper import Paper
    from caseworker_app.domain.people import Setting
    from caseworker_app.services.ports import Reading, RulePack
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.session import Session


_ANYBODY = Child("", "", "", date(2010, 1, 1))
"""Whom a consultation is about does not move the day of the reply."""


class Pack:
    """A pack with whose it is.

    Attributes:
        setting: the setting.
        paper: the document, or None where there is nothing to say.
        child_ids: the children in it.
    """

    __slots__ = ("child_ids", "paper", "setting")

    def __init__(self, setting: Setting, paper: Paper | None, child_ids: tuple[str, ...]) -> None:
        self.setting, self.paper, self.child_ids = setting, paper, child_ids


def write_each(
    session: Session,
    settings: Sequence[Setting],
    term: Term,
    foot: str,
    write: Callable[[Pack, Paper, str], None],
    progress: Progress | None = None,
) -> Written:
    """Write the packs of settings, one after the other; stopped, those written stay.

    Args:
        session: the open store.
        settings: whose packs.
        term: the term.
        foot: who made them and when.
        write: writes one, under a name of its own without an ending.
        progress: told how it comes along; may raise `Cancelled`.

    Raises:
        Refused: the person may not export what is in a pack.
        Unavailable: a file cannot be written.
    """
    written = nothing = 0
    used: set[str] = set()
    for at, setting in enumerate(settings):
        try:
            if progress is not None:
                progress(at, len(settings), setting.name)
        except Cancelled:
            return Written(written, nothing, len(settings) - at)
        pack = pack_of(session, setting.id, term, foot)
        if pack.paper is None:
            nothing += 1
            continue
        session.ask_export("children", pack.child_ids)
        write(pack, pack.paper, file_name(pack.paper.title, used))
        written += 1
    return Written(written, nothing, 0)


def pack_of(session: Session, setting_id: str, term: Term, foot: str = "") -> Pack:
    """The pack of one setting.

    Raises:
        Refused: there is no such setting, or the person may not read the cases.
    """
    session.person.ask("children", Right.READ)
    with session.store.reading() as reading:
        setting = next((one for one in reading.settings() if one.id == setting_id), None)
        if setting is None:
            raise Refused("This setting is no longer in the store.", "setting_id")
        asked = _asked_of(reading, setting)
        made = (term, session.today(), _replies(session.rules_in(reading), session.today()), foot)
        return _pack(reading, setting, asked, *made)


def settings_with_children(session: Session) -> tuple[Setting, ...]:
    """The settings that somebody attends or that were consulted, by name."""
    session.person.ask("children", Right.READ)
    with session.store.reading() as reading:
        here = {one.setting_id for one in reading.summaries()}
        if is_kind("consultation"):
            kept = reading.all_of(kind_named("consultation")).values()
            here |= {one.setting_id for one in kept}
        found = [one for one in reading.settings() if one.id in here]
    return tuple(sorted(found, key=lambda one: folded(one.name)))


def settings_named(session: Session, name: str) -> tuple[Setting, ...]:
    """The one setting of a name, case and accents apart, or with "" all that can have a pack.

    Raises:
        Refused: there is none of that name.
    """
    found = settings_with_children(session)
    if name:
        found = tuple(one for one in found if folded(one.name) == folded(name))
        if not found:
            raise Refused(f"No child attends a setting of the name {name}.", "setting")
    return found


def term_named(key: str, today: date) -> Term:
    """A term by its key; "" is this one.

    Raises:
        Refused: it is none of this and the next.
    """
    known = {one.key: one for one in terms(today)}
    if key and key not in known:
        raise Refused(f"{key} is no term: give one of {', '.join(known)}.", "term")
    return known[key] if key else term_of(today)


def _pack(
    reading: Reading,
    setting: Setting,
    asked: dict[str, list[Asked]],
    term: Term,
    today: date,
    replies: Replies,
    foot: str,
) -> Pack:
    here = frozenset(reading.pointing(kind_named("child"), "setting_id", (setting.id,)))
    ids = tuple(sorted({*here, *asked}))
    files = _files(reading, setting, ids)
    children = [
        OfChild(file, file.child.id in here, tuple(asked.get(file.child.id, ()))) for file in files
    ]
    paper = school_pack(setting.name, children, term, today, replies, foot, _to(setting))
    return Pack(setting, paper, ids)


def _replies(rules: RulePack, today: date) -> Replies:
    """By when a setting is to reply, as the clock counts it from the day of a consultation."""

    @cache
    def rule_on(day: date) -> Deadline | None:
        asked = Fact("consultation_received", day)
        found = rules.deadlines(_ANYBODY, None, (asked,))
        return next((one for one in found if one.version.role == Role.REPLY), None)

    def by(day: date) -> date | None:
        found = rule_on(day)
        return None if found is None else found.due

    now = rule_on(today)
    return Replies(by, "" if now is None else now.version.period)


def _to(setting: Setting) -> str:
    """Who at a setting is to have its pack, as far as that is recorded."""
    people = (
        f"{setting.senco} (SENCO)" if setting.senco else "",
        f"{setting.head_teacher} (head teacher)" if setting.head_teacher else "",
        setting.email,
    )
    return ", ".join(filter(None, people))


def _files(reading: Reading, setting: Setting, ids: Collection[str]) -> Iterator[CaseFile]:
    if not ids:
        return
    deadlines = reading.deadlines(ids)
    for key, record in reading.records(ids).items():
        yield CaseFile(record.child, setting, None, record.facts, deadlines.get(key, ()))


def _asked_of(reading: Reading, setting: Setting) -> dict[str, list[Asked]]:
    """What a setting was consulted about: by records, and for its own children by facts too."""
    ids: set[str] = set(reading.pointing(kind_named("child"), "setting_id", (setting.id,)))
    if is_kind("consultation"):
        kind = kind_named("consultation")
        keys = reading.pointing(kind, "setting_id", (setting.id,))
        ids |= {one.child_id for one in reading.all_of(kind, keys).values()} if keys else set()
    found: dict[str, list[Asked]] = defaultdict(list)
    if not ids:
        return found
    of = consultations(reading, ids)
    for key, record in reading.records(tuple(ids), kinds=KINDS_OF_CONSULTING).items():
        for one in of(key, record.facts):
            if folded(one.setting) == folded(setting.name) and one.waits:
                found[key].append(one)
    return found
