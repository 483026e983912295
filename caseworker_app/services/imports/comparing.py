"""One child as a file has it, held against the same child of the store, field by field.

A field that the file leaves blank is no difference, whatever the store says there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.clock.episodes import PLAN_BEGINS
from caseworker_app.domain.facts import KINDS, Detail, Fact
from caseworker_app.domain.incoming import IncomingCase
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.people import Child
from caseworker_app.domain.reconciling import Difference, Value
from caseworker_app.domain.records import Record
from caseworker_app.services.imports.merging_facts import (
    WHICH_PLAN,
    dated_twice,
    identity,
    without_doubles,
)

FIELDS = (
    *("surname", "forename", "born", "upn", "uln", "sex", "need", "secondary_need"),
    *("setting", "caseworker", "template", "actual_year"),
)
"""What is compared of a child as it stands, in the order it is shown."""

LINKS = {"setting": "setting_id", "caseworker": "caseworker_id"}
"""Those that are a name in a file, and a link in the store."""

_NAMES = frozenset({"surname", "forename", "setting", "caseworker", "template", "comment"})
"""Where capitals, accents and blanks make no difference."""

_ONCE = frozenset(
    {"request_received", "assessment_decision_sent", "refusal_to_issue_sent"}
    | {"draft_served", "plan_sent", "plan_ceased"}
)
"""What a child as a rule has once: where both sides have one, it is that one, however far apart."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of the file, and the event of the store that it is, or None where there is none."""

    theirs: Fact
    ours: Fact | None


def differences(
    record: Record, case: IncomingCase, names: Mapping[str, Mapping[str, str]], *, comment: bool
) -> Iterator[Difference]:
    """What the file has otherwise of a child.

    Items of a SEN2 return besides are not compared: the store works its own out when one is made.

    Args:
        record: the child as the store has it.
        case: the child as the file has it, without numbers that are another child's, and with its
            setting by the name it has here.
        names: for `setting_id` and `caseworker_id`, key to name.
        comment: whether the file has a column of comments.
    """
    child = record.child
    about = _About(child, case)
    if _other_reference(child, case):
        yield about.field("reference", case.reference, child.reference)
    for name in FIELDS:
        theirs, ours = getattr(case, name), _held(child, name, names)
        if theirs not in ("", None) and not _same(name, ours, theirs):
            yield about.field(name, theirs, ours)
    if comment and case.comment and folded(case.comment) not in folded(child.comment):
        yield about.field("comment", case.comment, child.comment)
    for pair in paired(case.facts, record.facts):
        yield from about.event(pair)


@dataclass(frozen=True, slots=True)
class _About:
    """Makes the differences of one child."""

    child: Child
    case: IncomingCase

    def field(self, name: str, theirs: Value, ours: Value | None) -> Difference:
        """A field of the child."""
        return self._made(name, theirs, ours)

    def event(self, pair: Pair) -> Iterator[Difference]:
        """The day of an event, where it is another, and then its details."""
        fact, ours = pair.theirs, pair.ours
        source = fact.text("source") or ""
        if ours is None or ours.on != fact.on:
            yield self._made(fact.kind, fact.on, None if ours is None else ours.on, source)
        for key, value in sorted(fact.detail.items()) if ours is not None else ():
            held = ours.detail.get(key) if ours is not None else None
            if key != WHICH_PLAN and not _same_detail(fact.kind, key, held, value):
                yield self._made(f"{fact.kind}.{key}", value, held, source, fact.on)

    def _made(
        self,
        name: str,
        theirs: Value,
        ours: Value | None,
        source: str = "",
        on: date | None = None,
    ) -> Difference:
        child = self.child
        held = None if ours == "" else ours
        return Difference(
            child.id, child.reference, child.name, name, theirs, held, self.case.place, source, on
        )


def paired(theirs: Sequence[Fact], ours: Sequence[Fact]) -> tuple[Pair, ...]:
    """Each event of a file with the one of the store that it is; no two are the same one.

    The same day is the same event; else the nearest that may be the same, dated twice. The day of
    a plan as it now stands, where the file does not know the first one's, is none where a plan of
    then is here.
    """
    known = {identity(fact): fact for fact in reversed(ours)}
    later = [one.on for one in theirs if _later_version(one, ours)]
    firsts = {identity(one) for one in theirs if not _is_later(one)}
    incoming = without_doubles(
        tuple(
            one
            for one in theirs
            if not _later_version(one, ours) and not (_is_later(one) and identity(one) in firsts)
        )
    )
    found = {identity(fact): known[identity(fact)] for fact in incoming if identity(fact) in known}
    free = [fact for fact in ours if identity(fact) not in found]
    unsaid = [fact for fact in incoming if identity(fact) not in found]
    near = sorted(
        (abs((fact.on - other.on).days), place, at)
        for place, fact in enumerate(unsaid)
        for at, other in enumerate(free)
        if not _passes(other, fact.on, later)
        if dated_twice(fact, (other,)) is not None or _once(fact, other, unsaid, ours)
    )
    taken: set[int] = set()
    for _, place, at in near:
        fact = unsaid[place]
        if identity(fact) not in found and at not in taken:
            found[identity(fact)] = free[at]
            taken.add(at)
    return tuple(Pair(fact, found.get(identity(fact))) for fact in incoming)


def _later_version(fact: Fact, ours: Sequence[Fact]) -> bool:
    """Whether an event is only the day of a later version of a plan that is here."""
    if not _is_later(fact):
        return False
    return any(one.kind in PLAN_BEGINS and one.on <= fact.on for one in ours)


def _is_later(fact: Fact) -> bool:
    """Whether a file says of a plan that it is not the first."""
    return fact.kind == "plan_sent" and fact.text(WHICH_PLAN) == "no"


def _passes(plan: Fact, on: date, later: Sequence[date]) -> bool:
    """Whether a plan dated anew would come after a day that is a later version's only beside it."""
    return plan.kind in PLAN_BEGINS and any(plan.on <= day < on for day in later)


def _once(fact: Fact, other: Fact, unsaid: Sequence[Fact], ours: Sequence[Fact]) -> bool:
    """Whether both sides have one event of a kind that comes once."""
    if fact.kind != other.kind or fact.kind not in _ONCE:
        return False
    many = [one for one in unsaid if one.kind == fact.kind]
    return len(many) == 1 and sum(one.kind == fact.kind for one in ours) == 1


def _held(child: Child, field: str, names: Mapping[str, Mapping[str, str]]) -> Value | None:
    """What the store says of a field; a setting or caseworker by name."""
    if field in LINKS:
        key = getattr(child, LINKS[field])
        return names[LINKS[field]].get(key, "") if key else ""
    value: Value | None = getattr(child, field)
    return value


def _same(field: str, ours: Value | None, theirs: Value) -> bool:
    if ours == theirs:
        return True
    if ours is None or field not in {*_NAMES, "upn"}:
        return False
    return folded(str(ours)) == folded(str(theirs))


def _same_detail(kind: str, key: str, ours: Detail | None, theirs: Detail) -> bool:
    """Whether a detail of an event is the same; of words, one may say it more fully."""
    if ours == theirs or theirs == "":
        return True
    spec = next((one for one in KINDS[kind].keys if one.name == key), None)
    words = spec is None or spec.type == "text"
    if not (words and ours and isinstance(ours, str) and isinstance(theirs, str)):
        return False
    mine, other = folded(ours), folded(theirs)
    return mine in other or other in mine


def _other_reference(child: Child, case: IncomingCase) -> bool:
    """Whether a file has a child under a reference that the store does not know them by."""
    if not case.reference:
        return False
    key = reference_key(case.reference)
    return key != reference_key(child.reference) and key not in child.further_references
