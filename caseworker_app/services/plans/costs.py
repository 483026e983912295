"""What plans cost, read from the store: of one child, and of everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.costs import FIELDS, WORDS, Bands, Cost, costs_from, costs_of
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
from caseworker_app.domain.people import Child
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.yeargroup import nc_year
from caseworker_app.services.gate import ask_of, asks_itself, only_own
from caseworker_app.services.without_collector import without_collector

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.session import Session

_CHILD = kind_of(Child)
_PERSON = (
    *("id", "reference", "surname", "forename", "setting_id", "need"),
    *("born", "actual_year", "actual_year_on"),
)
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
        costs: of everybody whose costs one may see, whenever they ran; of provision without words.
        people: by id, once `people_of` has read them.
    """

    costs: tuple[Cost, ...] = ()
    people: dict[str, Payee] = field(default_factory=dict)


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
            cost._replace(purposes=purposes.get(one.id, ()))
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
        # A whole council has hundreds of thousands of these: of each only what costs is read.
        ids = _Texts()
        costs: list[Cost] = []
        for of, names in FIELDS.items():
            # The words of provision are half of all that is read, and no sum is made of them.
            read = [one for one in names if one != WORDS]
            rows = reading.some_fields(kind_of(of), read, only)
            costs += costs_from(of, rows, bands, today, places, ids.__getitem__)
        return CouncilCosts(tuple(costs))


@asks_itself
def people_of(session: Session, found: CouncilCosts) -> Mapping[str, Payee]:
    """Whose the costs are, by id; read when they are asked for first.

    Raises:
        Refused: one may see the costs of nobody.
    """
    if not found.people and found.costs:
        today = session.today()
        with without_collector(), session.store.reading() as reading:
            only = only_own(session.person, "costs", reading, today)
            found.people.update(_people(reading, today, only))
    return found.people


class _Texts(dict[int, str]):
    """The id of each key, one text for all that is of a child."""

    def __missing__(self, key: int) -> str:
        held = self[key] = str(key)
        return held


def _people(reading: Reading, today: date, ids: Collection[str] | None) -> dict[str, Payee]:
    settings = {int(key): name for key, name in _places(reading).items()}
    return {
        str(key): Payee(
            whole_name(surname, forename),
            reference,
            settings.get(setting, ""),
            need,
            nc_year(born, today, taught, taught_on) if born else None,
        )
        for key, reference, surname, forename, setting, need, born, taught, taught_on in (
            reading.some_fields(_CHILD, _PERSON, ids)
        )
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
