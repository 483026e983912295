"""A child's own fields and the records that tell them over time, kept the same as either changes.

A field that changes on a day ends the record that held and begins the next; a record that is added,
changed or taken out by hand sets the field. All of it is of one action, and is undone with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import Kind, kind_named, kind_of
from caseworker_app.domain.over_time import (
    KINDS_TOLD,
    TOLD,
    Fields,
    Told,
    blank,
    current,
    made_of,
    of_child,
    of_record,
    overlap,
    says_something,
    the_day_before,
    told_by,
)
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import Record
from caseworker_app.services.following_plans import agree, let_say, settle_version
from caseworker_app.services.panels.referring import put_before_the_next
from caseworker_app.services.staging import Staged, Staging
from caseworker_app.services.wording import capital, day_in_words, fields_in_words


def follow(work: Staging, day: date, *, turning: bool) -> None:
    """End and begin records of the children whose fields an action changes.

    Args:
        work: the action, whole but for this.
        day: when it is done.
        turning: it takes a change back or brings one again, whose records come with it.
    """
    changed = list(work.changed_children())
    for told in TOLD:
        some = {
            after.id: (of_child(told, before), of_child(told, after))
            for before, after in changed
            if of_child(told, before) != of_child(told, after)
            and (after.id, told.name) not in work.settled
        }
        if not some:
            continue
        rows = work.owned_by(kind_named(told.kind), some)
        for child_id, (before, after) in some.items():
            change = _Change(child_id, before, after, day)
            found = _rows(told, child_id, rows[child_id])
            if not found and not turning:
                _begin(work, told, change)
            elif found and _held(told, found) != after:
                _go_on(work, told, change, found)


@dataclass(frozen=True, slots=True)
class _Change:
    """What told fields of a child were, what they are, and from which day on."""

    child_id: str
    before: Fields
    after: Fields
    day: date


def _begin(work: Staging, told: Told, change: _Change) -> None:
    """The first change of a field: until now, what the child said was all that was known."""
    same = change.before[told.name] == change.after[told.name]
    known = says_something(told, change.before)
    if same or not (known or told.blank_holds):
        return
    if known:
        until = the_day_before(change.day)
        _add(work, told, change.child_id, change.before, None, until)
    if says_something(told, change.after):
        _add(work, told, change.child_id, change.after, change.day, None)


def _go_on(work: Staging, told: Told, change: _Change, rows: Sequence[Any]) -> None:
    """A further change of a field of which there are records."""
    held = current(rows)
    if held is not None and of_record(told, held)[told.name] == change.after[told.name]:
        # Only what goes beside it is another, the reason of a year group say.
        _put(work, told, held, change.after)
        return
    before = _ended_just_before(change.day, rows) if held is None else None
    if held is not None and held.since is not None and held.since >= change.day:
        before = _ended_just_before(held.since, rows)
        if not _says(told, before, change.after) and says_something(told, change.after):
            _put(work, told, held, change.after)
            return
        work.remove(kind_of(held), held.id, f"{kind_of(held).one} taken back")
    elif held is not None:
        ended = replace(held, until=the_day_before(change.day))
        work.put(ended, f"{kind_of(held).one} ended")
    if not says_something(told, change.after):
        return
    if before is not None and _says(told, before, change.after):
        work.put(replace(before, until=None), f"{kind_of(before).one} goes on")
    else:
        _add(work, told, change.child_id, change.after, change.day, None)


def settle(
    work: Staging,
    kind: Kind,
    today: date,
    old: Any,  # noqa: ANN401
    new: Any,  # noqa: ANN401
) -> None:
    """Make room for a record that was changed by hand, and let the child say what it says.

    Args:
        work: the action, with the record staged.
        kind: the kind of the record.
        today: the day.
        old: the record before; None where it is added.
        new: the record after; None where it is taken out.

    Raises:
        Refused: it holds on days on which another does, or on a day to come.
    """
    for other, given in room_for(work, today, old, new):
        words = f"{kind.one} gives way to another"
        if other.id:
            work.put(given, words)
        else:
            work.add(replace(given, id=work.unit.allot(kind.name, 1)[0]), f"{kind.one} as it was")
    if kind.name == "plan_version":
        settle_version(work, old, new)
    if kind.name == "panel_item" and new is not None:
        put_before_the_next(work, old, new)
    for one in (old, new):
        of = told_by(one) if one is not None else None
        if of is not None:
            _let_say(work, of, getattr(one, kind.owner))


def _refuse_to_come(new: Any, today: date) -> None:  # noqa: ANN401
    if new.since is not None and new.since > today:
        raise Refused(f"{day_in_words(new.since)} has not come yet.", "since")
    if new.until is not None and new.until >= today:
        raise Refused("The last day has passed; leave it empty while it holds.", "until")


def room_for(
    work: Staging,
    today: date,
    old: Any,  # noqa: ANN401
    new: Any,  # noqa: ANN401
) -> list[tuple[Any, Any]]:
    """What gives way to a record: one that holds still, or since nobody knows when.

    Nothing is staged, and the record need not be; arguments are as for `settle`.

    Returns:
        Others as they are and as they are to be; without an id where only the child said it.

    Raises:
        Refused: it holds on days on which another does, or on a day to come.
    """
    told = told_by(new) if new is not None else None
    if told is None:
        return []
    _refuse_to_come(new, today)
    given: list[tuple[Any, Any]] = []
    for other in _others(work, told, old, new):
        if not overlap(new, other):
            if not other.id:
                given.append((other, other))
        elif new.until is None and new.since is not None and _begins_before(other, new.since):
            given.append((other, replace(other, until=the_day_before(new.since))))
        elif new.until is not None and other.since is None and _goes_on_after(other, new.until):
            given.append((other, replace(other, since=new.until + timedelta(days=1))))
        else:
            raise Refused(f"{capital(in_words(other))} is there already.", "since")
    return given


def _others(work: Staging, told: Told, old: Any, new: Any) -> list[Any]:  # noqa: ANN401
    """The other records of the same field; of the first, what the child said until now."""
    child_id = new.child_id
    staged = work.owned_by(kind_of(new), (child_id,))[child_id]
    others = [one for one in _rows(told, child_id, staged) if one.id != new.id]
    was_told = old is not None and told_by(old) == told and old.child_id == child_id
    fields = of_child(told, work.child(child_id).child)
    same = fields[told.name] == of_record(told, new)[told.name]
    if others or was_told or same or not says_something(told, fields):
        return others
    return [made_of(told, child_id, fields)]


def _let_say(work: Staging, told: Told, child_id: str) -> None:
    """Let a child say what the record says that has not ended."""
    kind = kind_named(told.kind)
    rows = _rows(told, child_id, work.owned_by(kind, (child_id,))[child_id])
    record = work.child(child_id)
    work.settled.add((child_id, told.name))
    if not rows:
        return
    fields = _held(told, rows)
    if fields != of_child(told, record.child):
        child: Child = replace(record.child, **fields, typed=record.child.typed | {told.name})
        words = f"{fields_in_words([told.name])} changed"
        work.put_child(Record(child, record.facts), words)


def parted_over_time(work: Staging, moved: Iterable[Any], child_ids: Iterable[str]) -> None:
    """Let both children of a split say what their records say, of what some moved records tell."""
    of = dict.fromkeys(told for one in moved if (told := told_by(one)) is not None)
    for child_id in child_ids:
        for told in of:
            _let_say(work, told, child_id)
        let_say(work, child_id)


def move_by_merge(work: Staging, kept: Child, gone: Child) -> list[Any]:
    """Give the records of a case that is merged to the other, but for those that do not stand.

    The value is those that go; see `of_a_merge`.
    """
    own, theirs = list(work.owned(kept.id)), list(work.owned(gone.id))
    came, left = of_a_merge(kept, gone, [one for _, one in own], [one for _, one in theirs])
    for value in left:
        work.remove(kind_of(value), value.id, f"{kind_of(value).one} not taken over by a merge")
    for value in came:
        kind = kind_of(value)
        work.put(replace(value, **{kind.owner: kept.id}), f"{kind.one} moved by a merge")
    for kind, spec, value in list(work.naming(gone.id)):
        twin = replace(value, **{spec.name: kept.id})
        others = [one for of, one in work.owned(getattr(value, kind.owner)) if of is kind]
        known = any(getattr(one, spec.name) == kept.id for one in others)
        if known or getattr(value, kind.owner) == kept.id:
            work.remove(kind, value.id, f"{kind.one} not taken over by a merge")
        else:
            work.put(twin, f"{kind.one} moved by a merge")
    told = {told_by(one) for _, one in own}
    work.settled |= {(kept.id, one.name) for one in TOLD if one not in told}
    return left


def dated_by_twins(
    work: Staging, kept: Child, twins: Mapping[str, str], facts: Iterable[Fact]
) -> list[PlanVersion]:
    """Let what a merge brought be dated by the facts of the kept case, and agree on the template.

    Args:
        work: the action, with the kept case and what came over staged.
        kept: the child whose case stays.
        twins: facts of the other case that both have, with the kept one in the place of each.
        facts: those of the kept case.

    Returns:
        The versions of the other's plan that go, as the kept case says otherwise of the same plan.
    """
    owned = [one for _, one in work.owned(kept.id)]
    lost = []
    for kind, value in list(work.owned(kept.id)):
        moved = {
            spec.name: twins[key]
            for spec in kind.fact_links()
            if (key := getattr(value, spec.name)) in twins
        }
        if not moved:
            continue
        new = replace(value, **moved)
        work.put(new, f"{kind.one} moved by a merge")
        same = [one for one in owned if _of_one_plan(one, new)]
        if same:
            for of, spec, one in list(work.pointing(kind.name, (new.id,))):
                work.put(replace(one, **{spec.name: same[0].id}), f"{of.one} moved by a merge")
            work.remove(kind, new.id, f"{kind.one} not taken over by a merge")
            lost += [new] if new.template not in ("", same[0].template) else []
    _numbered_anew(work, kept, {one.id: one.on for one in facts})
    agree(work, kept.id)
    return lost


def _of_one_plan(one: object, other: object) -> bool:
    if not (isinstance(one, PlanVersion) and isinstance(other, PlanVersion)):
        return False
    return one.id != other.id and one.fact_id == other.fact_id


def _numbered_anew(work: Staging, kept: Child, days: Mapping[str, date]) -> None:
    """Give the versions of a plan other numbers where two of a merge have the same."""
    versions = [one for _, one in work.owned(kept.id) if isinstance(one, PlanVersion)]
    if len({one.number for one in versions}) == len(versions):
        return
    versions.sort(key=lambda one: (days.get(one.fact_id, date.max), one.number, one.id))
    for number, one in enumerate(versions, 1):
        if one.number != number:
            work.put(replace(one, number=number), "plan version numbered anew by a merge")


def of_a_merge(
    kept: Child, gone: Child, own: Iterable[Any], theirs: Iterable[Any]
) -> tuple[list[Any], list[Any]]:
    """What becomes of the records of a case that is merged into another.

    Where the kept case says something else over time, that stands.

    Args:
        kept: the child whose case stays.
        gone: the child of the other.
        own: the records that belong to the first.
        theirs: those that belong to the other.

    Returns:
        The other's records that come over, and those that do not.
    """
    said = {told_by(one) for one in own}
    came: list[Any] = []
    left: list[Any] = []
    for value in theirs:
        told = told_by(value)
        stands = told is not None and (told in said or _says_otherwise(told, kept, gone))
        (left if stands else came).append(value)
    return came, left


def _says_otherwise(told: Told, kept: Child, gone: Child) -> bool:
    mine, theirs = of_child(told, kept), of_child(told, gone)
    return says_something(told, mine) and mine[told.name] != theirs[told.name]


def _rows(told: Told, child_id: str, staged: Iterable[Staged]) -> list[Any]:
    """The records that tell a field of a child, as an action leaves them."""
    return [
        one.after
        for one in staged
        if one.after is not None and one.after.child_id == child_id and told_by(one.after) == told
    ]


def _held(told: Told, rows: Sequence[Any]) -> Fields:
    """What the records of a field say that the child is to say."""
    held = current(rows)
    return blank(told) if held is None else of_record(told, held)


def _add(
    work: Staging,
    told: Told,
    child_id: str,
    fields: Fields,
    since: date | None,
    until: date | None,
) -> None:
    kind = kind_named(told.kind)
    made = replace(
        made_of(told, child_id, fields, since, until), id=work.unit.allot(kind.name, 1)[0]
    )
    said = f"from {day_in_words(since)}" if since else "as far as is known"
    work.add(made, f"{kind.one} {said}")


def _put(work: Staging, told: Told, record: Any, fields: Fields) -> None:  # noqa: ANN401
    values = {of: fields[name] for name, of in told.pairs}
    work.put(replace(record, **values), f"{kind_of(record).one} changed")


def _ended_just_before(day: date, rows: Iterable[Any]) -> Any:  # noqa: ANN401
    return next((one for one in rows if one.until == the_day_before(day)), None)


def _says(told: Told, record: Any, fields: Fields) -> bool:  # noqa: ANN401
    return record is not None and of_record(told, record) == fields


def _begins_before(record: Any, day: date) -> bool:  # noqa: ANN401
    return record.since is None or record.since < day


def _goes_on_after(record: Any, day: date) -> bool:  # noqa: ANN401
    return record.until is None or record.until > day


def in_words(
    record: Any,  # noqa: ANN401
    names: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> str:
    """A record and its days; `names` has, by field, those of what it points at."""
    kind = kind_of(record)
    code = getattr(record, "type", "") or getattr(record, "arrangement", "")
    at = (some.get(getattr(record, field, None) or "", "") for field, some in names.items())
    what = " ".join(filter(None, (kind.one, code, *at)))
    if kind.name not in KINDS_TOLD:
        return _other_in_words(record, what)
    since = f" from {day_in_words(record.since)}" if record.since else ""
    until = f" to {day_in_words(record.until)}" if record.until else ""
    return f"{what}{since}{until}" if since or until else f"{what} as far as is known"


def _other_in_words(record: Any, what: str) -> str:  # noqa: ANN401
    """A record that tells nothing over time: what it is called, and its first day."""
    kind = kind_of(record)
    title = kind.title(record)
    if title.startswith(kind.one):
        return title
    days = (getattr(record, one.name) for one in kind.fields if one.type == "day")
    first = next(filter(None, days), None)
    named = f"{what} {title}" if title and title != what else what
    return f"{named}, {day_in_words(first)}" if first else named
