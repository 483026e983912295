"""Which tests count towards the branch coverage of domain and services: their own, one by one.

What the window happens to pass through is not tested by it, and a drawn history reaches a branch
today and misses it tomorrow; what passes on a file takes the same branches on a server. So only the
examples written by hand in the tests of these packages count, once.

Watching the branches doubles the time of whatever runs meanwhile, libraries too. So it is off for
all else, the making of stores and windows above all, and while the database is asked, which is most
of what a use case does.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, RootTransaction

import caseworker_app.domain
import caseworker_app.services
from tests.support.project import ROOT

COUNTED = tuple(ROOT / "tests" / name for name in ("domain", "services", "rulebook", "demo"))

_ELSEWHERE = (
    *((Connection, name) for name in ("execute", "exec_driver_sql", "begin", "close")),
    (RootTransaction, "commit"),
    (command, "upgrade"),
)
"""What runs libraries alone, and runs them long."""


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Load what counts while its first lines are looked at, and watch nothing after that.

    To gather the tests themselves takes half a minute even unwatched.
    """
    watch = _watch(session.config)
    if watch is None:
        return
    for package in (caseworker_app.domain, caseworker_app.services):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(found.name)
    watch.pause()
    for of, name in _ELSEWHERE:
        setattr(of, name, _unwatched(getattr(of, name)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """Watch the branches while an example runs that counts."""
    watch = _watch(item.config) if _counts(item) else None
    if watch is None:
        return (yield)
    watch.resume()
    try:
        return (yield)
    finally:
        watch.pause()


def _unwatched(call: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but nobody looks at the lines that it runs: none of them counts."""

    @wraps(call)
    def called(*arguments: Any, **named: Any) -> Any:
        watch: Any = sys.gettrace()
        if not hasattr(watch, "stop"):
            return call(*arguments, **named)
        watch.stop()
        try:
            return call(*arguments, **named)
        finally:
            watch.start()

    return called


def _counts(item: pytest.Item) -> bool:
    its_own = any(item.path.is_relative_to(folder) for folder in COUNTED)
    again = "[postgresql" in item.name
    return its_own and not again and item.get_closest_marker("hypothesis") is None


def _watch(config: pytest.Config) -> Any:
    plugin = config.pluginmanager.getplugin("_cov")
    return getattr(plugin, "cov_controller", None)
