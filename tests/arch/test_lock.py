"""The lock holds every package the project asks for, at one version, from nowhere in particular."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.support.project import ROOT

LINES = [
    line
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LOCKED = {
    re.sub(r"[-_.]+", "-", requirement.name).lower(): requirement
    for requirement in map(Requirement, LINES)
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["dev"],
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_one_version_and_no_address(line: str) -> None:
    requirement = Requirement(line)
    assert requirement.url is None
    assert re.fullmatch(r"==[\w.]+", str(requirement.specifier))


@pytest.mark.parametrize("asked", ASKED)
def test_what_the_project_asks_for_is_locked_within_its_bounds(asked: str) -> None:
    requirement = Requirement(asked)
    locked = LOCKED[re.sub(r"[-_.]+", "-", requirement.name).lower()]
    version = str(locked.specifier).removeprefix("==")
    assert requirement.specifier.contains(version, prereleases=True)


@pytest.mark.parametrize("asked", ASKED)
def test_every_package_asked_for_says_why_it_is_here(asked: str) -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert f"| {Requirement(asked).name} |" in page
