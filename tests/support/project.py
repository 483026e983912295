"""The project's own files, for tests that read them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "caseworker_app"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file under version control that is there."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def tracked(folder: Path, suffix: str) -> list[Path]:
    """The tracked files below a folder with a suffix."""
    return [path for path in tracked_files() if path.suffix == suffix and folder in path.parents]


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    """A path as the project's people write it."""
    return path.relative_to(ROOT).as_posix()
