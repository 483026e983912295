"""Why the board's measures are others than they were, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker

PERIOD = ("--from", "2026-01-01", "--to", "2026-11-22")


def run(*words: object, store: Path) -> Said:
    return caseworker(*words, "--store", store, "--today", TODAY)


@pytest.fixture
def few(tmp_path: Path, passphrase: str) -> Path:
    """A store of a few children: every case is told of by each measure that it moved."""
    assert passphrase
    path = tmp_path / "few"
    made = caseworker("demo", path, "--children", 8, "--today", TODAY)
    assert made.code == 0, made.err
    return path


def test_figures_are_held_against_what_was_known_on_an_evening(few: Path) -> None:
    told = run("return", "explain", *PERIOD, "--known-at", "2020-01-01", "--json", store=few)
    assert told.code == 0, told.err
    found = {one["ref"]: one for one in told.json["measures"]}
    plans = found["W1.4e"]
    assert (plans["before"]["denominator"], plans["gone"]) == (0, [])
    assert len(plans["come"]) == plans["now"]["denominator"] > 0
    assert all(plans["recorded"][one["case"]] for one in plans["come"])
    words = run("return", "explain", *PERIOD, "--known-at", "2020-01-01", store=few)
    assert "as known on 1 Jan 2020" in words.out
    ahead = run("return", "explain", *PERIOD, "--known-at", "2099-01-01", store=few)
    assert ahead.out.strip() == "Every figure is as it was known on 1 Jan 2099."


def test_a_period_that_ends_before_it_begins_is_refused(store: Path) -> None:
    dates = ("--from", "2026-11-22", "--to", "2026-11-21", "--known-at", "2026-11-01")
    assert run("return", "explain", *dates, store=store).code == 2
