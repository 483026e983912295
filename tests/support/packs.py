"""Rule packs for tests: the one that comes along, with some of its text changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from caseworker_app import __version__, paths, rulebook
from caseworker_app.rule_pack import RulePack
from caseworker_app.rulebook import PackText

SLOWER = {"rules/AR-07.toml": ("number = 4", "number = 5")}
"""The decision after a review may take a week longer."""

LATER = "9.0.0"
"""An application to come."""


def pack(
    changed: Mapping[str, tuple[str, str]],
    *,
    version: str = "",
    application: str = __version__,
    holidays: Mapping[int, frozenset[date]] | None = None,
) -> RulePack:
    """The pack with some text of some files put in the place of other."""
    files = dict(rulebook.shipped(paths.resources()).files)
    for name, (old, new) in changed.items():
        assert old in files[name]
        files[name] = files[name].replace(old, new)
    if version:
        files["rules/pack.toml"] = f'version = "{version}"\n'
    return RulePack(PackText(files, holidays), application=application)


def slower(application: str = LATER) -> RulePack:
    """A newer pack, by which the decision after a review may take a week longer."""
    return pack(SLOWER, version="2027.2.1", application=application)
