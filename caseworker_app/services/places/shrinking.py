"""Shares and rates of many small groups, each drawn towards those of the larger group it is of.

How strongly is read from the data: of a few strengths, that is taken under which the counts seen
are likeliest (a beta-binomial, a Dirichlet-multinomial, or for rates a negative binomial). Where
groups do not differ they share what they know; where they do, each keeps to its own.
"""

from __future__ import annotations

from math import lgamma

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)
_LEAST = 1e-9


def strength(counts: Floats, expected: Floats) -> float:
    """How many cases the larger group's shares are worth beside a group's own.

    Args:
        counts: a row a group, a column a way to go.
        expected: the shares of the larger group of each row.
    """
    seen = counts.sum(axis=1) > 0
    if not seen.any():
        return _STRENGTHS[0]
    rows = counts[seen]
    shares = np.maximum(np.broadcast_to(expected, counts.shape)[seen], _LEAST)
    return max(_STRENGTHS, key=lambda worth: _likely_shares(rows, shares, worth))


def _likely_shares(counts: Floats, shares: Floats, worth: float) -> float:
    total = 0.0
    for row in counts.sum(axis=1):
        total += lgamma(worth) - lgamma(worth + float(row))
    for at in np.argwhere(counts > 0):
        alpha = worth * float(shares[tuple(at)])
        total += lgamma(alpha + float(counts[tuple(at)])) - lgamma(alpha)
    return total


def rate_strength(counts: Floats, expected: Floats) -> float:
    """The same for rates: how many events the larger group's rate is worth.

    Args:
        counts: how many events each group had.
        expected: how many it would have had at the larger group's rate.
    """
    seen = expected > 0
    if not seen.any():
        return _STRENGTHS[0]
    pairs = list(zip(counts[seen].tolist(), expected[seen].tolist(), strict=True))
    return max(_STRENGTHS, key=lambda worth: sum(_likely_rate(*one, worth) for one in pairs))


def _likely_rate(count: float, expected: float, worth: float) -> float:
    share = worth / (worth + expected)
    return float(
        lgamma(worth + count)
        - lgamma(worth)
        + worth * np.log(share)
        + count * np.log(max(1 - share, _LEAST))
    )


def draw_shares(rng: np.random.Generator, parents: Floats, counts: Floats, worth: float) -> Floats:
    """Shares of each group for each simulation.

    Args:
        rng: what is drawn from.
        parents: of the larger group of each row: by simulation, row and way.
        counts: by row and way.
        worth: from `strength`.
    """
    drawn = rng.standard_gamma(np.maximum(worth * parents, _LEAST) + counts)
    whole = drawn.sum(axis=-1, keepdims=True)
    return np.where(whole > 0, drawn / np.where(whole > 0, whole, 1), parents)


def draw_rates(
    rng: np.random.Generator, parents: Floats, counts: Floats, exposed: Floats, worth: float
) -> Floats:
    """Rates of each group for each simulation, by how many it was seen among; see `draw_shares`."""
    rates: Floats = rng.standard_gamma(worth + counts, size=parents.shape)
    return rates / (worth / np.maximum(parents, _LEAST) + exposed)
