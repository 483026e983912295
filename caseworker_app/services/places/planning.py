"""What the Places screen shows: places filled, a forecast, its own past, and scenarios kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from caseworker_app.domain.declarations.places import Commissioned, PlacesScenario
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.place_planning.assumptions import Assumptions
from caseworker_app.domain.place_planning.back_test import BackTest, compared
from caseworker_app.domain.place_planning.filled import Filled, filled
from caseworker_app.domain.place_planning.history import PlacesHistory
from caseworker_app.domain.place_planning.projection import Projection
from caseworker_app.domain.yeargroup import school_year
from caseworker_app.services.gate import asks_itself
from caseworker_app.services.places.from_store import look, put_together

if TYPE_CHECKING:
    from caseworker_app.services.progress import Progress
    from caseworker_app.services.session import Session

SHOWN_YEARS = 4
"""So many school years of pupils beside places are shown."""

BACK = 3
"""From how many years ago a forecast is held against what happened."""

NO_HISTORY = (
    "There is no plan in two Januaries running yet, so no rates can be taken for a forecast. "
    "It begins once the store holds plans of last January and of the one before."
)


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of places.

    Attributes:
        filled: pupils beside places commissioned, a row a setting and kind of place.
        history: for a forecast.
        scenarios: those that were kept, by name.
    """

    filled: tuple[Filled, ...]
    history: PlacesHistory
    scenarios: tuple[PlacesScenario, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast with its past.

    Attributes:
        past: None where the history is too short to make one.
    """

    assumed: Assumptions
    projection: Projection
    past: BackTest | None


@asks_itself
def places(session: Session, progress: Progress | None = None) -> Places:
    """What the store knows of places.

    Raises:
        Refused: the person may not see it.
        Cancelled: the progress says so.
    """
    session.person.ask("improvement", Right.READ)
    with session.store.reading() as reading:
        looked = look(reading, session.today(), progress)
        history = put_together(looked, reading)
        pupils: Counter[tuple[str, str, int]] = Counter()
        for each in looked.places.values():
            for year, place in zip(looked.januaries, each, strict=True):
                if place is not None and place.setting_id:
                    pupils[place.setting_id, place.kind, year - 1] += 1
        known = [year - 1 for year in looked.januaries][-SHOWN_YEARS:]
        this = school_year(session.today())
        if this not in known:
            # The census of this school year is still to come, so today stands for it.
            known.append(this)
            for place in looked.now.values():
                if place.setting_id:
                    pupils[place.setting_id, place.kind, this] += 1
        rows = filled(
            pupils, reading.settings(), reading.all_of(kind_of(Commissioned)).values(), known
        )
        kept: list[PlacesScenario] = list(reading.all_of(kind_of(PlacesScenario)).values())
    return Places(rows, history, tuple(sorted(kept, key=lambda one: one.name)))


def forecast_of(
    history: PlacesHistory, assumed: Assumptions, progress: Progress | None = None
) -> Forecast:
    """A forecast, held against its own past where there is enough of it.

    Raises:
        Refused: there is no year of history to take rates from.
        Cancelled: the progress says so.
    """
    # What simulates loads numpy, which no start of the window may wait for.
    from caseworker_app.services.places.simulating import forecast

    if not history.moves:
        raise Refused(NO_HISTORY)
    return Forecast(
        assumed, forecast(history, assumed, progress), past_of(history, assumed, progress)
    )


def past_of(
    history: PlacesHistory, assumed: Assumptions, progress: Progress | None = None
) -> BackTest | None:
    """A forecast from some years ago beside what happened; None where the history is too short."""
    from caseworker_app.services.places.simulating import forecast

    back = _back(history)
    if not back:
        return None
    before = history.until(history.starts - back)
    # What a person assumes of the years to come was assumed by nobody then.
    then = Assumptions(
        rates_from=assumed.rates_from,
        trend=assumed.trend,
        ahead=back,
        simulations=min(assumed.simulations, 400),
        seed=assumed.seed,
    )
    if not before.stock(before.starts):
        return None
    return compared(forecast(before, then, progress), history)


def _back(history: PlacesHistory) -> int:
    """How many years ago a forecast can be made from: two years of rates are better than one."""
    for wanted in (2, 1):
        for back in range(BACK, 0, -1):
            if len(history.until(history.starts - back).years) >= wanted:
                return back
    return 0


def with_years_to(assumed: Assumptions, history: PlacesHistory, until: int) -> Assumptions:
    """The same up to the January of a year. Raises `Refused` where that is not ahead."""
    if not history.moves:
        raise Refused(NO_HISTORY)
    if until <= history.starts:
        raise Refused(
            f"The forecast starts from January {history.starts}, so it ends in a later year.",
            "until",
        )
    return replace(assumed, ahead=until - history.starts)
