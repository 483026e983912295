"""The audit tool that comes with Caseworker, and the edition that a store works by."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from caseworker_app import paths
from caseworker_app.domain.auditing.scoring import tool_on
from caseworker_app.domain.declarations.auditing import AuditTool, Criterion
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.ports import Reading

TOOL = kind_of(AuditTool)


@cache
def _shipped() -> dict[str, Any]:
    path = paths.resources() / "quality" / "audit_tool.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def shipped_tool(since: date) -> AuditTool:
    """The tool that comes with Caseworker, as the first edition of a store, in force from a day."""
    data = _shipped()
    criteria = tuple(Criterion(**one) for one in data["criteria"])
    return AuditTool(
        name=data["name"], edition=1, since=since, threshold=data["threshold"], criteria=criteria
    )


def tool_fields(tool: AuditTool) -> dict[str, Any]:
    """A tool as the fields of a record to add."""
    return {one.name: getattr(tool, one.name) for one in fields(tool) if one.name not in _HOUSE}


_HOUSE = ("id", "version")


def tool_in_force(reading: Reading, today: date) -> AuditTool | None:
    """The edition in force here on a day, or None where the store has none yet."""
    tools: Iterable[AuditTool] = reading.all_of(TOOL).values()
    return tool_on(tools, today)


def next_edition(tools: Iterable[AuditTool], name: str) -> int:
    """The number of the next edition of a tool of that name."""
    return 1 + max((one.edition for one in tools if one.name == name), default=0)
