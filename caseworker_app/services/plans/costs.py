"""What plans cost, read from the store: of one child, and of everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from sys import intern
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.costs import FIELDS, Bands, Cost, costs_from, costs_of
from caseworker_app.domain.declarations.money import Band, PersonalBudget, TopUp
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.declarations.thread import (
    DescribedNeed,
    Outcome,
    Provision,
    ProvisionFor,
)
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.names import whole_name
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.yeargroup import nc_year
from caseworker_app.services.gate import ask_of, asks_itself, only_own
from caseworker_app.services.without_collector import without_collector

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.session import Session

_COSTING = (Provision, TopUp, Placement, PersonalBudget)
KINDS = frozenset(kind_of(one).name for one in (*_COSTING, Band, ProvisionFor))
"""The kinds of record that change what plans cost."""


@dataclass(frozen=True, slots=True)
class Payee:
    """A child with what costs are summed up by.

    Attributes:
        setting: its name, or "".
        need: the code of the primary need, or "".
        nc_year: None where it is not known.
    """

    name: str
    reference: str
    setting: str
    need: str
    nc_year: int | None


@dataclass(frozen=True, slots=True)
class CouncilCosts:
    """What everybody's plans cost.

    Attributes:
        costs: of everybody whose costs one may see, whenever they ran.
        people: by id.
    """

    costs: tuple[Cost, ...] = ()
    people: Mapping[str, Payee] = field(default_factory=dict)


@asks_itself
def child_costs(session: Session, child_id: str) -> tuple[Cost, ...]:
    """What a child's plan costs, whenever it ran, with what provision is for.

    Raises:
        Refused: one may not see the costs of this child.
    """
    today = session.today()
    with session.store.reading() as reading:
        ask_of(session.person, "costs", Right.READ, (child_id,), reading, today)
        given = _of(reading, Provision, (child_id,))
        purposes = _purposes(reading, child_id)
        bands, places = _bands(reading), _places(reading)
        found = [
            replace(cost, purposes=purposes.get(one.id, ()))
            for one in given
            for cost in costs_of((one,), bands, today, places)
        ]
        for kind in _COSTING[1:]:
            found += costs_of(_of(reading, kind, (child_id,)), bands, today, places)
    return tuple(found)


@asks_itself
def council_costs(session: Session) -> CouncilCosts:
    """What the plans of everybody cost whose costs one may see.

    Raises:
        Refused: one may see those of nobody.
    """
    session.person.ask("children", Right.READ)
    today = session.today()
    with without_collector(), session.store.reading() as reading:
        only = only_own(session.person, "costs", reading, today)
        bands, places = _bands(reading), _places(reading)
        costs = [
            cost
            for of, names in FIELDS.items()
            # A whole council has hundreds of thousands of these: of each only what costs is read.
            for child, *rest in reading.some_fields(kind_of(of), names, only)
            for cost in costs_from(of, (intern(str(child)), *rest), bands, today, places)
        ]
        return CouncilCosts(tuple(costs), _people(reading, today, {one.child_id for one in costs}))


def _people(reading: Reading, today: date, ids: Collection[str]) -> dict[str, Payee]:
    settings = _places(reading)
    return {
        one.id: Payee(
            whole_name(one.surname, one.forename),
            one.reference,
            settings.get(one.setting_id or "", ""),
            one.need,
            nc_year(one.born, today, one.actual_year, one.actual_year_on) if one.born else None,
        )
        for one in reading.summaries(ids)
    }


def _purposes(reading: Reading, child_id: str) -> dict[str, tuple[str, ...]]:
    words = {f"outcome/{one.id}": one.words for one in _of(reading, Outcome, (child_id,))}
    words |= {f"need/{one.id}": one.words for one in _of(reading, DescribedNeed, (child_id,))}
    found: dict[str, list[str]] = defaultdict(list)
    for tie in _of(reading, ProvisionFor, (child_id,)):
        key = f"outcome/{tie.outcome_id}" if tie.outcome_id else f"need/{tie.need_id}"
        found[tie.provision_id].append(words.get(key, ""))
    return {key: tuple(filter(None, some)) for key, some in found.items()}


def _bands(reading: Reading) -> Bands:
    return Bands.of(reading.all_of(kind_of(Band)).values())


def _places(reading: Reading) -> dict[str, str]:
    return {one.id: one.name for one in reading.settings()}


def _of(reading: Reading, of: type[Any], only: Collection[str] | None) -> list[Any]:
    """Every record of a kind, or those of some children."""
    kind = kind_of(of)
    keys = None if only is None else reading.pointing(kind, kind.owner, only)
    return list(reading.all_of(kind, keys).values())
