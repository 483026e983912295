"""The table of rights."""

from __future__ import annotations

import itertools

import pytest

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.permissions import AREAS, ROLES, TABLE, Person, Right


def test_every_area_says_something_of_every_role() -> None:
    assert set(TABLE) == set(AREAS)
    assert all(set(row) == set(ROLES) for row in TABLE.values())


def test_whoever_makes_a_store_may_do_everything() -> None:
    everything = itertools.product(AREAS, Right)
    barred = [(area, right) for area, right in everything if not Person("x").may(area, right)]
    # Nobody exports a restricted case, the rules, an import or takes a return away.
    assert all(
        not any(right in one.all | one.own for one in TABLE[area].values())
        for area, right in barred
    )


@pytest.mark.parametrize(
    ("role", "area", "right", "everywhere", "own"),
    [
        ("caseworker", "children", Right.READ, True, True),
        ("caseworker", "children", Right.WRITE, False, True),
        ("caseworker", "children", Right.EXPORT, False, True),
        ("caseworker", "trail", Right.READ, False, True),
        ("caseworker", "returns", Right.READ, False, False),
        ("senior", "children", Right.REMOVE, True, True),
        ("data", "children", Right.REMOVE, False, False),
        ("data", "returns", Right.EXPORT, True, True),
        ("quality", "audits", Right.REMOVE, True, True),
        ("quality", "bulk", Right.WRITE, False, False),
        ("administrator", "setup", Right.WRITE, True, True),
        ("senior", "setup", Right.WRITE, False, False),
        ("reader", "board", Right.EXPORT, True, True),
        ("reader", "children", Right.WRITE, False, False),
    ],
)
def test_a_role_has_its_rights(
    role: str, area: str, right: Right, everywhere: bool, own: bool
) -> None:
    person = Person("x", frozenset({role}))
    assert person.may(area, right) is everywhere
    assert person.may(area, right, own=True) is own


def test_rights_of_several_roles_add_up() -> None:
    for first, second in itertools.combinations(ROLES, 2):
        both = Person("x", frozenset({first, second}))
        one, other = (Person("x", frozenset({role})) for role in (first, second))
        for area, right in itertools.product(AREAS, Right):
            assert both.may(area, right) is (one.may(area, right) or other.may(area, right))


def test_a_refusal_says_what_and_for_whom() -> None:
    with pytest.raises(Refused) as refused:
        Person("x", frozenset({"caseworker"})).ask("children", Right.WRITE)
    assert refused.value.sentence == (
        "Children, facts, plan, people around, notes: to add and change is not for the role of "
        "caseworker, but for your own cases."
    )


def test_every_kind_of_record_has_an_area_of_the_table() -> None:
    assert {kind.area for kind in every_kind()} <= set(AREAS)
