"""How a child stands, from the facts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.standing import on_day, standing
from tests.support.facts import any_facts

D1, D2, D3, D4 = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), ()),
        ((("request_received", D1, {}),), ((D1, "assessment"),)),
        (
            (("request_received", D1, {}), ("plan_sent", D2, {})),
            ((D1, "assessment"), (D2, "live")),
        ),
        (
            (
                ("request_received", D1, {}),
                ("assessment_decision_sent", D2, {"outcome": "refuse"}),
            ),
            ((D1, "assessment"), (D2, "no plan")),
        ),
        (
            (
                ("request_received", D1, {}),
                ("assessment_decision_sent", D2, {"outcome": "assess"}),
            ),
            ((D1, "assessment"),),
        ),
        (
            (
                ("request_received", D1, {}),
                ("refusal_to_issue_sent", D2, {}),
                ("tribunal_order", D3, {"order": "make_plan"}),
                ("plan_sent", D4, {}),
            ),
            ((D1, "assessment"), (D2, "no plan"), (D3, "assessment"), (D4, "live")),
        ),
        ((("request_received", D1, {}), ("request_withdrawn", D1, {})), ((D1, "no plan"),)),
        (
            (("plan_sent", D1, {}), ("review_decision_sent", D2, {"outcome": "cease"})),
            ((D1, "live"),),
        ),
        (
            (("plan_transferred_in", D1, {}), ("plan_ceased", D3, {})),
            ((D1, "live"), (D3, "ceased")),
        ),
        (
            (("plan_sent", D1, {}), ("plan_ceased", D2, {}), ("request_received", D3, {})),
            ((D1, "live"), (D2, "ceased"), (D3, "assessment")),
        ),
        ((("plan_sent", D1, {}), ("request_received", D2, {})), ((D1, "live"),)),
        (
            (
                ("request_received", D1, {}),
                ("request_received", D2, {}),
                ("assessment_decision_sent", D3, {"outcome": "refuse"}),
            ),
            ((D1, "assessment"),),
        ),
    ],
)
def test_a_plan_is_live_from_sent_to_ceased(
    facts: tuple[tuple[str, date, dict[str, str]], ...],
    expected: tuple[tuple[date, str], ...],
) -> None:
    made = tuple(Fact(kind, on, detail) for kind, on, detail in facts)
    assert standing(made) == expected
    assert standing(made[::-1]) == expected


def test_the_standing_on_a_day_is_that_of_the_last_change_before_it() -> None:
    changes = ((D1, "assessment"), (D3, "live"))
    days = (date(2025, 12, 31), D1, D2, D3, D4)
    assert [on_day(changes, day) for day in days] == [
        "no plan",
        "assessment",
        "assessment",
        "live",
        "live",
    ]


@given(any_facts)
def test_any_facts_have_one_standing_a_day(facts: list[Fact]) -> None:
    changes = standing(tuple(facts))
    assert list(changes) == sorted(set(changes))
    assert len({day for day, _ in changes}) == len(changes)
    assert changes == standing(tuple(reversed(facts)))
