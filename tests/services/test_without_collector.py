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
