"""Trackers in layouts nobody has seen come in with every child, every event and every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.imports import reading as imports
from tests.imports.made import compare, trackers


@pytest.mark.parametrize("seed", range(80))
def test_a_tracker_of_any_layout_is_read_to_the_last_cell(seed: int, tmp_path: Path) -> None:
    path, truth = trackers.make(seed, tmp_path, count=35)
    assert len(truth.cases) > 20
    got = imports.read([path], today=trackers.TODAY)
    assert compare.differences(truth, got) == []


@pytest.mark.parametrize("seed", [3, 11, 27])
def test_the_comparison_sees_what_is_wrong(seed: int, tmp_path: Path) -> None:
    path, truth = trackers.make(seed, tmp_path, count=20)
    _, other = trackers.make(seed + 1, tmp_path, count=20)
    got = imports.read([path], today=trackers.TODAY)
    assert len(compare.differences(other, got)) > 20
    assert got.rows_read == len(truth.cases) + len(truth.parked)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path, _ = trackers.make(5, tmp_path, count=20)
    twice = imports.read([path, path], today=trackers.TODAY)
    assert twice == imports.read([path], today=trackers.TODAY)


def test_several_trackers_are_read_as_one(tmp_path: Path) -> None:
    books = [trackers.make(seed, tmp_path, count=20) for seed in (41, 42)]
    got = imports.read([path for path, _ in books], today=trackers.TODAY)
    assert got.files == tuple(path.name for path, _ in books)
    assert got.rows_read == sum(len(truth.cases) + len(truth.parked) for _, truth in books)
