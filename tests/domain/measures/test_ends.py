"""What the attacker solves is so: held against every value there is, of few and small numbers."""

from __future__ import annotations

import random
from itertools import product

import pytest

from tests.support.ends import Tied

APART, HIGH = 5, 9


@pytest.mark.parametrize("seed", range(40))
def test_what_is_narrow_is_known_exactly_and_what_is_wide_is_so(seed: int) -> None:
    draw = random.Random(seed)
    tied = Tied()
    true = [draw.randint(0, HIGH) for _ in range(4)]
    shown = draw.random() < 0.5
    for place, value in enumerate(true):
        tied.number(value if shown and not place else 0, value if shown and not place else HIGH)
    for _ in range(draw.randint(1, 3)):
        places = draw.sample(range(4), draw.randint(1, 4))
        factors = {place: float(draw.choice((-2, -1, 1, 2, 3))) for place in places}
        made = sum(factor * true[place] for place, factor in factors.items())
        tied.row(factors, made, made + draw.choice((0, 0, 3)))
    possible = [
        values
        for values in product(range(HIGH + 1), repeat=4)
        if not (shown and values[0] != true[0])
        and all(
            low <= sum(factor * values[place] for place, factor in factors.items()) <= high
            for factors, low, high in tied.rows
        )
    ]
    # Where to begin changes nothing, be it true, false or not known.
    for point in (dict(enumerate(true)), dict.fromkeys(range(4), HIGH), {}):
        for place, (least, greatest) in tied.ends(range(4), APART, point).items():
            ends = [some(values[place] for values in possible) for some in (min, max)]
            if ends[1] - ends[0] < APART:
                assert [least, greatest] == ends
            else:
                assert greatest - least >= APART
                assert ends[0] <= least
                assert greatest <= ends[1]
