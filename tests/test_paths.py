"""What travels with the application is found in source, wheel and frozen build."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from caseworker_app import paths


def _bundle(folder: Path) -> Path:
    (folder / "resources").mkdir(parents=True)
    (folder / "db" / "migrations").mkdir(parents=True)
    return folder


def test_in_the_source_tree_it_stands_at_the_top() -> None:
    assert (paths.resources() / "rules" / "pack.toml").is_file()
    assert (paths.migrations() / "env.py").is_file()


def test_in_a_wheel_it_is_under_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "caseworker_app"
    bundled = _bundle(package / "_bundled")
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))

    assert paths.resources() == bundled / "resources"
    assert paths.migrations() == bundled / "db" / "migrations"


@pytest.mark.parametrize("inside", [".", "caseworker_app/_bundled"])
def test_in_a_frozen_build_it_is_in_the_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    bundled = _bundle(tmp_path / inside)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert paths.resources().resolve() == (bundled / "resources").resolve()


def test_an_installation_without_it_is_said_to_be_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "caseworker_app" / "paths.py"))
    with pytest.raises(FileNotFoundError, match="missing from this installation"):
        paths.bundle()


def test_a_persons_folders_are_her_own_alone() -> None:
    for folder in (paths.data_folder(), paths.log_folder()):
        assert folder.is_dir()
        # Windows has no such modes; there the folder lies in the person's own profile.
        assert os.name != "posix" or stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert paths.default_store().parent == paths.data_folder()
