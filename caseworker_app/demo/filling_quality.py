"""Put audits, feedback and disputes into a demo store, by the session a person works at."""

from __future__ import annotations

from typing import Any

from caseworker_app.demo import around
from caseworker_app.demo import quality as invented
from caseworker_app.demo.adding import add
from caseworker_app.domain.auditing.scoring import tool_on
from caseworker_app.domain.auditing.waiting import LivePlan
from caseworker_app.domain.declarations.auditing import PlanAudit
from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.plan_history import unrecorded
from caseworker_app.services.actions import DEMO
from caseworker_app.services.commands import RecordFact, Together
from caseworker_app.services.progress import Progress
from caseworker_app.services.quality.audits import live_plans
from caseworker_app.services.quality.shipped_tool import shipped_tool, tool_fields
from caseworker_app.services.session import Session

_VERSION, _AUDIT = kind_of(PlanVersion), kind_of(PlanAudit)


def add_quality(session: Session, progress: Progress | None) -> None:
    """Add the audit tool, audits with all that hangs on them, feedback and disputes.

    Raises:
        Unavailable: the session would not take something.
    """
    if progress is not None:
        progress(0, 1, "Adding audits, feedback and disputes")
    today, said = session.today(), invented.load_said()
    since = today.replace(day=1, year=today.year - 2)
    add(session, "audit tool", [("audit_tool", tool_fields(shipped_tool(since)))])
    rows = sorted(session.cases(), key=lambda row: row.reference)[: around.MOST]
    with session.store.reading() as reading:
        plans = live_plans(reading, today, [row.id for row in rows])
    plans = tuple(sorted(plans, key=lambda one: one.reference))
    chosen = invented.audited(plans)
    versions = _versions(session, chosen)
    tool = tool_on((one.record for one in session.record_rows("audit_tool")), today)
    assert tool is not None
    add(session, "audits", invented.audits(chosen, versions, tool, today, said))
    with session.store.reading() as reading:
        kept: list[PlanAudit] = list(reading.all_of(_AUDIT).values())
    add(
        session,
        "feedback, disputes, and what audits asked for",
        (
            *invented.actions_and_moderations(kept, today, said),
            *invented.sample(plans, today),
            *invented.families(plans, today, said),
            *invented.disputes(rows, today, said),
        ),
    )
    _add_events_of_disputes(session)


def _add_events_of_disputes(session: Session) -> None:
    """Record what opened the mediations and appeals that go on, for the clock to count from."""
    events = {"mediation": "mediation_requested", "tribunal": "appeal_registered"}
    going_on = {
        one.record.child_id: one.record
        for one in session.record_rows("dispute")
        if one.record.ended_on is None and one.record.kind in events
    }
    versions = {one.id: one.version for one in session.cases() if one.id in going_on}
    facts = [
        RecordFact(key, versions[key], events[one.kind], one.opened_on, {})
        for key, one in going_on.items()
    ]
    if facts:
        outcome = session.submit(Together(tuple(facts), "events of disputes of the demo", DEMO))
        if isinstance(outcome, Failed):
            raise Unavailable(outcome.sentence)


def _versions(session: Session, plans: list[LivePlan]) -> dict[str, str]:
    """The newest final version of some plans, by the id of the child, recorded where it was not."""
    ids = [one.child_id for one in plans]
    told: dict[str, dict[str, Any]] = {}
    with session.store.reading() as reading:
        for key, record in reading.records(ids).items() if ids else ():
            held = reading.pointing(_VERSION, "child_id", (key,))
            kept: list[PlanVersion] = list(reading.all_of(_VERSION, held).values()) if held else []
            missing = unrecorded(record.child, record.facts, kept)
            newest = max((*kept, *missing), key=lambda one: (one.kind != "draft", one.number))
            if not newest.id:
                told[key] = {spec.name: getattr(newest, spec.name) for spec in _VERSION.fields}
    add(session, "versions of plans", invented.new_versions(told))
    found: dict[str, tuple[int, str]] = {}
    with session.store.reading() as reading:
        keys = reading.pointing(_VERSION, "child_id", ids) if ids else ()
        for one in reading.all_of(_VERSION, keys).values() if keys else ():
            if one.kind != "draft":
                found[one.child_id] = max(found.get(one.child_id, (0, "")), (one.number, one.id))
    return {key: version for key, (_, version) in found.items()}
