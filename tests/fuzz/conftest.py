"""Whole files of every kind, made once for all fuzz tests of a process."""

from __future__ import annotations

import pytest

from tests.fuzz.originals import Originals, make


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Originals:
    return make(tmp_path_factory.mktemp("whole"))
