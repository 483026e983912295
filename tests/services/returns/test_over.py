"""What a count is over, by which returns of several periods are tied, holds of what is counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.catalogue import OF_THE_PERIOD
from caseworker_app.domain.measures.published import published
from caseworker_app.domain.measures.relations import Over, over
from caseworker_app.domain.measures.suppression import Counts
from caseworker_app.services.returns.counting import Asked, count
from tests.domain.measures.making import catalogue
from tests.support.stores import PASSPHRASE, TODAY

END = date(2026, 3, 31)
STARTS = (date(2022, 9, 1), date(2025, 9, 1), date(2026, 3, 30))
LATER = (date(2026, 5, 31), date(2026, 9, 30))


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[date, date], Counts]:
    """Every count of a demo borough, by the first day of the period and the day it is as at."""
    where = str(Path(tmp_path_factory.mktemp("over")) / "town.store")
    bootstrap.demo(where, children=150, seed=5, today=TODAY, passphrase=PASSPHRASE)
    session = bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY)
    definitions = bootstrap._definitions()
    try:
        return {
            (start, day): published(
                count(session, Asked(Period(start, END), day), definitions).whole
            )
            for start, day in (*((one, END) for one in STARTS), *((STARTS[1], on) for on in LATER))
        }
    finally:
        session.close()


def test_each_measure_is_over_what_the_catalogue_says() -> None:
    wrong = []
    for measure in catalogue():
        refs = [measure.ref, *(f"{measure.ref}-{one.suffix}" for one in measure.beside)]
        for cell in [(ref, "numerator") for ref in refs]:
            day = measure.over != OF_THE_PERIOD
            how = over(cell, {cell} if day else ())
            if how is not Over.OWN and (how is Over.DAY) != day:
                wrong.append(cell)
    assert wrong == []


def test_what_is_the_same_for_every_period_is_said_to_be_of_the_day(
    counted: dict[tuple[date, date], Counts],
) -> None:
    """And the other way round: nothing is tied as of the day that another period has more of."""
    long, *shorter = (counted[start, END] for start in STARTS)
    same, other, seen = [], [], 0
    # The year that holds the period may be another, so that those are tied where they are equal.
    of_a_year = {one.ref for one in catalogue() if one.over == "year"}
    for cell, number in long.counts.items():
        if cell in long.follows | long.loose or cell[0].startswith("transfers_"):
            continue
        how = over(cell, long.of_the_day)
        numbers = {one.counts.get(cell, number) for one in shorter}
        seen += how is Over.DAY and number > 0
        if number and numbers == {number} and how not in (Over.DAY, Over.OWN):
            same.append(cell)
        if numbers != {number} and how is Over.DAY and cell[0] not in of_a_year:
            other.append(cell)
    assert (same, other) == ([], [])
    assert seen > 100


def test_what_came_in_a_period_grows_or_shrinks_with_the_days_as_is_said(
    counted: dict[tuple[date, date], Counts],
) -> None:
    days = [counted[STARTS[1], on].counts for on in (END, *LATER)]
    wrong, seen = [], 0
    for cell in days[0]:
        numbers = [one[cell] for one in days if cell in one]
        if "rest of" in cell or len(numbers) < len(days):
            continue
        match over(cell, counted[STARTS[1], END].of_the_day):
            case Over.EXACT:
                right = [numbers[0]] * len(numbers)
            case Over.GROWING:
                right = sorted(numbers)
            case Over.SHRINKING:
                right = sorted(numbers, reverse=True)
            case _:
                continue
        seen += any(numbers)
        if numbers != right:
            wrong.append((cell, numbers))
    assert wrong == []
    assert seen > 20
