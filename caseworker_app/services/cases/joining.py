"""Two cases that turn out to be one child, made one case.

The kept child's values stand. What only the other case knows is filled in; where both know and
differ, the other's value is noted in the comment. Every event of both stays: one that both have is
kept once, two that may be one event with two dates are both kept and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caseworker_app.domain.clock.episodes import PLAN_BEGINS
from caseworker_app.domain.codes import NEEDS
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.identity import absorbed
from caseworker_app.domain.kinds import owners
from caseworker_app.domain.known_person import known_person
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.people import Child, Proposal, Transfer
from caseworker_app.domain.preview import Preview, parts
from caseworker_app.domain.records import Record
from caseworker_app.domain.text import is_row_id
from caseworker_app.services import commands as do
from caseworker_app.services.actions import MERGE
from caseworker_app.services.following import (
    dated_by_twins,
    in_words,
    move_by_merge,
    of_a_merge,
)
from caseworker_app.services.imports.merging_facts import TAKEN_BACK, dated_twice, episodes_fitted
from caseworker_app.services.ports import Reading
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import (
    capital,
    counted,
    day_in_words,
    fact_in_words,
    fields_in_words,
)

MERGED_IN = "merged into this case"
"""Words of the entry of a kept case, by which its history finds that of the other."""

_NAMES = ("surname", "forename", "born")
_ALONE = ("upn", "uln", "sex", "need", "secondary_need", "setting_id", "caseworker_id", "template")
_YEAR = ("actual_year", "actual_year_why", "actual_year_on")

People = Mapping[str, Mapping[str, str]]
"""For `setting_id` and `caseworker_id`: key to name."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What becomes of two cases.

    Attributes:
        record: the kept child as they are to be; the events of both have the ids they had.
        moved: the events that come over.
        same: the events that both have, as they are kept.
        near: (kept child's, other's) events of one kind and near dates; both stay.
        filled: (words for the attribute, value) of what only the other knew.
        lost: (words for the attribute, value that stands, value that does not).
        apart: whether a person had said that the two are two children.
    """

    record: Record
    moved: tuple[Fact, ...]
    same: tuple[Fact, ...]
    near: tuple[tuple[Fact, Fact], ...]
    filled: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str, str], ...]
    apart: bool


def merge(command: do.MergeChildren, work: UnitOfWork, today: date) -> str:
    """Carry a merge out; the value is a sentence for the message bar.

    Raises:
        Refused: a case is named twice or is not in the store.
        Stale: somebody changed one of the two since it was read.
    """
    _refuse_itself(command)
    keep = work.child(command.keep_id, command.seen)
    other = work.child(command.other_id, command.other_seen)
    people = people_of(work.unit)
    joined = join(keep, other, people, today)
    kept, gone = keep.child, other.child
    came = counted(len(joined.moved), "event") + " came over"
    both = f", {len(joined.same)} in both" if joined.same else ""
    record = joined.record
    if lost := move_by_merge(work, kept, gone):
        words = "; ".join(in_words(one, people) for one in lost)
        said = f"{record.child.comment}\nNot taken over from {gone.reference}: {words}."
        record = Record(replace(record.child, comment=said), record.facts)
    work.remove_child(gone.id, f"merged into {kept.reference} ({kept.name})", (kept.id,))
    words = f"{gone.reference} ({gone.name}) {MERGED_IN}, {came}{both}"
    work.put_child(record, words, named=(gone.id,))
    if lost := dated_by_twins(work, kept, _twins(other.facts, joined), record.facts):
        named = "; ".join(f"version {one.number}, template {one.template}" for one in lost)
        said = f"{record.child.comment}\nOf the plan in {gone.reference}: {named}."
        child = replace(work.child(kept.id).child, comment=said)
        work.put_child(Record(child, record.facts), words, named=(gone.id,))
    work.act = MERGE
    work.title = f"{gone.reference} merged into {kept.reference}"
    return (
        f"{gone.name}, {gone.reference}, merged into {kept.name}, {kept.reference}: {came}{both}."
    )


def _twins(others: Iterable[Fact], joined: Joined) -> dict[str, str]:
    """The other case's events that both have, by id, with the kept one in the place of each."""
    moved = {fact.id for fact in joined.moved}
    found: dict[str, str] = {}
    for fact in others:
        alike = [one for one in joined.same if _is_same(one, fact)]
        if fact.id not in moved and alike:
            free = [one for one in alike if one.id not in found.values()]
            found[fact.id] = (free or alike)[0].id
    return found


def merge_preview(command: do.MergeChildren, reading: Reading, today: date) -> Preview:
    """What a merge would do. Nothing is written. Raises `Refused`."""
    _refuse_itself(command)
    found = reading.records([one for one in (command.keep_id, command.other_id) if is_row_id(one)])
    if command.keep_id not in found or command.other_id not in found:
        raise Refused("This child is no longer in the store.", "other_id")
    keep, other = found[command.keep_id], found[command.other_id]
    of_each = [list(_owned(reading, one.child.id)) for one in (keep, other)]
    came, left = of_a_merge(keep.child, other.child, *of_each)
    people = people_of(reading)
    over = [[capital(in_words(one, people)) for one in some] for some in (came, left)]
    return _preview(keep, other, join(keep, other, people, today), *over)


def _owned(reading: Reading, child_id: str) -> Iterator[Any]:
    """The records that belong to a case beside its facts."""
    links = owners(every_kind())
    for (kind, _), ids in reading.pointing_at(links, child_id).items():
        yield from reading.all_of(kind, ids).values()


def people_of(reading: Reading) -> People:
    """The names of settings and caseworkers by the attribute that holds their key."""
    return {
        "setting_id": {one.id: one.name for one in reading.settings()},
        "caseworker_id": {one.id: one.name for one in reading.caseworkers()},
    }


def join(keep: Record, other: Record, people: People, today: date) -> Joined:
    """Put two cases together."""
    facts, moved, same = _facts(keep.facts, other.facts)
    near = tuple(
        (twin, fact) for fact in moved if (twin := dated_twice(fact, keep.facts)) is not None
    )
    kept, gone = keep.child, other.child
    values, lost_names = _values(keep, other)
    filled = tuple((_label(name), _shown(gone, name, people)) for name in values if name in _TOLD)
    lost = tuple(
        (_label(name), _shown(kept, name, people), _shown(gone, name, people))
        for name in lost_names
    )
    sen2, lost_sen2 = _sen2(kept, gone)
    lost += lost_sen2
    values |= sen2
    values["comment"] = _comment(kept, gone, lost, today)
    values["proposals"] = _proposals(kept, gone, lost_names)
    values["told_apart"] = (kept.told_apart | gone.told_apart) - {kept.id, gone.id}
    values["further_references"] = (kept.further_references | absorbed(known_person(gone))) - {
        reference_key(kept.reference)
    }
    values["typed"] = _typed(kept, gone, {*values, *lost_names}, facts)
    return Joined(
        Record(replace(kept, **values), facts),
        moved,
        same,
        near,
        filled,
        lost,
        gone.id in kept.told_apart or kept.id in gone.told_apart,
    )


def _facts(
    kept: tuple[Fact, ...], others: tuple[Fact, ...]
) -> tuple[tuple[Fact, ...], tuple[Fact, ...], tuple[Fact, ...]]:
    """All facts, those of the other that come over, and those that both have."""
    left = {fact.id: fact for fact in kept}
    fresh, same, incoming = [], [], []
    for fact in others:
        alike = [one for one in left.values() if _is_same(one, fact)]
        twin = max(alike, key=lambda one: _agreeing(one, fact), default=None)
        if twin is None:
            fresh.append(fact)
            incoming.append(fact)
            continue
        del left[twin.id]
        same.append(replace(twin, detail={**fact.detail, **twin.detail}))
        incoming.append(replace(twin, episode=fact.episode))
    moved = episodes_fitted(fresh, kept, tuple(incoming))
    fuller = {fact.id: fact for fact in same}
    return in_order((*(fuller.get(one.id, one) for one in kept), *moved)), moved, tuple(same)


def _is_same(one: Fact, other: Fact) -> bool:
    """Whether two events of one kind and day say nothing against each other."""
    if (one.kind, one.on) != (other.kind, other.on):
        return False
    return all(other.detail.get(key, value) == value for key, value in one.detail.items())


def _agreeing(one: Fact, other: Fact) -> int:
    return sum(other.detail.get(key) == value for key, value in one.detail.items())


def _values(keep: Record, other: Record) -> tuple[dict[str, Any], list[str]]:
    """What the other fills in, and the names of what both know and say differently."""
    kept, gone = keep.child, other.child
    values: dict[str, Any] = {}
    lost = []
    for name in (*_NAMES, *_ALONE, "actual_year", "transfer"):
        now, has = getattr(kept, name), getattr(gone, name)
        if has in ("", None) or now == has:
            continue
        if now not in ("", None):
            lost.append(name)
        elif name == "actual_year":
            values |= {one: getattr(gone, one) for one in _YEAR}
        else:
            values[name] = has
    if kept.history_from != gone.history_from:
        # Before its plan a case knows of no reviews that could be missing.
        if any(fact.kind in PLAN_BEGINS for fact in keep.facts):
            lost.append("history_from")
        elif any(fact.kind in PLAN_BEGINS for fact in other.facts):
            values["history_from"] = gone.history_from
    return values, lost


def _sen2(kept: Child, gone: Child) -> tuple[dict[str, Any], tuple[tuple[str, str, str], ...]]:
    both = {**gone.sen2, **kept.sen2}
    lost = tuple(
        (f"SEN2 item {key}", kept.sen2[key], value)
        for key, value in gone.sen2.items()
        if kept.sen2.get(key, value) != value
    )
    return ({"sen2": both} if both != dict(kept.sen2) else {}), lost


def _comment(kept: Child, gone: Child, lost: Iterable[tuple[str, str, str]], today: date) -> str:
    """The comments of both, then a line that keeps what does not stand."""
    said = [kept.comment] if kept.comment else []
    if gone.comment and folded(gone.comment) not in folded(kept.comment):
        said.append(gone.comment)
    values = "".join(f"; {label} {value}" for label, _, value in lost)
    said.append(f"Merged with {gone.reference} on {day_in_words(today)}{values}.")
    return "\n".join(said)


def _proposals(kept: Child, gone: Child, lost: Iterable[str]) -> tuple[Proposal, ...]:
    """Those of both; a name or birthday that does not stand is not to be proposed again."""
    refused = (
        Proposal(name, _plain(getattr(gone, name)), f"case {gone.reference}", refused=True)
        for name in lost
        if name in _NAMES
    )
    found: dict[tuple[str, str], Proposal] = {}
    for one in (*kept.proposals, *gone.proposals, *refused):
        if one.value != _plain(getattr(kept, one.field)):
            found.setdefault(one.key, one)
    return tuple(found.values())


def _typed(kept: Child, gone: Child, decided: set[str], facts: Iterable[Fact]) -> frozenset[str]:
    """What no import changes from here on: what either had typed, and what was decided here."""
    here = {TAKEN_BACK.format(fact.kind, fact.on.isoformat()) for fact in facts}
    marks = {one for one in gone.typed if one.startswith("-")}
    names = decided & {*_TOLD, "comment"}
    return frozenset((kept.typed | marks | names) - here)


_TOLD = frozenset({*_NAMES, *_ALONE, "actual_year", "transfer", "history_from"})


def _preview(
    keep: Record, other: Record, joined: Joined, came: list[str], left: list[str]
) -> Preview:
    kept, gone = keep.child, other.child
    summary = (
        f"{gone.name}, {gone.reference}, is merged into {kept.name}, {kept.reference}; "
        f"{gone.reference} goes and stands in the comment."
    )
    apart = ["A person said that these are two children"] if joined.apart else []
    if folded(kept.forename) != folded(gone.forename) and kept.born != gone.born:
        apart.append("Another forename and another birthday")
    lost = [f"{capital(label)}: {now} stands, {value} goes" for label, now, value in joined.lost]
    near = [f"{capital(fact_in_words(a))} and {fact_in_words(b)}" for a, b in joined.near]
    return Preview(
        summary,
        parts(
            ("Perhaps two children", apart, True),
            ("The two cases differ; what goes is kept in the comment", lost, True),
            ("Perhaps one event with two dates; both stay", near, True),
            ("Not taken over; kept in the comment", left, True),
            ("Filled in", [f"{capital(label)}: {value}" for label, value in joined.filled], False),
            ("Events that come over", _in_words(joined.moved), False),
            ("Events in both cases, kept once", _in_words(joined.same), False),
            ("Records that come over", came, False),
        ),
    )


def _in_words(facts: Iterable[Fact]) -> list[str]:
    return [capital(fact_in_words(fact)) for fact in facts]


def _label(name: str) -> str:
    return fields_in_words([name])


def _shown(child: Child, name: str, people: People) -> str:
    """An attribute as a person reads it."""
    value = getattr(child, name)
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, Transfer):
        return f"{value.kind} {day_in_words(value.on)}"
    if value in ("", None):
        return "everything recorded" if name == "history_from" else "nothing"
    if name in people:
        return people[name].get(value, "unknown")
    return NEEDS.get(value, value) if "need" in name else str(value)


def _plain(value: Any) -> str:  # noqa: ANN401  (text or a day)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _refuse_itself(command: do.MergeChildren) -> None:
    if command.keep_id == command.other_id:
        raise Refused("A case cannot be merged with itself.", "other_id")
