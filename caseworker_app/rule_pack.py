"""The rule pack with the council's own readings and targets, read once and when it is needed.

Everything heavy is imported where it is first needed: start-up time is a promise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from caseworker_app import __version__, paths

if TYPE_CHECKING:
    from datetime import date

    from caseworker_app.domain.alerts import Thresholds
    from caseworker_app.domain.calendars import Calendars
    from caseworker_app.domain.deadlines import Deadline
    from caseworker_app.domain.facts import Fact
    from caseworker_app.domain.local_target import LocalTarget
    from caseworker_app.domain.own_version import OwnVersion
    from caseworker_app.domain.people import Child, Setting
    from caseworker_app.domain.rules import Rulebook


class RulePack:
    """The rule pack that travels with the application, loaded when it is first needed."""

    @cached_property
    def loaded(self) -> tuple[Rulebook, Calendars]:
        """Every version of every rule, and the working days."""
        from caseworker_app import rulebook
        from caseworker_app.rulebook import own

        extra, chosen = own.read_own(paths.own_rules())
        return rulebook.load(paths.resources(), extra_rules=extra, chosen=chosen)

    @cached_property
    def thresholds(self) -> Thresholds:
        """From when on an open date is amber, red or goes up, as the council has it."""
        from caseworker_app import rulebook

        return rulebook.load_thresholds(paths.resources(), paths.own_rules())

    @property
    def rulebook(self) -> Rulebook:
        """Every version of every rule."""
        return self.loaded[0]

    def roles(self) -> dict[str, tuple[str, str]]:
        """The stage and the role of every rule, by its id."""
        return {one.rule: (one.stage, one.role) for one in self.rulebook.versions}

    @property
    def version(self) -> str:
        """The pack's version."""
        return self.rulebook.version

    @property
    def application(self) -> str:
        """This application's version."""
        return __version__

    @cached_property
    def fingerprint(self) -> str:
        """Of the pack's files and of the program that reads them."""
        found = hashlib.sha256(__version__.encode())
        resources = paths.resources()
        for folder in (resources / "rules", resources / "preferences", paths.own_rules()):
            for file in sorted(folder.glob("*.toml"), key=lambda one: one.name):
                if file.name == "alerts.toml":
                    continue  # It moves no date.
                found.update(file.name.encode())
                found.update(file.read_bytes())
        return found.hexdigest()

    def choose_reading(self, point: str, code: str | None) -> None:
        """Read an open point in another way; see `services.application.OwnRules`."""
        from caseworker_app.rulebook import own

        own.choose_reading(paths.own_rules(), point, code)
        self._renew()

    def add_target(self, target: LocalTarget, today: date) -> None:
        """Set a target beside a rule, once the rules are known to hold together with it."""
        from caseworker_app import rulebook
        from caseworker_app.rulebook import own

        target.check()
        folder = paths.own_rules()
        extra, chosen = own.read_own(folder)
        extra[f"{target.rule}.toml"] = own.target_text(target, today)
        rulebook.load(paths.resources(), extra_rules=extra, chosen=chosen)
        own.add_target(folder, target, today)
        self._renew()

    def remove_target(self, rule: str) -> None:
        """Take a target away."""
        from caseworker_app.rulebook import own

        own.remove_target(paths.own_rules(), rule)
        self._renew()

    def as_recommended(self) -> Rulebook:
        """Every version with the open points as recommended: what a new version starts from."""
        from caseworker_app import rulebook
        from caseworker_app.rulebook import own

        extra, _ = own.read_own(paths.own_rules())
        return rulebook.load(paths.resources(), extra_rules=extra)[0]

    def add_version(self, version: OwnVersion) -> None:
        """Add a version of a rule, once the rules are known to hold together with it."""
        from caseworker_app import rulebook
        from caseworker_app.rulebook import own

        version.check()
        folder = paths.own_rules()
        extra, chosen = own.read_own(folder)
        extra[version.file] = own.version_text(version.made())
        rulebook.load(paths.resources(), extra_rules=extra, chosen=chosen)
        own.add_version(folder, version)
        self._renew()

    def remove_version(self, file: str) -> None:
        """Take a version of a rule away by the name of its file."""
        from caseworker_app.rulebook import own

        own.remove_version(paths.own_rules(), file)
        self._renew()

    def set_thresholds(self, thresholds: Thresholds | None) -> None:
        """Keep the council's own thresholds for alerts, or go back to those that came along."""
        from caseworker_app.rulebook import own

        own.set_thresholds(paths.own_rules(), thresholds)
        self.__dict__.pop("thresholds", None)

    def _renew(self) -> None:
        """Read the rules anew when they are next needed."""
        self.__dict__.pop("loaded", None)
        self.__dict__.pop("fingerprint", None)

    def deadlines(
        self, child: Child, setting: Setting | None, facts: Sequence[Fact]
    ) -> tuple[Deadline, ...]:
        """What the rules make of a child's facts, by due date, then rule."""
        from caseworker_app.domain.clock import deadlines

        return deadlines(child, setting, facts, *self.loaded)
