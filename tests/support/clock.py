"""What tests of the clock share: the pack, loaded once, and short ways to say a history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from caseworker_app import paths, rulebook
from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.facts import Detail, Fact
from caseworker_app.domain.people import Child, Setting
from caseworker_app.domain.rules import Rulebook


@cache
def pack() -> tuple[Rulebook, Calendars]:
    """The rule pack of this tree."""
    return rulebook.load(paths.resources())


def day(text: str) -> date:
    return date.fromisoformat(text)


def fact(kind: str, on: str, episode: str | None = None, **detail: str) -> Fact:
    """A fact; a detail that reads as a date is one."""
    values: dict[str, Detail] = {}
    for key, value in detail.items():
        try:
            values[key] = date.fromisoformat(value)
        except ValueError:
            values[key] = value
    return Fact(kind, day(on), values, episode)


def child(born: str | None = None, **more: object) -> Child:
    return Child("c1", "Okafor", "Ada", None if born is None else day(born), **more)  # type: ignore[arg-type]


def count(
    *facts: Fact, of: Child | None = None, setting: Setting | None = None
) -> tuple[Deadline, ...]:
    """The deadlines of a child about whom only these facts are known."""
    return deadlines(of or child(), setting, facts, *pack())


def only(found: Iterable[Deadline], rule: str) -> Deadline:
    """The one deadline of a rule."""
    (one,) = [deadline for deadline in found if deadline.rule == rule]
    return one


def rules(found: Iterable[Deadline]) -> list[str]:
    return [deadline.rule for deadline in found]
