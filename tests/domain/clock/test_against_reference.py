"""The clock against a second, slower one over thousands of random histories."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.people import Setting
from tests.domain.clock.histories import history
from tests.domain.clock.reference import Row, reference
from tests.support.clock import child, count

COUNTED = {
    "NA-02", "NA-03", "NA-05", "NA-09", "AR-01", "AR-02", "AR-06", "AR-07", "AR-09", "AR-11",
    "PT-01", "PT-02", "PT-03",
}  # fmt: skip

PLACES: list[tuple[Setting | None, dict[int, str]]] = [
    (None, {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
    (Setting("", "primary", 6), {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
    (Setting("", "infant", 2), {0: "PT-01", 3: "PT-02", 7: "PT-02", 12: "PT-03"}),
    (Setting("", "first", 4), {0: "PT-01", 5: "PT-02", 12: "PT-03"}),
    (Setting("", "middle", 8), {0: "PT-01", 9: "PT-02", 12: "PT-03"}),
    (Setting("", "secondary", 13), {0: "PT-01", 7: "PT-02", 12: "PT-03", 14: "PT-03"}),
    (Setting("", "special", 14), {0: "PT-01", 7: "PT-02", 12: "PT-03", 15: "PT-03"}),
    (Setting("", "all_through", 11), {0: "PT-01", 7: "PT-02", 12: "PT-03"}),
]

MET = {State.MET, State.MET_LATE}


def rows(found: Iterable[Deadline], today: date) -> list[Row]:
    lines = []
    for one in found:
        if one.rule in COUNTED:
            state = one.state(today)
            lines.append((one.rule, one.due, state.value, one.met_on if state in MET else None))
    return sorted(lines, key=str)


@pytest.mark.parametrize("seed", range(20))
def test_both_clocks_agree(seed: int) -> None:
    rnd = random.Random(seed)
    for _ in range(150):
        facts = history(rnd)
        today = date(2015, 1, 1) + timedelta(days=rnd.randrange(5000))
        born = date(2000, 1, 1) + timedelta(days=rnd.randrange(6000))
        setting, leaves = rnd.choice(PLACES)
        since = rnd.choice([None, None, date(2019, 9, 1)])
        of = child(born.isoformat(), history_from=since)
        found = rows(count(*facts, of=of, setting=setting), today)
        expected = sorted(reference(facts, today, born, leaves, since), key=str)
        assert found == expected, sorted(facts, key=lambda one: one.on)
