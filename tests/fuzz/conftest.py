"""Whole files of every kind, made once a process, and a process of its own to measure in."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, Protocol, TypeVar

import pytest

from tests.fuzz.originals import Originals, make


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Originals:
    return make(tmp_path_factory.mktemp("whole"))


P = ParamSpec("P")
T = TypeVar("T")


class Apart(Protocol):
    """Calls a function in a process of its own."""

    def __call__(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function gives."""
        ...


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    """A process whose memory nothing else has filled: its children's peak cannot be set back."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        yield lambda call, *args, **kwargs: pool.submit(call, *args, **kwargs).result()
