"""Scores, grades and the standard, by hand and drawn."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.auditing import scoring
from caseworker_app.domain.declarations.auditing import (
    MARKS,
    AuditTool,
    Criterion,
    Mark,
    Moderation,
    PlanAudit,
)

DAY = date(2026, 11, 2)


def tool(*weights: int, threshold: int = 75) -> AuditTool:
    criteria = tuple(
        Criterion(f"c{at}", "A", f"Question {at}", weight=weight)
        for at, weight in enumerate(weights)
    )
    return AuditTool(
        name="Ours", edition=1, since=DAY, threshold=threshold, criteria=criteria, id="1"
    )


def marks(*codes: str) -> tuple[Mark, ...]:
    return tuple(Mark(f"c{at}", code) for at, code in enumerate(codes))


def audit(*codes: str) -> PlanAudit:
    return PlanAudit(
        id="1",
        child_id="1",
        plan_version_id="1",
        tool_id="1",
        auditor="A",
        on=DAY,
        kind="desk",
        marks=marks(*codes),
    )


@pytest.mark.parametrize(
    ("weights", "codes", "per_cent", "grade"),
    [
        ((1, 1), ("met", "met"), 100, "strong"),
        ((1, 1, 1, 1), ("met", "met", "met", "not"), 75, "good"),
        ((1, 3), ("not", "met"), 75, "good"),
        ((3, 1), ("not", "met"), 25, "weak"),
        ((1, 1), ("met", "na"), 100, "strong"),
        ((1, 1), ("partly", "partly"), 50, "improve"),
        ((97, 3), ("met", "not"), 97, "good"),  # nothing may be not met in a strong plan
        ((1, 1), ("na", "na"), None, ""),
        ((1, 1), ("met",), None, ""),
    ],
)
def test_a_score_is_the_weighted_share_of_what_applies(
    weights: tuple[int, ...], codes: tuple[str, ...], per_cent: int | None, grade: str
) -> None:
    made = scoring.score(tool(*weights), marks(*codes))
    assert (made.per_cent, made.grade) == (per_cent, grade)


def test_a_score_just_below_the_threshold_is_not_rounded_up_to_it() -> None:
    made = scoring.score(tool(*([1] * 200), threshold=75), marks(*["met"] * 149, *["not"] * 51))
    assert made.per_cent == 74
    assert made.meets is False


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(list(MARKS))), max_size=12))
def test_a_better_mark_never_lowers_a_score(drawn: list[tuple[int, str]]) -> None:
    of = tool(*(weight for weight, _ in drawn))
    before = scoring.score(of, marks(*(code for _, code in drawn)))
    better = {"not": "partly", "partly": "met"}
    after = scoring.score(of, marks(*(better.get(code, code) for _, code in drawn)))
    assert (after.per_cent or 0) >= (before.per_cent or 0)
    assert (before.per_cent is None) == (before.meets is None) == (not before.grade)
    assert before.why()


def test_the_grade_agreed_in_moderation_counts_and_a_difference_is_told() -> None:
    second = Moderation(
        id="2",
        child_id="1",
        audit_id="1",
        moderator="B",
        on=DAY,
        marks=(Mark("c1", "not", "no hours"),),
        agreed_grade="Needs improvement",
    )
    made = scoring.result(audit("met", "met"), tool(1, 3), [second])
    assert [one.mark for one in made.marks] == ["met", "not"]
    assert made.grade == "improve"
    assert made.meets is False
    assert "the marks alone would give Weak" in made.why


def test_without_moderation_the_marks_decide() -> None:
    made = scoring.result(audit("met", "met"), tool(1, 1))
    assert made.meets is True
    assert made.mark("c1") == "met"
    assert made.mark("none") == ""


def test_marks_of_criteria_the_edition_does_not_have_are_told_and_not_counted() -> None:
    made = scoring.result(audit("met", "not"), tool(1))
    assert made.score.per_cent == 100
    assert "no such criterion: c1" in made.why


def test_the_newest_edition_that_has_begun_is_in_force() -> None:
    first, second = tool(1), tool(1)
    later = AuditTool(name="Ours", edition=2, since=date(2027, 1, 1), threshold=80, id="3")
    assert scoring.tool_on([later, first], DAY) is first
    assert scoring.tool_on([later, second], date(2027, 1, 1)) is later
    assert scoring.tool_on([later], DAY) is None
