"""A forecast held against its own past: made from what was known then, beside what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseworker_app.domain.place_planning.history import PlacesHistory
from caseworker_app.domain.place_planning.projection import Band, January, Projection

LARGE = 30
"""Settings and needs with fewer plans than this are not counted: a plan more or less is chance."""

_BY = {"settings": 0, "needs": 1, "years_taught": 2}


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of a January: as it was forecast, and as it was.

    Attributes:
        part: "total", or which of `settings`, `needs` and `years_taught` it belongs to.
        code: of the setting, the need or the year group; "" for the total.
    """

    year: int
    part: str
    code: str
    band: Band
    truth: int

    @property
    def id(self) -> str:
        """What tells it from others."""
        return f"{self.year}/{self.part}/{self.code}"

    @property
    def error(self) -> float:
        """By how much the middle of the forecast was too high, below nought too low."""
        return self.band.p50 - self.truth

    @property
    def held(self) -> bool:
        """Whether the band of 80 % held what came."""
        return self.band.holds(self.truth)


@dataclass(frozen=True, slots=True)
class BackTest:
    """Every figure of a forecast whose years have come.

    Attributes:
        made: the January it starts from.
        carried_on: what the last total would be had the growth of the last year gone on.
    """

    made: int
    compared: Sequence[Compared]
    carried_on: float

    @property
    def large(self) -> tuple[Compared, ...]:
        """The settings and needs of the last January that have `LARGE` plans or more."""
        last = max((one.year for one in self.compared), default=0)
        return tuple(
            one
            for one in self.compared
            if one.year == last and one.part in ("settings", "needs") and one.truth >= LARGE
        )

    @property
    def words(self) -> str:
        """What came of it, in a sentence or two."""
        totals = [one for one in self.compared if one.part == "total"]
        if not totals:
            return ""
        last, large = totals[-1], self.large
        held = sum(one.held for one in large)
        return (
            f"A forecast of January {self.made} gave {last.band.words} plans for January "
            f"{last.year}; there were {last.truth:,}, so it was out by {last.error:+,.0f}. "
            f"Carrying on the growth of its last year would have been out by "
            f"{self.carried_on - last.truth:+,.0f}. The 80 % band held {held} of {len(large)} "
            f"settings and needs with {LARGE} plans or more."
        )


def compared(projection: Projection, history: PlacesHistory) -> BackTest:
    """A forecast beside what the history says of its years."""
    first = projection.years[0]
    found: list[Compared] = []
    for january in projection.years[1:]:
        if january.year <= history.starts:
            found += _of(january, history.stock(january.year))
    before = sum(history.stock(first.year - 1).values()) or sum(
        not one.joins for one in history.moves if one.year == first.year - 1
    )
    start = sum(history.stock(first.year).values())
    last = max((one.year for one in found), default=first.year)
    carried = start * (start / before) ** (last - first.year) if before else float(start)
    return BackTest(first.year, tuple(found), carried)


def _of(january: January, stock: Mapping[tuple[str, str, int], int]) -> list[Compared]:
    found = [Compared(january.year, "total", "", january.total, sum(stock.values()))]
    for part, at in _BY.items():
        truth: Counter[str] = Counter()
        for key, many in stock.items():
            truth[str(key[at])] += many
        bands = getattr(january, part)
        found += [
            Compared(january.year, part, code, band, truth[code]) for code, band in bands.items()
        ]
    return found
