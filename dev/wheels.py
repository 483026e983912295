"""Ask the registry whether every pinned package has a wheel for each system and Python we serve."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

HERE = Path(__file__).resolve().parent.parent
LOCK = HERE / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13")
_MISSING = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)==")


@dataclass(frozen=True, slots=True)
class System:
    """A system we serve.

    Attributes:
        words: what people call it.
        markers: what the lock's conditions see there.
        tags: the platforms that its wheels may be for.
    """

    words: str
    markers: dict[str, str]
    tags: tuple[str, ...]


SYSTEMS = (
    System(
        "Windows x64",
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
        ("win_amd64",),
    ),
    System(
        "macOS arm64",
        {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
        ("macosx_14_0_arm64", "macosx_14_0_universal2"),
    ),
    System(
        "Linux x64",
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
        (*(f"manylinux_2_{minor}_x86_64" for minor in range(34, 16, -1)), "manylinux2014_x86_64"),
    ),
)


def main() -> int:
    """Ask for every system and Python, or for those named; 1 where any wheel is missing."""
    parser = argparse.ArgumentParser(prog="dev.py wheels", description=__doc__)
    parser.add_argument("--system", choices=[one.words for one in SYSTEMS], action="append")
    parser.add_argument("--python", choices=PYTHONS, action="append")
    given = parser.parse_args()
    wrong = 0
    for system in SYSTEMS:
        for python in PYTHONS:
            if system.words in (given.system or [system.words]) and python in (
                given.python or [python]
            ):
                wanted = list(wanted_on(system, python, LOCK.read_text("utf-8").splitlines()))
                missing = missing_of(system, python, wanted)
                said = f"missing: {', '.join(missing)}" if missing else "all there"
                print(f"{system.words}, Python {python}: {len(wanted)} wheels, {said}", flush=True)
                wrong |= bool(missing)
    return wrong


def wanted_on(system: System, python: str, lines: Iterable[str]) -> Iterator[str]:
    """The pins of a lock that hold on a system, without their conditions.

    Args:
        system: the system.
        python: the version of Python, "3.12".
        lines: of the lock.
    """
    there = {
        **system.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_machine": system.tags[0].rpartition("_")[2],
        "extra": "",
    }
    for line in lines:
        text = line.partition("#")[0].strip()
        if not text:
            continue
        pin = Requirement(text)
        if pin.marker is None or pin.marker.evaluate(there):
            yield f"{pin.name}{pin.specifier}"


def missing_of(system: System, python: str, wanted: list[str]) -> list[str]:
    """The pins that the registry has no wheel of, for a system and a Python."""
    missing: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        while True:
            listed = Path(folder) / "wanted.txt"
            left = [pin for pin in wanted if pin.partition("==")[0] not in missing]
            listed.write_text("\n".join(left), encoding="utf-8")
            command = [
                *(sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-deps"),
                *("--only-binary=:all:", "--target", folder, "--python-version", python),
                *(part for tag in system.tags for part in ("--platform", tag)),
                *("--implementation", "cp", "-r", str(listed)),
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return missing
            found = _MISSING.search(done.stderr)
            if found is None:
                sys.exit(done.stderr.strip().splitlines()[-1])
            missing.append(found[1])


if __name__ == "__main__":
    sys.exit(main())
