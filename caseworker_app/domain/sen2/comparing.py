"""This return against the one submitted last year: what differs, by child and item.

Children are found by UPN, by ULN, else by name and date of birth; where two answer to one of these,
nobody is compared by it. Requests are found by the day they were received.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseworker_app.domain.names import folded, whole_name
from caseworker_app.domain.sen2.checking import QUERY, Hit
from caseworker_app.domain.sen2.layout import (
    ACTIVE,
    ASSESSMENT,
    NAMED_PLAN,
    NEED,
    PERSON,
    PLACEMENT,
    PLAN_DETAIL,
)
from caseworker_app.domain.sen2.rows import Case, Person, Return, Row

ONLY_HERE, ONLY_THERE = "only in this return", "only in last year's"
_BELOW = (ASSESSMENT, NAMED_PLAN, ACTIVE)
_SEVERAL = (PLAN_DETAIL, PLACEMENT, NEED)


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that the two returns say differently of a child, or a child one of them lacks.

    Attributes:
        case: the case here; of a child of last year's return alone, with no id.
        module, field: where it stands; "" where the whole child is meant.
        before, now: what each says; "" for nothing.
    """

    case: Case
    module: str
    field: str
    before: str
    now: str


def differences(now: Return, before: Sequence[Row]) -> Iterator[Difference]:
    """What differs, in the order of this return; children of last year's alone at the end.

    Args:
        now: this return.
        before: the persons of last year's, with their requests.
    """
    theirs = _by_keys(before)
    met: set[int] = set()
    for person in now.persons:
        other = _found(person.row, theirs)
        if other is None:
            yield Difference(person.case, "", "", "", ONLY_HERE)
            continue
        met.add(id(other))
        yield from _of_person(person, other)
    for row in before:
        if id(row) not in met:
            yield Difference(_nobody(row), "", "", ONLY_THERE, "")


def lost_plans(now: Return, before: Sequence[Row]) -> Iterator[Hit]:
    """Rule X01: plans that last year's return left live and this one neither has nor ends."""
    ours = _by_keys([one.row for one in now.persons])
    cases = {id(one.row): one.case for one in now.persons}
    for row in before:
        live = [plan for plan in row.of(NAMED_PLAN) if not plan.text("CeaseDate")]
        here = _found(row, ours)
        if live and (here is None or not here.of(NAMED_PLAN)):
            words = "A plan of last year's return is neither in this one nor did it end in it."
            case = _nobody(row) if here is None else cases[id(here)]
            yield Hit("X01", QUERY, case, "StartDate", words, NAMED_PLAN)


def _nobody(row: Row) -> Case:
    return Case("", "", whole_name(row.text("Surname"), row.text("Forename")))


def keys_of(row: Row) -> tuple[str, ...]:
    """By what a person is found: UPN, ULN, name and birthday, the surest first."""
    born = row.text("PersonBirthDate")
    name = f"{folded(row.text('Surname'))}|{folded(row.text('Forename'))}|{born}"
    found = (row.text("UPN"), row.text("UniqueLearnerNumber"), name if born else "")
    return tuple(f"{at} {one}" for at, one in enumerate(found) if one)


def _by_keys(rows: Sequence[Row]) -> dict[str, Row | None]:
    found: dict[str, Row | None] = {}
    for row in rows:
        for key in keys_of(row):
            found[key] = None if key in found else row
    return found


def _found(row: Row, among: dict[str, Row | None]) -> Row | None:
    return next((one for key in keys_of(row) if (one := among.get(key)) is not None), None)


def _of_person(person: Person, other: Row) -> Iterator[Difference]:
    yield from _items(person.case, PERSON, other, person.row)
    theirs: dict[str, list[Row]] = {}
    for one in other.below:
        theirs.setdefault(one.text("ReceivedDate"), []).append(one)
    for request in person.requests:
        of_day = theirs.get(request.text("ReceivedDate"))
        before = of_day.pop(0) if of_day else None
        if before is None:
            yield Difference(
                person.case, request.module, "ReceivedDate", "", request.text("ReceivedDate")
            )
            continue
        yield from _items(person.case, request.module, before, request)
        for module in _BELOW:
            pair = (before.first(module), request.first(module))
            if pair != (None, None):
                empty = Row(module, {})
                yield from _items(person.case, module, pair[0] or empty, pair[1] or empty)
        for module in _SEVERAL:
            yield from _several(person.case, module, before, request)
    for day, left in theirs.items():
        for request in left:
            yield Difference(person.case, request.module, "ReceivedDate", day, "")


def _items(case: Case, module: str, before: Row, now: Row) -> Iterator[Difference]:
    for name in dict.fromkeys((*now.values, *before.values)):
        was, is_ = before.text(name), now.text(name)
        if was != is_:
            yield Difference(case, module, name, was, is_)


def _several(case: Case, module: str, before: Row, now: Row) -> Iterator[Difference]:
    """Rows of which there may be several: compared whole, as words."""
    was, is_ = (
        "; ".join(_words(one) for one in row.of(module) if one.module == module)
        for row in (before, now)
    )
    if was != is_:
        yield Difference(case, module, "", was, is_)


def _words(row: Row) -> str:
    return " ".join(f"{name} {value}" for name, value in row.values.items())
