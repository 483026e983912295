"""Put an improvement plan, figures by hand and autism referrals into a demo store."""

from __future__ import annotations

from caseworker_app.demo import promised
from caseworker_app.demo.adding import add
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session


def add_promised(session: Session, progress: Progress | None) -> None:
    """Add them.

    Raises:
        Unavailable: the session would not take something.
    """
    if progress is not None:
        progress(0, 1, "Adding the improvement plan and figures by hand")
    today, said = session.today(), promised.load_said()
    add(session, "improvement plan", promised.plan(today))
    (plan,) = (row.record for row in session.record_rows("improvement_plan"))
    add(session, "workstreams", promised.workstreams(plan.id))
    streams = [row.record for row in session.record_rows("workstream")]
    add(session, "actions of the plan", promised.actions(streams))
    actions = [row.record for row in session.record_rows("plan_action")]
    add(session, "success measures", promised.measures(actions, today))
    measures = [row.record for row in session.record_rows("success_measure")]
    add(
        session,
        "progress, figures by hand and autism referrals",
        (
            *promised.progress(measures, today, said),
            *promised.hand_values(today, said),
            *promised.referrals(today),
        ),
    )
