"""What a plan costs: its provision by who pays, and what is paid for the place and to the family.

The same money may stand in both: a top-up pays for provision that has a cost of its own. So the two
are never added up, and every page that shows them says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from caseworker_app.domain.declarations.money import (
    BUDGET_WAYS,
    PARTS,
    Band,
    PersonalBudget,
    TopUp,
)
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.declarations.thread import FUNDERS, Provision

PROVISION, TOP_UP, PLACE, TRANSPORT, BUDGET, DIRECT = (
    *("provision", "top_up", "place", "transport", "budget", "direct"),
)
SORTS = {
    PROVISION: "Provision",
    TOP_UP: "Top-up",
    PLACE: "Place",
    TRANSPORT: "Transport",
    BUDGET: "Personal budget",
    DIRECT: "Direct payment",
}
"""What money is for. A direct payment is a personal budget that is paid out."""

NOT_ADDED = (
    "Provision, and what is paid as top-up, for a place or to the family, are not added up: "
    "a top-up or a budget may pay for provision that is listed."
)
NOBODY, NOT_SAID = "No funder", "Not said"
_APRIL = 4


class Cost(NamedTuple):
    """One thing with what it costs a year; a council has hundreds of thousands.

    Attributes:
        sort: a key of `SORTS`.
        words: what it is.
        amount: pence a year; None where nobody said.
        funder: who pays, in words.
        since, until: from when to when; None is open.
        band: of a top-up.
        purposes: the words of the outcomes and needs that provision is for.
        short_break: whether it is a short break.
    """

    child_id: str
    sort: str
    words: str
    amount: int | None
    funder: str = ""
    since: date | None = None
    until: date | None = None
    band: str = ""
    purposes: tuple[str, ...] = ()
    short_break: bool = False


@dataclass(frozen=True, slots=True)
class Bands:
    """What each band of top-up funding pays from when on."""

    kept: Mapping[str, Sequence[Band]] = field(default_factory=dict)

    @classmethod
    def of(cls, some: Iterable[Band]) -> Bands:
        """The bands by their name, the newest amount last."""
        found: dict[str, list[Band]] = defaultdict(list)
        for one in sorted(some, key=lambda band: band.since):
            found[_plain(one.name)].append(one)
        return cls(found)

    def amount(self, name: str, day: date) -> int | None:
        """Pence a year on a day; None where the band is not known then."""
        on_day = [one.amount for one in self.kept.get(_plain(name), ()) if one.since <= day]
        return on_day[-1] if on_day else None


def costs_of(
    records: Iterable[Any], bands: Bands, day: date, places: Mapping[str, str] | None = None
) -> Iterator[Cost]:
    """What some records cost; those that cost nothing by their kind are passed over.

    Args:
        records: provision, top-ups, placements and personal budgets.
        bands: what bands pay; a top-up has the amount of its last day, or of `day`.
        day: the day asked about.
        places: names of settings by id.
    """
    for one in records:
        for of, fields in FIELDS.items():
            if isinstance(one, of):
                yield from costs_from(of, (attrgetter(*fields)(one),), bands, day, places or {})


WORDS = "what"
"""The field of provision that says what it is; it is the last, and may be left out."""

FIELDS: Mapping[type[Any], tuple[str, ...]] = {
    Provision: ("child_id", "cost", "funder", "since", "until", "short_break", WORDS),
    TopUp: ("child_id", "band", "since", "until"),
    Placement: ("child_id", "setting_id", "yearly_cost", "transport_cost", "since", "until"),
    PersonalBudget: ("child_id", "decision", "part", "way", "amount", "since", "until"),
}
"""What costs, and which of its fields say what it costs."""


def costs_from(
    of: type[Any],
    rows: Iterable[Sequence[Any]],
    bands: Bands,
    day: date,
    places: Mapping[str, str],
    child_of: Callable[[Any], str] = str,
) -> Iterator[Cost]:
    """What records of a kind cost of which only the fields that `FIELDS` names are known.

    Each row has them in that order. `child_of` gives the child's id of what a row says of it; the
    others are as in `costs_of`.
    """
    if of is Provision:
        for child, amount, payer, since, until, short, *said in rows:
            what, funder = said[0] if said else "", FUNDERS.get(payer, "")
            whose, brief = child_of(child), bool(short)
            yield Cost(whose, PROVISION, what, amount, funder, since, until, "", (), brief)
    elif of is TopUp:
        funder = FUNDERS["high_needs"]
        known: dict[tuple[str, date], int | None] = {}
        for child, band, since, until in rows:
            at = band, min(day, until or day)
            if at not in known:
                known[at] = bands.amount(*at)
            words = f"Band {band}"
            yield Cost(child_of(child), TOP_UP, words, known[at], funder, since, until, band)
    elif of is Placement:
        for child, setting, place, transport, since, until in rows:
            where = places.get(str(setting or ""), "") or "Place"
            if place is not None:
                yield Cost(child_of(child), PLACE, where, place, "", since, until)
            if transport is not None:
                yield Cost(child_of(child), TRANSPORT, where, transport, "", since, until)
    else:
        for child, decision, part, way, amount, since, until in rows:
            if decision != "refused" and amount:
                sort = DIRECT if way == "direct" else BUDGET
                words = f"{PARTS[part]}, {BUDGET_WAYS[way].lower()}"
                yield Cost(child_of(child), sort, words, amount, "", since, until)


def on_day(costs: Iterable[Cost], day: date) -> tuple[Cost, ...]:
    """Those that run on a day."""
    return tuple(
        one
        for one in costs
        if (one.since is None or one.since <= day) and (one.until is None or one.until >= day)
    )


def in_year(one: Cost, year: int) -> int:
    """Pence in the financial year that begins in April of a year, by the days it ran in it."""
    days, whole = _days_in(one.since, one.until, year)
    return round((one.amount or 0) * days / whole) if days > 0 else 0


@lru_cache(maxsize=1 << 16)
def _days_in(since: date | None, until: date | None, year: int) -> tuple[int, int]:
    """On how many days of a financial year something ran, and how many it has.

    Of a council's costs most begin and end as others do.
    """
    first, last = date(year, _APRIL, 1), date(year + 1, _APRIL, 1) - timedelta(days=1)
    begun, ended = max(first, since or first), min(last, until or last)
    return (ended - begun).days + 1, (last - first).days + 1


def financial_year(day: date) -> int:
    """The year in whose April the financial year of a day began."""
    return day.year if day.month >= _APRIL else day.year - 1


def year_words(year: int) -> str:
    """A financial year in words, "2026/27"."""
    return f"{year}/{(year + 1) % 100:02}"


class CostGroup(NamedTuple):
    """What some plans cost together.

    Attributes:
        name: of the group: a funder, a setting.
        child_ids: of those with anything in it, in their order.
        totals: pence a year by sort.
        unknown: how many things have no amount.
    """

    name: str
    child_ids: tuple[str, ...]
    totals: Mapping[str, int]
    unknown: int = 0

    def total(self, sort: str) -> int:
        """Pence a year of one sort."""
        return self.totals.get(sort, 0)


def grouped(
    costs: Iterable[Cost],
    name_of: Callable[[Cost], str],
    amount_of: Callable[[Cost], int] = lambda one: one.amount or 0,
) -> tuple[CostGroup, ...]:
    """Costs by a name each has, those that cost most first; "" is told as `NOT_SAID`."""
    held: dict[str, _Sum] = {}
    for one in costs:
        name = name_of(one) or NOT_SAID
        into = held.get(name)
        if into is None:
            into = held[name] = _Sum()
        into.add(one, amount_of(one))
    groups = [one.group(name) for name, one in held.items()]
    return tuple(sorted(groups, key=lambda one: (-sum(one.totals.values()), one.name)))


class _Sum:
    """What comes together of a group."""

    __slots__ = ("_ids", "_totals", "_unknown")

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}
        self._totals: dict[str, int] = {}
        self._unknown = 0

    def add(self, one: Cost, amount: int) -> None:
        """Take a cost in, of which so much counts."""
        self._ids[one.child_id] = None
        self._totals[one.sort] = self._totals.get(one.sort, 0) + amount
        self._unknown += one.amount is None

    def group(self, name: str) -> CostGroup:
        """What came together."""
        return CostGroup(name, tuple(self._ids), self._totals, self._unknown)


def by_year(costs: Iterable[Cost], today: date, many: int = 3) -> tuple[CostGroup, ...]:
    """What was spent in each of the last financial years by the days each thing ran."""
    every, now = list(costs), financial_year(today)
    found = []
    for year in range(now, now - many, -1):
        spent, any_ran = _Sum(), False
        for one in every:
            amount = in_year(one, year)
            if amount or _ran_in(one.since, one.until, year):
                spent.add(one, amount)
                any_ran = True
        if any_ran:
            found.append(spent.group(year_words(year)))
    return tuple(found)


def yearly(year: int) -> Callable[[Cost], int]:
    """What of a cost falls into a financial year; see `in_year`."""
    return lambda one: in_year(one, year)


@lru_cache(maxsize=1 << 16)
def _ran_in(since: date | None, until: date | None, year: int) -> bool:
    first, last = date(year, _APRIL, 1), date(year + 1, _APRIL, 1)
    return (since or first) < last and (until or last) >= first


def pounds(pence: int | None) -> str:
    """An amount, "£1,250"; with pence where there are any; "not said" where nobody said."""
    if pence is None:
        return "not said"
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


def whole_pounds(pence: int) -> str:
    """A sum to the nearest pound, "£1,250"."""
    return f"£{round(pence / 100):,}"


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
