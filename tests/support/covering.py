"""Which tests count towards the branch coverage of domain and services: their own, one by one.

What the window happens to pass through is not tested by it, and a drawn history reaches a branch
today and misses it tomorrow; what passes on a file takes the same branches on a server. So only the
examples written by hand in the tests of these packages count, once, which also costs less time.
"""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import caseworker_app.domain
import caseworker_app.services
from tests.support.project import ROOT

COUNTED = tuple(ROOT / "tests" / name for name in ("domain", "services", "rulebook", "demo"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what does not count, and load what counts while its first lines are looked at."""
    if not config.pluginmanager.hasplugin("_cov"):
        return
    for package in (caseworker_app.domain, caseworker_app.services):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(found.name)
    for item in items:
        its_own = any(item.path.is_relative_to(folder) for folder in COUNTED)
        again = "[postgresql" in item.name
        if not its_own or again or item.get_closest_marker("hypothesis"):
            item.add_marker(pytest.mark.no_cover)
