"""The proof that an installation is whole, run without a window."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused
from caseworker_app.services.selfcheck import self_check


def test_a_whole_installation_passes_and_a_step_that_fails_is_named(tmp_path: Path) -> None:
    drawn: list[str] = []
    before = dict(os.environ)
    assert self_check(bootstrap.application(), tmp_path / "whole", drawn.append) == ()
    assert drawn == [str(tmp_path / "whole" / "self-check.store")]
    assert os.environ == before
    with pytest.raises(Refused, match="wants a folder of its own"):
        self_check(bootstrap.application(), tmp_path / "whole", drawn.append)


@pytest.mark.logs_expected
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused("There is no screen."), "The window failed: There is no screen."),
        (ValueError("odd"), "The window failed: ValueError: odd"),
    ],
)
def test_what_goes_wrong_is_a_sentence(tmp_path: Path, error: Exception, said: str) -> None:
    def show(where: str) -> None:
        raise error

    assert self_check(bootstrap.application(), tmp_path / "own", show) == (said,)
