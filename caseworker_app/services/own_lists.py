"""The council's own lists of choices as they stand: what came with a field, and what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from caseworker_app.domain import area, plan_templates
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import FieldSpec, Kind, kind_of
from caseworker_app.domain.own_lists import as_it_stands

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reading


def lists() -> dict[str, Mapping[str, str]]:
    """The choices that each list comes with, by its name."""
    of_fields = {
        spec.own_list: spec.choices
        for kind in every_kind()
        for spec in kind.fields
        if spec.own_list
    }
    # A template is written in free text, as files have it; the list says their order.
    return of_fields | {plan_templates.LIST: plan_templates.SHIPPED, area.LIST: {}}


def refuse_strange(choice: Choice) -> None:
    """Refuse a choice of a list that no field has. Raises `Refused`."""
    known = lists()
    if choice.of_list not in known:
        listed = ", ".join(sorted(known)) or "there is none yet"
        raise Refused(f"{choice.of_list} is none of the lists: {listed}.", "of_list")


def of_kind(reading: Reading, kind: Kind) -> dict[str, tuple[Choice, ...]]:
    """By field, the choices of every field of a kind that has a list of the council's own."""
    fields = [one for one in kind.fields if one.own_list]
    if not fields:
        return {}
    kept = reading.all_of(kind_of(Choice)).values()
    return {one.name: as_it_stands(one.own_list, one.choices, kept) for one in fields}


def in_words(reading: Reading, kind: Kind) -> tuple[FieldSpec, ...]:
    """The fields of a kind, those of own lists with all choices there ever were."""
    known = of_kind(reading, kind)
    return tuple(
        replace(one, choices={each.code: each.words for each in known[one.name]})
        if one.name in known
        else one
        for one in kind.fields
    )


def all_lists(reading: Reading) -> tuple[Choice, ...]:
    """Every choice of every list, and what is kept of lists that nothing has any more."""
    kept = list(reading.all_of(kind_of(Choice)).values())
    known = lists()
    found = [one for name, came in known.items() for one in as_it_stands(name, came, kept)]
    return (*found, *(one for one in kept if one.of_list not in known))
