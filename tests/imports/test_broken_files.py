"""Whatever is done to a file, reading it ends with children or with one plain sentence."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.imports import reading as imports
from tests.imports.made import sen2, trackers
from tests.support import mutations


def _refusal(path: Path) -> str:
    """The sentence that a file is refused with, or "" when it is read."""
    try:
        imports.read([path], today=trackers.TODAY)
    except CaseworkerError as error:
        return error.sentence
    return ""


@pytest.mark.parametrize("seed", range(12))
def test_broken_trackers_never_end_in_a_traceback(seed: int, tmp_path: Path) -> None:
    draw = Random(seed)
    path, _ = trackers.make(seed, tmp_path, count=12)
    whole = path.read_bytes()
    refused = 0
    for _ in range(25):
        _, data = mutations.broken(draw, whole)
        path.write_bytes(data)
        sentence = _refusal(path)
        assert sentence.count("\n") == 0
        assert not sentence or path.name in sentence
        refused += bool(sentence)
    assert refused > 3


@pytest.mark.parametrize("seed", range(4))
def test_broken_exports_never_end_in_a_traceback(seed: int, tmp_path: Path) -> None:
    draw = Random(seed)
    files = sen2.exports(tmp_path, sen2.ROWS)
    for _ in range(25):
        unlucky = draw.choice(files)
        whole = unlucky.read_bytes()
        unlucky.write_bytes(mutations.broken(draw, whole)[1])
        assert _refusal(tmp_path).count("\n") == 0
        unlucky.write_bytes(whole)
