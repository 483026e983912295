from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app import bootstrap, paths
from caseworker_app.ui.runtime.last_store import remember, to_open


def test_without_any_store_there_is_none_to_open(tmp_path: Path) -> None:
    assert to_open(bootstrap.application(), tmp_path) is None


def test_the_one_used_last_comes_before_the_default(tmp_path: Path) -> None:
    application = bootstrap.application()
    default = paths.default_store()
    default.touch()
    assert to_open(application, tmp_path) == str(default)
    last = tmp_path / "elsewhere.store"
    remember(tmp_path, str(last))
    assert to_open(application, tmp_path) == str(default)
    last.touch()
    assert to_open(application, tmp_path) == str(last)


def test_the_store_named_by_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = tmp_path / "elsewhere.store"
    last.touch()
    remember(tmp_path, str(last))
    monkeypatch.setenv("CASEWORKER_STORE", "postgresql+psycopg://db/cases")
    assert to_open(bootstrap.application(), tmp_path) == "postgresql+psycopg://db/cases"
