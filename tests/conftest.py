"""What every test stands on: no screen, no person's own folders, no quiet warnings."""

from __future__ import annotations

import gc
import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

pytest_plugins = ["tests.support.closing", "tests.support.covering", "tests.support.stores"]

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

# Where the tests run in the background they are told to ignore Ctrl-C and a closed terminal, and so
# would every program that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# A slow machine is no fault of a test, so no example has a deadline.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, max_examples=40
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

_FOLDERS = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_UNSET = (
    "CASEWORKER_STORE",
    "CASEWORKER_PASSPHRASE",
    "CASEWORKER_NEW_PASSPHRASE",
    "CASEWORKER_PERSON",
    "CASEWORKER_SECOND_PLACE",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_CACHE_HOME",
)


def pytest_collection_finish() -> None:
    """Let the cycle collector pass over the tests themselves and what they loaded, and come seldom.

    There are so many that walking them took a sixth of the time of whatever makes many objects.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the test a home of its own, made when something first writes there."""
    home = tmp_path.with_name(f"{tmp_path.name}-home")
    for name in _FOLDERS:
        monkeypatch.setenv(name, str(home))
    for name in _UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_quiet_warnings(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail a test that logged a warning or worse, unless it is marked `logs_expected`."""
    yield
    if request.node.get_closest_marker("logs_expected"):
        return
    loud = [
        f"{record.name}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    assert not loud, f"logged without being expected: {loud}"
