"""A drawn sample of the pairs of children that `dev.py prove pairs` tries whole."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.pairs import KINDS, draw
from tests.support.project import ROOT


@pytest.fixture(scope="module")
def pairs() -> ModuleType:
    """The count itself."""
    path = ROOT / "dev" / "prove" / "pairs.py"
    spec = importlib.util.spec_from_file_location("prove_pairs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["prove_pairs"] = module
    spec.loader.exec_module(module)
    return module


def test_forty_pairs_are_never_merged_and_nothing_of_them_goes_untold(pairs: ModuleType) -> None:
    figures, *wrong = pairs.prove(40, 2026)

    assert wrong == []
    assert figures.startswith("40 pairs in 3 ways, seed 2026: ")


@given(st.randoms(use_true_random=False), st.integers(0, 999))
def test_every_kind_can_be_drawn(random: object, number: int) -> None:
    pair = draw(random, number)  # type: ignore[arg-type]

    assert pair.kind in KINDS
    assert pair.first.met != pair.second.met


def test_the_count_sees_a_pair_that_was_merged(
    pairs: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is held against the truth is really held against it."""
    real = pairs.draw

    def turned(random: object, number: int) -> object:
        pair = real(random, number)
        pair.same = not pair.same
        return pair

    monkeypatch.setattr(pairs, "draw", turned)

    assert any(line.startswith("WRONG") and "merged" in line for line in pairs.prove(20, 3)[1:])
