"""The cycle collector rests for the length of a block, and is then as it was."""

import gc
from collections.abc import Iterator

import pytest

from caseworker_app.services.without_collector import without_collector


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


def test_it_rests_within_the_block_only() -> None:
    gc.enable()
    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_wakes_after_an_error() -> None:
    gc.enable()
    with pytest.raises(ZeroDivisionError), without_collector():
        _ = 1 // 0
    assert gc.isenabled()


def test_one_within_another_does_not_wake_it_early() -> None:
    gc.enable()
    with without_collector():
        with without_collector():
            pass
        assert not gc.isenabled()


def test_one_that_was_off_stays_off() -> None:
    gc.disable()
    with without_collector():
        pass
    assert not gc.isenabled()


def test_what_was_put_aside_before_stays_aside() -> None:
    gc.enable()
    before = gc.get_freeze_count()
    gc.freeze()
    try:
        aside = gc.get_freeze_count()
        with without_collector():
            made: list[object] = [[] for _ in range(30_000)]
        assert gc.get_freeze_count() >= aside - 1_000
        assert len(made) == 30_000
    finally:
        if not before:
            gc.unfreeze()


def test_much_that_was_made_is_walked_no_more_as_new() -> None:
    aside = gc.get_freeze_count()
    gc.unfreeze()
    try:
        gc.enable()
        with without_collector():
            made: list[object] = [[] for _ in range(30_000)]
        assert len(gc.get_objects(generation=0)) < 30_000 == len(made)
    finally:
        if aside:
            gc.freeze()
