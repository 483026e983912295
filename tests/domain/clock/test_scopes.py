"""The table of scopes is true: a council's own rule can start wherever it says."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app import paths, rulebook
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.clock.counting import HANDLERS
from caseworker_app.domain.clock.scopes import SCOPES
from caseworker_app.domain.facts import KINDS, Fact
from tests.support.clock import child, fact

OWN = """\
duty = "LOC-09"

[[version]]
from = 2014-09-01
title = "Own target"
what = "Do something."
trigger = ["{kind}"]
scope = "{scope}"
primitive = "days_after"
number = 5
period = "within 5 days"
why = "5 days from {{day}}"
who = "authority"
force = "local"
source = "Board paper"
address = "https://council.example/board"
checked-on = 2026-12-01
"""

BEFORE: dict[str, tuple[Fact, ...]] = {
    "assessment": (fact("detained_request_received", "2026-01-05"),),
    "advice": (
        fact("request_received", "2026-01-05"),
        fact("advice_requested", "2026-01-06", source="ep"),
    ),
    "reassessment_advice": (
        fact("reassessment_requested", "2026-01-05"),
        fact("advice_requested", "2026-01-06", source="ep"),
    ),
    "consultation": (fact("consultation_received", "2026-01-05"),),
    "reassessment": (
        fact("reassessment_requested", "2026-01-05"),
        fact("reassessment_decision_sent", "2026-01-06", outcome="reassess"),
    ),
    "meeting": (fact("review_meeting_fixed", "2026-01-05", meeting="2026-02-12"),),
    "review": (fact("review_meeting_held", "2026-01-05"),),
    "transfer_in": (fact("plan_transferred_in", "2026-01-05", last_review="2025-06-01"),),
    "dispute": (
        fact("decision_notice_sent", "2026-01-05"),
        fact("mediation_requested", "2026-01-06"),
        fact("health_issue_raised", "2026-01-06"),
    ),
    "appeal": (fact("appeal_papers_received", "2026-01-05"),),
    "order": (
        fact("tribunal_order", "2026-01-05", order="assess"),
        fact("tribunal_order", "2026-01-05", order="make_plan"),
        fact("tribunal_order", "2026-01-05", order="dismiss_cease"),
        fact("mediation_agreement", "2026-01-05", matters="other"),
        fact("tribunal_recommendation", "2026-01-05", about="health"),
    ),
    "move": (fact("move_known", "2026-01-05", move="2026-03-01"),),
    "health_move": (
        fact("icb_change_known", "2026-01-05"),
        fact("icb_cannot_provide", "2026-01-05"),
    ),
    "payment": (fact("direct_payment_started", "2026-01-05"),),
    "care": (fact("looked_after_started", "2026-01-05"),),
}
DETAILS: dict[str, dict[str, str]] = {
    "advice_received": {"source": "ep"},
    "advice_requested": {"source": "ep"},
    "review_meeting_fixed": {"meeting": "2026-02-12"},
    "plan_transferred_in": {"last_review": "2025-06-01"},
    "move_known": {"move": "2026-03-01"},
    "icb_move_known": {"move": "2026-03-01"},
    "assessment_decision_sent": {"outcome": "refuse"},
    "reassessment_decision_sent": {"outcome": "refuse"},
    "review_decision_sent": {"outcome": "cease"},
}
ENDS_AT_ONCE = {"request_withdrawn", "plan_ceased", "detained_released"}
PAIRS = [(scope, kind) for scope, kinds in SCOPES.items() for kind in sorted(kinds - ENDS_AT_ONCE)]


@pytest.mark.parametrize(("scope", "kind"), PAIRS)
def test_a_councils_own_rule_starts_where_the_table_says(scope: str, kind: str) -> None:
    own = OWN.format(scope=scope, kind=kind)
    book, calendars = rulebook.load(paths.resources(), extra_rules={"own": own})
    facts = [*BEFORE.get(scope, ()), fact(kind, "2026-01-20", **DETAILS.get(kind, {}))]
    found = deadlines(child(), None, facts, book, calendars)
    dates = [one.due for one in found if one.rule == "LOC-09"]
    assert date(2026, 1, 25) in dates


def test_every_kind_has_its_handlers_and_every_scope_its_kinds() -> None:
    assert set(HANDLERS) == set(KINDS)
    named = {kind for kinds in SCOPES.values() for kind in kinds}
    assert named <= set(KINDS)
    idle = {kind for kind, handlers in HANDLERS.items() if not handlers}
    assert idle == {"budget_requested", "cease_considered", "consultation_sent"}
    assert set(KINDS) - named == idle | {"exception"}
