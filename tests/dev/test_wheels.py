"""Which pins a system wants, by the lock's own conditions."""

from __future__ import annotations

from wheels import SYSTEMS, wanted_on

_LOCK = (
    "# a comment",
    "click==8.5.1",
    'colorama==0.4.6 ; sys_platform == "win32"',
    'jeepney==0.9.0 ; sys_platform == "linux"',
    'macholib==1.16.4 ; sys_platform == "darwin"',
    'tomli==2.0.0 ; python_version < "3.12"',
)


def test_each_system_and_python_wants_its_own() -> None:
    found = {
        (system.words, python): set(wanted_on(system, python, _LOCK))
        for system in SYSTEMS
        for python in ("3.11", "3.13")
    }
    assert found["Windows x64", "3.13"] == {"click==8.5.1", "colorama==0.4.6"}
    assert found["Linux x64", "3.13"] == {"click==8.5.1", "jeepney==0.9.0"}
    assert found["macOS arm64", "3.11"] == {"click==8.5.1", "macholib==1.16.4", "tomli==2.0.0"}
