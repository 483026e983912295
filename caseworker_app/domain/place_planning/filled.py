"""Pupils at each setting beside the places commissioned there, year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from caseworker_app.domain.declarations.places import PLACES, Commissioned
from caseworker_app.domain.people import Setting


@dataclass(frozen=True, slots=True)
class Year:
    """One school year at a setting.

    Attributes:
        year: the calendar year it begins in.
        pupils: with a plan of this council on its census day; None where that is still to come.
        places: commissioned, or None where none are recorded.
    """

    year: int
    pupils: int | None
    places: int | None

    @property
    def words(self) -> str:
        """Pupils of places: "62 of 60"; "" where nothing is known."""
        pupils = "…" if self.pupils is None else f"{self.pupils:,}"
        if self.places is None:
            return "" if not self.pupils else pupils
        return f"{pupils} of {self.places:,}"

    @property
    def over(self) -> int:
        """How many pupils more than places; below nought, how many places are free."""
        if self.pupils is None or self.places is None:
            return 0
        return self.pupils - self.places


@dataclass(frozen=True, slots=True)
class Filled:
    """A setting and a kind of place there, over the years.

    Attributes:
        kind: a key of `PLACES`, or "" for a setting with no place commissioned.
        years: in order; the last may be to come.
    """

    setting_id: str
    setting: str
    kind: str
    years: Sequence[Year]

    @property
    def id(self) -> str:
        """What tells it from others."""
        return f"{self.setting_id}/{self.kind}"

    @property
    def kind_words(self) -> str:
        """The kind in words."""
        return PLACES.get(self.kind, "")

    @property
    def now(self) -> Year | None:
        """The last year whose pupils are known."""
        return next((one for one in reversed(self.years) if one.pupils is not None), None)

    @property
    def stands(self) -> str:
        """How it stands now, in words."""
        now = self.now
        if now is None or now.places is None:
            return "no places recorded"
        if now.over > 0:
            return f"{now.over:,} over"
        return f"{-now.over:,} free" if now.over else "full"


_OF_KIND = {"special": "special", "unit": "unit", "resourced": "resourced", "fe": "college"}
"""Which kind of placement fills which kind of place."""


def filled(
    pupils: Mapping[tuple[str, str, int], int],
    settings: Iterable[Setting],
    commissioned: Iterable[Commissioned],
    known: Sequence[int],
) -> tuple[Filled, ...]:
    """A row a setting and kind of place; special schools and colleges without places too.

    Args:
        pupils: by setting, kind of placement, and the year in which the school year begins.
        settings: of the store.
        commissioned: places, as they are recorded.
        known: the school years whose pupils are known, in order.
    """
    places: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for one in commissioned:
        places[one.setting_id, one.kind][one.year] = one.places
    taken = {(setting, kind) for setting, kind, _ in pupils}
    wanted = set(places) | {
        (setting, kind) for kind, of in _OF_KIND.items() for setting, other in taken if other == of
    }
    names = {one.id: one.name for one in settings}
    ahead = [known[-1] + 1] if known else []
    rows = []
    for setting_id, kind in wanted:
        held = places.get((setting_id, kind), {})
        years = [
            Year(year, pupils.get((setting_id, _OF_KIND[kind], year), 0), held.get(year))
            for year in known
        ]
        years += [Year(year, None, held.get(year)) for year in ahead]
        rows.append(Filled(setting_id, names.get(setting_id, ""), kind, tuple(years)))
    order = list(PLACES)
    return tuple(sorted(rows, key=lambda one: (order.index(one.kind), one.setting, one.setting_id)))
