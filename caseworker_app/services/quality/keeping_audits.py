"""An audit kept with its actions, and with the tool and the plan version where there is none."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.plan_history import unrecorded
from caseworker_app.services import commands as do
from caseworker_app.services.keeping_records import added
from caseworker_app.services.quality.shipped_tool import shipped_tool, tool_fields, tool_in_force
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.wording import capital, counted

_VERSION = kind_of(PlanVersion)


def keep_audit(command: do.KeepAudit, work: UnitOfWork, today: date) -> str:
    """Keep an audit and what it asks to be done; see `handlers.handle`.

    The first audit of a store takes in the tool that comes with Caseworker. A version of the plan
    that only its event tells of is recorded with it.
    """
    record = work.child(command.child_id)
    tool_id, took_in = command.tool_id, ""
    if not tool_id:
        tool = tool_in_force(work.unit, today)
        if tool is None:
            tool = added("audit_tool", tool_fields(shipped_tool(today)), work, today)
            took_in = " The audit tool that comes with Caseworker is in use from today."
        tool_id = tool.id
    fields = {
        **command.fields,
        "child_id": command.child_id,
        "plan_version_id": command.version_id or _version(command, work, today),
        "tool_id": tool_id,
    }
    audit = added("plan_audit", fields, work, today)
    for one in command.actions:
        asked = {**one, "child_id": command.child_id, "audit_id": audit.id}
        added("audit_action", asked, work, today)
    words = "audit of the plan"
    if command.actions:
        words += f" with {counted(len(command.actions), 'action')}"
    work.title = f"{words} recorded"
    return f"{capital(work.title)} for {record.child.name}.{took_in}"


def _version(command: do.KeepAudit, work: UnitOfWork, today: date) -> str:
    """The id of the version that an event is of; it is recorded where nobody did."""
    record = work.child(command.child_id)
    ids = work.unit.pointing(_VERSION, "child_id", (command.child_id,))
    kept: list[PlanVersion] = list(work.unit.all_of(_VERSION, ids).values()) if ids else []
    for one in kept:
        if one.fact_id == command.fact_id and one.kind != "draft":
            return one.id
    for one in unrecorded(record.child, record.facts, kept):
        if one.fact_id == command.fact_id:
            fields = {spec.name: getattr(one, spec.name) for spec in _VERSION.fields}
            made: PlanVersion = added(_VERSION.name, fields, work, today)
            return made.id
    raise Refused("This version of the plan is no longer on record.", "version")
