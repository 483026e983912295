"""The wheel carries resources and migrations, and finds them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.support.project import ROOT, name, tracked_files


def test_the_wheel_holds_every_resource_and_migration_and_finds_them(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        archive.extractall(unpacked)
    wanted = {
        f"caseworker_app/_bundled/{name(path)}"
        for path in tracked_files()
        if name(path).startswith(("resources/", "db/"))
    }
    assert wanted
    assert wanted <= held
    found = subprocess.run(
        [sys.executable, "-c", "from caseworker_app import paths; print(paths.resources())"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    assert Path(found) == unpacked / "caseworker_app" / "_bundled" / "resources"
