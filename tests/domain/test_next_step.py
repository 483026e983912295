from datetime import date

import pytest

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.next_step import likely_next

PLAN = Fact("plan_sent", date(2024, 1, 10))
HELD = Fact("review_meeting_held", date(2026, 10, 16))
REPORT = Fact("review_report_received", date(2026, 10, 30))


def decided(outcome: str) -> Fact:
    return Fact("review_decision_sent", date(2026, 11, 6), {"outcome": outcome})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "request_received"),
        ((Fact("request_received", date(2026, 9, 1)),), "assessment_decision_sent"),
        (
            (
                Fact("request_received", date(2026, 9, 1)),
                Fact("assessment_decision_sent", date(2026, 10, 1), {"outcome": "assess"}),
            ),
            "advice_requested",
        ),
        (
            (
                Fact("request_received", date(2026, 9, 1)),
                Fact("assessment_decision_sent", date(2026, 10, 1), {"outcome": "refuse"}),
            ),
            "mediation_requested",
        ),
        ((PLAN,), "review_meeting_fixed"),
        (
            (PLAN, Fact("review_meeting_fixed", date(2026, 9, 1), {"meeting": date(2026, 12, 1)})),
            "review_meeting_held",
        ),
        ((PLAN, HELD), "review_report_received"),
        ((PLAN, HELD, REPORT), "review_decision_sent"),
        ((PLAN, HELD, REPORT, decided("amend")), "amendment_notice_sent"),
        ((PLAN, HELD, REPORT, decided("maintain")), "review_meeting_fixed"),
        ((PLAN, HELD, REPORT, decided("cease")), "plan_ceased"),
        (
            (
                PLAN,
                HELD,
                decided("amend"),
                Fact("amendment_notice_sent", date(2026, 11, 10)),
            ),
            "amended_plan_sent",
        ),
        ((PLAN, Fact("plan_ceased", date(2026, 2, 1))), "request_received"),
        (
            (PLAN, HELD, decided("amend"), Fact("review_report_received", date(2026, 11, 10))),
            "amendment_notice_sent",
        ),
        (
            (PLAN, HELD, decided("maintain"), Fact("review_report_received", date(2026, 11, 10))),
            "review_meeting_fixed",
        ),
        (
            (
                Fact("request_received", date(2026, 3, 1)),
                Fact("request_withdrawn", date(2026, 4, 1)),
            ),
            "request_received",
        ),
    ],
)
def test_offers_the_step_that_comes_next(facts: tuple[Fact, ...], expected: str) -> None:
    assert likely_next(facts) == expected


def test_does_not_depend_on_the_order_given() -> None:
    facts = (PLAN, HELD, REPORT)
    assert likely_next(tuple(reversed(facts))) == likely_next(facts)
